"""The messages that errors.md shows are those that are printed when the fault is there."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import copy_tiny
from docs.pages_apart import BASE, DOCS, blocks, with_prefixes
from docs.running import THREE_FAULTS, break_, pattern, run
from eugraph.errors import (
    CanonicalisationTimeoutError,
    EndpointLimitError,
    EndpointTimeoutError,
    ForeignGraphsError,
    PushError,
    QueryTimeoutError,
    ShapesTimeoutError,
    SiteTimeoutError,
)
from eugraph.store.remote import MAX_ANSWER_BYTES


def write(name: str, data: bytes) -> Callable[[Path], object]:
    return lambda root: (root / name).write_bytes(data)


def yaml(lines: str) -> Callable[[Path], object]:
    return write("data/x.yaml", f"id: project/x\ntype: Project\n{lines}".encode())


def without_ontology(root: Path) -> None:
    yaml("acronym: X\n")(root)
    (root / "ontology/broken.ttl").write_text("<a> <b>")


def change(old: str, new: str) -> Callable[[Path], object]:
    return lambda root: break_(root, (old, new))


def to_latin_1(root: Path) -> None:
    file = root / "data/others.ttl"
    file.write_bytes(file.read_text(encoding="utf-8").encode("latin-1"))


def settings(root: Path) -> None:
    file = root / "eugraph.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("licence", "license"), encoding="utf-8")


def thesis(root: Path) -> None:
    (root / "dist").mkdir()
    (root / "dist" / "thesis.docx").touch()


def rename(root: Path) -> None:
    (root / "data/gone.ttl").write_text(
        with_prefixes('<project/alfa> dcterms:isReplacedBy <project/alpha> ; eug:withdrawn "2026-01-01"^^xsd:date .\n')
    )
    file = root / "data/projects/beta.ttl"
    file.write_text(
        file.read_text(encoding="utf-8").replace("predecessor <project/alpha>", "predecessor <project/alfa>")
    )


def withdraw(root: Path) -> None:
    (root / "data/gone.ttl").write_text(with_prefixes('<organisation/clinic> eug:withdrawn "2026-01-01"^^xsd:date .\n'))


def empty_shapes(root: Path) -> None:
    shutil.rmtree(root / "shapes")
    (root / "shapes").mkdir()


def nothing(root: Path) -> None:
    pass


SHORT = b"@base <https://w3id.org/eugraph/id/> . @prefix eug: <https://w3id.org/eugraph/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"


def demanding(root: Path) -> None:
    (root / "shapes/own.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<https://example.org/own> a sh:PropertyShape ; sh:path [ sh:inversePath <https://w3id.org/eugraph/ontology#subject> ] ;\n"
        "    sh:targetClass <https://w3id.org/eugraph/ontology#Project> ; sh:minCount 1 .\n"
    )


FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "query": (nothing, "eugraph query roles --format ttl"),
    "setting": (settings, "eugraph validate"),
    "missing-folder": (lambda root: shutil.rmtree(root / "shapes"), "eugraph validate"),
    "unreadable-workspace": (write("data/empty.ttl", b""), "eugraph query roles"),
    "unknown-format": (write("notes.txt", b"x"), "eugraph validate notes.txt"),
    "empty-folder": (empty_shapes, "eugraph validate"),
    "shapes": (
        write(
            "shapes/own.ttl",
            b"@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
            b"<https://example.org/shape> a sh:NodeShape ; sh:property [ sh:minCount 1 ] .\n",
        ),
        "eugraph validate",
    ),
    "graph-name": (write("data/derived.ttl", SHORT + b'<project/alpha> eug:note "A note."@en .\n'), "eugraph validate"),
    "odd-year": (
        write("data/x.ttl", SHORT + b'<project/alpha> eug:endDate "20255"^^xsd:gYear .\n'),
        "eugraph validate",
    ),
    "redefined-term": (write("data/x.ttl", SHORT + b'eug:Project eug:note "A note."@en .\n'), "eugraph validate"),
    "derived-property": (
        write("data/x.ttl", SHORT + b'<project/alpha> eug:endLatest "2025-12-31"^^xsd:date .\n'),
        "eugraph validate",
    ),
    "syntax-error": (change('eug:acronym "ALPHA" ;', 'eug:acronym "ALPHA"'), "eugraph validate"),
    "unknown-prefix": (change("role:coordinator", "roles:coordinator"), "eugraph validate"),
    "wrong-encoding": (to_latin_1, "eugraph validate"),
    "binary-file": (write("data/picture.ttl", b"\x89PNG\r\n\x1a\n\x00"), "eugraph validate"),
    "empty-file": (write("data/empty.ttl", b""), "eugraph validate"),
    "unreachable-file": (lambda root: (root / "data/gone.ttl").symlink_to(root / "nowhere"), "eugraph validate"),
    "remote-reference": (
        write(
            "data/far.jsonld", b'{\n "@context": "https://schema.org/",\n "@id": "https://example.org/", "name": "x"}'
        ),
        "eugraph validate",
    ),
    "blank-node-circle": (
        write(
            "data/circle.ttl",
            b"@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n_:a foaf:knows _:b . _:b foaf:knows _:a .\n",
        ),
        "eugraph validate",
    ),
    "refused-yaml": (yaml("name: {en: X}\nacronym: *x\n"), "eugraph validate"),
    "unknown-key": (yaml("akronym: X\n"), "eugraph validate"),
    "missing-key": (write("data/x.yaml", b"id: project/x\nacronym: X\n"), "eugraph validate"),
    "repeated-key": (yaml("studies: disease/a\nstudies: disease/b\n"), "eugraph validate"),
    "wrong-value": (yaml("startDate: 2024-03\n"), "eugraph validate"),
    "ragged-row": (write("data/organisations.csv", b"id,name@en\nboard,Haematology, Oslo\n"), "eugraph validate"),
    "no-vocabulary": (without_ontology, "eugraph validate"),
    "new-workspace": (nothing, "eugraph init ."),
    "withdrawn-reference": (rename, "eugraph validate"),
    "withdrawn-described": (withdraw, "eugraph validate"),
    "site": (nothing, "eugraph doctor nowhere"),
    "broken-gzip": (write("dump.nt.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\xff"), "eugraph convert dump.nt.gz out.ttl"),
    "unknown-thing": (nothing, "eugraph show 'exampel clinic'"),
    "ambiguous-name": (nothing, "eugraph show example"),
    "format-limit": (
        write("data.nq", b'<http://e/a> <http://e/b> "x" <http://example.org/g> .\n'),
        "eugraph convert data.nq out.ttl",
    ),
    "no-release": (write("release.json", b""), "eugraph diff . data/others.ttl"),
    "previous-release": (
        write("release.json", b'{"base": "https://example.org/id/", "files": {"dump/all.nq.gz": {}}}'),
        "eugraph build --previous .",
    ),
    "unknown-query": (nothing, "eugraph query parners"),
    "parameter": (nothing, "eugraph query partners"),
    "query-syntax": (write("q.rq", b"SELEC * {?s ?p ?o}"), "eugraph query q.rq"),
    "refused-query": (write("q.rq", b"SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"), "eugraph query q.rq"),
    "citation": (write("notes.txt", b"a table of partners"), "eugraph verify notes.txt --server http://127.0.0.1:9/"),
    "endpoint-unavailable": (nothing, "eugraph query roles --endpoint http://127.0.0.1:9/sparql"),
    "credentials": (nothing, "eugraph query roles --endpoint http://127.0.0.1:9/ --credentials none.netrc"),
    "endpoint-refused": (nothing, "eugraph query roles --endpoint ftp://example.org/"),
    "output": (thesis, "eugraph build"),
    "layout-refused": (write("data/star.ttl", b"<a:a> <b:b> <<( <a:a> <b:b> 1 )>> .\n"), "eugraph fmt data/star.ttl"),
    "answer": (nothing, "eugraph add project --name X --start March --no-ask"),
    "missing-answers": (nothing, "eugraph add project --no-ask"),
    "slug": (nothing, "eugraph add project --name Alpha --no-ask"),
    "not-conforming": (demanding, "eugraph add project --name Gamma --no-ask"),
}
TOGETHER = ("ill-typed-literal", "unknown-term", "dangling-reference", "two-things")
LIMITS = {
    "query-timeout": QueryTimeoutError(30),
    "endpoint-timeout": EndpointTimeoutError("http://localhost:7878/query", 30),
    "shapes-timeout": ShapesTimeoutError(30, "shapes/own.ttl:2:1: the shape <https://example.org/shape>"),
    "push": PushError(
        "http://localhost:8890/sparql",
        [
            (
                "<https://example.org/id/graph/a>: 1 statement was sent, 1 there; 1 of them missing, such as "
                '<https://example.org/id/a> <https://example.org/b> "x"^^<http://www.w3.org/2001/XMLSchema#integer>.'
            )
        ],
    ),
    "foreign-graphs": ForeignGraphsError("http://localhost:7878/query", ["https://example.org/id/graph/a"]),
    "site-timeout": SiteTimeoutError("https://data.example.org/", 60),
    "endpoint-limit": EndpointLimitError("http://localhost:7878/query", MAX_ANSWER_BYTES),
}
ELSEWHERE = ("no-workspace", "canonicalisation-timeout", *LIMITS)
EXAMPLES = {block.heading: block.text for block in blocks(DOCS / "errors.md") if block.kind == "text"}


def shown_from(root: Path, text: str) -> str:
    return text.replace(str(root), "/srv/workspace")


def test_every_example_of_a_message_is_tried() -> None:
    assert sorted(EXAMPLES) == sorted([*FAULTS, *TOGETHER, *ELSEWHERE])


@pytest.mark.parametrize("code", FAULTS)
def test_a_message_is_printed_as_the_page_shows_it(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy_tiny(tmp_path / "tiny").root
    fault, command = FAULTS[code]
    fault(root)
    monkeypatch.chdir(root)
    outcome = run(command)
    assert outcome.status in (1, 2)
    text = shown_from(root, outcome.text)
    assert pattern(EXAMPLES[code]).search(text), text


def test_messages_of_the_checks_are_printed_as_the_page_shows_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copy_tiny(tmp_path / "tiny").root
    break_(root, *THREE_FAULTS)
    (root / "data/two.ttl").write_text(
        f"@base <{BASE}> .\n<project/alpha> a <https://w3id.org/eugraph/ontology#Organisation> .\n"
    )
    monkeypatch.chdir(root)
    outcome = run("eugraph validate")
    assert outcome.status == 1
    for code in TOGETHER:
        assert pattern(EXAMPLES[code]).search(outcome.text), outcome.text


def test_a_place_without_a_workspace_is_told_as_the_page_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = run("eugraph validate").text.replace(str(tmp_path), "/srv/elsewhere")
    assert text == EXAMPLES["no-workspace"]


def test_the_limit_on_blank_nodes_is_told_as_the_page_shows_it() -> None:
    assert f"{CanonicalisationTimeoutError(10)}\n" == EXAMPLES["canonicalisation-timeout"]


@pytest.mark.parametrize("code", LIMITS)
def test_a_limit_is_told_as_the_page_shows_it(code: str) -> None:
    assert LIMITS[code].exit_status == {"push": 1, "foreign-graphs": 2}.get(code, 3)
    assert EXAMPLES[code] == f"eugraph: {LIMITS[code]}\n         (docs/errors.md#{code})\n"

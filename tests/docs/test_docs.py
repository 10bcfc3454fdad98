"""The documentation tells the truth: it names everything there is, its links lead somewhere, its commands run.

Fenced blocks that are tested, by the first word after the fence and those that follow it:

- `console [in=tiny|broken|empty|empty/NAME] [status=N]`: each `$ eugraph …` is run, in the repository, or in a small
  workspace or a folder that is empty at first, which the blocks of one page share, and must print the lines shown. `…` in a line stands for any text, on a line of its own for
  any lines; spaces are compared as one. `| head -N` is understood; a command that is not ours is passed over.
- `turtle [in-data] [[in=empty/NAME] file=PATH]`: parses; is among the curated statements; is put into the page's small
  workspace, or at its turn into the folder that `in` names.
- `yaml`, `csv` with `file=PATH`: is put there likewise, and read by the commands that follow.
- `sparql`: parses, alone or as what stands in braces.
- `text` below a heading of errors.md: is printed when the fault is there.
"""

from __future__ import annotations

import ast
import io
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import click
import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from conftest import ROOT, copy_tiny
from eugraph import errors
from eugraph.cli import main
from eugraph.config import Workspace
from eugraph.derive import RULES_AFTER_VALUES, RULES_BEFORE_VALUES
from eugraph.errors import (
    CanonicalisationTimeoutError,
    EndpointLimitError,
    EndpointTimeoutError,
    EugraphError,
    QueryTimeoutError,
)
from eugraph.pipeline import Loaded
from eugraph.reports import Library
from eugraph.store.remote import MAX_ANSWER_BYTES
from eugraph.vocab import PREFIXES

DOCS = ROOT / "docs"
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE-DATA.md")]
PAGES += sorted(DOCS.rglob("*.md"))
BASE = "https://w3id.org/eugraph/id/"
ALPHA = "data/projects/alpha.ttl"


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


# What there is, and where it is told


@dataclass(frozen=True)
class Block:
    """A fenced block and the heading that it stands below."""

    page: Path
    line: int
    words: tuple[str, ...]  # after the fence
    heading: str
    text: str

    @property
    def kind(self) -> str:
        return self.words[0] if self.words else ""

    def option(self, name: str) -> str:
        return next((word.removeprefix(f"{name}=") for word in self.words if word.startswith(f"{name}=")), "")

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"


@cache
def blocks(path: Path) -> tuple[Block, ...]:
    found = []
    heading, words, begun, inside = "", list[str](), 0, list[str]()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if begun and line.strip() == "```":
            found.append(Block(path, begun, tuple(words), heading, "\n".join(inside) + "\n"))
            begun = 0
        elif begun:
            inside.append(line)
        elif line.startswith("```"):
            words, begun, inside = line[3:].split(), number, []
        elif line.startswith("#"):
            heading = line.lstrip("#").strip()
    assert not begun, f"{path}:{begun}: the block does not end"
    return tuple(found)


def all_blocks(kind: str) -> list[Block]:
    return [block for path in PAGES for block in blocks(path) if block.kind == kind]


def headings(text: str, level: int) -> list[str]:
    unfenced = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(rf"^#{{{level}}} (.+)$", unfenced, re.MULTILINE)


def sections(text: str, level: int) -> dict[str, str]:
    parts = re.split(rf"^#{{{level}}} (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def first_cells(text: str) -> list[str]:
    """The codes that stand alone in the first column of tables."""
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


def error_classes(root: type[EugraphError] = EugraphError) -> Iterator[type[EugraphError]]:
    yield root
    for below in root.__subclasses__():
        yield from error_classes(below)


def finding_codes() -> set[str]:
    """The codes in the source: `code="…"`, and the third argument of `_finding`."""
    codes: set[str] = set()
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            given = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            if isinstance(node.func, ast.Name) and node.func.id == "_finding":
                given.append(node.args[2])
            given += [end for value in given if isinstance(value, ast.IfExp) for end in (value.body, value.orelse)]
            codes |= {v.value for v in given if isinstance(v, ast.Constant) and isinstance(v.value, str)}
    return codes


def test_every_code_has_a_heading_and_every_heading_a_code() -> None:
    codes = {error.code for error in error_classes()} | finding_codes()
    assert {"syntax-error", "ill-typed-literal", "blank-node-circle", "output"} <= codes
    assert sorted(headings(page("errors.md"), 3)) == sorted(codes)


def test_every_error_is_in_the_tree_that_its_module_draws() -> None:
    assert {error.__name__ for error in error_classes()} == set(re.findall(r"\b[A-Z]\w+Error\b", errors.__doc__ or ""))


def commands() -> dict[str, click.Command]:
    context = click.Context(main)
    names = main.list_commands(context)
    found = {f"eugraph {name}": main.get_command(context, name) for name in names}
    return {"eugraph": main, **{name: command for name, command in found.items() if command}}


def test_every_command_has_a_heading_with_all_its_options() -> None:
    told = sections(page("cli.md"), 2)
    assert list(told) == list(commands())
    for name, command in commands().items():
        options = {o for p in command.params if isinstance(p, click.Option) for o in (*p.opts, *p.secondary_opts)}
        cells = "\n".join(line.partition(" |")[0] for line in told[name].splitlines() if line.startswith("| `"))
        written = set(re.findall(r"(?<=[` ])--?[a-zA-Z][\w-]*", cells))
        assert written == options | ({"-h", "--help"} if name == "eugraph" else set()), name


def test_the_page_on_validation_has_all_options_of_validate() -> None:
    command = commands()["eugraph validate"]
    named = {option for p in command.params if isinstance(p, click.Option) for option in p.opts} | {"PATHS"}
    assert set(first_cells(sections(page("validate.md"), 2)["Options"])) == named


def test_every_report_has_a_row_with_its_question_and_parameters() -> None:
    rows = re.findall(
        r"^\| `([^`]+)` \| (.+?) \| (.*?) ?\|$", sections(page("queries.md"), 2)["All reports"], re.MULTILINE
    )
    library = Library.open(ROOT / "queries")
    assert [tuple(row) for row in rows] == [
        (r.name, r.asks, ", ".join(f"`{p.name}`" + ("" if p.required else " (optional)") for p in r.parameters))
        for r in library.reports.values()
    ]


def test_every_type_of_parameter_is_told() -> None:
    from eugraph.reports.parameters import TYPES

    assert set(first_cells(sections(page("queries.md"), 2)["Parameters"])) == set(TYPES)


def test_every_format_of_an_answer_is_told() -> None:
    from eugraph.reports import FORMATS

    told = set(re.findall(r"`(\w+)`", sections(page("queries.md"), 2)["Formats"]))
    assert set(FORMATS) <= told


def test_every_setting_is_told() -> None:
    settings = {field.name for field in fields(Workspace)} - {"root"}
    assert set(first_cells(sections(page("workspace.md"), 2)["Settings"])) == settings


def test_every_format_of_files_is_told() -> None:
    from eugraph.sources import ENDINGS

    assert set(first_cells(sections(page("workspace.md"), 2)["Files and formats"])) == set(ENDINGS)


def test_every_rule_is_told_in_the_order_of_the_work() -> None:
    assert headings(page("derive.md"), 3) == [*RULES_BEFORE_VALUES, "Plain values", *RULES_AFTER_VALUES]
    rules = {path.stem for path in (ROOT / "src/eugraph/derive/rules").glob("*.rq")}
    assert rules == {*RULES_BEFORE_VALUES, *RULES_AFTER_VALUES}


def test_every_shape_file_is_told_with_its_class() -> None:
    part = sections(page("validate.md"), 2)["What the shapes check"]
    files = sorted((ROOT / "shapes").glob("*.ttl"))
    assert sorted(first_cells(part)) == [f"shapes/{file.name}" for file in files]
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    targets = {name for found in re.findall(r"sh:targetClass ([^;]+)", text) for name in re.findall(r"eug:\w+", found)}
    assert {f"eug:{name}" for name in ("Project", "Claim")} <= targets
    assert targets <= set(re.findall(r"`(eug:\w+)`", part))


def test_every_shape_that_is_named_exists() -> None:
    files = sorted((ROOT / "shapes").glob("*.ttl"))
    shapes = "".join(file.read_text(encoding="utf-8") for file in files)
    known = set(re.findall(r"^eugsh:(\S+)$", shapes, re.MULTILINE))
    others = {*RULES_BEFORE_VALUES, *RULES_AFTER_VALUES, *Library.open(ROOT / "queries").reports}
    kinds = "|".join(["thing", *(file.stem for file in files)])
    for path in PAGES:
        named = set(re.findall(rf"`(?:eugsh:)?((?:{kinds})-[\w-]+)`", path.read_text(encoding="utf-8")))
        assert named - others <= known, path


def test_every_term_that_is_named_exists(loaded: Loaded) -> None:
    known = {quad.subject.value for quad in loaded.ontology.quads if isinstance(quad.subject, ox.NamedNode)}
    ours = {p: n for p, n in PREFIXES.items() if n.startswith("https://w3id.org/eugraph/") and p != "eugsh"}
    for path in PAGES:
        for prefix, name in re.findall(r"`(\w+):(\w+)`", path.read_text(encoding="utf-8")):
            if prefix in ours:
                assert ours[prefix] + name in known, f"{path.name}: {prefix}:{name}"


def test_the_ranks_of_sources_are_those_of_the_scheme(loaded: Loaded) -> None:
    ranks = {
        (quad.object.value, f"srckind:{quad.subject.value.rpartition('#')[2]}")
        for quad in loaded.ontology.quads
        if quad.predicate.value == PREFIXES["eug"] + "rank"
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.Literal)
    }
    rows = re.findall(r"^\| (\d) \| (.+?) \|", page("claims.md"), re.MULTILINE)
    assert {(rank, kind) for rank, cell in rows for kind in re.findall(r"`([^`]+)`", cell)} == ranks


def test_every_decision_is_listed_with_its_title() -> None:
    listed = re.findall(r"^\| \[(\d{4})\]\((decisions/\S+\.md)\) \| (.+) \|$", page("index.md"), re.MULTILINE)
    found = {
        path.relative_to(DOCS).as_posix(): headings(path.read_text(encoding="utf-8"), 1)
        for path in DOCS.glob("decisions/*.md")
    }
    assert {link: [f"{number} {title}"] for number, link, title in listed} == found
    for path in DOCS.glob("decisions/*.md"):
        assert headings(path.read_text(encoding="utf-8"), 2) == ["Context", "Decision", "Consequences"], path.name


# Links


def anchors(path: Path) -> set[str]:
    """The anchors of a page as GitHub makes them from its headings."""
    found = [title for level in range(1, 7) for title in headings(path.read_text(encoding="utf-8"), level)]
    return {
        re.sub(r"[^\w\- ]", "", re.sub(r"\]\([^)]*\)|[`\[*]", "", title)).strip().lower().replace(" ", "-")
        for title in found
    }


def links(path: Path) -> list[str]:
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    return re.findall(r"\]\(([^)\s]+)\)", text)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in links(path):
        if re.match(r"[a-z][a-z0-9+.-]*:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), link
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), link


def test_every_page_can_be_reached_from_the_first() -> None:
    seen, waiting = {DOCS / "index.md"}, [DOCS / "index.md"]
    while waiting:
        path = waiting.pop()
        names = {link.partition("#")[0] for link in links(path) if not re.match(r"[a-z]+:", link)}
        found = {(path.parent / name).resolve() for name in names if name.endswith(".md")} - seen
        seen |= found
        waiting += found
    assert set(DOCS.rglob("*.md")) <= seen


# Blocks


def with_prefixes(text: str) -> str:
    """Turtle with the prefixes and the base that an excerpt leaves out."""
    declared = set(re.findall(r"^@prefix (\w+):", text, re.MULTILINE))
    lines = [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in PREFIXES.items() if prefix not in declared]
    return "\n".join([*lines, *([] if "@base" in text else [f"@base <{BASE}> ."]), text])


@pytest.mark.parametrize("block", all_blocks("turtle"), ids=str)
def test_turtle_parses_and_stands_in_the_data_if_it_says_so(block: Block, loaded: Loaded) -> None:
    triples = [quad.triple for quad in ox.parse(with_prefixes(block.text), format=ox.RdfFormat.TURTLE)]
    assert triples
    if "in-data" in block.words:
        stated = {quad.triple for quad in loaded.curated.quads}
        assert not [str(triple) for triple in triples if triple not in stated]


@pytest.mark.parametrize("block", all_blocks("sparql"), ids=str)
def test_sparql_parses(block: Block) -> None:
    whole = re.search(r"^(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", block.text, re.MULTILINE)
    ox.Store().query(block.text if whole else f"SELECT * WHERE {{ ?s ?p ?end {block.text} }}")


@dataclass(frozen=True)
class Outcome:
    """What a command printed, both streams in the order of printing, and its exit status."""

    text: str
    status: int


def run(command: str, stdin: str | None = None) -> Outcome:
    command, _, first = command.partition(" | head -")
    words = shlex.split(command)
    assert words[0] == "eugraph", command
    result = CliRunner().invoke(main, words[1:], input=stdin, prog_name="eugraph")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    lines = result.output.splitlines(keepends=True)
    return Outcome("".join(lines[: int(first)] if first else lines), result.exit_code)


def pattern(shown: str) -> re.Pattern[str]:
    """The lines of a block as a regular expression for what is printed."""
    out = ""
    for line in shown.splitlines():
        if line.strip() == "…":
            out += r"(?:.*\n)*?"
        else:
            parts = [re.sub(r"(?:\\? )+", " +", re.escape(part.strip())) for part in line.split("…")]
            out += " *" + ".*".join(parts) + r" *\n"
    return re.compile(out)


def commands_in(block: Block) -> Iterator[tuple[str, str | None, str]]:
    """Yield command, standard input and the lines shown."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        stdin = None
        if command.endswith("<<'EOF'"):
            stdin, _, shown = shown.partition("EOF\n")
        if command.startswith("eugraph "):
            yield command.removesuffix("<<'EOF'"), stdin, shown


def break_(root: Path, *changes: tuple[str, str]) -> None:
    text = (root / ALPHA).read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (root / ALPHA).write_text(text, encoding="utf-8")


THREE_FAULTS = (
    ("eug:acronym", "eug:akronym"),
    ("eug:studies <disease/anaemia>", "eug:studies <disease/anemia>"),
    ('"2023-06"^^xsd:gYearMonth', '"2023-13"^^xsd:gYearMonth'),
)


def page_folder(where: str, page: Path, folder: Path) -> Path:
    """The folder in which a page's blocks are run."""
    if not where:
        return ROOT
    if where == "empty":
        folder.mkdir(exist_ok=True)
    if not folder.exists():
        copy_tiny(folder)
        if where == "broken":
            break_(folder, *THREE_FAULTS)
        for block in blocks(page):
            if name := block.option("file"):
                put(folder / name, block.text)
    return folder


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "path", [path for path in PAGES if any(b.kind == "console" for b in blocks(path))], ids=lambda path: path.name
)
def test_commands_print_what_is_shown(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for block in blocks(path):
        where = block.option("in")
        if block.kind != "console":
            if where:
                put(page_folder(where, path, tmp_path / where) / block.option("file"), block.text)
            continue
        monkeypatch.chdir(page_folder(where, path, tmp_path / where))
        for command, stdin, shown in commands_in(block):
            outcome = run(command, stdin)
            assert outcome.status == int(block.option("status") or 0), f"{block}: {command}\n{outcome.text}"
            for line in shown.splitlines():  # one at a time first: a whole block that does not match says little
                said = f"{block}: {command}\n{line}\n{outcome.text[:3000]}"
                assert line.strip() == "…" or pattern(f"{line}\n").search(outcome.text), said
            assert pattern(shown).fullmatch(outcome.text), f"{block}: {command}\n{outcome.text[:3000]}"


# The examples of errors.md


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
    "broken-gzip": (write("dump.nt.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\xff"), "eugraph convert dump.nt.gz out.ttl"),
    "unknown-thing": (nothing, "eugraph show 'exampel clinic'"),
    "ambiguous-name": (nothing, "eugraph show example"),
    "format-limit": (
        write("data.nq", b'<http://e/a> <http://e/b> "x" <http://example.org/g> .\n'),
        "eugraph convert data.nq out.ttl",
    ),
    "unknown-query": (nothing, "eugraph query parners"),
    "parameter": (nothing, "eugraph query partners"),
    "query-syntax": (write("q.rq", b"SELEC * {?s ?p ?o}"), "eugraph query q.rq"),
    "refused-query": (write("q.rq", b"SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"), "eugraph query q.rq"),
    "endpoint-unavailable": (nothing, "eugraph query roles --endpoint http://127.0.0.1:9/sparql"),
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
    assert LIMITS[code].exit_status == 3
    assert EXAMPLES[code] == f"eugraph: {LIMITS[code]}\n         (docs/errors.md#{code})\n"


# What is said of the whole


def test_pages_name_no_machine() -> None:
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"/work/|/home/|/tmp/|/Users/", text), path


def test_durations_are_as_the_table_says() -> None:
    from eugraph.derive import derive

    rows = re.findall(r"^\| (\d{4}\S*) \| (\d{4}\S*) \| (\d+|none)", page("dates-and-money.md"), re.MULTILINE)
    assert len(rows) == 4
    kinds = {4: "gYear", 7: "gYearMonth", 10: "date"}
    for start, end, months in rows:
        turtle = f"""<project/x> a eug:Project ; eug:startDate "{start}"^^xsd:{kinds[len(start)]} ; eug:endDate "{end}"^^xsd:{kinds[len(end)]} ."""
        quads = list(ox.parse(io.BytesIO(with_prefixes(turtle).encode()), format=ox.RdfFormat.TURTLE))
        found = [q.object for q in derive(quads, [], base_iri=BASE) if q.predicate.value.endswith("durationMonths")]
        assert [o.value for o in found if isinstance(o, ox.Literal)] == ([] if months == "none" else [months]), (
            start,
            end,
        )

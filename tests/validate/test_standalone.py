"""Validation without a workspace: `eugraph validate DATA --shapes SHAPES` on any RDF."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse, serialize

from cli.runner import run
from conftest import ROOT
from eugraph.config import Workspace

PREFIXES = "@prefix ex: <http://e.org/> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
DATA = f"""{PREFIXES}
ex:a a ex:Person ; ex:age "old" ; ex:knows [ ex:age
    "young" ] .
_:z a ex:Person ; ex:age 5 .
ex:b a ex:Person .
"""
SHAPES = f"""{PREFIXES}
ex:S a sh:NodeShape ; sh:targetClass ex:Person ;
    sh:property ex:age-number , ex:age-known ,
        [ sh:path ( ex:knows ex:age ) ; sh:datatype <http://www.w3.org/2001/XMLSchema#integer> ] .
ex:age-number sh:path ex:age ; sh:datatype <http://www.w3.org/2001/XMLSchema#integer> .
ex:age-known sh:path ex:age ; sh:minCount 1 .
"""
FOUND = [(4, "age-number"), (5, "shape"), (7, "age-known")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data.ttl").write_text(DATA, encoding="utf-8")
    (tmp_path / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    return tmp_path


def findings(out: str) -> list[tuple[int, str]]:
    return [(finding["line"], finding["code"]) for finding in json.loads(out)["findings"]]


def test_data_and_shapes_are_all_that_is_needed(folder: Path) -> None:
    outcome = run(folder, "validate", "data.ttl", "--shapes", "shapes.ttl")
    assert outcome.status == 1
    assert outcome.err == ""
    lines = outcome.out.splitlines()
    assert lines[0].startswith("data.ttl:4:27: violation: “old” is no whole number")
    assert lines[0].endswith("[<http://e.org/a>] (age-number)")
    assert lines[1].startswith("data.ttl:5:5: violation: “young” ")
    assert lines[2].startswith("data.ttl:7:1: violation: ")
    assert lines[3] == "3 violations, 0 warnings, 0 infos"
    (folder / "data.ttl").write_text(f"{PREFIXES}ex:a a ex:Person ; ex:age 5 .", encoding="utf-8")
    assert run(folder, "validate", "data.ttl", "--shapes", "shapes.ttl").status == 0


@pytest.mark.parametrize("ending", ["ttl", "trig", "nt", "nq", "rdf", "jsonld"])
@pytest.mark.parametrize("packed", [False, True])
def test_every_format_is_read_packed_or_not(folder: Path, ending: str, packed: bool) -> None:
    form = RdfFormat.from_extension(ending)
    assert form
    data = serialize(parse(DATA, format=RdfFormat.TURTLE), format=form)
    assert data
    (folder / "data.ttl").unlink()
    name = f"data.{ending}" + (".gz" if packed else "")
    (folder / name).write_bytes(gzip.compress(data) if packed else data)
    outcome = run(folder, "validate", name, "--shapes", "shapes.ttl", "--format", "json")
    found = json.loads(outcome.out)["findings"]
    assert sorted(finding["code"] for finding in found) == ["age-known", "age-number", "shape"]
    for finding in found:
        assert finding["file"] == name
        assert finding["line"]
        assert {"age-number": "old", "shape": "young"}.get(finding["code"], "") in finding["written"]
    read = run(
        folder,
        "validate",
        "-",
        "--shapes",
        "shapes.ttl",
        "--from",
        name.removeprefix("data."),
        stdin=(folder / name).read_bytes(),
    )
    assert read.out.replace("standard input", name) == run(folder, "validate", name, "--shapes", "shapes.ttl").out


def test_several_files_and_folders_are_one_graph(folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "b.nq").write_text(
        '<http://e.org/b> <http://e.org/age> "9"^^<http://www.w3.org/2001/XMLSchema#integer> <http://e.org/g> .\n_:z <http://e.org/age> "x" .\n'
    )
    (folder / "more" / "notes.txt").write_text("not read")
    (folder / "more" / "table.csv").write_text("id\n")
    outcome = run(folder, "validate", "data.ttl", "more", "--shapes", "shapes.ttl", "--format", "json")
    assert findings(outcome.out) == FOUND[:2]  # the age of ex:b stands in another file and another graph
    assert "more/table.csv: passed over" in outcome.err
    (folder / "more" / "b.ttl").write_text(f"{PREFIXES}_:z a ex:Person .")
    found = json.loads(run(folder, "validate", "more", "data.ttl", "--shapes", "shapes.ttl", "--format", "json").out)
    assert [f["focus"] for f in found["findings"] if f["file"] == "more/b.ttl"] == [
        "_:file2.z"
    ]  # another node than _:z


def test_several_shapes_are_one_graph(folder: Path) -> None:
    (folder / "shapes").mkdir()
    for number, text in enumerate(SHAPES.split("ex:age-number sh:path")):
        begin = PREFIXES + "ex:age-number sh:path" if number else ""
        (folder / "shapes" / f"{number}.ttl").write_text(begin + text)
    one = run(folder, "validate", "data.ttl", "--shapes", "shapes.ttl").out
    assert run(folder, "validate", "data.ttl", "--shapes", "shapes").out == one
    assert run(folder, "validate", "data.ttl", "--shapes", "shapes/1.ttl", "--shapes", "shapes/0.ttl").out == one


def test_shapes_may_stand_in_the_data(folder: Path) -> None:
    (folder / "both.ttl").write_text(DATA + SHAPES)
    assert findings(run(folder, "validate", "both.ttl", "--format", "json").out) == FOUND
    assert findings(run(folder, "validate", "data.ttl", "shapes.ttl", "--format", "json").out) == FOUND
    outcome = run(folder, "validate", "data.ttl")
    assert (outcome.status, outcome.out) == (2, "")
    assert "data.ttl: no shape is in here" in outcome.err
    assert "--shapes" in outcome.err


def test_both_engines_find_the_same(folder: Path) -> None:
    ours, reference = (
        findings(
            run(folder, "validate", "data.ttl", "--shapes", "shapes.ttl", "--engine", engine, "--format", "json").out
        )
        for engine in ("compiled", "pyshacl")
    )
    assert sorted(code for _, code in ours) == sorted(code for _, code in reference)


def test_blank_nodes_keep_their_labels_and_equal_input_gives_equal_output(folder: Path) -> None:
    (folder / "data.ttl").write_text(f'{PREFIXES}_:z a ex:Person ; ex:age "x" . [] a ex:Person . [ a ex:Person ] .')
    outputs = set()
    for seed in ("1", "2"):
        for form in ("json", "ttl", "text"):
            command = [
                sys.executable,
                "-m",
                "eugraph",
                "validate",
                "data.ttl",
                "--shapes",
                "shapes.ttl",
                "--format",
                form,
            ]
            environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")}
            outputs.add(
                (form, subprocess.run(command, cwd=folder, capture_output=True, env=environment, check=False).stdout)
            )
    assert len(outputs) == 3
    focus = [finding["focus"] for finding in json.loads(dict(outputs)["json"])["findings"]]
    assert focus == ["_:z", "_:node1.2", "_:node1.3"]


def test_nothing_but_the_shapes_is_asked(folder: Path) -> None:
    (folder / "data.ttl").write_text(
        f'{PREFIXES}@prefix eug: <https://w3id.org/eugraph/ontology#> .\nex:x eug:nosuch "x"^^<http://www.w3.org/2001/XMLSchema#date> .'
    )
    assert run(folder, "validate", "data.ttl", "--shapes", "shapes.ttl").out == "0 violations, 0 warnings, 0 infos\n"


def test_imports_are_not_followed_and_said(folder: Path) -> None:
    other = (folder / "other.ttl").as_uri()
    imports = f"<http://e.org/o> <http://www.w3.org/2002/07/owl#imports> <http://nowhere.invalid/x> , <{other}> ."
    (folder / "shapes.ttl").write_text(SHAPES + imports)
    (folder / "other.ttl").write_text(PREFIXES)
    outcome = run(folder, "validate", "data.ttl", "other.ttl", "--shapes", "shapes.ttl", "--format", "json")
    assert findings(outcome.out) == FOUND
    assert outcome.err.count("note: ") == 1
    assert "shapes.ttl imports <http://nowhere.invalid/x>, which is not fetched" in outcome.err


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("bad.ttl", "<a> <b", r"bad\.ttl:1:\d+: violation: the syntax is broken"),
        ("bad.rdf", "<a></b>", r"bad\.rdf:1:\d+: violation: this is no well-formed XML"),
        (
            "bad.jsonld",
            '{"@context": "http://e.org/c"}',
            r"bad\.jsonld:1: violation: the JSON-LD context lies elsewhere",
        ),
        ("bad.nt", "<http://a> <http://b> <<( <http://a> <http://b> 1 )>> .", r"bad\.nt.*: violation: "),
        ("bad.ttl", "<http://a> <http://b> <<( <http://a> <http://b> 1 )>> .", r"RDF 1\.2"),
        ("bad.jsonld", '{"a": ' * 20_000 + "1" + "}" * 20_000, r"bad\.jsonld:1:\d+: violation: more than 200 brackets"),
        ("bad.ttl.gz", "no gzip", r"bad\.ttl\.gz: violation: the gzip is damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_the_only_finding(folder: Path, name: str, text: str, fault: str) -> None:
    (folder / name).write_text(text)
    for arguments in (("data.ttl", name, "--shapes", "shapes.ttl"), ("data.ttl", "--shapes", name)):
        outcome = run(folder, "validate", *arguments)
        assert outcome.status == 2
        assert re.search(fault, outcome.out), outcome.out
        assert outcome.out.endswith("1 violation, 0 warnings, 0 infos\n")


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("-", "--shapes", "shapes.ttl"), "Name it with --from"),
        (("data.txt", "--shapes", "shapes.ttl"), "no RDF format goes by this file name"),
        (("data.csv", "--shapes", "shapes.ttl"), "only the ontology of a workspace says what the keys of CSV mean"),
        (("data.yaml", "--shapes", "shapes.ttl"), "only the ontology of a workspace says what the keys of YAML mean"),
        (("empty", "--shapes", "shapes.ttl"), "nothing in this folder can be read"),
        (("data.ttl", "--shapes", "data.ttl"), "no shape is in here"),
        (("--no-workspace",), "Name files or folders"),
        ((), "no eugraph.toml here or in a folder above"),
    ],
)
def test_what_cannot_be_validated_is_said(folder: Path, arguments: tuple[str, ...], fault: str) -> None:
    for name in ("data.txt", "data.csv", "data.yaml"):
        (folder / name).write_text("x: y\n")
    (folder / "empty").mkdir()
    outcome = run(folder, "validate", *arguments, stdin="")
    assert (outcome.status, outcome.out) == (2, "")
    assert fault in outcome.err


def test_a_format_can_be_named_for_a_file_whose_name_tells_none(folder: Path) -> None:
    (folder / "data.txt").write_text(DATA)
    outcome = run(folder, "validate", "data.txt", "--shapes", "shapes.ttl", "--from", "ttl", "--format", "json")
    assert findings(outcome.out) == FOUND


def test_an_ill_formed_shape_is_named_with_its_place(folder: Path) -> None:
    (folder / "shapes.ttl").write_text(
        f"{PREFIXES}\nex:S a sh:NodeShape ; sh:targetNode ex:a ;\n sh:property ex:P .\nex:P sh:path 5 ."
    )
    outcome = run(folder, "validate", "data.ttl", "--shapes", "shapes.ttl")
    assert outcome.status == 2
    assert "shapes.ttl:6:1: the shape" in outcome.err


def test_inside_of_a_workspace_the_plain_thing_is_asked_for(folder: Path, repository: Path) -> None:
    data, shapes = str(folder / "data.ttl"), str(folder / "shapes.ttl")
    plain = run(repository, "validate", data, "--shapes", shapes, "--no-workspace", "--format", "json")
    assert findings(plain.out) == FOUND
    assert run(repository, "validate", "-", "--from", "ttl", stdin=DATA).status == 2


def test_nodes_that_are_only_spoken_of_have_a_place(folder: Path) -> None:
    (folder / "data.ttl").write_text(f"{PREFIXES}ex:x ex:likes\n  ex:nobody .")
    (folder / "shapes.ttl").write_text(
        f"{PREFIXES}ex:S a sh:NodeShape ; sh:targetObjectsOf ex:likes ; sh:property [ sh:path ex:age ; sh:minCount 1 ] ."
    )
    assert run(folder, "validate", "data.ttl", "--shapes", "shapes.ttl").out.startswith("data.ttl:4:3: violation: ")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("[ sh:inversePath ex:q ]", 4),
        ("( ex:p ex:q )", 5),
        ("( ex:p [ sh:zeroOrOnePath ex:q ] )", 5),
        ("[ sh:alternativePath ( ex:r ( ex:p ex:q ) ) ]", 5),
        ("[ sh:oneOrMorePath ex:s ]", 6),
        ("( ex:p [ sh:inversePath ex:t ] )", 7),
        ("[ sh:inversePath ( ex:t [ sh:inversePath ex:p ] ) ]", 7),
    ],
)
def test_a_path_leads_to_the_statement_that_its_value_stands_in(folder: Path, path: str, line: int) -> None:
    (folder / "data.ttl").write_text(
        f"{PREFIXES}ex:a ex:p ex:b .\n"
        "ex:bad ex:q ex:a .\nex:b ex:q ex:bad .\nex:a ex:s ex:a , ex:bad .\nex:bad ex:t ex:b .\n"
    )
    (folder / "shapes.ttl").write_text(
        f"{PREFIXES}ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path {path} ; sh:in ( ex:a ex:b ) ] ."
    )
    outcome = run(folder, "validate", "data.ttl", "--shapes", "shapes.ttl", "--format", "json")
    assert [finding["line"] for finding in json.loads(outcome.out)["findings"]] == [line]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deep.ttl", f"{PREFIXES}ex:a a ex:Person ; ex:q {'[ ex:q ' * 20_000}1{' ]' * 20_000} ."),
        ("deep.trig", f"{PREFIXES}ex:a a ex:Person ; ex:q {'( ' * 20_000}1{' )' * 20_000} ."),
        (
            "deep.rdf",
            (
                '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://e.org/"><Person r:about="http://e.org/a">'
                f"{'<q><R>' * 5_000}{'</R></q>' * 5_000}</Person></r:RDF>"
            ),
        ),
    ],
)
def test_deep_nesting_is_read_and_placed(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)
    outcome = run(folder, "validate", name, "--shapes", "shapes.ttl", "--format", "json")
    assert [finding["code"] for finding in json.loads(outcome.out)["findings"]] == ["age-known"]
    assert json.loads(outcome.out)["findings"][0]["column"]


BROKEN = "@prefix ex: <http://e.org/> .\nex:a ex:b ;; [\n"


@pytest.mark.parametrize("more", [(), ("--shapes", "shapes.ttl")], ids=["alone", "beside shapes"])
@pytest.mark.parametrize("broken", ["data.ttl", "shapes.ttl"])
def test_what_cannot_be_read_is_told_before_shapes_are_missed(folder: Path, broken: str, more: tuple[str, ...]) -> None:
    (folder / "none.ttl").write_text("<http://e.org/a> <http://e.org/b> 1 .", encoding="utf-8")
    (folder / broken).write_text(BROKEN, encoding="utf-8")
    asked = ("--shapes", broken) if broken == "shapes.ttl" and not more else ("--shapes", "none.ttl", *more)
    outcome = run(folder, "validate", "data.ttl", *asked)
    assert (outcome.status, outcome.err) == (2, "")
    assert outcome.out.startswith(f"{broken}:2:11: violation: the syntax is broken")


def test_in_a_workspace_as_well(tiny: Workspace) -> None:
    (tiny.root / "none.ttl").write_text("<http://e.org/a> <http://e.org/b> 1 .", encoding="utf-8")
    (tiny.root / "broken.ttl").write_text(BROKEN, encoding="utf-8")
    for asked in (("broken.ttl", "--shapes", "none.ttl"), ("data", "--shapes", "none.ttl", "--shapes", "broken.ttl")):
        outcome = run(tiny.root, "validate", *asked)
        assert (outcome.status, outcome.err) == (2, "")
        assert outcome.out.startswith("broken.ttl:2:11: violation: the syntax is broken")

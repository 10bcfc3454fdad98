"""Input that would hide something, stop the reader for ever, or end it with a traceback: each is told, none is published."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.runner import Outcome, run
from conftest import copy_tiny

ALPHA = "data/projects/alpha.ttl"
HEAD = (
    "@base <https://w3id.org/eugraph/id/> .\n"
    "@prefix eug: <https://w3id.org/eugraph/ontology#> .\n"
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
)
XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description/></rdf:RDF>'


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hostile") / "tiny"
    copy_tiny(root)
    return root


@pytest.fixture
def workspace(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pristine, tmp_path / "tiny"))


def put(workspace: Path, name: str, text: str) -> Path:
    path = workspace / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def validate(workspace: Path, *arguments: str | Path) -> Outcome:
    return run(workspace, "validate", "--show", "warning", *map(str, arguments))


# What the system keeps from us


@pytest.fixture
def mortal(tmp_path: Path) -> None:
    (tmp_path / "probe").mkdir(mode=0)
    if os.access(tmp_path / "probe", os.R_OK):
        pytest.skip("this user may read anything")


@pytest.fixture
def locked(workspace: Path, mortal: None) -> Iterator[Callable[[str], Path]]:
    folders: list[Path] = []

    def lock(name: str) -> Path:
        folders.append(workspace / name)
        folders[-1].chmod(0)
        return folders[-1]

    yield lock
    for folder in folders:
        folder.chmod(0o755)


@pytest.mark.parametrize("folder", ["data", "data/projects", "ontology", "ontology/schemes", "shapes"])
def test_a_folder_that_may_not_be_read_stops_the_build(
    folder: str, workspace: Path, locked: Callable[[str], Path]
) -> None:
    locked(folder)
    outcome = run(workspace, "build")
    assert outcome.status == 2
    assert re.search(
        rf"^{folder}: violation: the folder cannot be read: .*\(unreachable-file\)$", outcome.err, re.MULTILINE
    )
    assert not (workspace / "dist").exists()


def test_reports_that_may_not_be_read_are_told(workspace: Path, locked: Callable[[str], Path]) -> None:
    locked("queries")
    outcome = run(workspace, "query", "--list")
    assert outcome.status == 2
    assert "queries: the reports cannot be read: Permission denied" in outcome.err


@pytest.mark.parametrize("folder", ["data", "ontology", "shapes", "queries"])
def test_an_empty_folder_is_as_bad_as_none(folder: str, workspace: Path) -> None:
    shutil.rmtree(workspace / folder)
    (workspace / folder).mkdir()
    outcome = run(workspace, "build")
    assert outcome.status == 2
    assert "docs/errors.md#empty-folder" in outcome.err
    assert not (workspace / "dist").exists()


def test_a_pipe_is_not_waited_for(workspace: Path) -> None:
    os.mkfifo(workspace / "data" / "pipe.ttl")
    outcome = validate(workspace)
    assert outcome.status == 2
    assert "data/pipe.ttl: violation: this is no ordinary file but a pipe" in outcome.out


def test_a_link_to_a_folder_is_told(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (workspace / "data" / "more").symlink_to(tmp_path / "elsewhere")
    outcome = validate(workspace)
    assert outcome.status == 2
    assert "data/more: violation: this is a link to a folder" in outcome.out


def test_a_name_that_is_no_text_is_told(workspace: Path) -> None:
    with open(os.fsencode(workspace / "data") + b"/a\xff.ttl", "wb") as file:  # noqa: PTH123 - the name is bytes
        file.write(b"<a> <b> <c> .")
    outcome = validate(workspace)
    assert outcome.status == 2
    assert "data/a?.ttl: violation: the name of this file is not UTF-8" in outcome.out


# Paths


@pytest.fixture
def faulty(workspace: Path) -> Path:
    return put(workspace, "zz.ttl", HEAD + "<project/zz> a eug:Project ;\n    eug:studies <disease/nothing> .\n")


@pytest.mark.parametrize(
    "path", ["data/../data/zz.ttl", "data/projects/..", "./data//zz.ttl", "link.ttl", "folder/zz.ttl"]
)
def test_the_same_file_by_another_path_has_the_same_faults(path: str, workspace: Path, faulty: Path) -> None:
    (workspace / "link.ttl").symlink_to(faulty)
    (workspace / "folder").symlink_to(workspace / "data")
    outcome = validate(workspace, workspace / path)
    assert outcome.status == 1
    assert "data/zz.ttl:5:17: violation: <disease/nothing> is described nowhere" in outcome.out


def test_a_hidden_file_is_validated_when_it_is_named(workspace: Path, faulty: Path) -> None:
    path = faulty.rename(faulty.with_name(".zz.ttl"))
    assert validate(workspace).status == 0
    assert "data/.zz.ttl:5:17: violation" in validate(workspace, path).out


def test_nothing_to_validate_is_never_clean(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    os.mkfifo(tmp_path / "pipe.ttl")
    for path in (tmp_path / "void", tmp_path / "pipe.ttl", Path("/dev/null")):
        outcome = validate(workspace, path)
        assert outcome.status == 2, path
        assert str(path) in outcome.err


def test_no_shapes_are_never_clean(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    (tmp_path / "data.ttl").write_text("<https://e.org/a> <https://e.org/b> 1 .")
    for name, code in (("void", "empty-folder"), ("data.ttl", "shapes")):
        outcome = validate(workspace, "--shapes", tmp_path / name)
        assert outcome.status == 2
        assert f"docs/errors.md#{code}" in outcome.err


# Syntax that parsers take


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("deep.jsonld", '{"@graph":' + "[" * 5000 + "]" * 5000 + "}", r":1:210: violation: more than 200 brackets"),
        (
            "deep.ttl",
            "<a> <b> " + "[ <b> " * 5000 + "1" + "]" * 5000 + " .",
            r":1:\d+: violation: more than 200 brackets",
        ),
        ("list.ttl", "<a> <b> " + "(" * 5000 + ")" * 5000 + " .", r":1:209: violation: more than 200 brackets"),
        ("one.ttl", "<a> <b> <c> .\n<a> <b> <<( <c> <d> <e> )>> .", r":2:9: violation: a statement about a statement"),
        ("two.ttl", "<< <a> <b> <c> >> <d> <e> .", r":1:1: violation: a statement about a statement"),
        ("three.ttl", "<a> <b> <c> {| <d> <e> |} .", r":1:13: violation: a statement about a statement"),
        ("way.ttl", '<a> <b> "a"@ar--rtl .', r":1:12: violation: the direction of a text is RDF 1.2"),
        (
            "way.jsonld",
            '{"@id": "https://e.org/a",\n "https://e.org/p": {"@value": "x", "@language": "ar", "@direction": "rtl"}}',
            r":2:\d+: violation: the direction of a text is RDF 1.2",
        ),
        (
            "bogus.rdf",
            f'<?xml version="1.0" encoding="bogus"?>\n{XML}',
            r":1: violation: the encoding that the XML declares",
        ),
        (
            "utf7.rdf",
            f'<?xml version="1.0" encoding="UTF-7"?>\n{XML}',
            r":1: violation: the encoding that the XML declares",
        ),
    ],
)
def test_what_is_not_read_is_told_with_its_line(name: str, text: str, said: str, workspace: Path) -> None:
    put(workspace, name, text)
    outcome = validate(workspace)
    assert outcome.status == 2
    assert re.search(rf"^data/{re.escape(name)}{said}", outcome.out, re.MULTILINE), outcome.out


def test_brackets_in_texts_and_comments_are_not_counted(workspace: Path) -> None:
    many = "[({" * 300
    put(
        workspace,
        "zz.ttl",
        HEAD + f'# {many}\n<project/alpha> eug:note """{many}"""@en, \'{many}\'@en, <https://e.org/#{"(" * 300}> .',
    )
    assert "brackets" not in validate(workspace).out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '{"@context": {"e": "https://e.org/"}, "@id": "e:x",\n "nmae": "x", "e:p": 1}',
            r":2: violation: no context .*'nmae'",
        ),
        ('{"@id": "https://e.org/a b",\n "https://e.org/p": 1}', r":1: violation: 'https://e.org/a b' is no address"),
        (
            '{"@id": "https://e.org/a",\n "https://e.org/p": {"@value": "x", "@language": "en_GB"}}',
            r":2: violation: 'en_GB' is no",
        ),
        (
            '{"@context": {"p": {"@id": "https://e.org/p", "@type": "@id"}},\n "@id": "https://e.org/a",\n "p": "x y"}',
            r":3: violation: 'x y' is no address",
        ),
        (
            (
                '{"@context": {"p": "https://e.org/p"}, "@id": "https://e.org/a",\n'
                ' "p": {"@context": {"q": "https://e.org/q"},\n  "q": {"r": 1}}}'
            ),
            r":3: violation: no context .*'r'",
        ),
    ],
    ids=["key", "address", "language", "reference", "nested"],
)
def test_nothing_of_a_json_ld_file_is_dropped_in_silence(text: str, said: str, workspace: Path) -> None:
    put(workspace, "lost.jsonld", text)
    outcome = validate(workspace)
    assert outcome.status == 2
    assert re.search(rf"^data/lost\.jsonld{said}", outcome.out, re.MULTILINE), outcome.out


# Graphs


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("derived.ttl", "<https://e.org/a> <https://e.org/b> 1 .", r"derived\.ttl: violation: eugraph itself writes the graph"),
        ("provenance.nt", "<https://e.org/a> <https://e.org/b> <c:d> .", r"provenance\.nt: violation: eugraph itself writes"),
        ("projects/alpha.nt", "<https://e.org/a> <https://e.org/b> <c:d> .", r"projects/alpha\.ttl: violation: this file and data/projects/alpha\.nt would be one"),
        ("x.trig", HEAD + "GRAPH <graph/derived> {\n <https://e.org/a> <https://e.org/b> 1 }", r"x\.trig:5:\d+: violation: this stands in <graph/derived>"),
        ("x.trig", HEAD + "GRAPH _:g {\n <https://e.org/a> <https://e.org/b> 1 }", r"x\.trig:5:\d+: violation: this stands in a graph that is a blank node"),
        ("x.jsonld", '{"@graph": [{"@graph": [{"@id": "https://e.org/a", "https://e.org/b": 1}], "https://e.org/c": 2}]}', r"x\.jsonld:1:\d+: violation: this stands in a graph that is a blank"),
    ],
)  # fmt: skip
def test_no_file_writes_into_the_graph_of_another(name: str, text: str, said: str, workspace: Path) -> None:
    put(workspace, name, text)
    outcome = run(workspace, "build")
    assert outcome.status != 0
    assert re.search(rf"^data/{said}.*\(graph-name\)$", outcome.err, re.MULTILINE), outcome.err


# What the statements do


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("eug:Project eug:note 'x'@en .", r":4:22: violation: this says something of eug:Project.*\(redefined-term\)"),
        ("<project/alpha> eug:preferredClaim <claim/x> .", r":4:36: violation: eug:preferredClaim is derived.*\(derived-property\)"),
        ("<project/alpha> eug:startEarliest '2000-01-01'^^xsd:date .", r":4:35: violation: eug:startEarliest is derived.*"),
        ("<project/alpha> eug:endDate '12021'^^xsd:gYear .", r":4:29: violation: the year of '12021' is not from 1000 to 9999.*\(odd-year\)"),
        ("<project/alpha> a eug:Organisation .", r":4:19: violation: this is said to be eug:Organisation, and eug:Project at data/projects/alpha.ttl:\d+:7"),
        ("<project/alpha> eug:predecessor <project/alpha> .", r":4:33: violation: .*its own predecessor.*\(thing-predecessor-cycle\)"),
    ],
)  # fmt: skip
def test_a_file_that_changes_what_others_say_has_a_finding(text: str, said: str, workspace: Path) -> None:
    path = put(workspace, "zz.ttl", HEAD + text)
    outcome = validate(workspace, path)
    assert outcome.status == 1
    assert re.search(rf"^data/zz\.ttl{said}", outcome.out, re.MULTILINE), outcome.out


def test_each_place_of_an_unknown_term_is_told(workspace: Path) -> None:
    put(workspace, "zz.ttl", HEAD + "<project/alpha> eug:akronym 'a',\n 'b' .")
    assert validate(workspace).out.count("(unknown-term)") == 2


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("zz.trig", "GRAPH <https://e.org/g> {\n<project/alpha> eug:studies\n <disease/none> }", 6),
        ("zz.ttl", "<project/alpha> eug:note [\n eug:studies\n  <disease/none> ] .", 6),
        ("zz.ttl", "<project/alpha> eug:note (\n 1\n <disease/none> ) .", 6),
        ("zz.ttl", "[]\n eug:studies <disease/none> .", 5),
    ],
    ids=["named graph", "blank node", "list", "anonymous"],
)
def test_a_fault_inside_of_something_has_its_line(name: str, text: str, line: int, workspace: Path) -> None:
    put(workspace, name, HEAD + text)
    assert re.search(
        rf"^data/{name}:{line}:\d+: violation: <disease/none> is described", validate(workspace).out, re.MULTILINE
    )


def test_a_fault_in_json_ld_with_a_prefix_of_its_own_has_its_line(workspace: Path) -> None:
    put(
        workspace,
        "zz.jsonld",
        '{"@context": {"our": "https://w3id.org/eugraph/id/", "t": "https://w3id.org/eugraph/ontology#"},\n'
        '"@id": "our:project/alpha",\n"t:studies": {"@id": "our:disease/none"}}',
    )
    assert "data/zz.jsonld:3:" in validate(workspace).out


def test_a_fault_in_a_collection_of_rdf_xml_has_its_file(workspace: Path) -> None:
    put(
        workspace,
        "zz.rdf",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://w3id.org/eugraph/ontology#">\n'
        '<rdf:Description rdf:about="https://w3id.org/eugraph/id/project/alpha"><e:note rdf:parseType="Collection">\n'
        '<rdf:Description rdf:about="https://w3id.org/eugraph/id/disease/none"/></e:note></rdf:Description></rdf:RDF>',
    )
    assert "data/zz.rdf" in validate(workspace).out


def test_many_dangling_references_take_no_time(workspace: Path) -> None:
    known = "".join(f"<result/known-{n}> <https://e.org/p> {n} .\n" for n in range(3000))
    put(
        workspace,
        "zz.ttl",
        HEAD + known + "".join(f"<project/alpha> eug:result <result/none-{n}> .\n" for n in range(3000)),
    )
    from eugraph.config import open_workspace
    from eugraph.loading import load
    from eugraph.validate.checks import check
    from eugraph.validate.declared import Vocabulary

    loaded = load(open_workspace(workspace))
    begun = time.process_time()
    found = check(loaded.curated, Vocabulary(loaded.ontology.quads))
    assert sum(finding.code == "dangling-reference" for finding in found) == 3000
    assert time.process_time() - begun < 20  # ten times what it takes; comparing all with all takes minutes


# Settings


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('version = "', "version = 1 # ", "the setting version is no text"),
        ("licence = .*", 'licence = "https://x/%zz"', "licence must be an http or https IRI"),
        ("licence = .*", 'licence = "http://["', "licence must be an http or https IRI"),
        ("base_iri = .*", 'base_iri = "https://x/%zz/"', "base_iri must be an http or https IRI"),
        ("title = ", "title ", "this is not TOML"),
    ],
)
def test_a_setting_that_cannot_be_is_told(old: str, new: str, said: str, workspace: Path) -> None:
    settings = workspace / "eugraph.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(old, new, text, count=1), encoding="utf-8")
    outcome = validate(workspace)
    assert outcome.status == 2
    assert said in outcome.err


def test_settings_with_a_byte_order_mark_are_read(workspace: Path) -> None:
    settings = workspace / "eugraph.toml"
    settings.write_bytes(b"\xef\xbb\xbf" + settings.read_bytes())
    assert validate(workspace).status == 0


def test_settings_that_may_not_be_read_are_told(workspace: Path, mortal: None) -> None:
    (workspace / "eugraph.toml").chmod(0)
    outcome = validate(workspace)
    assert outcome.status == 2
    assert "the settings cannot be read: Permission denied" in outcome.err

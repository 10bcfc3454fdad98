"""`eugraph convert`: any RDF to any, as a stream, and never half a file."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from cli.runner import Outcome, run
from conftest import ROOT
from eugraph.rdf.convert import Conversion, convert
from eugraph.rdf.hashing import graph_hash
from eugraph.rdf.stream import FORMAT_NAMES, Form

MIXED = """@prefix e: <http://example.org/> .
e:a e:b "two\\r\\nlines", "1.50"^^e:own, 1.50, 007, "é"@fr, _:x , [ e:c (1 2) ] ; a e:Thing .
_:x e:p e:q .
"""
GRAPHS = '<http://example.org/a> <http://example.org/b> "x" <http://example.org/g> .\n'


def quads(data: bytes, form: str) -> list[ox.Quad]:
    return list(ox.parse(data, format=Form(form, packed=False).rdf_format))


def told(folder: Path, *arguments: str, stdin: str | None = None) -> Outcome:
    return run(folder, "convert", *arguments, stdin=stdin)


@pytest.mark.parametrize("target", [*FORMAT_NAMES, "ttl.gz", "nq.gz"])
def test_every_format_holds_the_same_graph(target: str, tmp_path: Path) -> None:
    (tmp_path / "in.ttl").write_text(MIXED)
    there = told(tmp_path, "in.ttl", f"out.{target}")
    assert (there.status, there.out, there.err) == (0, "", f"wrote 14 statements to out.{target}\n")
    assert told(tmp_path, f"out.{target}", "back.nt").status == 0
    assert graph_hash(q.triple for q in quads((tmp_path / "back.nt").read_bytes(), "nt")) == graph_hash(
        q.triple for q in quads(MIXED.encode(), "ttl")
    )


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
IRIS = st.builds(
    "http://example.org/{}".format,
    st.from_regex(r"[A-Za-z_][\w.-]{0,6}(/(?:[\w'()-]|%[0-9A-F]{2}){0,4})?", fullmatch=True),
)
NODES = st.one_of(IRIS.map(ox.NamedNode), st.from_regex(r"[A-Za-z0-9][a-z0-9]{0,3}", fullmatch=True).map(ox.BlankNode))
LITERALS = st.one_of(
    TEXTS.map(ox.Literal),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), TEXTS, st.sampled_from(["en", "de-AT"])),
    st.builds(lambda text, iri: ox.Literal(text, datatype=ox.NamedNode(iri)), TEXTS, IRIS),
)
QUADS = st.builds(
    ox.Quad,
    NODES,
    st.from_regex(r"[A-Za-z]{1,5}", fullmatch=True).map(lambda name: ox.NamedNode(f"http://example.org/p#{name}")),
    st.one_of(NODES, LITERALS),
    st.one_of(st.just(ox.DefaultGraph()), IRIS.map(ox.NamedNode)),
)


def converted(data: bytes, source: str, target: str, *, union: bool = False) -> bytes:
    sink = io.BytesIO()
    work = Conversion(
        origin=Path("in"), source=Form(source, packed=False), target=Form(target, packed=False), union=union
    )
    convert(io.BytesIO(data), sink, work)
    return sink.getvalue()


def canonical(found: list[ox.Quad]) -> str:
    dataset = ox.Dataset(found)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(str(dataset).splitlines(keepends=True)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(QUADS, max_size=6), st.sampled_from(["trig", "nq", "jsonld"]))
def test_a_data_set_comes_back_as_it_was(found: list[ox.Quad], target: str) -> None:
    data = ox.serialize(found, format=ox.RdfFormat.N_QUADS) or b""
    assert canonical(quads(converted(converted(data, "nq", target), target, "nq"), "nq")) == canonical(found)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(QUADS, max_size=6), st.sampled_from(["ttl", "nt", "rdf"]))
def test_a_graph_comes_back_as_it_was_or_is_refused(found: list[ox.Quad], target: str) -> None:
    from eugraph.errors import FormatLimitError

    merged = [ox.Quad(q.subject, q.predicate, q.object) for q in found]
    data = ox.serialize(found, format=ox.RdfFormat.N_QUADS) or b""
    try:
        written = converted(data, "nq", target, union=True)
    except FormatLimitError as error:
        reason = str(error)
        assert (target, "control character" in reason) == ("rdf", True)
        return
    assert canonical(quads(converted(written, target, "nq"), "nq")) == canonical(merged)
    if target == "rdf":  # another reader, which keeps to XML, reads the same
        read = rdflib.Graph().parse(data=written, format="xml")
        assert len(read) == len(set(merged))


def test_another_reader_takes_the_ontology_for_the_same_in_every_format(tmp_path: Path) -> None:
    source = ROOT / "ontology" / "eugraph.ttl"
    expected = rdflib.Graph().parse(source)
    for ending, form in (("rdf", "xml"), ("ttl", "turtle"), ("nt", "nt")):
        assert told(tmp_path, str(source), f"out.{ending}").status == 0
        assert isomorphic(rdflib.Graph().parse(tmp_path / f"out.{ending}", format=form), expected), ending


def test_standard_input_and_output_are_used(tmp_path: Path) -> None:
    outcome = told(tmp_path, "-", "-", "--from", "ttl", "--to", "nt", stdin="<http://e/a> <http://e/b> 1 .")
    assert outcome.err == ""
    assert outcome.out == '<http://e/a> <http://e/b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'


def test_gzip_goes_by_the_ending_and_by_the_option(tmp_path: Path) -> None:
    (tmp_path / "in.nt.gz").write_bytes(gzip.compress(b'<http://e/a> <http://e/b> "c" .\n'))
    assert told(tmp_path, "in.nt.gz", "-", "--to", "nt").out == '<http://e/a> <http://e/b> "c" .\n'
    (tmp_path / "data.gz").write_bytes((tmp_path / "in.nt.gz").read_bytes())
    assert told(tmp_path, "data.gz", "out.nq.gz", "--from", "nt").status == 0
    packed = (tmp_path / "out.nq.gz").read_bytes()
    assert gzip.decompress(packed) == b'<http://e/a> <http://e/b> "c" .\n'
    assert packed[4:8] == b"\0\0\0\0", "no clock in it"


def test_prefixes_are_those_of_the_source_else_those_of_ours_that_are_used(tmp_path: Path) -> None:
    outcome = told(tmp_path, "-", "-", "--from", "trig", "--to", "ttl", stdin=MIXED)
    assert outcome.out.startswith("@prefix e: <http://example.org/> .\ne:a e:b")
    ours = '<http://e/a> <http://www.w3.org/2004/02/skos/core#prefLabel> "x"@en .\n<http://e/a> <https://w3id.org/eugraph/ontology#order> 1 .'
    outcome = told(tmp_path, "-", "-", "--from", "nt", "--to", "ttl", stdin=ours.replace(" 1 .", ' "1" .\n'))
    assert [line.split()[1] for line in outcome.out.splitlines() if line.startswith("@prefix")] == ["eug:", "skos:"]


@pytest.mark.parametrize("target", ["ttl", "trig", "rdf"])
def test_equal_input_gives_equal_bytes_in_every_process(target: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "eugraph", "convert", str(ROOT / "data" / "sources.ttl"), "-", "--to", target]
    assert len({subprocess.run(command, capture_output=True, check=True).stdout for _ in range(3)}) == 1


def test_pretty_is_the_house_layout_and_does_not_depend_on_the_order(tmp_path: Path) -> None:
    lines = ['<http://e/b> <http://e/p> "2" .', "<http://e/a> <http://e/p> _:x .", '_:x <http://e/q> "3" .']
    shuffled = [lines[2], lines[0], lines[1]]
    for form in ("ttl", "jsonld", "nt"):
        first, second = (
            told(tmp_path, "-", "-", "--from", "nt", "--to", form, "--pretty", stdin="\n".join(some) + "\n").out
            for some in (lines, shuffled)
        )
        assert first == second
    ttl = told(tmp_path, "-", "-", "--from", "nt", "--to", "ttl", "--pretty", stdin="\n".join(lines)).out
    assert ttl == '<http://e/a>\n    <http://e/p> [ <http://e/q> "3" ] .\n\n<http://e/b>\n    <http://e/p> "2" .\n'


def test_a_file_may_be_converted_into_itself(tmp_path: Path) -> None:
    path = tmp_path / "same.ttl"
    path.write_text(MIXED)
    path.chmod(0o640)
    assert told(tmp_path, "same.ttl", "same.ttl").status == 0
    assert canonical(quads(path.read_bytes(), "ttl")) == canonical(quads(MIXED.encode(), "ttl"))
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "in.ttl").write_text(MIXED)
    (tmp_path / "real.nt").write_text("")
    (tmp_path / "link.nt").symlink_to(tmp_path / "real.nt")
    assert told(tmp_path, "in.ttl", "link.nt").status == 0
    assert (tmp_path / "link.nt").is_symlink()
    assert (tmp_path / "real.nt").stat().st_size > 0


@dataclass(frozen=True)
class Bad:
    name: str
    data: bytes
    said: str


LI = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n<rdf:Description\n rdf:li="a"/>\n</rdf:RDF>'
BAD = [
    Bad("in.nt", b'<http://e/a> <http://e/b> "x" .\n<http://e/a> oops .\n', "in.nt:2:14: the syntax is broken"),
    Bad("in.nq", b"<http://e/a>", "in.nq:1:"),
    Bad(
        "in.ttl", b"@prefix e: <http://e/> .\ne:a eug:b 3 .\n", "in.ttl:2:5: the prefix 'eug' is not declared. Add the"
    ),
    Bad("in.ttl", b"<a> <b> <c> .", "in.ttl:1:1: the syntax is broken: No scheme found in an absolute IRI"),
    Bad("in.trig", b"GRAPH <http://e/g> {", "in.trig:1:"),
    Bad("in.nt", b'<http://e/a> <http://e/b> "\xe4" .\n', "in.nt:1:28: a byte here is not UTF-8"),
    Bad("in.ttl", b"\x89PNG\r\n\x1a\n\0", "in.ttl:1:1: "),
    Bad("in.rdf", b'<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY a "b">]>\n<r/>', "in.rdf:2: a DTD is not read"),
    Bad("in.rdf", b"<a:r xmlns:a='http://e/'>\n<a:s></a:r>", "in.rdf:2:8: this is no well-formed XML: mismatched tag"),
    Bad("in.rdf", LI, "in.rdf:3: the syntax is broken"),
    Bad("in.rdf", b"", "in.rdf:1:1: this is no well-formed XML: no element found"),
    Bad("in.jsonld", b"{\n", "in.jsonld:"),
    Bad("in.jsonld", b'{\n"@context": "http://e/",\n"a": 1}', "in.jsonld:2: the JSON-LD context lies elsewhere"),
    Bad("in.nt.gz", b"<http://e/a>", "in.nt.gz: the gzip is damaged, cut short or none"),
    Bad("in.nt.gz", gzip.compress(b"<http://e/a> <http://e/b> <http://e/c> .\n" * 99)[:40], "cut short"),
    Bad("in.nq", GRAPHS.encode(), "stand in the named graph <http://example.org/g>, and ttl has no named graphs"),
    Bad(
        "in.nq", gzip.compress(b"<http://e/a> <http://e/b> <http://e/c> .\n"), "in.nq: this is gzip. Put .gz behind its"
    ),
    Bad("in.yaml", b"id: project/x\n", "YAML and CSV are read in a workspace only"),
    Bad("in.doc", b"", "in.doc: no RDF format goes by this file name"),
]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: f"{bad.name}: {bad.said[:40]}")
def test_bad_input_is_told_with_its_line_and_the_old_file_stays(bad: Bad, tmp_path: Path) -> None:
    (tmp_path / bad.name).write_bytes(bad.data)
    (tmp_path / "out.ttl").write_text("dear")
    outcome = told(tmp_path, bad.name, "out.ttl")
    assert outcome.status == 2
    assert bad.said in outcome.err
    assert (tmp_path / "out.ttl").read_text() == "dear"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([bad.name, "out.ttl"])


LIMITS = [
    ('<http://e/a> <http://e/1> "x" .', "rdf", "the property <http://e/1>, whose IRI does not end in a name"),
    ('<http://e/a> <http://e/b> "\\u0001" .', "rdf", "the control character U+0001, which stands in a text of"),
    ("<http://e/a> <http://e/b> <<( <http://e/a> <http://e/b> 'x' )>> .".replace("'", '"'), "rdf", "no triple terms"),
    ("<http://e/a> <http://e/b> <<( <http://e/a> <http://e/b> 'x' )>> .".replace("'", '"'), "jsonld", "RDF 1.2"),
]


@pytest.mark.parametrize(("line", "target", "said"), LIMITS)
def test_what_a_format_cannot_hold_is_told(line: str, target: str, said: str, tmp_path: Path) -> None:
    outcome = told(tmp_path, "-", f"out.{target}", "--from", "nt", stdin=f"{line}\n")
    assert outcome.status == 2
    assert said in outcome.err
    assert "errors.md#format-limit" in outcome.err
    assert not list(tmp_path.iterdir())


USAGE = [
    (("-", "out.ttl"), "Standard input (-) has no name that tells a format. Add --from FORMAT."),
    (("in.ttl", "-"), "Standard output (-) has no name that tells a format. Add --to FORMAT."),
    (("in.ttl", "out.ttl", "--to", "n3"), "'n3' is none of ttl, trig, nt, nq, rdf, jsonld"),
    (("in.ttl", "out.trig", "--pretty"), "--pretty has no layout for trig. It is for ttl, nt, nq, jsonld."),
    (("in.ttl", "out.ttl", "--base-iri", "x"), "'x' is no absolute IRI"),
    (("gone.ttl", "out.ttl"), "gone.ttl: the file cannot be read: No such file or directory"),
    ((".", "out.ttl", "--from", "ttl"), ".: the file cannot be read: Is a directory"),
    (("in.ttl", "folder", "--to", "ttl"), "folder: this is a folder; nothing that was there has changed. Name a file."),
    (("in.ttl", "gone/out.ttl"), "its folder does not exist; nothing that was there has changed."),
]


@pytest.mark.parametrize(("arguments", "said"), USAGE)
def test_wrong_usage_is_told_with_its_remedy(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    (tmp_path / "in.ttl").write_text(MIXED)
    (tmp_path / "folder").mkdir()
    outcome = told(tmp_path, *arguments)
    assert outcome.status == 2
    assert said in " ".join(outcome.err.split())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "in.ttl"]


def test_relative_addresses_get_the_base_that_is_named(tmp_path: Path) -> None:
    options = ("--from", "ttl", "--to", "nt", "--base-iri", "http://e/x/")
    assert told(tmp_path, "-", "-", *options, stdin="<a> <b> <../c> .").out == (
        "<http://e/x/a> <http://e/x/b> <http://e/c> .\n"
    )


def test_named_graphs_are_put_together_on_demand(tmp_path: Path) -> None:
    outcome = told(tmp_path, "-", "-", "--from", "nq", "--to", "nt", "--union", stdin=GRAPHS)
    assert outcome.out == '<http://example.org/a> <http://example.org/b> "x" .\n'


def test_an_empty_graph_stays_one(tmp_path: Path) -> None:
    assert told(tmp_path, "-", "-", "--from", "ttl", "--to", "nt", stdin="# nothing\n").out == ""
    assert told(tmp_path, "-", "-", "--from", "nt", "--to", "jsonld", stdin="").out == "[]\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a disk that is always full")
def test_a_full_disk_is_told() -> None:
    command = [sys.executable, "-m", "eugraph", "convert", str(ROOT / "data" / "sources.ttl"), "-", "--to", "nt"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert "standard output: No space left on device; what was printed is not whole" in done.stderr


def test_a_reader_that_has_enough_is_no_fault() -> None:
    command = [sys.executable, "-m", "eugraph", "convert", str(ROOT / "data" / "sources.ttl"), "-", "--to", "nt"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc to see the peak of memory")
def test_memory_does_not_grow_with_the_input(tmp_path: Path) -> None:
    def peak(statements: int) -> int:
        """Kilobytes that a conversion of so many statements needs at most."""
        with gzip.open(tmp_path / "in.nt.gz", "wt", compresslevel=1) as file:
            file.writelines(f'<http://e/{n // 4}> <http://e/p> "text number {n}" .\n' for n in range(statements))
        code = (
            "import sys\nfrom eugraph.cli import main\ntry:\n    main(['convert', 'in.nt.gz', 'out.ttl'])\n"
            "except SystemExit:\n    pass\n"
            "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1])"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
        return int(done.stdout)

    assert peak(200_000) < peak(20_000) + 8_000


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs terminals")
def test_a_bar_is_shown_on_a_terminal_and_only_beyond_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from eugraph.cli import convert as cli

    (tmp_path / "in.nt").write_text('<http://e/a> <http://e/b> "c" .\n' * 30_000)
    for silent_s, shown in ((3600.0, False), (0.0, True)):
        ours, theirs = os.openpty()
        with os.fdopen(theirs, "w") as terminal, monkeypatch.context() as patch:
            patch.setattr(sys, "stderr", terminal)
            patch.setattr(cli, "_SILENT_S", silent_s)
            patch.chdir(tmp_path)
            cli.command.main(["in.nt", "out.nt"], standalone_mode=False)
            terminal.flush()
            text = ""
            while not text.endswith("out.nt\r\n"):  # a terminal hands over what it has so far
                text += os.read(ours, 100_000).decode()
        os.close(ours)
        assert ("statements  [" in text) is shown
        assert "wrote 30000 statements to out.nt" in text

"""Files of a folder: each a named graph, no blank node left, every fault a finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, parse
from pyoxigraph import RdfFormat as Form

from eugraph.errors import UnknownFormatError
from eugraph.sources import read_files, read_folder
from eugraph.sources.skolem import name_blank_nodes

BASE = "https://example.org/id/"
P = NamedNode("https://example.org/p")


def folder(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_each_file_is_a_graph_named_by_its_path(tmp_path: Path) -> None:
    folder(tmp_path, a_dot_ttl="<x> <p> 1 .", sub__b_dot_nt="<https://e.org/x> <https://e.org/p> <https://e.org/y> .")
    reading = read_folder(tmp_path, base_iri=BASE, shown_from=tmp_path.parent)
    assert {q.graph_name.value for q in reading.quads if isinstance(q.graph_name, NamedNode)} == {
        BASE + "graph/a",
        BASE + "graph/sub/b",
    }
    assert [file.name.as_posix() for file in reading.files] == [f"{tmp_path.name}/a.ttl", f"{tmp_path.name}/sub/b.nt"]


def test_a_graph_that_a_file_names_itself_keeps_its_name(tmp_path: Path) -> None:
    folder(tmp_path, a_dot_trig="<x> <p> 1 . GRAPH <https://e.org/g> { <y> <p> 2 }")
    names = {str(q.graph_name) for q in read_folder(tmp_path, base_iri=BASE, shown_from=tmp_path).quads}
    assert names == {f"<{BASE}graph/a>", "<https://e.org/g>"}


def test_no_two_files_are_one_graph(tmp_path: Path) -> None:
    names = ["a b", "a-b", "a%20b", "é", "e", "a.b", "sub/a"]
    for name in names:
        path = tmp_path / f"{name}.ttl"
        path.parent.mkdir(exist_ok=True)
        path.write_text("<x> <p> 1 .")
    reading = read_folder(tmp_path, base_iri=BASE, shown_from=tmp_path)
    assert not reading.findings
    assert len({file.graph for file in reading.files}) == len(names)
    assert {f"{BASE}graph/a-b", f"{BASE}graph/sub/a"} < {file.graph.value for file in reading.files}


def test_files_that_differ_only_in_their_ending_are_told(tmp_path: Path) -> None:
    folder(tmp_path, a_dot_nt="<x:x> <x:p> <x:y> .", a_dot_ttl="<x> <p> 1 .")
    [finding] = read_folder(tmp_path, base_iri=BASE, shown_from=tmp_path).findings
    assert (finding.code, str(finding.place)) == ("graph-name", "a.ttl")


def test_a_place_is_that_of_the_file_as_it_was_read(tmp_path: Path) -> None:
    folder(tmp_path, a_dot_ttl="\n<x> <p> 1 .", b_dot_ttl="<y> <p> 1 .")
    reading = read_folder(tmp_path, base_iri=BASE, shown_from=tmp_path)
    (tmp_path / "a.ttl").unlink()
    (tmp_path / "b.ttl").write_bytes(b"\xff")
    assert str(reading.place(NamedNode(BASE + "x"))) == "a.ttl:2:1"
    assert str(reading.place(NamedNode(BASE + "y"))) == "b.ttl:1:1"


def test_hidden_files_and_others_are_passed_over(tmp_path: Path) -> None:
    folder(tmp_path, _dot_hidden_dot_ttl="no turtle", a_dot_txt="no turtle", _dot_git__x_dot_ttl="no turtle")
    assert read_folder(tmp_path, base_iri=BASE, shown_from=tmp_path).files == []


def test_a_broken_file_does_not_stop_the_others(tmp_path: Path) -> None:
    folder(tmp_path, a_dot_ttl="<x> <p> ", b_dot_ttl="<x> <p> 1 .", c_dot_ttl="")
    reading = read_folder(tmp_path, base_iri=BASE, shown_from=tmp_path)
    assert [finding.code for finding in reading.findings] == ["syntax-error", "empty-file"]
    assert len(reading.quads) == 1


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    reading = read_files([tmp_path / "gone.ttl"], base_iri=BASE, graphs_from=tmp_path, shown_from=tmp_path)
    assert [str(finding.place) for finding in reading.findings] == ["gone.ttl"]
    assert "No such file" in reading.findings[0].message


def test_a_name_that_tells_no_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError, match="Rename it to end in"):
        read_files([tmp_path / "x.doc"], base_iri=BASE, graphs_from=tmp_path, shown_from=tmp_path)


def named(turtle: str) -> list[Quad]:
    quads, findings = name_blank_nodes(list(parse(turtle, format=Form.TURTLE, base_iri=BASE)), Path("x.ttl"), BASE)
    assert not findings
    return quads


def test_a_blank_node_gets_a_name_from_what_is_said_of_it() -> None:
    one = named("<a> <p> [ <q> 1 ; <r> [ <q> 2 ] ] .")
    other = named("<a> <p> _:z . _:y <q> 2 . _:z <r> _:y ; <q> 1 .")
    assert set(one) == set(other)
    assert not any(isinstance(term, BlankNode) for quad in one for term in (quad.subject, quad.object))
    assert all(q.subject.value.startswith(BASE) for q in one if isinstance(q.subject, NamedNode))


def test_another_content_is_another_name() -> None:
    assert set(named("<a> <p> [ <q> 1 ] .")).isdisjoint(named("<a> <p> [ <q> 2 ] ."))


def test_a_list_of_any_length_is_named() -> None:
    quads = named("<a> <p> (" + " ".join(map(str, range(5000))) + ") .")
    assert len(quads) == 10_001


@given(st.permutations(["_:a <p> _:b .", "_:b <q> 1 .", "<s> <p> _:a .", "_:c <q> 2 .", "_:a <p> _:c ."]))
def test_order_and_labels_do_not_matter(lines: list[str]) -> None:
    assert set(named("\n".join(lines))) == set(named("<s> <p> [ <p> [ <q> 1 ], [ <q> 2 ] ] ."))


def test_a_circle_is_a_finding() -> None:
    quads, findings = name_blank_nodes(
        [Quad(BlankNode("a"), P, BlankNode("b")), Quad(BlankNode("b"), P, BlankNode("a")), Quad(P, P, Literal(1))],
        Path("x.ttl"),
        BASE,
    )
    assert quads == []
    assert [finding.code for finding in findings] == ["blank-node-circle"]

"""Rows as a graph in GraphML: read back by another library, held to the schema's structure, escaped, always the same."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from eugraph.errors import QueryError
from eugraph.reports.answer import Answer
from eugraph.reports.edges import Edges, write_graphml
from eugraph.reports.library import parse_report
from eugraph.store import Row, Solutions
from eugraph.vocab import term

BASE = "https://example.org/"
SPACE = "{http://graphml.graphdrawing.org/xmlns}"
INTEGER, DECIMAL = term("xsd:integer"), term("xsd:decimal")
EDGES = Edges.read("source=a target=b weight=n sourceName=aName targetName=bName")
COLUMNS = ("a", "aName", "b", "bName", "n", "share", "note")


def row(a: str, b: str, n: int = 1, share: str = "0.5", note: str | None = None) -> Row:
    names = [Literal(f"The {end}") for end in (a, b)]
    return (
        NamedNode(BASE + a),
        names[0],
        NamedNode(BASE + b),
        names[1],
        Literal(str(n), datatype=INTEGER),
        Literal(share, datatype=DECIMAL),
        Literal(note) if note is not None else None,
    )


def graph_of(rows: list[Row]) -> ET.Element:
    return ET.fromstring(write_graphml(Solutions(COLUMNS, rows), EDGES))


def test_nodes_are_named_and_edges_carry_the_other_columns() -> None:
    written = write_graphml(Solutions(COLUMNS, [row("x", "y", 3, note="shared"), row("y", "z", 1)]), EDGES)
    assert written == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
        'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
        '  <key id="label" for="node" attr.name="label" attr.type="string"/>\n'
        '  <key id="n" for="edge" attr.name="weight" attr.type="long"/>\n'
        '  <key id="share" for="edge" attr.name="share" attr.type="double"/>\n'
        '  <key id="note" for="edge" attr.name="note" attr.type="string"/>\n'
        '  <graph id="rows" edgedefault="undirected">\n'
        '    <node id="https://example.org/x"><data key="label">The x</data></node>\n'
        '    <node id="https://example.org/y"><data key="label">The y</data></node>\n'
        '    <node id="https://example.org/z"><data key="label">The z</data></node>\n'
        '    <edge id="e0" source="https://example.org/x" target="https://example.org/y">'
        '<data key="n">3</data><data key="share">0.5</data><data key="note">shared</data></edge>\n'
        '    <edge id="e1" source="https://example.org/y" target="https://example.org/z">'
        '<data key="n">1</data><data key="share">0.5</data></edge>\n'
        "  </graph>\n"
        "</graphml>\n"
    )


_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"))


@given(_TEXTS, _TEXTS)
def test_any_text_is_read_back_as_it_was(name: str, note: str) -> None:
    rows: list[Row] = [(NamedNode(BASE), Literal(name), NamedNode(BASE + "y"), Literal("Y"), None, None, Literal(note))]
    found = graph_of(rows)
    labels = {node.get("id"): "".join(node.itertext()) for node in found.iter(f"{SPACE}node")}
    assert labels[BASE] == name
    (edge,) = found.iter(f"{SPACE}edge")
    assert "".join(edge.itertext()) == note


def test_line_breaks_and_marks_of_xml_are_kept() -> None:
    found = graph_of([row("x", "y", note='a\r\nb\tc ]]> <i>&amp; "q"')])
    notes = [data.text for data in found.iter(f"{SPACE}data") if data.get("key") == "note"]
    assert notes == ['a\r\nb\tc ]]> <i>&amp; "q"']


def test_ends_and_keys_refer_to_what_is_declared() -> None:
    """What the schema demands: keys before the graph, ids unique, every reference to something that there is."""
    found = graph_of([row("x", "y"), row("x", "z"), row("y", "z")])
    assert [child.tag for child in found] == [f"{SPACE}key"] * 4 + [f"{SPACE}graph"]
    keys = {(key.get("id"), key.get("for")) for key in found.iter(f"{SPACE}key")}
    nodes = [node.get("id") for node in found.iter(f"{SPACE}node")]
    assert nodes == sorted(set(map(str, nodes)))
    edges = list(found.iter(f"{SPACE}edge"))
    assert len({edge.get("id") for edge in edges}) == len(edges) == 3
    for edge in edges:
        assert {edge.get("source"), edge.get("target")} <= set(nodes)
        assert {(data.get("key"), "edge") for data in edge} <= keys
    assert {key.get("attr.type") for key in found.iter(f"{SPACE}key")} <= {"string", "long", "double", "boolean"}


def test_a_column_of_several_types_is_text_and_whole_numbers_join_fractions() -> None:
    mixed = (*row("x", "y")[:5], Literal("1", datatype=INTEGER), Literal("1", datatype=INTEGER))
    found = graph_of([row("x", "y", share="0.25", note="one"), mixed])
    types = {key.get("id"): key.get("attr.type") for key in found.iter(f"{SPACE}key")}
    assert (types["share"], types["note"]) == ("double", "string")


def test_no_rows_are_a_graph_without_nodes() -> None:
    found = graph_of([])
    assert not list(found.iter(f"{SPACE}node"))
    assert len(list(found.iter(f"{SPACE}graph"))) == 1


def test_what_cannot_be_written_is_told() -> None:
    with pytest.raises(QueryError, match=r"U\+0001, which XML cannot hold"):
        graph_of([row("x", "y", note="\x01")])
    endless: Row = (None, *row("x", "y")[1:])
    with pytest.raises(QueryError, match=r"a row has no \?a"):
        graph_of([endless])
    with pytest.raises(QueryError, match="the rows have no column aName"):
        write_graphml(Solutions(("a", "b", "n"), []), EDGES)


def test_rows_of_a_report_without_a_graph_are_refused_as_one() -> None:
    with pytest.raises(QueryError, match="these rows are no edges of a graph"):
        Answer(result=Solutions(("a",), []), base_iri=BASE).write("graphml")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("source=a", "it lacks target="),
        ("source=a target=b colour=c", "'colour=c' is none of source=…"),
        ("source=a target=", "'target=' is none of"),
        ("source=a source=b target=c", "each once"),
    ],
)
def test_a_header_with_a_broken_graph_is_told(line: str, said: str) -> None:
    text = f"# title:   T\n# asks:    Q?\n# columns: a; b\n# graph:   {line}\nSELECT ?a ?b {{ ?a ?p ?b }}\n"
    with pytest.raises(QueryError, match=said):
        parse_report("pairs", text)

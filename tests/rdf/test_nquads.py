"""Sorted N-Quads in canonical form."""

from __future__ import annotations

import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from eugraph.rdf.nquads import BaseMove, gzipped, split_line, write_nquads
from rdf.rdf_strategies import BASE, graphs

MOVE = BaseMove(BASE, "https://data.example.net/kg/")
S, P, G = (NamedNode(f"{BASE}{name}") for name in ("s", "p", "graph/g"))


@given(graphs())
def test_written_lines_read_back_as_the_same_graph(graph: list[Triple]) -> None:
    assert {quad.triple for quad in parse(write_nquads(graph), format=RdfFormat.N_TRIPLES)} == set(graph)


@given(graphs(), st.randoms())
def test_lines_are_sorted_and_distinct(graph: list[Triple], shuffle: random.Random) -> None:
    again = [*graph, *graph]
    shuffle.shuffle(again)
    data = write_nquads(again)
    assert data == write_nquads(graph)
    lines = data.split(b"\n")[:-1]
    assert lines == sorted(set(lines))


@given(graphs())
def test_the_parts_of_a_line_make_the_line(graph: list[Triple]) -> None:
    for triple in graph:
        assert split_line(triple) == (str(triple.subject), str(triple.predicate), str(triple.object))


def test_escapes_are_the_canonical_ones() -> None:
    line = write_nquads([Quad(S, P, Literal('\t\b\n\r\f"\\\x00\x1f\x7fé\x85'), G)]).decode()
    assert line == f'<{BASE}s> <{BASE}p> "\\t\\b\\n\\r\\f\\"\\\\\\u0000\\u001F\\u007Fé\x85" <{BASE}graph/g> .\n'


def test_a_move_changes_things_datatypes_and_graphs_but_no_text() -> None:
    text = Literal(f'see <{BASE}s> and "x"^^<{BASE}t>', datatype=NamedNode(f"{BASE}t"))
    line = write_nquads([Quad(S, P, text, G)], moved=MOVE).decode()
    assert line == (
        f'<{MOVE.new}s> <{MOVE.new}p> "see <{BASE}s> and \\"x\\"^^<{BASE}t>"^^<{MOVE.new}t> <{MOVE.new}graph/g> .\n'
    )


@given(graphs())
def test_a_moved_graph_is_the_same_after_putting_the_old_base_back(graph: list[Triple]) -> None:
    moved = write_nquads(graph, moved=MOVE)
    assert moved.replace(MOVE.new.encode(), BASE.encode()) == write_nquads(graph)


@pytest.mark.parametrize("base", ["https://example.org/x", "https://example.org/?a/", "https://example.org/#/", "x/"])
def test_a_base_that_cannot_carry_things_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="IRI"):
        BaseMove(BASE, base)


def test_compressed_data_tells_neither_time_nor_name() -> None:
    data = gzipped(b"x\n" * 10000)
    assert gzip.decompress(data) == b"x\n" * 10000
    assert data == gzipped(b"x\n" * 10000)
    assert data[3:8] == b"\x00" * 5  # no flags, so no name, and no time

"""The hash of a graph."""

from __future__ import annotations

import hashlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from eugraph.errors import CanonicalisationTimeoutError
from eugraph.rdf.hashing import canonical_nquads, graph_hash, joint_hash
from eugraph.rdf.nquads import write_nquads
from rdf.rdf_strategies import graphs

P = NamedNode("https://example.org/p")


@given(graphs(), st.randoms())
def test_the_order_of_statements_does_not_matter(graph: list[Triple], shuffle: random.Random) -> None:
    again = [*graph, *graph[:1]]
    shuffle.shuffle(again)
    assert graph_hash(again) == graph_hash(graph)


@given(graphs(4), graphs(4))
def test_different_graphs_have_different_hashes(one: list[Triple], other: list[Triple]) -> None:
    assert (graph_hash(one) == graph_hash(other)) == (set(one) == set(other))


@given(graphs(5))
def test_without_blank_nodes_it_is_the_hash_of_the_sorted_lines(graph: list[Triple]) -> None:
    assert graph_hash(graph) == hashlib.sha256(write_nquads(graph)).hexdigest()


def test_labels_of_blank_nodes_do_not_matter() -> None:
    def graph(a: str, b: str) -> list[Triple]:
        return [Triple(BlankNode(a), P, BlankNode(b)), Triple(BlankNode(b), P, Literal("x\x85y\u2028"))]

    assert graph_hash(graph("a", "b")) == graph_hash(graph("z", "y"))


def test_blank_nodes_are_named_as_another_implementation_names_them() -> None:
    a, b, c = map(BlankNode, "abc")
    graph = [Triple(a, P, b), Triple(b, P, c), Triple(c, P, a), Triple(a, P, Literal("_:x", language="en"))]
    theirs = jsonld.normalize(
        "".join(f"{triple} .\n" for triple in graph),
        {"algorithm": "URDNA2015", "inputFormat": "application/n-quads", "format": "application/n-quads"},
    )
    assert "".join(canonical_nquads(graph)) == theirs


@settings(max_examples=10)
@given(graphs(3))
def test_text_that_looks_like_a_blank_node_is_none(graph: list[Triple]) -> None:
    more = [*graph, Triple(P, P, Literal("see _:x"))]
    assert graph_hash(more, timeout_s=0.0001) == hashlib.sha256(write_nquads(more)).hexdigest()


def test_a_graph_made_to_take_for_ever_is_given_up() -> None:
    nodes = [BlankNode(f"n{i}") for i in range(14)]
    everyone_knows_everyone = [Triple(one, P, other) for one in nodes for other in nodes if one != other]
    with pytest.raises(CanonicalisationTimeoutError, match="1 s"):
        graph_hash(everyone_knows_everyone, timeout_s=1)


def test_a_joint_hash_does_not_depend_on_the_order() -> None:
    assert joint_hash([("a", "1"), ("b", "2")]) == joint_hash([("b", "2"), ("a", "1")])
    assert joint_hash([("a", "1"), ("b", "2")]) != joint_hash([("a", "2"), ("b", "1")])

"""Queries of constraints are asked over what they can reach; that must be all that they could see of the whole graph."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from eugraph.shacl import Graph, compile_shapes
from eugraph.shacl.run import Run
from eugraph.shacl.shapes_graph import ShapesGraph
from eugraph.shacl.sparql.ask import Question
from eugraph.shacl.sparql.query import ConstraintQuery

PREFIX = "PREFIX ex: <http://example.org/>\n"
DATA = """
    ex:a ex:p ex:b . ex:b ex:q ex:c . ex:c ex:r ex:d . ex:e ex:q ex:f ; ex:only ex:f .
"""


def ask(query: str, data: str = DATA, node: str = "a", *, whole: bool = False) -> set[tuple[tuple[str, str], ...]]:
    """What a query answers for one focus node, over what it can reach or over the whole graph."""
    question = Question(ConstraintQuery(query, prologue=PREFIX, rows=("this",), constants={}))
    if whole:
        question.join = question.steps = None
    graph = Graph(parse(PREFIX + data, format=RdfFormat.TURTLE))
    run = Run(graph, ShapesGraph([]))
    rows = [(graph.number(NamedNode(f"http://example.org/{node}")),)]
    return {
        tuple(
            sorted(
                (name, str(value).removeprefix("<http://example.org/").rstrip(">")) for name, value in it.bound.items()
            )
        )
        for it in question.ask(run, rows)
    }


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("SELECT $this (EXISTS { ex:e ex:q ?y } AS ?value) WHERE { $this ex:p ?x }", id="in SELECT"),
        pytest.param(
            "SELECT $this WHERE { $this ex:p ?x } GROUP BY $this HAVING (EXISTS { ex:e ex:q ?y })", id="in HAVING"
        ),
        pytest.param(
            "SELECT $this ?value WHERE { $this ex:p ?x BIND (EXISTS { ?y ex:only ?z } AS ?value) ?x ex:q ?y }",
            id="in BIND",
        ),
    ],
)
def test_exists_sees_the_whole_graph_wherever_it_stands(query: str) -> None:
    assert ask(query) == ask(query, whole=True) != set()


def test_a_prefix_in_a_comment_declares_nothing() -> None:
    query = "SELECT $this ?x WHERE { $this ex:p ?x # PREFIX ex: <http://elsewhere.example/>\n}"
    assert ask(query) == {(("this", "a"), ("x", "b"))}


def test_a_query_may_declare_a_prefix_anew() -> None:
    query = "PREFIX ex: <http://elsewhere.example/> # again\nSELECT $this ?x WHERE { $this ex:p ?x }"
    data = "ex:a <http://elsewhere.example/p> ex:other ; ex:p ex:b ."
    assert ask(query, data) == {(("this", "a"), ("x", "other"))}


@pytest.mark.parametrize(
    "path", ["ex:none*", "ex:none?", "(ex:none*)+", "^(ex:none*)", "(ex:q|ex:none?)", "ex:none*/ex:q?"]
)
@pytest.mark.parametrize("node", ["a", "unknown"])
def test_a_path_of_no_length_leads_from_a_focus_node_to_itself(path: str, node: str) -> None:
    assert ask(f"SELECT $this ?x WHERE {{ $this {path} ?x }}", node=node) == {(("this", node), ("x", node))}
    assert ask(f"SELECT $this ?x WHERE {{ ?x {path} $this }}", node=node) == {(("this", node), ("x", node))}


def test_a_path_of_no_length_leads_from_a_named_node_to_itself() -> None:
    assert ask("SELECT $this ?x WHERE { ex:unknown ex:none* ?x . $this ex:p ex:b }") == {
        (("this", "a"), ("x", "unknown"))
    }


@pytest.mark.parametrize("text", ['"unknown"', "'unknown'@en", '"""un\\u006bnown"""'])
def test_a_path_of_no_length_leads_from_a_text_to_itself(text: str) -> None:
    assert len(ask(f"SELECT $this ?x WHERE {{ ?x ex:none* {text} . $this ex:p ex:b }}")) == 1


def test_a_path_of_no_length_does_not_start_at_a_predicate() -> None:
    assert ask("SELECT $this ?way WHERE { ?way ex:none* ?x . $this ?way ex:b }") == set()


def test_marks_of_one_row_are_not_seen_by_another() -> None:
    query = "SELECT $this ?x WHERE { ?x ex:none* ?x OPTIONAL { $this ex:none* ?y } }"
    question = Question(ConstraintQuery(query, prologue=PREFIX, rows=("this",), constants={}))
    graph = Graph(parse(PREFIX + "ex:a ex:p ex:b .", format=RdfFormat.TURTLE))
    rows = [(graph.number(NamedNode(f"http://example.org/{node}")),) for node in ("a", "unknown")]
    assert {str(it.bound["x"]) for it in question.ask(Run(graph, ShapesGraph([])), rows)} == {
        "<http://example.org/a>",
        "<http://example.org/b>",
    }


def test_marks_of_one_query_are_not_seen_by_another() -> None:
    shapes = """
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        ex:First sh:targetNode ex:a ; sh:sparql [ sh:select "SELECT $this ?value { { ?n <http://example.org/p> ?o } $this <http://example.org/p>* ?value }" ] .
        ex:Second sh:targetNode ex:a ; sh:sparql [ sh:select "SELECT $this ?value { { ?s ?value ?n } FILTER (?n = $this) }" ] .
    """
    plan = compile_shapes(parse(PREFIX + shapes, format=RdfFormat.TURTLE))
    results = plan.run(plan.graph(parse(PREFIX + "ex:a ex:p ex:b .", format=RdfFormat.TURTLE)))
    assert [str(result.value) for result in results] == ["<http://example.org/a>", "<http://example.org/b>"]

"""Queries of constraints over what they can reach: the answers are those over the whole graph, for all rows at once or one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import given, seed, settings
from pyoxigraph import Literal, Quad
from pytest import CaptureFixture  # noqa: PT013 - the type alone

from differential.coverage import PHASES, show, size
from differential.queries import PREFIXES, Wanted, selects
from differential.terms import BLANKS, NODES, ODD_NAMES, PROPERTIES, ex, graphs
from eugraph.shacl import Graph
from eugraph.shacl.graph import Term
from eugraph.shacl.run import Run
from eugraph.shacl.shapes_graph import ShapesGraph
from eugraph.shacl.sparql.ask import Question
from eugraph.shacl.sparql.query import ConstraintQuery

# Literals that a store keeps as they are: what it does to others is another matter, see `eugraph.shacl.sparql.ask`.
_KEPT = ("plain", "tagged", "integer", "boolean")
_FEATURES = ("OPTIONAL", "UNION", "EXISTS", "NOT EXISTS", "BIND", "group", "sub-select", "aggregate", "property path")

Answers = Counter[tuple[int, frozenset[tuple[str, str]]]]


def _answers(question: Question, graph: Graph, rows: Sequence[tuple[int, ...]]) -> Answers:
    run = Run(graph, ShapesGraph([]))
    return Counter(
        (it.row, frozenset((name, str(value)) for name, value in it.bound.items())) for it in question.ask(run, rows)
    )


def test_answers_within_reach_are_those_of_the_whole_graph(capsys: CaptureFixture[str]) -> None:
    met: Counter[str] = Counter()
    seen: set[str] = set()

    @seed(4)
    @settings(max_examples=size(10_000, 100), database=None, phases=PHASES)
    @given(graphs(families=_KEPT, properties=[*PROPERTIES, *ODD_NAMES], most=60), selects(Wanted()))
    def compare(data: list[Quad], query: tuple[str, frozenset[str]]) -> None:
        text, features = query
        asked = ConstraintQuery(text, prologue=PREFIXES, rows=("this",), constants={})
        within, stored, whole = Question(asked), Question(asked), Question(asked)
        stored.join = whole.join = whole.steps = None
        graph = Graph(data)
        nodes: Sequence[Term] = [*NODES, *BLANKS, ex("unknown"), Literal("a")]
        rows = [(graph.number(node),) for node in nodes]
        all_at_once = _answers(whole, graph, rows)
        one_by_one: Answers = Counter()
        for place, row in enumerate(rows):
            one_by_one.update({(place, bound): number for (_, bound), number in _answers(whole, graph, [row]).items()})
        assert all_at_once == one_by_one
        way = "of the whole graph" if within.steps is None else "within reach" if within.join is None else "by a join"
        met[f"asked {way}"] += 1
        if within.steps is None:
            return
        assert _answers(stored, graph, rows) == all_at_once
        assert _answers(within, graph, rows) == all_at_once
        if text not in seen:
            seen.add(text)
            met["queries within reach"] += 1
            met["with an answer"] += bool(all_at_once)
            met.update(f"within reach, {feature}" for feature in features)
            met.update(f"within reach, {feature}, with an answer" for feature in features if all_at_once)

    compare()
    counted = (f"{number:7} {what}" for what, number in sorted(met.items()))
    show(capsys, "\n".join(["Queries over what they reach beside the whole graph", *counted]))
    assert met["with an answer"] >= size(500, 0)
    assert all(met[f"within reach, {feature}, with an answer"] >= size(20, 0) for feature in _FEATURES)
    assert met["queries within reach"] >= size(2_000, 15)

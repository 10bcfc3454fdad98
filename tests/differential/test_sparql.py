"""SHACL-SPARQL: constraints and components that are queries give the same by our engine and by pySHACL."""

from __future__ import annotations

from hypothesis import given, seed, settings
from pyoxigraph import Quad
from pytest import CaptureFixture  # noqa: PT013 - the type alone

from differential.compare import Case
from differential.coverage import PHASES, Coverage, show, size
from differential.known import alike, cleared
from differential.sparql_shapes import sparql_shapes
from differential.terms import graphs

_FAMILIES = ("plain", "tagged", "integer")  # which no engine writes otherwise
_FEATURES = ("OPTIONAL", "UNION", "EXISTS", "NOT EXISTS", "BIND", "sub-select", "property path", "$PATH", "aggregate")
_PARTS = [*(f"query with {feature}" for feature in _FEATURES), "SPARQL", "ASK validator", "SELECT validator"]


def test_queries_find_what_they_find_by_pyshacl(capsys: CaptureFixture[str]) -> None:
    coverage = Coverage()

    @seed(4)
    @settings(max_examples=size(2_500, 60), database=None, phases=PHASES)
    @given(graphs(families=_FAMILIES), sparql_shapes())
    def compare(data: list[Quad], shapes: tuple[list[Quad], frozenset[str]]) -> None:
        statements, features = shapes
        case, _ = cleared(Case(data, statements))
        ours, theirs = alike(case)
        assert ours == theirs
        coverage.count(case, (f"query with {feature}" for feature in features))

    compare()
    show(capsys, coverage.table("SHACL-SPARQL beside pySHACL"))
    assert not coverage.rare(_PARTS, size(50, 0))
    assert coverage.cases >= size(2_000, 30)

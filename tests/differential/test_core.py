"""SHACL Core: our engine finds what pySHACL finds, but for the differences in `known.py`."""

from __future__ import annotations

from hypothesis import given, seed, settings
from pyoxigraph import Quad
from pytest import CaptureFixture  # noqa: PT013 - the type alone

from differential.compare import Case
from differential.coverage import COMPONENTS, PATHS, PHASES, TARGETS, Coverage, show, size
from differential.known import DIFFERENCES, cleared
from differential.shapes import core_cases

_PARTS = [
    *COMPONENTS,
    *PATHS,
    *(f"target {kind}" for kind in TARGETS),
    "three shapes deep",
    "QualifiedValueShapesDisjoint",
]


def test_our_engine_finds_what_pyshacl_finds(capsys: CaptureFixture[str]) -> None:
    coverage = Coverage()

    @seed(4)
    @settings(max_examples=size(3_000, 120), database=None, phases=PHASES)
    @given(core_cases())
    def compare(graphs: tuple[list[Quad], list[Quad]]) -> None:
        case, met = cleared(Case(*graphs))
        assert case.ours == case.theirs
        coverage.count(case)
        coverage.met.update(met)

    compare()
    show(capsys, coverage.table("SHACL Core beside pySHACL"))
    assert not coverage.rare(_PARTS, size(50, 0))
    assert coverage.cases >= size(2_000, 80)
    assert sum(coverage.met[it.does] for it in DIFFERENCES) < coverage.cases / 2, "most cases are compared as they are"

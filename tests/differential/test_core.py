"""SHACL Core: our engine finds what pySHACL finds, but for the differences in `known.py`."""

from __future__ import annotations

from hypothesis import given, seed, settings
from pyoxigraph import Quad
from pytest import CaptureFixture  # noqa: PT013 - the type alone

from differential.cases import core_cases
from differential.compare import Case
from differential.coverage import COMPONENTS, PATHS, PHASES, TARGETS, Coverage, show, size
from differential.known import cleared

_PARTS = [
    *COMPONENTS,
    *PATHS,
    *(f"target {kind}" for kind in TARGETS),
    "three shapes deep",
    "QualifiedValueShapesDisjoint",
]

_AS_MADE = "compared as it was made, without a difference to keep clear of"


def test_our_engine_finds_what_pyshacl_finds(capsys: CaptureFixture[str]) -> None:
    coverage = Coverage()

    @seed(4)
    @settings(max_examples=size(5_000, 100), database=None, phases=PHASES)
    @given(core_cases())
    def compare(graphs: tuple[list[Quad], list[Quad]]) -> None:
        case, met = cleared(Case(*graphs))
        assert case.ours == case.theirs
        if coverage.count(case):
            coverage.met.update(met or [_AS_MADE])

    compare()
    show(capsys, coverage.table("SHACL Core beside pySHACL"))
    assert not coverage.rare(_PARTS, size(50, 0))
    assert coverage.cases >= size(2_000, 60)
    assert coverage.met[_AS_MADE] >= coverage.cases / 2

"""The W3C SHACL test suite, by the engine of our own: each result is compared, not their number."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from conformance.suite import Case, key_of, whole_suite
from eugraph.errors import ShapesError
from eugraph.shacl import compile_shapes, read_report
from eugraph.validate import Report
from eugraph.validate.shape_finding import shape_finding
from eugraph.validate.words import Words

_SUITE = Path(__file__).resolve().parents[3] / "shared" / "conformance" / "shacl" / "tests"
_CASES = whole_suite(_SUITE) if _SUITE.is_dir() else []


def test_the_suite_is_whole() -> None:
    if not _CASES:
        pytest.skip("the W3C suite does not lie beside this clone")
    assert sum(case.name.startswith("core/") for case in _CASES) == 98
    assert sum(case.name.startswith("sparql/") for case in _CASES) == 23


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.name)
def test_results_are_those_of_the_suite(case: Case) -> None:
    if case.expected is None:
        with pytest.raises(ShapesError):
            compile_shapes(case.shapes)
        return
    plan = compile_shapes(case.shapes)
    assert sorted(map(key_of, plan.run(plan.graph(case.data)))) == case.expected


@pytest.mark.parametrize("form", [RdfFormat.TURTLE, RdfFormat.JSON_LD], ids=["ttl", "jsonld"])
@pytest.mark.parametrize("case", [case for case in _CASES if case.expected is not None], ids=lambda case: case.name)
def test_a_written_report_has_the_results_of_the_suite(case: Case, form: RdfFormat) -> None:
    plan = compile_shapes(case.shapes)
    findings = [shape_finding(result, lambda *_: None, Words()) for result in plan.run(plan.graph(case.data))]
    text = Report(tuple(findings)).write("ttl" if form == RdfFormat.TURTLE else "jsonld", "urn:x-eugraph:test/")
    back = read_report(quad.triple for quad in parse(text, format=form, base_iri="urn:x-eugraph:test/"))
    assert sorted(map(key_of, back)) == case.expected

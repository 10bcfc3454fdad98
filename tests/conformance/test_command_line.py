"""The W3C SHACL test suite as its users run it: `eugraph validate DATA --shapes SHAPES`, without a workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from cli.runner import run
from conformance.suite import Case, Key, key_of, whole_suite
from eugraph.checking import check_files
from eugraph.shacl.path import compile_path
from eugraph.shacl.shapes_graph import ShapesGraph
from eugraph.validate import Engine
from eugraph.validate.shape_finding import ShapeFinding

_SUITE = Path(__file__).resolve().parents[3] / "shared" / "conformance" / "shacl" / "tests"
_CASES = whole_suite(_SUITE) if _SUITE.is_dir() else []
_PARTS = ("focusNode", "resultPath", "value", "sourceConstraintComponent", "resultSeverity", "sourceShape")

_VIOLATION = "<http://www.w3.org/ns/shacl#Violation>"
_MILDER = ("<http://www.w3.org/ns/shacl#Warning>", "<http://www.w3.org/ns/shacl#Info>")


def test_the_suite_is_whole() -> None:
    if not _CASES:
        pytest.skip("the W3C suite does not lie beside this clone")
    assert len(_CASES) == 121
    assert sum(case.expected is None for case in _CASES) == 7


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.name)
def test_the_report_is_that_of_the_suite(case: Case, tmp_path: Path) -> None:
    arguments = (str(case.data_path), "--shapes", str(case.shapes_path), "--engine", "compiled", "--format", "ttl")
    outcome = run(tmp_path, "validate", *arguments)
    if case.expected is None:
        assert (outcome.status, outcome.out) == (2, "")
        assert "(docs/errors.md#shapes)" in outcome.err
        return
    assert outcome.status == any(_severity(key) == _VIOLATION for key in case.expected)
    assert set(_results(outcome.out)) == set(map(_comparable, case.expected))
    report = check_files([case.data_path], [case.shapes_path], Engine.COMPILED)
    assert sorted(key_of(finding.result) for finding in report.findings if isinstance(finding, ShapeFinding)) == (
        case.expected
    )


def _results(turtle: str) -> Iterator[Key]:
    """What a report says of each result."""
    graph = ShapesGraph(parse(turtle, format=RdfFormat.TURTLE))
    (report,) = (node for node in graph.subjects() if graph.values(node, "sh:conforms"))
    for node in graph.values(report, "sh:result"):
        focus, path, *rest = (graph.one(node, f"sh:{part}", "3.6.2") for part in _PARTS)
        steps = compile_path(graph, node, path).sparql() if path is not None else ""
        yield _comparable((str(focus or ""), steps, *(str(term or "") for term in rest)))  # type: ignore[arg-type]  # four


def _comparable(key: Key) -> Key:
    """The same without what a report need not say: labels of blank nodes, and severities that SHACL does not know."""
    parts = ["" if part.startswith("_:") else part for part in key]
    parts[4] = _severity(key)
    return tuple(parts)  # type: ignore[return-value]  # as many as before


def _severity(key: Key) -> str:
    """The severity of a result; one that SHACL does not know fails as a violation does."""
    return key[4] if key[4] in _MILDER else _VIOLATION

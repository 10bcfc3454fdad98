"""pySHACL as the reference engine: what it is asked for must be what the specification means."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse

from eugraph.validate import reference


@pytest.mark.parametrize("severity", ["Info", "Warning", "Violation"])
def test_a_node_with_a_result_of_any_severity_does_not_conform(severity: str) -> None:
    shapes = f"""
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> .
        ex:Outer a sh:NodeShape ; sh:targetNode ex:a ; sh:node ex:Inner .
        ex:Inner a sh:NodeShape ; sh:nodeKind sh:Literal ; sh:severity sh:{severity} .
    """
    results = reference.run([], (quad.triple for quad in parse(shapes, format=RdfFormat.TURTLE)))
    assert [result.component.value.rpartition("#")[2] for result in results] == ["NodeConstraintComponent"]

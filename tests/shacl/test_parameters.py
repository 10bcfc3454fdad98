"""Parameters of declared components may be any term and stand wherever a variable may."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse

from eugraph.shacl import compile_shapes

SHAPES = """
    @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> .
    ex:Component a sh:ConstraintComponent ; sh:parameter [ sh:path ex:limit ] ; sh:nodeValidator [ sh:select %s ] .
    ex:Shape a sh:NodeShape ; sh:targetNode ex:a ; ex:limit %s .
"""
DATA = '@prefix ex: <http://example.org/> . ex:a ex:p ex:b, "b" . ex:b ex:q ex:c .'


@pytest.mark.parametrize(
    ("query", "limit", "number"),
    [
        pytest.param("SELECT $this WHERE { $limit <http://example.org/q> ?x }", "ex:b", 1, id="subject"),
        pytest.param("SELECT $this WHERE { $limit <http://example.org/q> ?x }", '"b"', 0, id="a literal as subject"),
        pytest.param("SELECT $this WHERE { $this <http://example.org/p> $limit }", '"b"', 1, id="object"),
        pytest.param(
            "SELECT $this WHERE { { SELECT $this $limit (COUNT(?x) AS ?n) WHERE { $this ?p ?x } GROUP BY $this $limit } FILTER (?n = 2) }",
            '"b"',
            1,
            id="GROUP BY",
        ),
        pytest.param(
            "SELECT $this $limit WHERE { { SELECT $this $limit WHERE { { SELECT $this $limit WHERE { $this ?p $limit } } } } }",
            "ex:b",
            1,
            id="sub-selects in sub-selects",
        ),
        pytest.param("SELECT $this WHERE { $this ?p ?x } ORDER BY $limit DESC($limit)", "ex:b", 2, id="ORDER BY"),
    ],
)
def test_a_parameter_may_stand_wherever_a_variable_may(query: str, limit: str, number: int) -> None:
    plan = compile_shapes(parse(SHAPES % (f'"""{query}"""', limit), format=RdfFormat.TURTLE))
    assert len(plan.run(plan.graph(parse(DATA, format=RdfFormat.TURTLE)))) == number

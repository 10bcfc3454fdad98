"""What is behind a result is told with the node that has it."""

from __future__ import annotations

import io

from pyoxigraph import RdfFormat, parse

from eugraph.shacl import compile_shapes

_PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <https://example.org/> .\n"
_SHAPES = """:shape a sh:NodeShape ; sh:targetNode :one, :two ; sh:node [
    sh:property [ sh:path :part ; sh:property [ sh:path :name ; sh:minCount 1 ] ]
] ."""


def test_a_fault_of_a_value_is_behind_the_node_that_has_the_value() -> None:
    shapes = parse(io.BytesIO((_PREFIXES + _SHAPES).encode()), format=RdfFormat.TURTLE)
    data = parse(io.BytesIO((_PREFIXES + ":one :part :two . :two :part :three .").encode()), format=RdfFormat.TURTLE)
    plan = compile_shapes(shapes)
    told = {
        str(result.focus): [str(detail.focus) for detail in result.details] for result in plan.run(plan.graph(data))
    }
    example = "<https://example.org/{}>".format
    assert told == {example("one"): [example("two")], example("two"): [example("three")]}

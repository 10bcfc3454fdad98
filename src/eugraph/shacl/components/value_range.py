"""Value range components: sh:minExclusive, sh:minInclusive, sh:maxExclusive, sh:maxInclusive.

Spec: SHACL §4.3, <https://www.w3.org/TR/shacl/#core-components-range>.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from eugraph.rdf.values import Value, compare, value_of
from eugraph.shacl.component import Component, ValueComponent
from eugraph.shacl.graph import Term
from eugraph.shacl.run import Run
from eugraph.shacl.shapes_graph import ShapesGraph
from eugraph.vocab import term

# How the bound compares to a value that is right.
_BOUNDS: dict[str, tuple[frozenset[int], str]] = {
    "minExclusive": (frozenset((-1,)), "4.3.1"),
    "minInclusive": (frozenset((-1, 0)), "4.3.2"),
    "maxExclusive": (frozenset((1,)), "4.3.3"),
    "maxInclusive": (frozenset((1, 0)), "4.3.4"),
}


@dataclass(frozen=True, eq=False)
class Bound(ValueComponent):
    """Each value can be compared with a bound, and lies on the right side of it."""

    iri: NamedNode  # type: ignore[misc]  # one class for four components
    bound: Literal
    value: Value | None
    right: frozenset[int]

    def wrong(self, run: Run, nodes: set[int]) -> Collection[int]:
        """See `ValueComponent.wrong`."""
        found, bound, right = run.literal_values(nodes), self.value, self.right
        return {node for node in nodes if compare(bound, found[node]) not in right}


def compile_value_range(shapes: ShapesGraph, node: Term) -> Iterator[Component]:
    """Read the components of this family that a shape has.

    Raises:
        ShapesError: a bound is no literal.
    """
    for name, (right, clause) in _BOUNDS.items():
        bound = shapes.one(node, f"sh:{name}", clause)
        if bound is None:
            continue
        if not isinstance(bound, Literal):
            raise shapes.fault(node, f"sh:{name} is {bound}", "Write a number or a date.", clause)
        component = term(f"sh:{name[0].upper()}{name[1:]}ConstraintComponent")
        yield Bound(component, bound, value_of(bound), right)

"""Cardinality components: sh:minCount, sh:maxCount.

Spec: SHACL §4.2, <https://www.w3.org/TR/shacl/#core-components-count>.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from pyoxigraph import NamedNode

from eugraph.shacl.component import Component, Values, Violation
from eugraph.shacl.graph import Term
from eugraph.shacl.run import Run
from eugraph.shacl.shape import Shape
from eugraph.shacl.shapes_graph import ShapesGraph
from eugraph.vocab import term


@dataclass(frozen=True, eq=False)
class MinCount(Component):
    """There are so many values at least. Spec: §4.2.1, <https://www.w3.org/TR/shacl/#MinCountConstraintComponent>."""

    iri: ClassVar[NamedNode] = term("sh:MinCountConstraintComponent")
    count: int

    def violations(self, run: Run, shape: Shape, values: Values) -> Iterable[Violation]:  # noqa: ARG002 - as the base
        """See `Component.violations`."""
        if all(number >= self.count for number in values.numbers):  # mostly
            return []
        return [Violation(focus) for focus, found in values.by_focus.items() if len(found) < self.count]


@dataclass(frozen=True, eq=False)
class MaxCount(Component):
    """There are so many values at most. Spec: §4.2.2, <https://www.w3.org/TR/shacl/#MaxCountConstraintComponent>."""

    iri: ClassVar[NamedNode] = term("sh:MaxCountConstraintComponent")
    count: int

    def violations(self, run: Run, shape: Shape, values: Values) -> Iterable[Violation]:  # noqa: ARG002 - as the base
        """See `Component.violations`."""
        if all(number <= self.count for number in values.numbers):
            return []
        return [Violation(focus) for focus, found in values.by_focus.items() if len(found) > self.count]


def compile_cardinality(shapes: ShapesGraph, node: Term) -> Iterator[Component]:
    """Read the components of this family that a shape has.

    Raises:
        ShapesError: a count is no whole number, or stands at a node shape.
    """
    for name, kind, clause in (("sh:minCount", MinCount, "4.2.1"), ("sh:maxCount", MaxCount, "4.2.2")):
        count = shapes.number(node, name, clause)
        if count is None:
            continue
        if not shapes.values(node, "sh:path"):
            raise shapes.fault(node, f"{name} stands at a node shape", "Move it to a shape with sh:path.", clause)
        yield kind(count)

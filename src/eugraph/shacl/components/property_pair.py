"""Property pair components: sh:equals, sh:disjoint, sh:lessThan, sh:lessThanOrEquals.

Spec: SHACL §4.5, <https://www.w3.org/TR/shacl/#core-components-property-pairs>.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from pyoxigraph import NamedNode

from eugraph.rdf.values import compare
from eugraph.shacl.component import Component, Values, Violation
from eugraph.shacl.graph import Step, Term
from eugraph.shacl.run import Run
from eugraph.shacl.shape import Shape
from eugraph.shacl.shapes_graph import ShapesGraph
from eugraph.vocab import term


@dataclass(frozen=True, eq=False)
class Pair(Component):
    """A constraint on the values and on those of another property of the same focus node."""

    other: NamedNode

    def predicates(self) -> Iterator[NamedNode]:
        """See `Component.predicates`."""
        yield self.other

    def _others(self, run: Run) -> Step:
        return run.graph.forward(run.graph.number(self.other))


@dataclass(frozen=True, eq=False)
class Equals(Pair):
    """Both have the same values. Spec: §4.5.1, <https://www.w3.org/TR/shacl/#EqualsConstraintComponent>."""

    iri: ClassVar[NamedNode] = term("sh:EqualsConstraintComponent")

    def violations(self, run: Run, shape: Shape, values: Values) -> Iterable[Violation]:  # noqa: ARG002 - as the base
        """See `Component.violations`."""
        others = self._others(run)
        for focus, found in values.by_focus.items():
            there = others.get(focus, ())
            if found != there:
                yield from (Violation(focus, value) for value in found if value not in there)
                yield from (Violation(focus, value) for value in there if value not in found)


@dataclass(frozen=True, eq=False)
class Disjoint(Pair):
    """They share no value. Spec: §4.5.2, <https://www.w3.org/TR/shacl/#DisjointConstraintComponent>."""

    iri: ClassVar[NamedNode] = term("sh:DisjointConstraintComponent")

    def violations(self, run: Run, shape: Shape, values: Values) -> Iterable[Violation]:  # noqa: ARG002 - as the base
        """See `Component.violations`."""
        others = self._others(run)
        for focus, found in values.by_focus.items():
            if there := others.get(focus):
                yield from (Violation(focus, value) for value in found if value in there)


@dataclass(frozen=True, eq=False)
class _Less(Pair):
    right: ClassVar[frozenset[int]]

    def violations(self, run: Run, shape: Shape, values: Values) -> Iterable[Violation]:  # noqa: ARG002 - as the base
        """See `Component.violations`."""
        others, right = self._others(run), self.right
        pairs = [
            (focus, here, there)
            for focus, found in values.by_focus.items()
            if found
            for there in others.get(focus, ())
            for here in found
        ]
        known = run.literal_values({node for _, *pair in pairs for node in pair})
        return [
            Violation(focus, here) for focus, here, there in pairs if compare(known[here], known[there]) not in right
        ]


@dataclass(frozen=True, eq=False)
class LessThan(_Less):
    """Each value is less than each of the other. Spec: §4.5.3, <https://www.w3.org/TR/shacl/#LessThanConstraintComponent>."""

    iri: ClassVar[NamedNode] = term("sh:LessThanConstraintComponent")
    right: ClassVar[frozenset[int]] = frozenset((-1,))


@dataclass(frozen=True, eq=False)
class LessThanOrEquals(_Less):
    """No value is greater than one of the other.

    Spec: §4.5.4, <https://www.w3.org/TR/shacl/#LessThanOrEqualsConstraintComponent>.
    """

    iri: ClassVar[NamedNode] = term("sh:LessThanOrEqualsConstraintComponent")
    right: ClassVar[frozenset[int]] = frozenset((-1, 0))


def compile_property_pair(shapes: ShapesGraph, node: Term) -> Iterator[Component]:
    """Read the components of this family that a shape has.

    Raises:
        ShapesError: what is named is no property, or the order is asked of a node shape.
    """
    for value in shapes.values(node, "sh:equals"):
        yield Equals(shapes.iri(node, "sh:equals", value, "4.5.1"))
    for value in shapes.values(node, "sh:disjoint"):
        yield Disjoint(shapes.iri(node, "sh:disjoint", value, "4.5.2"))
    ordered = (("sh:lessThan", LessThan, "4.5.3"), ("sh:lessThanOrEquals", LessThanOrEquals, "4.5.4"))
    for name, kind, clause in ordered:
        for value in shapes.values(node, name):
            if not shapes.values(node, "sh:path"):
                raise shapes.fault(node, f"{name} stands at a node shape", "Move it to a shape with sh:path.", clause)
            yield kind(shapes.iri(node, name, value, clause))

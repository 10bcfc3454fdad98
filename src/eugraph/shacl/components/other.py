"""Other components: sh:closed, sh:hasValue, sh:in.

Spec: SHACL §4.8, <https://www.w3.org/TR/shacl/#core-components-others>.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from pyoxigraph import NamedNode

from eugraph.shacl.component import Component, ValueComponent, Values, Violation
from eugraph.shacl.graph import Term
from eugraph.shacl.path import Predicate
from eugraph.shacl.run import Run
from eugraph.shacl.shape import Shape
from eugraph.shacl.shapes_graph import ShapesGraph
from eugraph.vocab import term


@dataclass(frozen=True, eq=False)
class Closed(Component):
    """A value has no other properties than those of its property shapes, and those to ignore.

    Spec: §4.8.1, <https://www.w3.org/TR/shacl/#ClosedConstraintComponent>.
    """

    iri: ClassVar[NamedNode] = term("sh:ClosedConstraintComponent")
    allowed: frozenset[NamedNode]

    def violations(self, run: Run, shape: Shape, values: Values) -> Iterable[Violation]:  # noqa: ARG002 - as the base
        """See `Component.violations`."""
        graph = run.graph
        for predicate in graph.predicates():
            iri = graph.terms[predicate]
            if iri in self.allowed or not isinstance(iri, NamedNode):
                continue
            said = graph.forward(predicate)
            if said.keys().isdisjoint(values.distinct):
                continue
            for focus, found in values.by_focus.items():
                for node in found:
                    for value in said.get(node, ()):
                        yield Violation(focus, value, path=Predicate(iri))

    def predicates(self) -> None:
        """See `Component.predicates`."""
        return


@dataclass(frozen=True, eq=False)
class HasValue(Component):
    """One of the values is the given one. Spec: §4.8.2, <https://www.w3.org/TR/shacl/#HasValueConstraintComponent>."""

    iri: ClassVar[NamedNode] = term("sh:HasValueConstraintComponent")
    value: Term

    def violations(self, run: Run, shape: Shape, values: Values) -> Iterable[Violation]:  # noqa: ARG002 - as the base
        """See `Component.violations`."""
        wanted = run.graph.number(self.value)
        return [Violation(focus) for focus, found in values.by_focus.items() if wanted not in found]


@dataclass(frozen=True, eq=False)
class In(ValueComponent):
    """Each value is in a list. Spec: §4.8.3, <https://www.w3.org/TR/shacl/#InConstraintComponent>."""

    iri: ClassVar[NamedNode] = term("sh:InConstraintComponent")
    members: tuple[Term, ...]

    def wrong(self, run: Run, nodes: set[int]) -> Collection[int]:
        """See `ValueComponent.wrong`."""
        return nodes - {run.graph.number(member) for member in self.members}


def compile_other(shapes: ShapesGraph, node: Term) -> Iterator[Component]:
    """Read the components of this family that a shape has.

    Raises:
        ShapesError: a list is none, or sh:closed is neither true nor false.
    """
    ignored: list[Term] = []
    for head in shapes.values(node, "sh:ignoredProperties"):
        ignored += shapes.items(node, "sh:ignoredProperties", head, "4.8.1")
    if shapes.flag(node, "sh:closed", "4.8.1"):
        paths = [path for inner in shapes.values(node, "sh:property") for path in shapes.values(inner, "sh:path")]
        yield Closed(frozenset(iri for iri in (*paths, *ignored) if isinstance(iri, NamedNode)))
    for value in shapes.values(node, "sh:hasValue"):
        yield HasValue(value)
    members = shapes.one(node, "sh:in", "4.8.3")
    if members is not None:
        yield In(tuple(shapes.items(node, "sh:in", members, "4.8.3")))

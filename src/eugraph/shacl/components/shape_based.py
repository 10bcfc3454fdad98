"""Shape-based components: sh:node, sh:property, sh:qualifiedValueShape.

Spec: SHACL §4.7, <https://www.w3.org/TR/shacl/#core-components-shape>.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from pyoxigraph import NamedNode

from eugraph.shacl.component import Component, ValueComponent, Values, Violation
from eugraph.shacl.components.reading import OtherShape
from eugraph.shacl.graph import Term
from eugraph.shacl.result import Result
from eugraph.shacl.run import Run
from eugraph.shacl.shape import Shape
from eugraph.shacl.shapes_graph import ShapesGraph
from eugraph.vocab import term


@dataclass(frozen=True, eq=False)
class Node(ValueComponent):
    """Each value conforms to a shape. Spec: §4.7.1, <https://www.w3.org/TR/shacl/#NodeConstraintComponent>."""

    iri: ClassVar[NamedNode] = term("sh:NodeConstraintComponent")
    shape: Shape

    def wrong(self, run: Run, nodes: set[int]) -> Collection[int]:
        """See `ValueComponent.wrong`."""
        return run.failing(self.shape, nodes)

    def nested(self) -> Iterable[Shape]:
        """See `Component.nested`."""
        return (self.shape,)

    def explain(self, run: Run, values: Collection[int]) -> Mapping[int, tuple[Result, ...]]:
        """See `Component.explain`."""
        return run.reasons(self.shape, values)


@dataclass(frozen=True, eq=False)
class Property(Component):
    """Each value has the property shape; its results are those of that shape.

    Spec: §4.7.2, <https://www.w3.org/TR/shacl/#PropertyConstraintComponent>.
    """

    iri: ClassVar[NamedNode] = term("sh:PropertyConstraintComponent")
    shape: Shape

    def violations(self, run: Run, shape: Shape, values: Values) -> Iterable[Violation]:  # noqa: ARG002 - as the base
        """See `Component.violations`."""
        wrong = run.failing(self.shape, values.distinct)
        if not wrong:
            return []
        return [Violation(focus, node) for focus, found in values.by_focus.items() for node in found if node in wrong]

    def failing(self, run: Run, shape: Shape, values: Values) -> set[int]:
        """See `Component.failing`."""
        if shape.path is None:  # each focus node is its own value
            return run.failing(self.shape, values.distinct)
        return super().failing(run, shape, values)

    def results(self, run: Run, shape: Shape, values: Values) -> Iterator[tuple[int, Result]]:
        """See `Component.results`. What is wrong with a value is told for each focus node that leads to it."""
        if shape.path is None:
            yield from run.results(self.shape, values.distinct)
            return
        behind = run.reasons(self.shape, values.distinct)
        for focus, found in values.by_focus.items() if behind else ():
            for node in found:
                yield from ((focus, result) for result in behind.get(node, ()))

    def nested(self) -> Iterable[Shape]:
        """See `Component.nested`."""
        return (self.shape,)


@dataclass(frozen=True, eq=False)
class Qualified(Component):
    """So many of the values conform to a shape, and to none of its siblings.

    Spec: §4.7.3, <https://www.w3.org/TR/shacl/#QualifiedValueShapeConstraintComponent>.
    """

    iri: NamedNode  # type: ignore[misc]  # one class for two components
    shape: Shape
    siblings: tuple[Shape, ...]
    at_least: int
    at_most: int | None

    def violations(self, run: Run, shape: Shape, values: Values) -> Iterable[Violation]:  # noqa: ARG002 - as the base
        """See `Component.violations`."""
        counted = values.distinct - run.failing(self.shape, values.distinct)
        for sibling in self.siblings:
            counted &= run.failing(sibling, counted)
        for focus, found in values.by_focus.items():
            number = sum(node in counted for node in found)
            if number < self.at_least or (self.at_most is not None and number > self.at_most):
                yield Violation(focus)

    def results(self, run: Run, shape: Shape, values: Values) -> Iterator[tuple[int, Result]]:
        """See `Component.results`. Where too few values conform, what is wrong with the others is behind it."""
        found = list(Component.results(self, run, shape, values))
        if not found or self.at_most is not None:
            yield from found
            return
        behind = run.reasons(self.shape, set().union(*(values.by_focus[focus] for focus, _ in found)))
        for focus, result in found:
            why = (reason for node in values.by_focus[focus] for reason in behind.get(node, ()))
            yield focus, replace(result, details=tuple(sorted(why, key=Result.sort_key)))

    def nested(self) -> Iterable[Shape]:
        """See `Component.nested`."""
        return (self.shape, *self.siblings)


def compile_shape_based(shapes: ShapesGraph, node: Term, other: OtherShape) -> Iterator[Component]:
    """Read the components of this family that a shape has.

    Args:
        shapes: the shapes graph.
        node: the shape.
        other: compiles a shape that this one names.

    Raises:
        ShapesError: what is named is no shape, or a count is no whole number.
    """
    for inner in shapes.values(node, "sh:node"):
        yield Node(other(node, "sh:node", inner, "4.7.1"))
    for inner in shapes.values(node, "sh:property"):
        if not shapes.values(inner, "sh:path"):
            raise shapes.fault(node, "a shape under its sh:property has no sh:path", "Add one.", "4.7.2")
        yield Property(other(node, "sh:property", inner, "4.7.2"))
    yield from _qualified(shapes, node, other)


def _qualified(shapes: ShapesGraph, node: Term, other: OtherShape) -> Iterator[Component]:
    clause = "4.7.3"
    least = shapes.number(node, "sh:qualifiedMinCount", clause)
    most = shapes.number(node, "sh:qualifiedMaxCount", clause)
    disjoint = shapes.flag(node, "sh:qualifiedValueShapesDisjoint", clause)
    for inner in shapes.values(node, "sh:qualifiedValueShape"):
        if not shapes.values(node, "sh:path"):
            fault = "sh:qualifiedValueShape stands at a node shape"
            raise shapes.fault(node, fault, "Move it to a shape with sh:path.", clause)
        shape = other(node, "sh:qualifiedValueShape", inner, clause)
        beside = _siblings(shapes, node, inner) if disjoint else []
        siblings = tuple(other(node, "sh:qualifiedValueShape", sibling, clause) for sibling in beside)
        if least is not None:
            yield Qualified(term("sh:QualifiedMinCountConstraintComponent"), shape, siblings, least, None)
        if most is not None:
            yield Qualified(term("sh:QualifiedMaxCountConstraintComponent"), shape, siblings, 0, most)


def _siblings(shapes: ShapesGraph, node: Term, inner: Term) -> list[Term]:
    """The other qualified value shapes of the shapes that have this property shape."""
    parents = [parent for parent in shapes.subjects() if node in shapes.values(parent, "sh:property")]
    found = (
        sibling
        for parent in parents
        for beside in shapes.values(parent, "sh:property")
        for sibling in shapes.values(beside, "sh:qualifiedValueShape")
        if sibling != inner
    )
    return list(dict.fromkeys(found))

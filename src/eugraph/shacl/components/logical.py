"""Logical components: sh:not, sh:and, sh:or, sh:xone.

Spec: SHACL §4.6, <https://www.w3.org/TR/shacl/#core-components-logical>.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from pyoxigraph import NamedNode

from eugraph.shacl.component import Component, ValueComponent
from eugraph.shacl.components.reading import OtherShape
from eugraph.shacl.graph import Term
from eugraph.shacl.result import Result
from eugraph.shacl.run import Run
from eugraph.shacl.shape import Shape
from eugraph.shacl.shapes_graph import ShapesGraph
from eugraph.vocab import term


@dataclass(frozen=True, eq=False)
class _Logical(ValueComponent):
    shapes: tuple[Shape, ...]

    def nested(self) -> Iterable[Shape]:
        """See `Component.nested`."""
        return self.shapes

    def explain(self, run: Run, values: Collection[int]) -> Mapping[int, tuple[Result, ...]]:
        """See `Component.explain`."""
        behind: dict[int, tuple[Result, ...]] = {}
        for shape in self.shapes:
            for node, results in run.reasons(shape, values).items():
                behind[node] = behind.get(node, ()) + results
        return behind


@dataclass(frozen=True, eq=False)
class Not(_Logical):
    """No value conforms to the shape. Spec: §4.6.1, <https://www.w3.org/TR/shacl/#NotConstraintComponent>."""

    iri: ClassVar[NamedNode] = term("sh:NotConstraintComponent")

    def wrong(self, run: Run, nodes: set[int]) -> Collection[int]:
        """See `ValueComponent.wrong`."""
        (shape,) = self.shapes
        return nodes - run.failing(shape, nodes)


@dataclass(frozen=True, eq=False)
class And(_Logical):
    """Each value conforms to all. Spec: §4.6.2, <https://www.w3.org/TR/shacl/#AndConstraintComponent>."""

    iri: ClassVar[NamedNode] = term("sh:AndConstraintComponent")

    def wrong(self, run: Run, nodes: set[int]) -> Collection[int]:
        """See `ValueComponent.wrong`."""
        return set().union(*(run.failing(shape, nodes) for shape in self.shapes))


@dataclass(frozen=True, eq=False)
class Or(_Logical):
    """Each value conforms to one at least. Spec: §4.6.3, <https://www.w3.org/TR/shacl/#OrConstraintComponent>."""

    iri: ClassVar[NamedNode] = term("sh:OrConstraintComponent")

    def wrong(self, run: Run, nodes: set[int]) -> Collection[int]:
        """See `ValueComponent.wrong`."""
        left = nodes
        for shape in self.shapes:
            left = run.failing(shape, left)
        return left


@dataclass(frozen=True, eq=False)
class Xone(_Logical):
    """Each value conforms to exactly one. Spec: §4.6.4, <https://www.w3.org/TR/shacl/#XoneConstraintComponent>."""

    iri: ClassVar[NamedNode] = term("sh:XoneConstraintComponent")

    def wrong(self, run: Run, nodes: set[int]) -> Collection[int]:
        """See `ValueComponent.wrong`."""
        failures = Counter(node for shape in self.shapes for node in run.failing(shape, nodes))
        return {node for node in nodes if len(self.shapes) - failures[node] != 1}


_OF_LISTS: dict[str, tuple[type[_Logical], str]] = {
    "sh:and": (And, "4.6.2"),
    "sh:or": (Or, "4.6.3"),
    "sh:xone": (Xone, "4.6.4"),
}


def compile_logical(shapes: ShapesGraph, node: Term, other: OtherShape) -> Iterator[Component]:
    """Read the components of this family that a shape has.

    Args:
        shapes: the shapes graph.
        node: the shape.
        other: compiles a shape that this one names.

    Raises:
        ShapesError: a list is none or empty, or what is named is no shape.
    """
    for inner in shapes.values(node, "sh:not"):
        yield Not((other(node, "sh:not", inner, "4.6.1"),))
    for name, (kind, clause) in _OF_LISTS.items():
        for head in shapes.values(node, name):
            members = shapes.items(node, name, head, clause)
            if not members:
                raise shapes.fault(node, f"{name} has an empty list", "Name shapes in it.", clause)
            yield kind(tuple(other(node, name, member, clause) for member in members))

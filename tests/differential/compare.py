"""Two engines over one case: what each finds, as multisets that can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad

from eugraph.shacl import Graph, Plan, Result, compile_shapes
from eugraph.shacl.graph import Term
from eugraph.validate import reference


class Key(NamedTuple):
    """What is compared of a result."""

    focus: Term
    path: str
    value: Term | None
    component: NamedNode
    severity: NamedNode
    shape: Term


def keys(results: Iterable[Result]) -> Counter[Key]:
    """The results, each as often as it was found."""
    return Counter(
        Key(it.focus, it.path.sparql() if it.path else "", it.value, it.component, it.severity, it.shape)
        for it in results
    )


@dataclass(frozen=True)
class Case:
    """A data graph and a shapes graph."""

    data: Sequence[Quad]
    shapes: Sequence[Quad]

    @cached_property
    def plan(self) -> Plan:
        """The shapes, compiled."""
        return compile_shapes(self.shapes)

    @cached_property
    def graph(self) -> Graph:
        """The data as our engine reads it."""
        return self.plan.graph(self.data)

    @cached_property
    def ours(self) -> Counter[Key]:
        """What our engine finds."""
        return keys(self.plan.run(self.graph))

    @cached_property
    def theirs(self) -> Counter[Key]:
        """What pySHACL finds."""
        return keys(reference.run((quad.triple for quad in self.data), (quad.triple for quad in self.shapes)))

"""Which nodes a query speaks of: focus nodes and value nodes, as groups that bind variables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from eugraph.shacl.graph import Term
from eugraph.shacl.path import Alternative, Chain, Inverse, Path, Repeated
from eugraph.shacl.remote.endpoint import Endpoint
from eugraph.shacl.shape import Shape


@dataclass(frozen=True, slots=True)
class Nodes:
    """A set of nodes: what the group, which stands within braces, binds the variable to, perhaps several times."""

    variable: str  # with its question mark
    group: str

    @classmethod
    def listed(cls, variable: str, terms: Iterable[Term]) -> Nodes:
        """The set of some terms; a blank node cannot be one of them, as a query cannot name it.

        VALUES stands in a SELECT of its own: Virtuoso follows paths of any length from there, but not from bare VALUES.
        One term is named twice: Virtuoso makes a constant of it else, and joins that wrongly.
        """
        names = [*map(str, terms)]
        named = cls(variable, f"VALUES {variable} {{ {' '.join(names if len(names) > 1 else names * 2)} }}")
        return cls(variable, named.selected)

    @property
    def selected(self) -> str:
        """A group that binds this variable and no other."""
        return f"{{ SELECT DISTINCT {self.variable} WHERE {{ {self.group} }} }}"


@dataclass(frozen=True, slots=True)
class Scope:
    """A shape at focus nodes, with their values."""

    shape: Shape
    endpoint: Endpoint
    focus: Nodes
    value: str  # the variable of value nodes; at a node shape that of the focus nodes
    values: str  # a group that binds both
    settled: bool  # what a query cannot judge for certain is judged here before, for answers that are not looked at

    @classmethod
    def of(cls, shape: Shape, endpoint: Endpoint, focus: Nodes, *, settled: bool) -> Scope:
        """The scope of a shape at focus nodes."""
        if shape.path is None:
            return cls(shape, endpoint, focus, focus.variable, focus.group, settled)
        value = endpoint.fresh("value")
        along = f"{focus.group} {focus.variable} {shape.path.sparql()} {value} ."
        if leads_nowhere(shape.path):  # a node that no statement speaks of is its own value too
            along = f"{{ {along} }} UNION {{ {focus.group} BIND({focus.variable} AS {value}) }}"
        return cls(shape, endpoint, focus, value, along, settled)

    @property
    def nodes(self) -> Nodes:
        """The value nodes."""
        return Nodes(self.value, self.values)

    def without(self, group: str, variables: Iterable[str], other: str) -> str:
        """A group without those solutions whose variables another group binds alike.

        Not with MINUS, nor with NOT EXISTS: for some groups Virtuoso gives wrong answers to both.
        """
        there = self.endpoint.fresh("there")
        found = f"SELECT DISTINCT {' '.join(dict.fromkeys(variables))} (1 AS {there}) WHERE {{ {other} }}"
        return f"{group} OPTIONAL {{ {found} }} FILTER(!BOUND({there}))"


def leads_nowhere(path: Path) -> bool:
    """Tell whether a path may lead from a node to itself without a step."""
    match path:
        case Repeated(path=inner, at_least=least):
            return not least or leads_nowhere(inner)
        case Inverse(path=inner):
            return leads_nowhere(inner)
        case Chain(paths=paths):
            return all(map(leads_nowhere, paths))
        case Alternative(paths=paths):
            return any(map(leads_nowhere, paths))
    return False

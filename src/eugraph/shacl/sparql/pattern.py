"""The triple patterns of a query, group by group, as `grammar` reads them.

Spec: SPARQL 1.1 §5, <https://www.w3.org/TR/sparql11-query/#GraphPattern>.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from eugraph.shacl.path import Path


@dataclass(frozen=True)
class Variable:
    """A variable, or a blank node, which is one."""

    name: str


Node = Variable | NamedNode | Literal


@dataclass(frozen=True)
class TriplePattern:
    """Subject, way, object; the way is a path or a variable."""

    subject: Node
    way: Path | Variable
    value: Node

    def names(self) -> list[str]:
        """Its variables; one that stands in it twice comes twice."""
        return [node.name for node in (self.subject, self.way, self.value) if isinstance(node, Variable)]


@dataclass(frozen=True)
class Joined:
    """Groups of which one must match: one for a group in a group, several for UNION."""

    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Optional:
    """A group that may match."""

    group: Group


@dataclass(frozen=True)
class Minus:
    """A group that must not match."""

    group: Group


@dataclass(frozen=True)
class Values:
    """What VALUES lets variables be, each by itself."""

    names: frozenset[str]
    terms: Mapping[str, frozenset[NamedNode]]  # of the variables that every row binds: the IRIs that it can be


@dataclass(frozen=True)
class SubSelect:
    """A SELECT in a group, or a whole query."""

    returned: frozenset[str]  # the variables that are returned as they are
    group: Group
    asked: frozenset[str] = frozenset()  # the variables that expressions of its own name, and by which it sorts
    distinct: bool = False
    summed: bool = False  # it has aggregates, or groups solutions
    is_one: bool = False  # it has aggregates over everything: one solution even where its group has none
    picks: bool = False  # it has HAVING
    cut: bool = False  # it has LIMIT or OFFSET


@dataclass(frozen=True)
class Bind:
    """A BIND. What it asks for with EXISTS knows what stands before it, and not what comes after."""

    exists: tuple[Group, ...]
    name: str = ""  # the variable that it binds
    of: tuple[Node, ...] = ()  # it is the first of these that is bound; none for another expression
    asked: frozenset[str] = frozenset()  # all variables of the expression


Part = TriplePattern | Joined | Optional | Minus | Values | SubSelect | Bind


@dataclass
class Group:
    """One `{ … }`: its parts as they stand one after the other, and the groups that its filters ask for."""

    parts: list[Part] = field(default_factory=list)
    exists: list[Group] = field(default_factory=list)
    filters: list[tuple[int, int]] = field(default_factory=list)  # where they stand, as places of tokens
    computes: bool = False  # it has a BIND
    asked: frozenset[str] = frozenset()  # the variables that filters name, where the whole query was read

    def groups(self) -> Iterator[Group]:
        """This group and all groups in it, at whatever depth."""
        yield self
        for part in self.parts:
            match part:
                case Joined(groups) | Bind(groups):
                    for group in groups:
                        yield from group.groups()
                case Optional(group) | Minus(group) | SubSelect(_, group):
                    yield from group.groups()
        for group in self.exists:
            yield from group.groups()

    def patterns(self) -> Iterator[TriplePattern]:
        """All triple patterns in it, at whatever depth."""
        for group in self.groups():
            yield from (part for part in group.parts if isinstance(part, TriplePattern))

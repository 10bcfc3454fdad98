"""What holds wherever a group of a query has a solution, and which variables that solution binds.

Both are read from the query alone. What is not known for certain is left out: less holds then, and less is bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from eugraph.shacl.sparql.pattern import (
    Bind,
    Group,
    Joined,
    Minus,
    Node,
    Optional,
    Part,
    SubSelect,
    TriplePattern,
    Values,
    Variable,
)


@dataclass(frozen=True)
class Within:
    """A variable is one of some IRIs."""

    name: str
    terms: frozenset[NamedNode]


@dataclass(frozen=True)
class Same:
    """A variable is what another one is, or an IRI."""

    name: str
    node: Node


@dataclass(frozen=True)
class OneOf:
    """All of one of these hold."""

    choices: tuple[tuple[Condition, ...], ...]


Condition = TriplePattern | Within | Same | OneOf


def bound_by(parts: Iterable[Part]) -> frozenset[str]:
    """Return the variables that parts of a group bind in each of its solutions."""
    found: set[str] = set()
    for part in parts:
        match part:
            case TriplePattern():
                found.update(part.names())
            case Joined(groups):
                found |= frozenset.intersection(*(bound_by(group.parts) for group in groups))
            case Values():
                found |= part.terms.keys()
            case SubSelect():
                found |= part.returned & bound_by(part.group.parts)
            case Bind() if any(not isinstance(node, Variable) or node.name in found for node in part.of):
                found.add(part.name)
    return frozenset(found)


def conditions_of(parts: Sequence[Part]) -> Iterator[Condition]:
    """Yield what holds in each solution of parts of a group, in their order."""
    for place, part in enumerate(parts):
        match part:
            case TriplePattern():
                yield part
            case Joined(groups):
                choices = tuple(tuple(conditions_of(group.parts)) for group in groups)
                if len(choices) == 1:
                    yield from choices[0]
                elif all(choices):
                    yield OneOf(choices)
            case Values():
                yield from (Within(name, terms) for name, terms in part.terms.items())
            case SubSelect() if not part.is_one:
                yield from conditions_of(part.group.parts)
            case Bind() if part.name in bound_by(parts[: place + 1]):
                yield OneOf(tuple(_same(part.name, node, parts[:place]) for node in part.of))


def _same(name: str, node: Node, before: Sequence[Part]) -> tuple[Condition, ...]:
    """Return what holds where a variable is what a node is: also that an OPTIONAL matched, if that alone binds it."""
    found: list[Condition] = [Same(name, node)]
    if isinstance(node, Variable):
        speaking = [part for part in before if node.name in names_in([part])]
        if len(speaking) == 1 and isinstance(speaking[0], Optional):
            inner = speaking[0].group.parts
            found += conditions_of(inner) if node.name in bound_by(inner) else ()
    return tuple(found)


def names_in(parts: Iterable[Part]) -> set[str]:
    """Return all variables that parts of a group bind, perhaps, or look at."""
    found: set[str] = set()
    for part in parts:
        match part:
            case TriplePattern():
                found.update(part.names())
            case Joined(groups):
                found.update(*map(_names_of, groups))
            case Optional(group) | Minus(group):
                found |= _names_of(group)
            case Values(names):
                found |= names
            case SubSelect():
                found |= part.returned | part.asked | _names_of(part.group)
            case Bind(exists, name):
                found |= {name} | part.asked
                found.update(*map(_names_of, exists))
    return found


def _names_of(group: Group) -> set[str]:
    return names_in(group.parts).union(group.asked, *map(_names_of, group.exists))


def names_of(condition: Condition) -> set[str]:
    """Return the variables of a condition."""
    match condition:
        case TriplePattern():
            return {*condition.names()}
        case Within(name, _):
            return {name}
        case Same(name, node):
            return {name, node.name} if isinstance(node, Variable) else {name}
        case OneOf(choices):
            return {name for choice in choices for inner in choice for name in names_of(inner)}

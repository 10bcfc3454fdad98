"""A query in which no two variables have one name: those that SELECT or MINUS keeps to itself get others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import count

from eugraph.reports.conditions import names_in
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

_Name = Callable[[str], str]


def scoped(query: SubSelect) -> SubSelect:
    """Return a query with other names for variables, but for those that it returns.

    Spec: SPARQL 1.1 §18.2.1, <https://www.w3.org/TR/sparql11-query/#variableScope>.
    """
    return _Scoper()._select(query, str)  # noqa: SLF001 - of this module


class _Scoper:
    def __init__(self) -> None:
        self._numbers = count()

    def _select(self, select: SubSelect, outer: _Name) -> SubSelect:
        number = next(self._numbers)

        def name(old: str) -> str:
            return outer(old) if old in select.returned else f"{old}/{number}"

        return replace(
            select,
            returned=_all(outer, select.returned),
            group=self._group(select.group, name),
            asked=_all(name, select.asked),
        )

    def _group(self, group: Group, name: _Name) -> Group:
        parts = [
            self._part(part, self._name_in(part, group.parts[:place], name)) for place, part in enumerate(group.parts)
        ]
        return replace(
            group,
            parts=parts,
            exists=[self._group(inner, name) for inner in group.exists],
            asked=_all(name, group.asked),
        )

    def _name_in(self, part: Part, before: Sequence[Part], name: _Name) -> _Name:
        if not isinstance(part, Minus):
            return name
        shared, number = names_in(before), next(self._numbers)
        return lambda old: name(old) if old in shared else f"{old}/{number}"

    def _part(self, part: Part, name: _Name) -> Part:
        match part:
            case TriplePattern(subject, way, value):
                other = Variable(name(way.name)) if isinstance(way, Variable) else way
                return TriplePattern(_node(subject, name), other, _node(value, name))
            case Joined(groups):
                return Joined(tuple(self._group(group, name) for group in groups))
            case Optional(group):
                return Optional(self._group(group, name))
            case Minus(group):
                return Minus(self._group(group, name))
            case Values(names, terms):
                return Values(_all(name, names), {name(old): found for old, found in terms.items()})
            case SubSelect():
                return self._select(part, name)
            case Bind(exists, bound, of, asked):
                groups = tuple(self._group(group, name) for group in exists)
                return Bind(groups, name(bound), tuple(_node(node, name) for node in of), _all(name, asked))


def _all(name: _Name, names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(name, names))


def _node(node: Node, name: _Name) -> Node:
    return Variable(name(node.name)) if isinstance(node, Variable) else node

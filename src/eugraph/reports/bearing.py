"""Whether changed statements can bear on the answer to a query.

A changed statement bears on it where it fits a pattern of the query, and where what must hold beside that pattern can
hold with it: the name of a project does not bear on a query for names of countries. It does not

- where all that matters of it is whether there is such a statement, as in MINUS, and there was one and still is;
- where it would add to rows of the answer, by an OPTIONAL, and what it is about is in none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache

from pyoxigraph import NamedNode, Triple

from eugraph.reports.conditions import Condition, Within, bound_by, conditions_of, names_in, names_of
from eugraph.reports.holding import Holding
from eugraph.reports.scoping import scoped
from eugraph.shacl.path import Alternative, Predicate
from eugraph.shacl.sparql.grammar import read_select
from eugraph.shacl.sparql.pattern import (
    Bind,
    Group,
    Joined,
    Minus,
    Optional,
    Part,
    SubSelect,
    TriplePattern,
    Values,
    Variable,
)
from eugraph.shacl.sparql.triples import UnfollowedError
from eugraph.store import EmbeddedStore
from eugraph.store.tokens import solid

Columns = Mapping[str, frozenset[NamedNode]]  # of an answer -> the IRIs in it
_Returned = tuple[frozenset[str], ...]  # what is returned from groups of which it does not matter how often
_NOTHING: frozenset[str] = frozenset()


class Bearing:
    """What has changed, and the store as it is now."""

    def __init__(self, changed: Collection[Triple], removed: Collection[Triple], store: EmbeddedStore) -> None:
        """Take what has changed.

        Args:
            changed: the statements that were added or removed.
            removed: those of them that were.
            store: everything, as it is now.
        """
        self._changed, self._store = changed, store
        self._holding = Holding(store, removed)
        self._removed = {(triple.subject, triple.predicate) for triple in removed}
        self._added = Counter((t.subject, t.predicate) for t in set(changed).difference(removed))

    def on(self, query: str, columns: Callable[[], Columns]) -> bool:
        """Say whether what has changed can bear on the answer to a query.

        Args:
            query: a SELECT query.
            columns: gives what was answered before.
        """
        if not self._changed:
            return False
        try:
            select = scoped(read_select(solid(query)))
        except UnfollowedError:
            return True
        return _Look(self._changed, self._holding, self._flips, select, columns).whole()

    def _flips(self, triple: Triple) -> bool:
        """Say whether a thing has the property of a statement now and had not before, or the other way round."""
        pair = triple.subject, triple.predicate
        if not isinstance(triple.subject, NamedNode):
            return True
        now = {quad.object for quad in self._store.matching(triple.subject, triple.predicate, None)}
        return bool(now) is not (pair in self._removed or len(now) > self._added[pair])


class _Look:
    """One look at a query."""

    def __init__(
        self,
        changed: Collection[Triple],
        holding: Holding,
        flips: Callable[[Triple], bool],
        select: SubSelect,
        columns: Callable[[], Columns],
    ) -> None:
        self._changed, self._holding, self._flips = changed, holding, flips
        self._query, self._columns = select, cache(columns)
        groups = [*select.group.groups()]
        uses = Counter(name for group in groups for pattern in _own(group) for name in pattern.names())
        asked = select.asked.union(*(_asked(group) for group in groups))
        self._once = {name for name, number in uses.items() if number == 1} - asked

    def whole(self) -> bool:
        """Say whether a changed statement bears on the query."""
        return self._select(self._query, (), ())

    def _select(self, select: SubSelect, around: Sequence[Condition], returned: _Returned) -> bool:
        if select.cut:  # what is left of it depends on all solutions
            around, returned = (), ()
        if select.summed:
            returned = ()
        elif select.distinct:
            returned = (*returned, select.returned)
        return self._group(select.group, around, returned)

    def _group(self, group: Group, around: Sequence[Condition], returned: _Returned) -> bool:
        parts = group.parts
        beside = [*around, *conditions_of(parts)]
        for place, part in enumerate(parts):
            before = parts[:place]
            match part:
                case TriplePattern():
                    bears = self._bears(part, beside, returned)
                case Joined(groups):
                    bears = any(self._group(inner, beside, returned) for inner in groups)
                case SubSelect():
                    bears = self._select(part, beside, returned)
                case Optional(inner):
                    rows = self._rows(group, place) if self._may_bear(inner) else ()
                    bears = self._group(inner, [*_safe(beside, inner, before), *rows], returned)
                case Minus(inner):
                    bears = self._group(inner, _safe(beside, inner, before), (*returned, _NOTHING))
                case Bind(exists):
                    known = [*conditions_of(before)]
                    bears = any(self._group(inner, _safe(known, inner, before), (_NOTHING,)) for inner in exists)
                case _:
                    bears = False
            if bears:
                return True
        return any(self._group(inner, _safe(beside, inner, parts), (*returned, _NOTHING)) for inner in group.exists)

    def _bears(self, pattern: TriplePattern, others: Sequence[Condition], returned: _Returned) -> bool:
        """Say whether a changed statement can be what a pattern finds."""
        if _is_open(pattern, others) and any(_speaks_of(triple, pattern, others) for triple in self._changed):
            return True
        value = pattern.value
        unused = (
            isinstance(value, Variable)
            and value.name in self._once
            and isinstance(pattern.way, Predicate)
            and any(value.name not in names for names in returned)
        )
        for triple in self._changed:
            bound = _fitting(pattern, triple)
            if bound is None or (unused and not self._flips(triple)):
                continue
            if self._holding.possible(others, bound):
                return True
        return False

    def _may_bear(self, group: Group) -> bool:
        """Say whether a changed statement can be what a pattern of a group finds, whatever holds beside it."""
        return any(
            _may_stay(pattern) or any(_fitting(pattern, triple) is not None for triple in self._changed)
            for pattern in group.patterns()
        )

    def _rows(self, group: Group, place: int) -> Iterator[Condition]:
        """Yield what holds where an OPTIONAL of the outermost group adds to a row that was in the answer before.

        That is so where nothing else in the query changes which rows there are: neither parts that come behind it, nor
        filters that look at what it binds.
        """
        query = self._query
        if group is not query.group or query.cut or query.picks:
            return
        before = bound_by(group.parts[:place])
        if group.asked <= before and all(isinstance(part, Optional | Bind) for part in group.parts[place:]):
            columns = self._columns()
            yield from (Within(name, columns[name]) for name in before & query.returned & columns.keys())


def _own(group: Group) -> Iterator[TriplePattern]:
    return (part for part in group.parts if isinstance(part, TriplePattern))


def _asked(group: Group) -> set[str]:
    """Return the variables whose values a group looks at by itself."""
    found = {*group.asked}
    for part in group.parts:
        match part:
            case SubSelect() | Bind():
                found |= part.asked
            case Values(names):
                found |= names
    return found


def _safe(conditions: Sequence[Condition], inner: Group, before: Sequence[Part]) -> list[Condition]:
    """Return the conditions that hold with what an inner group finds, and without it alike.

    A variable that is not bound before the group may be another one where the group finds nothing.
    """
    loose = names_in([Optional(inner)]) - bound_by(before)
    return [condition for condition in conditions if loose.isdisjoint(names_of(condition))]


def _fitting(pattern: TriplePattern, triple: Triple) -> dict[str, NamedNode] | None:
    """Return what variables are where a pattern finds a statement, as far as that is known; None where it cannot."""
    way = pattern.way
    bound = {way.name: triple.predicate} if isinstance(way, Variable) else {}
    if not isinstance(way, Variable) and triple.predicate not in way.predicates():
        return None
    steps = way.paths if isinstance(way, Alternative) else (way,)
    if not all(isinstance(step, Predicate | Variable) for step in steps):
        return {}  # anywhere on the way
    for node, term in ((pattern.subject, triple.subject), (pattern.value, triple.object)):
        if isinstance(node, Variable):
            if isinstance(term, NamedNode):
                if bound.get(node.name, term) != term:
                    return None
                bound[node.name] = term
        elif isinstance(node, NamedNode) and node != term:
            return None
    return bound


def _is_open(pattern: TriplePattern, others: Sequence[Condition]) -> bool:
    """Say whether a way of no length may lead from any node at all to itself: one that no other pattern finds."""
    if not _may_stay(pattern):
        return False
    names = set(pattern.names())
    found = (names_of(other) for other in others if isinstance(other, TriplePattern) and not _may_stay(other))
    return all(names.isdisjoint(other) for other in found)


def _may_stay(pattern: TriplePattern) -> bool:
    return not isinstance(pattern.way, Variable) and pattern.way.may_stay()


def _speaks_of(triple: Triple, pattern: TriplePattern, others: Sequence[Condition]) -> bool:
    """Say whether a statement holds an end of a pattern, as far as these are known: by VALUES, or as no variable."""
    names = set(pattern.names())
    known = [{end for end in (pattern.subject, pattern.value) if not isinstance(end, Variable)}]
    known += [{*other.terms} for other in others if isinstance(other, Within) and other.name in names]
    return all(not ends or not ends.isdisjoint((triple.subject, triple.object)) for ends in known)

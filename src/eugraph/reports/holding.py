"""Whether conditions can hold together, in a store as it is or as it was before some statements were removed.

"Can" errs on one side: where it would take long to find out, they can.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from eugraph.reports.conditions import Condition, OneOf, Same, Within
from eugraph.shacl.path import Alternative, Inverse, Path, Predicate, Repeated
from eugraph.shacl.sparql.pattern import Node, TriplePattern, Variable
from eugraph.store import EmbeddedStore

_MOST = 300  # statements that a pattern is tried with
_STEPS = 3000  # of a search
Bound = Mapping[str, NamedNode]
_Term = NamedNode | BlankNode | Literal | Triple


class Holding:
    """Looks for what makes conditions hold."""

    def __init__(self, store: EmbeddedStore, removed: Collection[Triple]) -> None:
        self._store = store
        self._removed: dict[NamedNode, list[Triple]] = {}
        for triple in removed:
            self._removed.setdefault(triple.predicate, []).append(triple)
        self._left = 0
        self._matching = cache(self._look)

    def possible(self, conditions: Sequence[Condition], bound: Bound) -> bool:
        """Say whether conditions can hold, with some variables bound."""
        self._left = _STEPS
        lists = {each.name: each.terms for each in conditions if isinstance(each, Within)}
        return self._search([_with_way(each, bound, lists) for each in conditions], bound)

    def _search(self, conditions: Sequence[Condition], bound: Bound) -> bool:
        self._left -= 1
        if self._left < 0:
            return True
        settled = self._settled(conditions, dict(bound))
        if settled is None:
            return False
        left, bound = settled
        if not bound:
            return True
        best: tuple[TriplePattern, list[_Term]] | None = None
        unknown: list[Condition] = []
        for condition in left:
            ends = self._ends(condition, bound) if isinstance(condition, TriplePattern) else None
            if ends is None:
                unknown.append(condition)
                continue
            if not ends:
                return False
            assert isinstance(condition, TriplePattern)
            if len(ends) <= _MOST and (best is None or len(ends) < len(best[1])):
                best = condition, ends
        if best is not None:
            rest = [condition for condition in left if condition is not best[0]]
            return self._by_end(best[0], best[1], rest, bound)
        choice = next((condition for condition in unknown if isinstance(condition, OneOf)), None)
        if choice is None:
            return True
        rest = [condition for condition in left if condition is not choice]
        return any(self._search([*rest, *inner], bound) for inner in choice.choices)

    def _by_end(self, pattern: TriplePattern, ends: Sequence[_Term], rest: Sequence[Condition], bound: Bound) -> bool:
        """Try what the other end of a pattern can be."""
        free = next((node for node in (pattern.subject, pattern.value) if _term(node, bound) is None), None)
        if not isinstance(free, Variable):
            return self._search(rest, bound)
        names = [term for term in ends if isinstance(term, NamedNode)]
        if len(names) < len(ends) and self._search(rest, bound):  # a text: nothing follows for the others
            return True
        return any(self._search(rest, {**bound, free.name: name}) for name in names)

    def _settled(
        self, conditions: Sequence[Condition], bound: dict[str, NamedNode]
    ) -> tuple[list[Condition], dict[str, NamedNode]] | None:
        """Return what is left of conditions, and what is bound, after all that is decided; None where one is broken."""
        left = [*conditions]
        while True:
            waiting: list[Condition] = []
            number = len(bound)
            for condition in left:
                verdict = self._verdict(condition, bound)
                if verdict is False:
                    return None
                if verdict is None:
                    waiting.append(condition)
            left = waiting
            if len(bound) == number:
                return left, bound

    def _verdict(self, condition: Condition, bound: dict[str, NamedNode]) -> bool | None:
        """Say whether a condition holds, binding what follows from it alone; None where that is not decided yet."""
        match condition:
            case Within(name, terms) if name in bound:
                return bound[name] in terms
            case Same(name, node):
                return _are_one(name, node, bound)
            case TriplePattern() if _is_known(condition, bound):
                return self._holds(condition, bound)
            case TriplePattern(subject, Repeated(Predicate(iri), 0), value):
                return self._stays(subject, iri, value, bound) or None
        return None

    def _stays(self, subject: Node, iri: NamedNode, value: Node, bound: dict[str, NamedNode]) -> bool:
        """Bind the other end of a path that leads nowhere from the end that is known; say whether that was so."""
        here, there = _term(subject, bound), _term(value, bound)
        if (here is None) is (there is None) or self.any(here, iri, there):
            return False
        free, known = (value, here) if there is None else (subject, there)
        if isinstance(free, Variable) and known is not None:
            bound[free.name] = known
        return isinstance(free, Variable)

    def _ends(self, pattern: TriplePattern, bound: Bound) -> list[_Term] | None:
        """Return what the other end of a pattern can be, or one more than are tried; None where neither is known."""
        subject, value = _term(pattern.subject, bound), _term(pattern.value, bound)
        if (subject is None) is (value is None):
            return None
        found = self._along(pattern.way, subject, value)
        return None if found is None else [*islice(dict.fromkeys(found), _MOST + 1)]

    def _along(
        self, way: Path | Variable, subject: NamedNode | None, value: NamedNode | None
    ) -> Iterator[_Term] | None:
        match way:
            case Predicate(iri):
                return iter(self._matching(subject, iri, value))
            case Inverse(path):
                return self._along(path, value, subject)
            case Alternative(paths):
                ways = [self._along(path, subject, value) for path in paths]
                return None if None in ways else (end for each in ways if each is not None for end in each)
        return None

    def _holds(self, pattern: TriplePattern, bound: Bound) -> bool:
        """Say whether a pattern whose ends are known can hold."""
        subject, value = _term(pattern.subject, bound), _term(pattern.value, bound)
        match pattern.way:
            case Predicate(iri):
                return self.any(subject, iri, value)
            case Inverse(Predicate(iri)):
                return self.any(value, iri, subject)
            case Alternative(paths):
                return any(self._holds(TriplePattern(pattern.subject, path, pattern.value), bound) for path in paths)
        return True

    def any(self, subject: NamedNode | None, predicate: NamedNode, value: NamedNode | None) -> bool:
        """Say whether there is or was a statement with this subject and value; None is any."""
        if subject is not None and value is not None:
            return any(True for _ in self._found(subject, predicate, value))
        return bool(self._matching(subject, predicate, value))

    def _look(self, subject: NamedNode | None, predicate: NamedNode, value: NamedNode | None) -> tuple[_Term, ...]:
        """Return what the end that is None can be: so many at most as one more than are tried."""
        found = self._found(subject, predicate, value)
        ends = (triple.object if value is None else triple.subject for triple in found)
        return tuple(islice(dict.fromkeys(islice(ends, 4 * _MOST)), _MOST + 1))

    def _found(self, subject: NamedNode | None, predicate: NamedNode, value: NamedNode | None) -> Iterator[Triple]:
        for quad in self._store.matching(subject, predicate, value):
            yield quad.triple
        for triple in self._removed.get(predicate, ()):
            if subject in (None, triple.subject) and value in (None, triple.object):
                yield triple


def _are_one(name: str, node: Node, bound: dict[str, NamedNode]) -> bool | None:
    """Say whether a variable is what a node is, binding one by the other; None where neither is known."""
    own, other = bound.get(name), _term(node, bound)
    if own is not None and other is not None:
        return own == other
    if other is not None:
        bound[name] = other
    elif own is not None and isinstance(node, Variable):
        bound[node.name] = own
    return None if own is None and other is None else True


def _with_way(condition: Condition, bound: Bound, lists: Mapping[str, frozenset[NamedNode]]) -> Condition:
    """Return a pattern whose property is a variable with what that is, or can be."""
    if not isinstance(condition, TriplePattern) or not isinstance(condition.way, Variable):
        return condition
    name = condition.way.name
    if found := bound.get(name):
        return replace(condition, way=Predicate(found))
    if terms := lists.get(name):
        return replace(condition, way=Alternative(tuple(map(Predicate, sorted(terms, key=str)))))
    return condition


def _term(node: Node, bound: Bound) -> NamedNode | None:
    """Return what a node is; None where that may be several, or a text, which a store may write otherwise."""
    if isinstance(node, Variable):
        return bound.get(node.name)
    return node if isinstance(node, NamedNode) else None


def _is_known(pattern: TriplePattern, bound: Bound) -> bool:
    return _term(pattern.subject, bound) is not None and _term(pattern.value, bound) is not None

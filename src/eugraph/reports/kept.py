"""Answers that are kept: a report is asked again only where the statements that changed can matter to it.

Whether they can is told by the patterns of its query. A changed statement matters where it fits a pattern, and where
what must hold beside that pattern can hold with it: the name of a project does not matter to a query for names of
countries.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import orjson
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from eugraph.rdf.replacing import replacing
from eugraph.shacl.path import Alternative, Chain, Inverse, Predicate, Repeated
from eugraph.shacl.path import Path as Way
from eugraph.shacl.sparql.pattern import (
    Bind,
    Group,
    Joined,
    Node,
    Optional,
    SubSelect,
    TriplePattern,
    UnfollowedError,
    Variable,
    read_groups,
)
from eugraph.store import EmbeddedStore
from eugraph.store.tokens import Token, solid

_MOST = 2000  # statements that changed: beyond them everything is asked again
_Binding = dict[str, NamedNode]


class KeptAnswers:
    """The answers of the last time, and what has changed since then."""

    def __init__(self, path: Path, key: str, triples: Collection[Triple], store: EmbeddedStore) -> None:
        """Compare with the last time.

        Args:
            path: the file that answers are kept in.
            key: stands for all that reports are asked of beside `triples`.
            triples: what may change between two times.
            store: everything, as it is now.
        """
        self._path, self._key, self._store = path, key, store
        self._now = sorted({f"{triple} .\n" for triple in triples})
        self._old: dict[str, Sequence[str]] = {}
        self._changed: list[Triple] = []
        self._removed: set[Triple] = set()
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            known = orjson.loads(path.read_bytes())
            if known["key"] == key:
                before, now = set(known["lines"]), set(self._now)
                self._removed = set(_read(before - now))
                self._changed = [*self._removed, *_read(now - before)]
                self._old = known["answers"] if len(self._changed) <= _MOST else {}

    def of(self, name: str, query: str) -> Sequence[str] | None:
        """Return what was kept of a report; None where it is to be asked again.

        Args:
            name: of the report.
            query: prepared.
        """
        known = self._old.get(name)
        return None if known is None or known[0] != query or self.matters(query) else known[1:]

    def matters(self, query: str) -> bool:
        """Say whether what has changed can matter to a query."""
        if not self._changed:
            return False
        try:
            group = read_groups([*_followed(solid(query))], {})
        except UnfollowedError:
            return True
        return self._reaches(group, ())

    def save(self, answers: Mapping[str, Sequence[str]]) -> None:
        """Keep answers: name -> prepared query, and what is kept."""
        known = {"key": self._key, "lines": self._now, "answers": answers}
        with contextlib.suppress(OSError):  # they are asked again the next time
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(self._path) as stream:
                stream.write(orjson.dumps(known))

    def _reaches(self, group: Group, around: Sequence[TriplePattern]) -> bool:
        """Say whether a changed statement can take part in a solution of a group; `around` holds beside it."""
        own = [part for part in group.parts if isinstance(part, TriplePattern)]
        for pattern in own:
            others = [other for other in (*own, *around) if other is not pattern]
            if _is_open(pattern, others) or any(self._fits(pattern, triple, others) for triple in self._changed):
                return True
        return any(self._reaches(inner, beside) for inner, beside in _inner(group, own, around))

    def _fits(self, pattern: TriplePattern, triple: Triple, others: Sequence[TriplePattern]) -> bool:
        if not isinstance(pattern.way, Predicate):
            return isinstance(pattern.way, Variable) or triple.predicate in _predicates(pattern.way)
        if pattern.way.iri != triple.predicate:
            return False
        binding: _Binding = {}
        for node, term in ((pattern.subject, triple.subject), (pattern.value, triple.object)):
            if isinstance(node, Variable):
                if isinstance(term, NamedNode):
                    binding[node.name] = term
            elif isinstance(node, NamedNode) and node != term:
                return False
        return all(self._can_hold(other, binding) for other in others)

    def _can_hold(self, pattern: TriplePattern, binding: _Binding) -> bool:
        """Say whether a pattern has a match, or had one, with some variables bound."""
        if not isinstance(pattern.way, Predicate):
            return True
        subject, value = (_term(node, binding) for node in (pattern.subject, pattern.value))
        if subject is None and value is None:
            return True
        if any(True for _ in self._store.matching(subject, pattern.way.iri, value)):
            return True
        return any(
            triple.predicate == pattern.way.iri and subject in (None, triple.subject) and value in (None, triple.object)
            for triple in self._removed
        )


def _followed(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens of a query in the grammar that is followed, for a query that matters where this one does.

    Without its VALUES a group has more solutions, and a MINUS matters where an OPTIONAL in its place does.
    """
    place = 0
    while place < len(tokens):
        token = tokens[place]
        word = token.text.upper() if token.kind == "word" else ""
        if word == "VALUES":
            while tokens[place].text != "}":
                place += 1
        else:
            yield token._replace(text="OPTIONAL") if word == "MINUS" else token
        place += 1


def _inner(
    group: Group, own: Sequence[TriplePattern], around: Sequence[TriplePattern]
) -> Iterator[tuple[Group, Sequence[TriplePattern]]]:
    """Yield the groups in a group, each with what holds beside all of its solutions that count.

    What comes after an OPTIONAL may hold without it, and a sub-select may be cut: it knows nothing of what is around.
    """
    before = [*around]
    for part in group.parts:
        match part:
            case TriplePattern():
                before.append(part)
            case Joined(groups):
                yield from ((inner, [*before]) for inner in groups)
            case Optional(inner):
                yield inner, [*before]
            case SubSelect(_, inner):
                yield inner, ()
            case Bind(groups):
                yield from ((inner, ()) for inner in groups)
    yield from ((inner, (*around, *own)) for inner in group.exists)


def _term(node: Node, binding: _Binding) -> NamedNode | None:
    """Return what a node is bound to; None where that may be several, or a text, which a store may write otherwise."""
    if isinstance(node, Variable):
        return binding.get(node.name)
    return node if isinstance(node, NamedNode) else None


def _is_open(pattern: TriplePattern, others: Sequence[TriplePattern]) -> bool:
    """Say whether a way of no length may lead from any node at all to itself."""
    ends = (pattern.subject, pattern.value)
    if isinstance(pattern.way, Variable) or not _may_be_empty(pattern.way):
        return False
    if not all(isinstance(end, Variable) for end in ends):
        return False
    return not any(end in (other.subject, other.value) for end in ends for other in others)


def _may_be_empty(way: Way) -> bool:
    match way:
        case Repeated(path, at_least):
            return at_least == 0 or _may_be_empty(path)
        case Chain(paths):
            return all(map(_may_be_empty, paths))
        case Alternative(paths):
            return any(map(_may_be_empty, paths))
        case Inverse(path):
            return _may_be_empty(path)
    return False


def _predicates(way: Way) -> Iterator[NamedNode]:
    match way:
        case Predicate(iri):
            yield iri
        case Inverse(path) | Repeated(path):
            yield from _predicates(path)
        case Chain(paths) | Alternative(paths):
            for path in paths:
                yield from _predicates(path)


def _read(lines: Collection[str]) -> list[Triple]:
    return [quad.triple for quad in parse("".join(sorted(lines)), format=RdfFormat.N_TRIPLES, lenient=True)]

"""What a page may tell of other things than its own: small enough to go along with a document to another process.

A page depends on its document, on the cards of its neighbours, and on what the whole graph says of its own things:
nothing else of the graph. `Index.neighbours` says whose cards these are.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from eugraph.publish.documents import Document
from eugraph.publish.pages.names import Known, Names
from eugraph.publish.pages.overview import BACKWARD, LONGEST_LIST, Mentioned, Overview, Taking

_NOTHING = ""
_MOST_KEPT = 30_000  # cards


class Card(NamedTuple):
    """What pages tell of something; all is empty that is not known."""

    known: Known | None
    country: str
    start: str
    end: str
    kind: str  # of a source
    licence: str  # of a source that asks to be cited in a certain way, else empty
    rights: str  # how it asks to be cited
    class_: str
    codes: Sequence[tuple[str, str]]


Place = tuple[str, str]  # of a thing in a list: its name without case, and its IRI


class Own(NamedTuple):
    """What the whole graph says of the things of one document, beside what stands in it. All is sorted."""

    takings: Sequence[tuple[str, str, Sequence[str]]]  # participation, what it is in, roles
    members: Sequence[str]
    mentioned: Sequence[Mentioned]
    makers: Sequence[str]  # whose result it is
    graphs: Sequence[str]  # that describe it
    derived: Sequence[tuple[str, str, str]]  # thing, property, value


_NO_ROW = (_NOTHING, _NOTHING, _NOTHING, _NOTHING, _NOTHING, _NOTHING, _NOTHING, ())


class Index:
    """The cards of everything, made when they are asked for."""

    def __init__(self, names: Names, overview: Overview, common: Names, predicates: Iterable[str]) -> None:
        """Take what is known of the whole graph.

        Args:
            names: all names.
            overview: the look over all statements.
            common: the names that pages know anyhow; what is known there as well is on no card.
            predicates: the properties of all statements, as N-Triples text.
        """
        self._names, self._overview, self._common = names, overview, common
        self._cards: dict[str, Card | None] = {}
        self._properties = [predicate for predicate in predicates if self.card(predicate[1:-1])]  # few, or none

    def card(self, iri: str) -> Card | None:
        """Return what is known of something, None where that is nothing but common knowledge."""
        if iri in self._cards:
            return self._cards[iri]
        known, row = self._names.known(iri), self._row(iri)
        if known is not None and known == self._common.known(iri):
            known = None
        card = Card(known, *row) if known is not None or row != _NO_ROW else None
        if len(self._cards) >= _MOST_KEPT:
            self._cards.clear()
        self._cards[iri] = card
        return card

    def _row(self, iri: str) -> tuple[str, str, str, str, str, str, str, tuple[tuple[str, str], ...]]:
        seen = self._overview
        rights = seen.rights.get(iri, _NOTHING)
        return (
            seen.countries.get(iri, _NOTHING),
            seen.starts.get(iri, _NOTHING),
            seen.ends.get(iri, _NOTHING),
            seen.kinds_of_source.get(iri, _NOTHING),
            seen.licences.get(iri, _NOTHING) if rights else _NOTHING,
            rights,
            seen.classes.get(iri, _NOTHING),
            tuple(seen.codes.get(iri, ())),
        )

    def own(self, document: Document) -> Own:
        """Return what the whole graph says of the things of a document."""
        iri, overview = document.iri.value, self._overview
        mentions = overview.mentions.get(iri, {})
        return Own(
            takings=[(t.iri, t.within, tuple(t.roles)) for t in overview.by_organisation.get(iri, ())],
            members=sorted(overview.members.get(iri, ())),
            mentioned=[
                found
                for curie in BACKWARD
                if curie in mentions and (found := self._mentioned(iri, curie, mentions[curie])).total
            ],
            makers=sorted(set(mentions.get("eug:result", ()))),
            graphs=sorted(overview.graphs.get(iri, ())),
            derived=[(t.value, *said) for t in document.things for said in overview.derived.get(t.value, ())],
        )

    def _mentioned(self, iri: str, curie: str, who: Iterable[str]) -> Mentioned:
        """Return who points to a thing; a guest of another document counts as that document's thing."""
        homes = {self._names.home(subject) for subject in who} - {iri}
        ranked = heapq.nsmallest(LONGEST_LIST, homes, key=self.place)
        return Mentioned(curie, ranked, len(homes))

    def place(self, iri: str) -> Place:
        """Return what a thing is sorted by in lists."""
        return self._names.label(iri).casefold(), iri

    def neighbours(self, document: Document, mentioned: Iterable[str], own: Own) -> dict[str, Card]:
        """Return the cards of all that the page of a document may tell of, sorted by IRI.

        Args:
            document: whose page it is.
            mentioned: the IRIs that its statements point to.
            own: what the whole graph says of its things.
        """
        wanted = {thing.value for thing in document.things}.union(mentioned)
        for predicate in self._properties:
            begin = f"{predicate} "
            if any(text.startswith(begin) or f"\n{begin}" in text for text in document.texts.values()):
                wanted.add(predicate[1:-1])
        wanted.update(own.graphs)
        for found in own.mentioned:
            wanted.update(found.who)
        wanted.update(own.makers)
        for _, within, roles in own.takings:
            wanted.add(within)
            wanted.update(roles)
        cards = self._of(wanted)
        further = {
            end for card in cards.values() for end in (card.country, card.kind, card.known[2] if card.known else "")
        }
        cards.update(self._of(further - wanted))
        return dict(sorted(cards.items()))

    def _of(self, iris: Iterable[str]) -> dict[str, Card]:
        cards, found = self._cards, {}
        for iri in iris:
            card = cards[iri] if iri in cards else self.card(iri)
            if card is not None:
                found[iri] = card
        return found


def learn(cards: Mapping[str, Card], names: Names, overview: Overview) -> None:
    """Let names and overview know what is on cards."""
    for iri, card in cards.items():
        if card.known is not None:
            names.take(iri, card.known)
        for table, value in (
            (overview.countries, card.country),
            (overview.starts, card.start),
            (overview.ends, card.end),
            (overview.kinds_of_source, card.kind),
            (overview.licences, card.licence),
            (overview.rights, card.rights),
            (overview.classes, card.class_),
        ):
            if value:
                table[iri] = value
        if card.codes:
            overview.codes[iri] = [*card.codes]


def learn_own(iri: str, own: Own, overview: Overview) -> None:
    """Let an overview know what the whole graph says of a document's things."""
    overview.by_organisation[iri] = [Taking(t, iri, within, [*roles]) for t, within, roles in own.takings]
    overview.members[iri] = own.members
    overview.mentioned[iri], overview.makers[iri] = own.mentioned, own.makers
    overview.graphs[iri] = frozenset(own.graphs)
    derived: dict[str, set[tuple[str, str]]] = {}
    for thing, predicate, value in own.derived:
        derived.setdefault(thing, set()).add((predicate, value))
    overview.derived.update(derived)

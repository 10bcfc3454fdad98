"""How far a change of curated statements reaches: which documents can be other ones, and what these depend on.

A document holds statements of its things, names of what they point to, and who points to them; its page tells a few
facts of its neighbours (see `cards`). So a change reaches

- the documents of the things that changed, and of what they point to or pointed to;
- where a fact that others tell has changed (a name, a date, a host, a country …): the documents of what points there,
  of what stands in the same document, and one step further over participations, countries and kinds of sources.

This is more than can have changed: whether it has is told by the keys of the documents.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, cached_property

from pyoxigraph import Quad, RdfFormat, parse

from eugraph.publish.documents import GUESTS, HOSTS
from eugraph.publish.given import Imports
from eugraph.publish.long_lists import LongLists
from eugraph.publish.pages.overview import BACKWARD
from eugraph.publish.statements import split
from eugraph.vocab import term

Texts = Mapping[str, Mapping[str, str]]  # subject -> graph -> text

_MOST = 20_000  # things: beyond them, looking over everything is not much slower
_OF_A_PARTICIPATION = ("eug:participatesIn", "eug:organisation", "eug:role")
_FURTHER = {term(curie).value for curie in (*_OF_A_PARTICIPATION, "eug:country", "eug:sourceKind")}
_POINTING = {term(curie).value for curie in (*_OF_A_PARTICIPATION[:2], *BACKWARD)}
_PLACING = tuple(  # what says where a thing stands, and in which lists
    f"{term(curie)} " for curie in ("rdf:type", *_OF_A_PARTICIPATION, "eug:grant", "eug:result", "eug:subject")
)
_TOLD = (  # what others than its own page tell of a thing
    *_PLACING,
    *(
        f"{term(curie)} "
        for curie in (
            *("skos:prefLabel", "rdfs:label", "dcterms:title", "foaf:name", "skos:definition"),
            *("eug:country", "eug:startDate", "eug:endDate", "eug:sourceKind", "dcterms:license", "dcterms:rights"),
            "skos:exactMatch",
        )
    ),
)


class TooFar(Exception):  # noqa: N818 - no error: everything is looked over then
    """A change reaches so much that nothing is gained by finding out what."""


class Reach:
    """Finds what a change reaches."""

    def __init__(self, before: Texts, now: Texts, imported: Imports, base_iri: str) -> None:
        """Compare statements.

        Args:
            before: the statements that are not imported, as they were.
            now: as they are.
            imported: what has not changed.
            base_iri: what the IRIs of things begin with.
        """
        self._before, self._now, self._imported, self._base = before, now, imported, base_iri
        self._said = imported.said
        self.changed = {s for s in before.keys() | now.keys() if before.get(s) != now.get(s)}
        self._back: dict[str, set[tuple[str, str]]] = {}
        for texts in (before, now):
            for subject, graphs in texts.items():
                for text in graphs.values() if subject[0] == "<" else ():
                    for predicate, value in _links(text):
                        self._back.setdefault(value, set()).add((predicate, subject[1:-1]))
        self.about = cache(self._about)
        self._links = cache(self._links_of)
        self.pointing = cache(self._pointing)

    def _about(self, iri: str) -> Mapping[str, str]:
        """Return what is imported of a thing: graph -> text."""
        return self._said.about(f"<{iri}>")

    def _links_of(self, iri: str) -> frozenset[tuple[str, str]]:
        """Return (property, thing) for all that a thing points to or pointed to."""
        texts = [*self._about(iri).values()]
        for said in (self._before, self._now):
            texts += said.get(f"<{iri}>", {}).values()
        return frozenset(link for text in texts for link in _links(text))

    def _pointing(self, iri: str) -> frozenset[tuple[str, str]]:
        """Return (property, thing) for all that points to a thing or did.

        Raises:
            TooFar: that is too much.
        """
        found = set(self._back.get(iri, ()))
        for number, link in enumerate(self._imported.pointing_to(iri)):
            if number > _MOST:
                raise TooFar
            found.add(link)
        return frozenset(found)

    def _by(self, iri: str, properties: Collection[str]) -> Iterator[str]:
        """Yield what points to a thing by some properties, or did."""
        yield from (other for predicate, other in self._back.get(iri, ()) if predicate in properties)
        yield from (other for _, other in self._imported.pointing_to(iri, properties))

    def things(self, lists: LongLists | None = None) -> set[str]:
        """Return things in whose documents something can have changed.

        Args:
            lists: those that are cut; what stands behind their end is left out.

        Raises:
            TooFar: there are too many.
        """
        changed = {subject[1:-1] for subject in self.changed if subject[0] == "<"}
        found = set(changed)
        for subject in self.changed:
            lines = _lines(self._before.get(subject)) ^ _lines(self._now.get(subject))
            found.update(other for _, line in lines for _, other in _links(line))
        for iri in self.renamed:
            found.add(iri)
            homes = self.with_hosts([iri]) if lists is not None and iri not in self._placed else ()
            for predicate, other in self._links(iri):
                if not homes or lists is None or not lists.leave_out(homes, predicate, other):
                    found.add(other)
            for predicate, other in self.pointing(iri):
                found.add(other)
                if predicate in _FURTHER:
                    found.update(one for _, one in self.pointing(other))
                    found.update(one for _, one in self._links(other))
            if len(found) > _MOST:
                raise TooFar
        found.update(s[1:-1] for s, texts in self._now.items() if s[0] == "<" and not self.changed.isdisjoint(texts))
        return {iri for iri in found if iri.startswith(self._base)}

    @cached_property
    def renamed(self) -> frozenset[str]:
        """Return the things of which others can tell something else than before, and what stands with them.

        Raises:
            TooFar: one of them is a property, or speaks for a source.
        """
        found = self._differing(_TOLD)
        if any(f"<{iri}>" in self._imported.graphs for iri in found):
            raise TooFar
        outside = [iri for iri in found if not iri.startswith(self._base)]
        lines = [f"\n<{iri}> " for iri in outside]
        if any(map(self._imported.is_property, outside)) or any(f in f"\n{t}" for t in self._texts() for f in lines):
            raise TooFar
        return frozenset(self.with_guests(found))

    @cached_property
    def _placed(self) -> frozenset[str]:
        """The things of which it changed where they stand, or in which lists, and what stands with them."""
        return frozenset(self.with_guests(self._differing(_PLACING)))

    def _differing(self, properties: tuple[str, ...]) -> set[str]:
        """Return the things that had other values of some properties."""
        found = set[str]()
        for subject in self.changed:
            lines = _lines(self._before.get(subject)) ^ _lines(self._now.get(subject))
            if subject[0] == "<" and any(line.startswith(properties) for _, line in lines):
                found.add(subject[1:-1])
        return found

    def _texts(self) -> Iterator[str]:
        for said in (self._before, self._now):
            for graphs in said.values():
                yield from graphs.values()

    def with_guests(self, things: Iterable[str]) -> set[str]:
        """Return things and all that stands or stood with them."""
        found, left = set[str](), [*things]
        while left:
            iri = left.pop()
            if iri not in found:
                found.add(iri)
                left += self._by(iri, HOSTS)
                left += (other for predicate, other in self._links(iri) if predicate in GUESTS)
                if len(found) > _MOST:
                    raise TooFar
        return found

    def with_hosts(self, things: Iterable[str]) -> set[str]:
        """Return things and all that they stand or stood with."""
        found, left = set[str](), [*things]
        while left:
            iri = left.pop()
            if iri not in found and iri.startswith(self._base):
                found.add(iri)
                left += (other for predicate, other in self._links(iri) if predicate in HOSTS)
                left += self._by(iri, GUESTS)
        return found.union(things)

    def surroundings(self, things: Collection[str], others: Iterable[str] = ()) -> Surroundings:
        """Return all that the documents of things depend on.

        Args:
            things: whose documents they are.
            others: things whose names are told elsewhere.

        Raises:
            TooFar: that is too much.
        """
        own = self.with_guests(self.with_hosts(things))
        near = own.union(others)
        for iri in own:
            near.update(other for _, other in self._links(iri))
            near.update(other for predicate, other in self.pointing(iri) if predicate in _POINTING)
        further = {other for iri in near for predicate, other in self._links(iri) if predicate in _FURTHER}
        found = self.with_hosts(near | further)
        return Surroundings({f"<{iri}>": texts for iri in sorted(found) if (texts := self.about(iri))}, self._imported)


class Surroundings:
    """A part of what is imported, in memory."""

    def __init__(self, texts: Texts, imported: Imports) -> None:
        self._texts = texts
        self.key, self.graphs, self.kept = imported.key, imported.graphs, imported.kept
        self.all_graphs, self.size = imported.all_graphs, imported.size
        self.pointing_to, self.is_property = imported.pointing_to, imported.is_property

    @property
    def said(self) -> Surroundings:
        """All statements by subject."""
        return self

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __contains__(self, subject: object) -> bool:
        return subject in self._texts

    def items(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield each subject with what is said of it: graph -> text."""
        yield from self._texts.items()

    def about(self, subject: str) -> Mapping[str, str]:
        """Return what is said of a subject: graph -> text."""
        return self._texts.get(subject, {})


def quads_of(texts: Texts) -> Iterator[Quad]:
    """Yield statements that are given as text."""
    for subject, graphs in texts.items():
        lines = [f"{subject} {line} {graph} .\n" for graph, text in graphs.items() for line in text.split("\n")]
        yield from parse("".join(lines), format=RdfFormat.N_QUADS, lenient=True)


def _links(text: str) -> Iterator[tuple[str, str]]:
    """Yield (property, thing) for all that lines of statements point to."""
    for line in text.split("\n"):
        if line[-1] == ">":
            predicate, value = split(line)
            if value[0] == "<" and value[1] != "<":
                yield predicate[1:-1], value[1:-1]


def _lines(texts: Mapping[str, str] | None) -> set[tuple[str, str]]:
    """Return (graph, line) for all that is said of a thing."""
    return {(graph, line) for graph, text in (texts or {}).items() for line in text.split("\n")}

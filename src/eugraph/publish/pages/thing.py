"""The page of one thing: what of its document goes where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from eugraph.publish.documents import Document
from eugraph.publish.pages import layout, words
from eugraph.publish.pages.claims import Claim, Dispute, claims_of, differ_anchor, disputes
from eugraph.publish.pages.facts import ORGANISATION, Fact, Reader
from eugraph.publish.pages.kinds import Kind, kind_of
from eugraph.publish.pages.members import Members, Undertaking, members_of, undertakings_of
from eugraph.publish.pages.origins import Origins, origins_of
from eugraph.publish.pages.overview import Overview
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.related import Group, mentions_of, related_of
from eugraph.publish.pages.results import Result, results_of
from eugraph.publish.pages.terms import Text, first, key, literal, ordered, plain, values
from eugraph.rdf.turtle_blanks import Properties, Subjects

_MEMBER, _GRANT_OF, _LABEL = key("eug:participatesIn"), key("eug:grant"), key("skos:prefLabel")
_ACRONYM, _ABOVE = key("eug:acronym"), {key("eug:coordinator"), key("eug:organisationType")}
_CODED, _ALSO = key("eug:studies"), key("skos:altLabel")


@dataclass(frozen=True, slots=True)
class Grant:
    """A grant in the document of its project."""

    anchor: str
    name: Markup
    description: Sequence[Text]
    facts: Sequence[Fact]
    money: Sequence[Fact]
    notes: Sequence[Markup]


@dataclass(slots=True, kw_only=True)
class Thing:
    """Everything that stands on a page, in its order."""

    kind: Kind
    segment: str
    iri: str  # as published
    title: Text
    names: Sequence[tuple[Text, str]]  # in other languages, with the language's name
    summary: Sequence[Markup]
    description: Sequence[Text]
    facts: Sequence[Fact]
    figures: Sequence[Fact]
    money: Sequence[Fact]
    grants: Sequence[Grant]
    members: Members | None
    results: Sequence[Result]
    undertakings: Sequence[Undertaking]
    topics: Sequence[Fact]
    codes: Sequence[tuple[str, str, Markup]]  # vocabulary, how close, code
    related: Sequence[Group]
    mentions: Sequence[Group]
    notes: Sequence[Markup]
    disputes: Sequence[Dispute]
    origins: Sequence[Origins]
    files: Sequence[Markup] = field(default_factory=list)


class Describer:
    """Makes things of documents; one serves a whole release."""

    def __init__(self, pen: Pen, overview: Overview) -> None:
        self._pen, self._overview = pen, overview
        self._codes: dict[str, Markup] = {}

    def thing(self, document: Document, subjects: Subjects) -> Thing:
        """Return what stands on the page of a document."""
        pen, overview = self._pen, self._overview
        iri = document.iri.value
        things = [thing.value for thing in document.things]
        own = subjects.get(f"<{iri}>", {})
        claims = claims_of(subjects, things)
        differing = {
            (claim.subject, claim.property): differ_anchor(claim.subject, claim.property, iri)
            for claim in claims
            if claim.disputes
        }
        grants = [thing for thing in things if f"<{thing}>" in own.get(_GRANT_OF, ()) and f"<{thing}>" in subjects]
        title, others = self._names(iri, own)
        kind = kind_of(document.kind)
        reader = Reader(iri, own, differing, pen)
        return Thing(
            kind=kind,
            segment=document.kind,
            iri=pen.names.moved(iri),
            title=title,
            names=others,
            summary=self._summary(iri, own, kind),
            description=[literal(t) for t in self._texts(own)],
            facts=self._facts(reader),
            figures=reader.facts([p for p in sorted(own) if p.startswith(layout.FIGURE)]),
            money=reader.money(),
            grants=[self._grant(grant, subjects, differing) for grant in grants],
            members=members_of(subjects, things, iri, pen, overview),
            results=results_of(subjects, things, own, pen),
            undertakings=undertakings_of(iri, pen, overview),
            topics=self._topics(reader),
            codes=self._matches(own),
            related=related_of(own, pen, overview, things),
            mentions=mentions_of(iri, pen, overview),
            notes=[pen.term(note) for predicate in layout.NOTES for note in ordered(own.get(predicate, ()))],
            disputes=disputes(claims, subjects, iri, pen, overview) if differing else [],
            origins=self._origins(subjects, [iri, *grants], claims),
            files=[pen.iri(graph) for graph in sorted(overview.graphs.get(iri, ())) if pen.names.name(graph).target],
        )

    def _names(self, iri: str, own: Properties) -> tuple[Text, list[tuple[Text, str]]]:
        labels = [literal(label) for label in ordered(own.get(_LABEL, ())) if label[0] == '"']
        labels = [label for label in labels if label.value.strip()]
        if not labels:
            name = self._pen.names.name(iri)
            return Text(name.text, name.language, ""), []
        return labels[0], [(t, words.language(t.language)) for t in labels[1:] if t.value != labels[0].value]

    def _summary(self, iri: str, own: Properties, kind: Kind) -> list[Markup]:
        """The line below the name: what it is, when, where or by whom."""
        pen, overview = self._pen, self._overview
        line = [pen.text(kind.one)]
        line += [pen.iri(plain(type_)) for type_ in values(own, "eug:organisationType")]
        if country := overview.countries.get(iri):
            line.append(pen.iri(country))
        period = pen.period(first(own, "eug:startDate"), first(own, "eug:endDate"))
        if period and ORGANISATION not in own.get(key("rdf:type"), ()):  # when it was founded is among the facts
            line.append(period)
        if coordinators := values(own, "eug:coordinator"):
            line.append(Markup("coordinated by ") + pen.list(map(plain, coordinators)))
        return line

    @staticmethod
    def _texts(own: Properties) -> list[str]:
        found = values(own, "dcterms:description") + values(own, "skos:definition")
        return [text for text in dict.fromkeys(found) if text[0] == '"']

    def _facts(self, reader: Reader) -> list[Fact]:
        found: list[Fact] = []
        for predicate in layout.FACTS:
            if predicate == layout.PERIOD:
                found += reader.period()
            elif predicate == layout.ADDRESS:
                found += reader.address()
            elif predicate == _ALSO:
                found += reader.other_names()
            elif predicate in reader.own and not self._is_said(reader, predicate):
                found.append(reader.fact(predicate))
        rest = [p for p in sorted(reader.own) if p not in layout.PLACED and not p.startswith(layout.FIGURE)]
        found += sorted(reader.facts(rest), key=lambda fact: fact.label)
        if not reader.own.get(_GRANT_OF):
            found += reader.facts([p for p in layout.GRANT if p in reader.own and p not in layout.FACTS])
        return found

    def _is_said(self, reader: Reader, predicate: str) -> bool:
        """Say whether the top of the page has told a fact already, and all sources agree on it."""
        if reader.differs(predicate):
            return False
        if predicate == _ACRONYM:
            return set(map(plain, reader.own[predicate])) == {plain(t) for t in reader.own.get(_LABEL, ())}
        return predicate in _ABOVE

    def _grant(self, iri: str, subjects: Subjects, differing: dict[tuple[str, str], str]) -> Grant:
        pen = self._pen
        own = subjects[f"<{iri}>"]
        reader = Reader(iri, own, differing, pen)
        rest = [p for p in own if p not in layout.PLACED]
        return Grant(
            anchor=pen.names.fragment(iri),
            name=pen.text(*pen.names.name(iri)[:2]),
            description=[literal(t) for t in self._texts(own)],
            facts=reader.facts([p for p in (*layout.GRANT, *sorted(rest)) if p in own]),
            money=reader.money(),
            notes=[pen.term(note) for predicate in layout.NOTES for note in ordered(own.get(predicate, ()))],
        )

    def _topics(self, reader: Reader) -> list[Fact]:
        found = []
        for predicate in layout.TOPICS:
            if predicate not in reader.own:
                continue
            fact = reader.fact(predicate)
            if predicate == _CODED:
                coded = [self._disease(plain(value)) for value in ordered(reader.own[predicate])]
                fact = Fact("Diseases", coded, fact.differs)
            found.append(fact)
        return found

    def _disease(self, iri: str) -> Markup:
        """Return a disease with its codes in Orphanet and MONDO."""
        known = self._codes.get(iri)
        if known is None:
            wanted = [c for vocabulary, c in self._overview.codes.get(iri, ()) if vocabulary in ("Orphanet", "MONDO")]
            known = self._pen.iri(iri)
            if wanted:
                known += Markup(' <span class="codes">') + ", ".join(reversed(wanted)) + Markup("</span>")
            self._codes[iri] = known
        return known

    def _matches(self, own: Properties) -> list[tuple[str, str, Markup]]:
        found = []
        for place, predicate in enumerate(layout.MATCHES):
            for value in ordered(own.get(predicate, ())):
                iri = plain(value)
                vocabulary, code = words.code(iri) or ("", words.one_line(iri))
                link = self._pen.url(iri)
                if vocabulary and link.startswith("<a"):
                    address = self._pen.names.moved(iri)
                    link = Markup('<a href="{}" rel="external">{}</a>').format(address, code)
                found.append(
                    (place, vocabulary.casefold(), vocabulary, code, layout.label(predicate, self._pen.names), link)
                )
        found.sort(key=lambda row: row[:4])
        return [(vocabulary, close, link) for _, _, vocabulary, _, close, link in found]

    def _origins(self, subjects: Subjects, things: Sequence[str], claims: Sequence[Claim]) -> list[Origins]:
        return origins_of(subjects, things, claims, self._pen, self._overview)

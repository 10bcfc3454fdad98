"""Reads the facts of one node: labels with values, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from eugraph.publish.pages import layout, words
from eugraph.publish.pages.markup import NOTHING, joined
from eugraph.publish.pages.members import money
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.terms import first, key, ordered, plain, values
from eugraph.rdf.turtle_blanks import Properties

_URLS = {key("foaf:homepage"), key("foaf:page"), key("eug:doi"), key("eug:ror"), key("eug:catalogueEntry")}
_URLS |= {key("eug:legalBasis")}
_LICENCE = key("dcterms:license")
_ALSO = key("skos:altLabel")
ORGANISATION = key("eug:Organisation")


class Fact(NamedTuple):
    """A label with its values; `differs` is the id of the table where sources disagree."""

    label: str
    values: Sequence[Markup]
    differs: str = ""
    note: Markup = NOTHING
    meaning: str = ""


class Reader:
    """Reads the facts of one node."""

    def __init__(self, iri: str, own: Properties, differing: Mapping[tuple[str, str], str], pen: Pen) -> None:
        self.own = own
        self._iri, self._differing, self._pen = iri, differing, pen

    def fact(self, predicate: str) -> Fact:
        """Return a property with all its values."""
        pen = self._pen
        found = self.own[predicate]
        write = pen.term
        if predicate == _LICENCE:
            shown = [pen.licence(v[1:-1]) if v[0] == "<" else write(v) for v in ordered(found)]
        elif predicate in _URLS:
            shown = [pen.url(v[1:-1]) if v[0] == "<" and v[1:-1] not in pen.names else write(v) for v in ordered(found)]
        else:
            shown = [write(value) for value in (ordered(found) if len(found) > 1 else found)]
        return Fact(layout.label(predicate, pen.names), shown, self.differs(predicate))

    def facts(self, predicates: Sequence[str]) -> list[Fact]:
        """Return several properties."""
        return [self.fact(predicate) for predicate in predicates]

    def differs(self, *predicates: str) -> str:
        """Return the id of the table where sources differ on one of the properties, or ""."""
        for predicate in predicates:
            if found := self._differing.get((self._iri, predicate[1:-1])):
                return found
        return ""

    def period(self) -> list[Fact]:
        """Return start and end as one fact, with the length."""
        start, end = first(self.own, "eug:startDate"), first(self.own, "eug:endDate")
        if not start and not end:
            return []
        months = first(self.own, "eug:durationMonths")
        note = NOTHING
        if months:
            note = self._pen.number(months) + (" month" if months == "1" else " months")
        differs = self.differs(key("eug:startDate"), key("eug:endDate"), key("eug:durationMonths"))
        if end:
            return [Fact("Period", [self._pen.period(start, end)], differs, note)]
        return [
            Fact(
                "Founded" if ORGANISATION in self.own.get(key("rdf:type"), ()) else "Begun",
                [self._pen.day(start)],
                differs,
                note,
            )
        ]

    def other_names(self) -> list[Fact]:
        """Other names, but for the acronym, which stands by itself."""
        acronym = first(self.own, "eug:acronym")
        names = [name for name in values(self.own, "skos:altLabel") if plain(name) != acronym]
        if not names:
            return []
        return [
            Fact(layout.label(_ALSO, self._pen.names), [self._pen.term(name) for name in names], self.differs(_ALSO))
        ]

    def address(self) -> list[Fact]:
        """Return street, town and country as one fact."""
        parts = [self._texts("eug:street"), [*self._texts("eug:postalCode"), *self._texts("eug:city")]]
        lines = [joined(" ", part) for part in parts if part]
        lines += [self._pen.iri(plain(country)) for country in values(self.own, "eug:country")]
        if not lines:
            return []
        places = ("eug:street", "eug:postalCode", "eug:city", "eug:country")
        return [Fact("Address", [joined(", ", lines)], self.differs(*map(key, places)))]

    def _texts(self, curie: str) -> list[Markup]:
        return [self._pen.term(value) for value in values(self.own, curie)]

    def money(self) -> list[Fact]:
        """Amounts by kind, each with what it means."""
        pen = self._pen
        currency = first(self.own, "eug:currency")
        found = []
        for predicate in layout.MONEY:
            if predicate in self.own:
                iri = predicate[1:-1]
                shown = money(self.own, f"eug:{iri.rpartition('#')[2]}", currency, pen)
                label = layout.label(predicate, pen.names)
                meaning = words.first_sentence(pen.names.definition(iri))
                found.append(Fact(label, [shown], self.differs(predicate), meaning=meaning))
        return found

"""Participations as tables: who takes part in this, and in what this takes part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup, escape

from eugraph.publish.pages.kinds import kind_of
from eugraph.publish.pages.markup import NOTHING, safe
from eugraph.publish.pages.overview import Overview
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.terms import first, key, ordered, plain, values
from eugraph.rdf.turtle_blanks import Properties, Subjects
from eugraph.vocab import term

_IN = key("eug:participatesIn")
_COORDINATOR = term("role:coordinator").value
_MONEY = ("eug:euContribution", "eug:netEuContribution", "eug:otherContribution", "eug:inKindContribution")
_AMOUNTS = (*_MONEY, "eug:totalCost")
_LAST = 10**9


class Member(NamedTuple):
    """A row: one organisation that takes part."""

    anchor: str
    organisation: Markup
    printed: Sequence[Markup]  # how the source spells it
    country: Markup
    roles: Markup
    amounts: Sequence[Markup]  # one for each column of money
    period: Markup
    notes: Sequence[Markup]
    sources: Markup
    confidence: str


@dataclass(frozen=True, slots=True)
class Members:
    """The table of those who take part, and a line that sums it up."""

    rows: Sequence[Member]
    money: Sequence[tuple[str, str]]  # columns of money that are not empty: label, what it means
    has_periods: bool
    organisations: int
    countries: int


def members_of(subjects: Subjects, things: Sequence[str], home: str, pen: Pen, overview: Overview) -> Members | None:
    """Return who takes part in the thing of a document: in the order of the source, else coordinators first."""
    found = []
    for iri in things:
        properties = subjects.get(f"<{iri}>")
        if properties is not None and f"<{home}>" in properties.get(_IN, ()):
            found.append((_order(properties, pen), iri, properties))
    if not found:
        return None
    found.sort(key=lambda row: row[:2])
    columns = [curie for curie in _AMOUNTS if any(key(curie) in properties for _, _, properties in found)]
    organisations = {first(properties, "eug:organisation") for _, _, properties in found}
    rows = [_member(iri, properties, columns, pen, overview) for _, iri, properties in found]
    return Members(
        rows=rows,
        money=[(pen.names.label(key(c)[1:-1]), pen.names.definition(key(c)[1:-1])) for c in columns],
        has_periods=any(row.period for row in rows),
        organisations=len(organisations - {""}),
        countries=len({overview.countries[iri] for iri in organisations if iri in overview.countries}),
    )


def _order(properties: Properties, pen: Pen) -> tuple[int, bool, str, str]:
    order = first(properties, "eug:order")
    roles = [plain(role) for role in values(properties, "eug:role")]
    name = pen.names.label(first(properties, "eug:organisation"))
    number = int(order) if order.isascii() and order.isdigit() and len(order) < len(str(_LAST)) else _LAST
    return number, _COORDINATOR not in roles, roles[0] if roles else "", name.casefold()


def _member(iri: str, properties: Properties, columns: Sequence[str], pen: Pen, overview: Overview) -> Member:
    organisation = first(properties, "eug:organisation")
    currency = first(properties, "eug:currency")
    country = overview.countries.get(organisation, "")
    confidence = first(properties, "eug:confidence")
    return Member(
        anchor=pen.names.fragment(iri),
        organisation=pen.iri(organisation) if organisation else NOTHING,
        printed=[
            pen.term(t) for t in values(properties, "eug:printedName") if plain(t) != pen.names.label(organisation)
        ],
        country=pen.iri(country) if country else NOTHING,
        roles=pen.list(plain(role) for role in values(properties, "eug:role")),
        amounts=[money(properties, curie, currency, pen) for curie in columns],
        period=pen.period(first(properties, "eug:startDate"), first(properties, "eug:endDate")),
        notes=[pen.term(note) for note in values(properties, "eug:note")],
        sources=pen.list(plain(source) for source in values(properties, "dcterms:source")),
        confidence=pen.names.label(confidence) if confidence else "",
    )


def money(properties: Properties, curie: str, currency: str, pen: Pen) -> Markup:
    """Return the amounts of a property with their currency, or ""."""
    found = properties.get(key(curie))
    if not found:
        return NOTHING
    unit = f"\N{NO-BREAK SPACE}{escape(currency)}" if currency else ""
    return safe(", ".join([f"{pen.term(a)}{unit}" if a[0] == '"' else pen.term(a) for a in ordered(found)]))


class Undertaking(NamedTuple):
    """A row: something that an organisation takes part in."""

    name: Markup
    kind: str
    roles: Markup
    period: Markup


def undertakings_of(organisation: str, pen: Pen, overview: Overview) -> list[Undertaking]:
    """Return in what an organisation takes part: projects first, then by start, the latest first, then by name."""
    rows: dict[str, list[str]] = {}
    for taking in overview.by_organisation.get(organisation, ()):
        rows.setdefault(taking.within, []).extend(taking.roles)
    found = []
    for within, roles in rows.items():
        target = pen.names.name(within).target
        kind = kind_of(target.partition("/")[0]).one if target else ""
        start, end = overview.starts.get(within, ""), overview.ends.get(within, "")
        row = Undertaking(pen.iri(within), kind, pen.list(sorted(dict.fromkeys(roles))), pen.period(start, end))
        found.append((kind != "Project", kind, _latest_first(start), pen.names.label(within).casefold(), within, row))
    return [row[-1] for row in sorted(found, key=lambda row: row[:-1])]


def _latest_first(start: str) -> tuple[int, ...]:
    digits = start.replace("-", "")
    return (-int(digits.ljust(8, "0")),) if digits.isascii() and digits.isdigit() else (0,)

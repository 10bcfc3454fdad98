"""Where the statements of a document come from: the source of the claim that gave each, else of the whole node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from eugraph.publish.pages.claims import Claim, Saying, saying
from eugraph.publish.pages.layout import UNSOURCED, label
from eugraph.publish.pages.markup import NOTHING, joined
from eugraph.publish.pages.overview import Overview
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.terms import key, ordered, plain, values
from eugraph.rdf.turtle_blanks import Properties, Subjects

_PREFERRED, _PROPERTY = key("eug:preferredClaim"), key("eug:property")
_FROM_BOTH = "Computed from start and end."
_FOLLOWS = "Follows from statements about other things."


@dataclass(frozen=True, slots=True)
class Origin:
    """A property with what is stated of it, row by row."""

    label: str
    rows: Sequence[Saying]


@dataclass(frozen=True, slots=True)
class Origins:
    """All properties of one thing of the document, and the sources of its description as a whole."""

    of: Markup
    sources: Markup
    properties: Sequence[Origin]

    @property
    def has_sources(self) -> bool:
        """Whether any of the statements has a source, or was derived."""
        return any(row.sources or row.confidence for origin in self.properties for row in origin.rows)


def origins_of(
    subjects: Subjects, things: Sequence[str], claims: Sequence[Claim], pen: Pen, overview: Overview
) -> list[Origins]:
    """Return the origins for each of the things, which are a document's own thing and its grants."""
    found = []
    for iri in things:
        properties = subjects.get(f"<{iri}>", {})
        by_property: dict[str, list[Claim]] = {}
        for claim in claims:
            if claim.subject == iri:
                by_property.setdefault(f"<{claim.property}>", []).append(claim)
        sources = pen.list(plain(source) for source in values(properties, "dcterms:source"))
        found.append(
            Origins(
                of=pen.text(*pen.names.name(iri)[:2]),
                sources=sources,
                properties=_properties(iri, properties, by_property, sources, pen, overview),
            )
        )
    return found


def _properties(
    iri: str,
    properties: Properties,
    claims: Mapping[str, Sequence[Claim]],
    sources: Markup,
    pen: Pen,
    overview: Overview,
) -> list[Origin]:
    preferred = properties.get(_PREFERRED, ())
    found = []
    for predicate in sorted({*properties, *claims}):
        if predicate in UNSOURCED:
            continue
        made = claims.get(predicate, ())
        rows = [saying(claim, pen, is_shown=f"<{claim.iri}>" in preferred) for claim in made]
        claimed = {value for claim in made for value in claim.values}
        left = [value for value in properties.get(predicate, ()) if value not in claimed]
        rows += _plain(iri, predicate, ordered(left), sources, pen, overview)
        found.append(Origin(label(predicate, pen.names), rows))
    return sorted(found, key=lambda origin: origin.label)


def _plain(
    iri: str, predicate: str, left: Sequence[str], sources: Markup, pen: Pen, overview: Overview
) -> list[Saying]:
    """Return the rows of values that no claim states: those of the description, and those that were derived."""
    derived = [value for value in left if (iri, predicate[1:-1], plain(value)) in overview.derived]
    stated = [value for value in left if value not in derived]
    rows = []
    if stated:
        rows.append(Saying("", _joined(stated, pen), sources, NOTHING, "", [], is_shown=False))
    if derived:
        note = escape(_FROM_BOTH if predicate == key("eug:durationMonths") else _FOLLOWS)
        rows.append(Saying("", _joined(derived, pen), NOTHING, NOTHING, "derived", [note], is_shown=False))
    return rows


def _joined(found: Sequence[str], pen: Pen) -> Markup:
    return joined("; ", map(pen.term, found))

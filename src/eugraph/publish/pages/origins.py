"""Where the statements of a document come from: the source of the claim that gave each, else of the whole node."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from eugraph.publish.pages.claims import Claim, Saying, saying
from eugraph.publish.pages.layout import UNSOURCED, label
from eugraph.publish.pages.markup import NOTHING, escaped, joined, safe
from eugraph.publish.pages.overview import Overview
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.terms import key, ordered, plain, values
from eugraph.rdf.turtle_blanks import Properties, Subjects

_PREFERRED, _PROPERTY = key("eug:preferredClaim"), key("eug:property")
_FROM_BOTH = "Computed from start and end."
_FOLLOWS = "Follows from statements about other things."


@dataclass(frozen=True, slots=True)
class Origins:
    """All properties of one thing of the document, and the sources of its description as a whole."""

    of: Markup
    sources: Markup
    rows: Markup  # of a table: statement, value, source, as of, how sure
    has_sources: bool  # whether any of the statements has a source, or was derived


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
        derived = overview.derived.get(iri, ())
        properties_of = _properties(properties, by_property, sources, derived, pen)
        found.append(
            Origins(
                of=pen.text(*pen.names.name(iri)[:2]),
                sources=_cited(sources, properties, pen, overview),
                rows=safe("".join([_rows(heading, rows) for heading, rows in properties_of])),
                has_sources=any(row.sources or row.confidence for _, rows in properties_of for row in rows),
            )
        )
    return found


def _cited(sources: Markup, properties: Properties, pen: Pen, overview: Overview) -> Markup:
    """Return the sources, with what those ask for that are to be cited in a certain way."""
    asking = [iri for source in values(properties, "dcterms:source") if (iri := plain(source)) in overview.rights]
    said = [
        escape(overview.rights[iri])
        + (Markup(", ") + pen.licence(overview.licences[iri]) if iri in overview.licences else NOTHING)
        for iri in asking
    ]
    return sources + Markup(" (") + Markup("; ").join(said) + Markup(")") if said else sources


def _properties(
    properties: Properties,
    claims: Mapping[str, Sequence[Claim]],
    sources: Markup,
    derived: Collection[tuple[str, str]],
    pen: Pen,
) -> list[tuple[str, Sequence[Saying]]]:
    """Return what is stated of each property, row by row, by the names of the properties."""
    preferred = properties.get(_PREFERRED, ())
    found = []
    for predicate in sorted({*properties, *claims}):
        if predicate in UNSOURCED:
            continue
        objects = properties.get(predicate, ())
        if made := claims.get(predicate, ()):
            rows = [saying(claim, pen, is_shown=f"<{claim.iri}>" in preferred) for claim in made]
            claimed = {value for claim in made for value in claim.values}
            left = ordered(value for value in objects if value not in claimed)
            rows += _plain(predicate, left, sources, derived, pen)
        else:
            rows = _plain(predicate, ordered(objects) if len(objects) > 1 else [*objects], sources, derived, pen)
        found.append((label(predicate, pen.names), rows))
    return sorted(found, key=lambda origin: origin[0])


def _rows(heading: str, rows: Sequence[Saying]) -> str:
    """Return the rows on a property as HTML: there are more of them than of all else on most pages."""
    span = f' rowspan="{len(rows)}"' if len(rows) > 1 else ""
    first = f'<th scope="row"{span}>{escaped(heading)}</th>\n'
    lines = []
    for row in rows:
        anchor = f' id="{escaped(row.anchor)}"' if row.anchor else ""
        notes = "".join([f'<span class="note">{note}</span>' for note in map(escaped, row.notes)]) if row.notes else ""
        lines.append(
            f'<tr{anchor}>\n{first}<td class="full">{row.value}{notes}</td>\n<td class="full">{row.sources}</td>\n'
            f'<td data-label="As of">{row.date}</td>\n<td>{escaped(row.confidence)}</td>\n</tr>\n'
        )
        first = ""
    return "".join(lines)


def _plain(
    predicate: str, left: Sequence[str], sources: Markup, derived: Collection[tuple[str, str]], pen: Pen
) -> list[Saying]:
    """Return the rows of values that no claim states: those of the description, and those that were derived."""
    following = [value for value in left if (predicate[1:-1], plain(value)) in derived] if derived else []
    stated = [value for value in left if value not in following] if following else left
    rows = []
    if stated:
        rows.append(Saying("", _joined(stated, pen), sources, NOTHING, "", (), is_shown=False))
    if following:
        note = escape(_FROM_BOTH if predicate == key("eug:durationMonths") else _FOLLOWS)
        rows.append(Saying("", _joined(following, pen), NOTHING, NOTHING, "derived", [note], is_shown=False))
    return rows


def _joined(found: Sequence[str], pen: Pen) -> Markup:
    return joined("; ", map(pen.term, found)) if len(found) > 1 else pen.term(found[0])

"""The claims of a document: what each source says, which of them disagree, and why one is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup, escape

from eugraph.publish.pages import layout
from eugraph.publish.pages.links import fragment
from eugraph.publish.pages.markup import NOTHING, joined
from eugraph.publish.pages.overview import Overview
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.terms import first, key, ordered, plain, values
from eugraph.rdf.turtle_blanks import Subjects
from eugraph.vocab import term

_SUBJECT, _PROPERTY, _VALUE = key("eug:subject"), key("eug:property"), key("eug:value")
_DISPUTES, _PREFERRED = key("eug:disputes"), key("eug:preferredClaim")
_EXACTLY = term("comparator:exactly").value
_UNVERIFIED = term("confidence:unverified").value
_STATED = term("confidence:stated").value
_COMPARED = {"over": "over", "about": "about", "atLeast": "at least", "under": "under"}
_REASONS = (
    "its source states it, while the others are derived",
    "its source ranks higher",
    "its source is the latest of those that rank equally",
    "it is exact, while the others are rough",
    "no step of the rule tells them apart, and its address comes first in the alphabet",
)
_BY_RANK = 1  # place in _REASONS
FEW = 6  # claims; of more on one property the page first shows how many give each value


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one source says of one property of one thing. Values are N-Triples text, the rest is plain."""

    iri: str
    subject: str
    property: str
    values: Sequence[str]
    comparator: str  # IRI, "" for exactly
    currency: str
    date: str
    latest: str
    sources: Sequence[str]
    confidence: str  # IRI
    notes: Sequence[str]
    disputes: bool

    def is_candidate(self) -> bool:
        """Say whether the claim took part in the choice of the value that is shown."""
        return self.confidence != _UNVERIFIED and self.currency in ("", "EUR")

    def weight(self, overview: Overview) -> tuple[int, int, int, int, str]:
        """Return what the choice goes by; the least wins. The same as the rule preferred-claims of derive."""
        rank = min((overview.rank(source) for source in self.sources), default=9)
        latest = -int(self.latest.replace("-", "")) if self.latest.replace("-", "").isdigit() else 0
        return (
            1 if self.confidence == _STATED else 2,
            rank,
            latest,
            1 if self.comparator in ("", _EXACTLY) else 2,
            self.iri,
        )


def claims_of(subjects: Subjects, things: Sequence[str]) -> list[Claim]:
    """Return the claims among the things of a document, in its order."""
    found = []
    for iri in things:
        properties = subjects.get(f"<{iri}>")
        if properties is None or _PROPERTY not in properties or _SUBJECT not in properties:
            continue
        found.append(
            Claim(
                iri=iri,
                subject=first(properties, "eug:subject"),
                property=first(properties, "eug:property"),
                values=ordered(properties.get(_VALUE, ())),
                comparator=first(properties, "eug:comparator"),
                currency=first(properties, "eug:currency"),
                date=first(properties, "eug:date"),
                latest=first(properties, "eug:dateLatest"),
                sources=[plain(source) for source in values(properties, "dcterms:source")],
                confidence=first(properties, "eug:confidence"),
                notes=values(properties, "eug:note"),
                disputes=_DISPUTES in properties,
            )
        )
    return found


class Saying(NamedTuple):
    """A claim as a row of a table."""

    anchor: str
    value: Markup
    sources: Markup
    date: Markup
    confidence: str
    notes: Sequence[Markup]
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Dispute:
    """A property on which sources disagree."""

    anchor: str
    label: str
    of: Markup  # what has the property, where that is not what the page is about
    rows: Sequence[Saying]  # the one that is shown first
    reason: str
    tally: Sequence[tuple[Markup, int, bool]]  # value, how many claims say so, is it shown; empty for few claims


def saying(claim: Claim, pen: Pen, *, is_shown: bool) -> Saying:
    """Return a claim as people read it."""
    return Saying(
        anchor=pen.names.fragment(claim.iri),
        value=stated(claim, pen),
        sources=pen.list(claim.sources),
        date=pen.day(claim.date) if claim.date else NOTHING,
        confidence=pen.names.label(claim.confidence) if claim.confidence else "",
        notes=[pen.term(note) for note in claim.notes],
        is_shown=is_shown,
    )


def stated(claim: Claim, pen: Pen) -> Markup:
    """Return the values of a claim, with what "about" or "over" and the currency make of them."""
    shown = joined(", ", map(pen.term, claim.values))
    if claim.comparator and claim.comparator != _EXACTLY:
        local = claim.comparator.rpartition("#")[2]
        shown = escape(_COMPARED.get(local) or pen.names.label(claim.comparator)) + " " + shown
    return shown + "\N{NO-BREAK SPACE}" + claim.currency if claim.currency else shown


def disputes(claims: Sequence[Claim], subjects: Subjects, about: str, pen: Pen, overview: Overview) -> list[Dispute]:
    """Return the properties on which claims disagree, each with all claims on it."""
    disputed = dict.fromkeys((claim.subject, claim.property) for claim in claims if claim.disputes)
    found = []
    for subject, property_ in disputed:
        preferred = subjects.get(f"<{subject}>", {}).get(_PREFERRED, ())
        rivals = [claim for claim in claims if claim.subject == subject and claim.property == property_]
        shown = next((claim for claim in rivals if f"<{claim.iri}>" in preferred), None)
        rivals.sort(key=lambda claim: (claim is not shown, not claim.is_candidate(), claim.weight(overview)))
        label = layout.label(f"<{property_}>", pen.names)
        found.append(
            Dispute(
                anchor=differ_anchor(subject, property_, about),
                label=label,
                of=NOTHING if subject == about else pen.text(*pen.names.name(subject)[:2]),
                rows=[saying(claim, pen, is_shown=claim is shown) for claim in rivals],
                reason=_reason(shown, rivals, pen, overview) if shown else "",
                tally=_tally(rivals, shown, pen) if len(rivals) > FEW else (),
            )
        )
    return sorted(found, key=lambda dispute: (dispute.of != "", dispute.label, dispute.anchor))


def _tally(claims: Sequence[Claim], shown: Claim | None, pen: Pen) -> list[tuple[Markup, int, bool]]:
    """Return each value with the number of claims that give it: the shown one first, then the most frequent."""
    counts = Counter(stated(claim, pen) for claim in claims)
    first_of_all = stated(shown, pen) if shown else None
    ranked = sorted(counts.items(), key=lambda item: (item[0] != first_of_all, -item[1]))  # else in order of weight
    return [(value, count, value == first_of_all) for value, count in ranked]


def differ_anchor(subject: str, property_: str, about: str) -> str:
    """Return the id of the table of claims on a property."""
    name = f"differ-{fragment(property_.rpartition('#')[2].rpartition('/')[2])}"
    return name if subject == about else f"{name}-{fragment(subject.rpartition('/')[2])}"


def _reason(shown: Claim, claims: Sequence[Claim], pen: Pen, overview: Overview) -> str:
    """Return by what the shown claim won against the best of those that say something else."""
    rivals = [claim for claim in claims if claim.disputes and claim.is_candidate()]
    if not rivals:
        return "no other value is verified and in EUR" if shown.currency else "no other value is verified"
    best = min(rivals, key=lambda claim: claim.weight(overview))
    weights = zip(shown.weight(overview), best.weight(overview), strict=True)
    step = next((place for place, (one, other) in enumerate(weights) if one != other), -1)
    if step == _BY_RANK:
        return f"{_REASONS[step]}, {_kind(shown, pen, overview)} before {_kind(best, pen, overview)}"
    return _REASONS[step]


def _kind(claim: Claim, pen: Pen, overview: Overview) -> str:
    """Return the kind of a claim's best source, in words."""
    source = min(claim.sources, key=lambda source: (overview.rank(source), source), default="")
    kind = overview.kinds_of_source.get(source, "")
    return f"“{pen.names.label(kind)}”" if kind else "no kind"

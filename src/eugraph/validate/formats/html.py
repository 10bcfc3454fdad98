"""A page of its own: nothing is loaded from anywhere, and no text of the data can become a part of the page.

Every value is escaped by the template engine, and the page itself allows no other script or style than its own, by
their digests. Without scripts it is a list; with them it can be filtered.

Spec: Content Security Policy Level 3, <https://www.w3.org/TR/CSP3/>.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eugraph.findings import Finding, Severity
from eugraph.validate.formats.own_page import environment, frame, safe
from eugraph.validate.listing import Listing, counted

_MOST = 5_000  # findings on a page: browsers take a second for so many rows


@dataclass(frozen=True, slots=True)
class Row:
    """A finding as the page shows it."""

    severity: str
    code: str
    file: str
    position: str  # ":line:column"
    message: str
    reasons: Sequence[str]
    focus: str
    value: str


def write(listing: Listing) -> Iterator[str]:
    """Yield the page, some rows at a time."""
    shown = _gravest(listing)
    codes = Counter(finding.code for finding in shown)
    paths = Counter(_file(finding) for finding in shown)
    template = environment(__package__).get_template("report.html")
    yield from template.generate(
        frame(),
        severities=[(s.word, listing.counts[s], counted(listing.counts[s], s.word)) for s in sorted(Severity)[::-1]],
        notes=[safe(note) for note in listing.notes],
        codes=[(safe(code), number) for code, number in sorted(codes.items())],
        files=[(safe(path), number) for path, number in sorted(paths.items())],
        total=counted(len(shown), "finding"),
        left_out=counted(len(listing.findings) - len(shown), "finding") if len(shown) < len(listing.findings) else "",
        rows=(_row(finding, listing) for finding in shown),
    )


def _gravest(listing: Listing) -> Sequence[Finding]:
    """What a page can hold, in its order; the gravest where it cannot hold everything."""
    findings = listing.findings
    if listing.whole or len(findings) <= _MOST:
        return findings
    ranked = sorted(range(len(findings)), key=lambda place: -findings[place].severity)
    return [findings[place] for place in sorted(ranked[:_MOST])]


def _row(finding: Finding, listing: Listing) -> Row:
    place = finding.place
    position = ":".join(str(number) for number in (place.line, place.column) if number) if place else ""
    value = "" if finding.value == finding.focus else listing.name(finding.value)
    return Row(
        severity=finding.severity.word,
        code=safe(finding.code),
        file=safe(_file(finding)),
        position=f":{position}" if position else "",
        message=safe(finding.message),
        reasons=[safe(reason) for reason in finding.reasons],
        focus=safe(listing.name(finding.focus)),
        value=safe(value),
    )


def _file(finding: Finding) -> str:
    return finding.place.path.as_posix() if finding.place else "no file"

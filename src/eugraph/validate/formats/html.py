"""A page of its own: nothing is loaded from anywhere, and no text of the data can become a part of the page.

Every value is escaped by the template engine, and the page itself allows no other script or style than its own, by
their digests. Without scripts it is a list; with them it can be filtered.

Spec: Content Security Policy Level 3, <https://www.w3.org/TR/CSP3/>.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from eugraph.findings import Finding, Severity
from eugraph.validate.listing import Listing, counted

_MOST = 5_000  # findings on a page: browsers take a second for so many rows
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")  # what HTML cannot hold
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # would turn what follows around


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
    style, script = _part("report.css"), _part("report.js")
    codes = Counter(finding.code for finding in shown)
    paths = Counter(_file(finding) for finding in shown)
    template = _environment().get_template("report.html")
    yield from template.generate(
        policy=f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'",
        style=Markup(style),  # noqa: S704 - our own
        script=Markup(script),  # noqa: S704 - our own
        severities=[(s.word, listing.counts[s], counted(listing.counts[s], s.word)) for s in sorted(Severity)[::-1]],
        notes=[_safe(note) for note in listing.notes],
        codes=[(_safe(code), number) for code, number in sorted(codes.items())],
        files=[(_safe(path), number) for path, number in sorted(paths.items())],
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
        code=_safe(finding.code),
        file=_safe(_file(finding)),
        position=f":{position}" if position else "",
        message=_safe(finding.message),
        reasons=[_safe(reason) for reason in finding.reasons],
        focus=_safe(listing.name(finding.focus)),
        value=_safe(value),
    )


def _file(finding: Finding) -> str:
    return finding.place.path.as_posix() if finding.place else "no file"


def _safe(text: str) -> str:
    """The text without characters that HTML cannot hold, and with a mark where one would turn the writing."""
    return _TURNING.sub("\N{REPLACEMENT CHARACTER}", _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_part),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _part(name: str) -> str:
    return (files(__package__) / "page" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

"""For people: a line a finding, file first so that editors jump to it, then the sum.

Many findings with one cause share a line, and of very many lines the gravest are shown. Both are said, and neither is
done where the whole is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eugraph.errors import visible
from eugraph.findings import Finding
from eugraph.validate.causes import NAMED, TOGETHER, by_cause
from eugraph.validate.listing import Listing, counted, told

_LINES = 100


def write(listing: Listing) -> Iterator[str]:
    """Yield the lines."""
    entries: Sequence[Sequence[Finding]] = [(finding,) for finding in listing.findings]
    left_out = 0
    if not listing.whole:
        entries = _entries(listing.findings)
        shown = _gravest(entries)
        left_out = _number(entries) - _number(shown)
        entries = shown
    for entry in entries:
        yield _line(entry, listing)
    if left_out:
        said = f"{counted(left_out, 'finding')} less grave or further down are left out"
        yield _faint(f"{said}: see all with eugraph validate --all", listing)
    elif len(entries) < _number(entries):
        yield _faint("findings with one cause share a line: see each with eugraph validate --all", listing)
    yield f"{listing.summary()}\n"


def _entries(findings: Sequence[Finding]) -> Sequence[Sequence[Finding]]:
    """What shares a line, in the order of first places."""
    many = {id(cause[0]): cause for cause in by_cause(findings) if len(cause) > TOGETHER}
    inside = {id(finding) for cause in many.values() for finding in cause}
    return [many.get(id(f), (f,)) for f in findings if id(f) in many or id(f) not in inside]


def _gravest(entries: Sequence[Sequence[Finding]]) -> Sequence[Sequence[Finding]]:
    """At most `_LINES` entries, in the order that they had."""
    if len(entries) <= _LINES:
        return entries
    ranked = sorted(range(len(entries)), key=lambda place: -entries[place][0].severity)
    return [entries[place] for place in sorted(ranked[:_LINES])]


def _line(entry: Sequence[Finding], listing: Listing) -> str:
    first, paint = entry[0], listing.paint
    where = str(first.place) if first.place else first.source
    where = f"{paint(_clean(where), 'place')}: " if where else ""
    severity = paint(first.severity.word, first.severity.word)
    foci = dict.fromkeys(focus for finding in entry for focus in (finding.focus, *finding.like) if focus)
    names = list(dict.fromkeys(map(listing.name, foci)))
    number = _number([entry])
    more = (len(names) if len(entry) == number else number) - NAMED
    about = ", ".join(names if more <= 1 else names[:NAMED]) + (f" and {more} more" if more > 1 else "")
    about = f" {paint(f'[{_clean(about)}]', 'faint')}" if about else ""
    times = f", {number} times" if number > 1 else ""
    return f"{where}{severity}: {_clean(told(first))}{about} {paint(f'({_clean(first.code)}{times})', 'faint')}\n"


def _number(entries: Sequence[Sequence[Finding]]) -> int:
    return sum(finding.times for entry in entries for finding in entry)


def _clean(text: str) -> str:
    return visible(text.replace("\n", " "))


def _faint(text: str, listing: Listing) -> str:
    return f"{listing.paint(text, 'faint')}\n"

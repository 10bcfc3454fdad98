"""For people: check by check what was found, what was looked at, and what could not be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eugraph.errors import visible
from eugraph.exchange.doctor.dcat import Score
from eugraph.exchange.doctor.diagnosis import Diagnosis
from eugraph.exchange.doctor.report import Report
from eugraph.exchange.doctor.section import Section
from eugraph.validate.listing import Paint

_NAMED = 5  # diagnoses of one code in one check that are told one by one


def write(report: Report, paint: Paint) -> Iterator[str]:
    """Yield the lines."""
    for section in report.sections:
        yield from _section(section, paint)
    if report.score is not None:
        yield from _score(report.score, paint)
    for note in report.notes:
        yield paint(f"note: {_clean(note)}", "faint") + "\n"
    yield f"{report.summary()}\n"


def _section(section: Section, paint: Paint) -> Iterator[str]:
    looked = ", ".join(section.examined) or "nothing"
    state = "" if section.diagnoses else "good" if section.examined else "not examined"
    yield f"{paint(section.name, 'place')}  {section.title}: {state or looked}"
    yield f" ({looked})\n" if state == "good" else "\n"
    by_code: dict[str, list[Diagnosis]] = {}
    for found in sorted(section.diagnoses, key=Diagnosis.sort_key):
        by_code.setdefault(found.code, []).append(found)
    for same in by_code.values():
        yield from _same(same, paint)
    for reason in section.unexamined:
        yield paint(f"  not examined: {_clean(reason)}", "faint") + "\n"


def _same(same: Sequence[Diagnosis], paint: Paint) -> Iterator[str]:
    for found in same[:_NAMED]:
        severity = paint(found.severity.word, found.severity.word)
        yield f"  {paint(_clean(found.where), 'place')}: {severity}: {_clean(found.message)} "
        yield paint(f"({_clean(found.code)})", "faint") + "\n"
    if len(same) > _NAMED:
        more = f"  and {len(same) - _NAMED:,} more like this ({same[0].code}): see all with --format json"
        yield paint(more, "faint") + "\n"


def _score(score: Score, paint: Paint) -> Iterator[str]:
    yield f"{paint('score', 'place')}  metadata quality by the rules of data.europa.eu: "
    yield f"{score.points:.0f} of {score.most}, {score.rating}\n"
    for dimension, points, most in score.dimensions():
        yield f"  {dimension:<18}{points:>6.0f} of {most:>3}\n"
    for points, how in score.raises():
        yield f"  {points:.1f} more: {_clean(how)}\n"
    if left := score.not_examined():
        yield paint(f"  not examined: {', '.join(left)}", "faint") + "\n"


def _clean(text: str) -> str:
    return visible(text.replace("\n", " "))

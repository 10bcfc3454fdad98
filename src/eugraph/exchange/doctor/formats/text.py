"""For people: check by check what was found, what was looked at, and what could not be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eugraph.errors import visible
from eugraph.exchange.doctor.diagnosis import Diagnosis
from eugraph.exchange.doctor.report import Report, ScoreTable
from eugraph.exchange.doctor.section import Section
from eugraph.validate.listing import Paint

_NAMED = 5  # diagnoses of one code in one check that are told one by one


def write(report: Report, paint: Paint) -> Iterator[str]:
    """Yield the lines."""
    for section in report.sections:
        yield from _section(section, paint)
    for score in report.scores:
        yield from _score(score, paint)
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


def _score(score: ScoreTable, paint: Paint) -> Iterator[str]:
    yield f"{paint('score', 'place')}  {score.title}: {score.points:g} of {score.most} points, {score.rating}\n"
    dimensions = dict.fromkeys(row.dimension for row in score.rows)
    for dimension in dimensions:
        rows = [row for row in score.rows if row.dimension == dimension]
        points, most = sum(row.points for row in rows), sum(row.most for row in rows)
        yield f"  {dimension:<18}{points:>7g} of {most:>3}\n"
        for row in rows:
            if row.advice:
                yield f"    {row.metric}: {row.points:g} of {row.most}. {_clean(row.advice)}\n"


def _clean(text: str) -> str:
    return visible(text.replace("\n", " "))

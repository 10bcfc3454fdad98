"""A page of its own, in the look of the validation report: it loads nothing, and can be filtered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from eugraph.exchange.doctor.dcat import Score
from eugraph.exchange.doctor.diagnosis import Diagnosis
from eugraph.exchange.doctor.report import Report
from eugraph.exchange.doctor.section import Section
from eugraph.exchange.doctor.site.address import is_web
from eugraph.findings import Severity
from eugraph.validate.formats.own_page import environment, frame, safe
from eugraph.validate.listing import Paint, counted

_MOST = 5_000  # findings on a page: browsers take a second for so many rows


def write(report: Report, _: Paint) -> Iterator[str]:
    """Yield the page."""
    found = report.diagnoses
    shown = found[:_MOST]
    counts = {severity: report.count(severity) for severity in Severity}
    yield from (
        environment(__package__)
        .get_template("doctor.html")
        .generate(
            frame(),
            site=safe(report.site),
            severities=[(s.word, counts[s], counted(counts[s], s.word)) for s in sorted(Severity)[::-1]],
            notes=list(map(safe, report.notes)),
            left_out=counted(len(found) - len(shown), "finding") if len(shown) < len(found) else "",
            score=_score(report.score) if report.score else None,
            sections=list(map(_section, report.sections)),
            codes=sorted(Counter(each.code for each in shown).items()),
            checks=sorted(Counter(each.check for each in shown).items()),
            total=counted(len(shown), "finding"),
            rows=list(map(_row, shown)),
        )
    )


def _row(found: Diagnosis) -> dict[str, str]:
    return {
        "severity": found.severity.word,
        "code": found.code,
        "check": found.check,
        "where": safe(found.where),
        "href": safe(found.where) if is_web(found.where) else "",
        "message": safe(found.message),
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "name": section.name,
        "title": section.title,
        "examined": ", ".join(section.examined) or "nothing",
        "unexamined": list(map(safe, section.unexamined)),
        "findings": len(section.diagnoses),
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "sum": f"{score.points:.0f} of {score.most} points: {score.rating}",
        "dimensions": [(name, f"{points:.0f}", most) for name, points, most in score.dimensions()],
        "raises": [(f"{points:.1f}", safe(how)) for points, how in score.raises()],
        "left": ", ".join(score.not_examined()),
    }

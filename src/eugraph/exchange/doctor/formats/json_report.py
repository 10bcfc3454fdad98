"""For programs: JSON, by the schema `doctor.schema.json` beside this module."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from eugraph.exchange.doctor.report import Report
from eugraph.findings import Severity
from eugraph.validate.listing import Paint


def write(report: Report, _: Paint) -> Iterator[str]:
    """Yield the document."""
    document = {
        "site": report.site,
        "publishedAt": report.base or None,
        "complete": not report.is_cut,
        "counts": {severity.word: report.count(severity) for severity in sorted(Severity, reverse=True)},
        "notes": list(report.notes),
        "checks": [
            {
                "check": section.name,
                "title": section.title,
                "examined": section.examined,
                "notExamined": section.unexamined,
                "findings": len(section.diagnoses),
            }
            for section in report.sections
        ],
        "score": report.score.as_json() if report.score else None,
        "findings": [
            {
                "severity": found.severity.word,
                "check": found.check,
                "code": found.code,
                "where": found.where,
                "message": found.message,
            }
            for found in report.diagnoses
        ],
    }
    text = orjson.dumps(_valid(document), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    yield text.decode()


def _valid(value: object) -> object:
    """Return the document with marks in place of halves of characters, which JSON cannot hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_valid(each) for each in value]
    if isinstance(value, dict):
        return {key: _valid(each) for key, each in value.items()}
    return value

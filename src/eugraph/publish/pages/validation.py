"""The validation report as a page: findings by severity and file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import orjson
from markupsafe import Markup

from eugraph.findings import Severity
from eugraph.publish.pages import words
from eugraph.publish.pages.links import anchor
from eugraph.publish.pages.markup import joined
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.terms import Text, literal
from eugraph.publish.pages.words import one_line

MEANINGS = {
    Severity.VIOLATION: "A fault of structure. A release is not made while there is one in curated files.",
    Severity.WARNING: "Statements that do not agree with each other.",
    Severity.INFO: "What is still missing, or worth a look.",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as people read it."""

    place: str  # line and column
    message: str
    focus: Markup
    value: Markup
    code: str
    shape: str  # where the shape is explained, "" where it is no shape


@dataclass(frozen=True, slots=True)
class InFile:
    """The findings of one severity in one file."""

    file: str
    findings: Sequence[Shown]


@dataclass(frozen=True, slots=True)
class OfSeverity:
    """The findings of one severity."""

    word: str
    meaning: str
    count: int
    codes: Sequence[tuple[str, str, int]]  # code, where it is explained, how many
    files: Sequence[InFile]


def by_severity(report: bytes, pen: Pen) -> list[OfSeverity]:
    """Return the findings of a report in its JSON form, the gravest first; every severity is there."""
    document: Mapping[str, Any] = orjson.loads(report or b"{}")
    findings: list[dict[str, Any]] = list(document.get("findings", ()))
    found = []
    for severity in sorted(Severity, reverse=True):
        own = [finding for finding in findings if finding.get("severity") == severity.word]
        own.sort(key=lambda f: (f.get("file") or "", f.get("line") or 0, f.get("column") or 0))
        files = [
            InFile(file or "No file", [_shown(finding, pen) for finding in group])
            for file, group in groupby(own, key=lambda finding: str(finding.get("file") or ""))
        ]
        shapes = {str(finding.get("code")): _explained(finding, pen) for finding in own}
        counts: Counter[str] = Counter()
        for finding in own:
            counts[str(finding.get("code"))] += finding.get("times", 1)
        codes = [(code, shapes[code], n) for code, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
        found.append(OfSeverity(severity.word, MEANINGS[severity], counts.total(), codes, files))
    return found


def _shown(finding: dict[str, Any], pen: Pen) -> Shown:
    line, column = finding.get("line"), finding.get("column")
    place = f"{line}:{column}" if line and column else str(line or "")
    return Shown(
        place=place,
        message=str(finding.get("message") or ""),
        focus=_foci(finding, pen),
        value=_term(finding.get("value"), pen),
        code=str(finding.get("code") or ""),
        shape=_explained(finding, pen),
    )


def _foci(finding: dict[str, Any], pen: Pen) -> Markup:
    """Return what a finding is about; of one that stands for several, the first few and how many more."""
    found = [_term(text, pen) for text in (finding.get("focus"), *finding.get("like", ()))]
    more = finding.get("times", 1) - len(found)
    return joined(", ", found) + (f" and {words.number(str(more))} more" if more > 0 else "")


def _explained(finding: dict[str, Any], pen: Pen) -> str:
    shape = str(finding.get("shape") or "")
    return f"shapes/index.html#{anchor(shape)}" if shape and shape in pen.names else ""


def _term(text: object, pen: Pen) -> Markup:
    if not isinstance(text, str) or not text:
        return Markup("")
    if text[0] == "<" and text[-1] == ">":
        return pen.iri(pen.names.unmoved(text[1:-1]))
    if text[0] == '"' and text.rfind('"') > 0:
        value, language, datatype = literal(text)
        return pen.literal(Text(one_line(value), language, datatype))
    return pen.text(one_line(text))

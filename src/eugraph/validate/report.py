"""What a validation found, for people and programs.

Spec of the Turtle form: SHACL §3.6, <https://www.w3.org/TR/shacl/#validation-report>.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from eugraph.errors import visible
from eugraph.findings import Finding, Severity
from eugraph.rdf.nquads import BaseMove
from eugraph.rdf.turtle import write_turtle
from eugraph.validate.shape_finding import ShapeFinding
from eugraph.vocab import PREFIXES, RDF_TYPE, shorten, term


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, in the order of files and lines."""

    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()  # what a reader should know of how they were found

    def count(self, severity: Severity) -> int:
        """How many findings have exactly this severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def exit_status(self, fail_on: Severity) -> int:
        """2 where a file could not be read, 1 where a finding is as grave as `fail_on`, else 0."""
        if any(finding.unreadable for finding in self.findings):
            return 2
        return int(any(finding.severity >= fail_on for finding in self.findings))

    def summary(self) -> str:
        """One line: "2 violations, 1 warning, 30 infos"."""
        counts = Counter(finding.severity for finding in self.findings)
        words = [_counted(counts[severity], severity.word) for severity in sorted(Severity, reverse=True)]
        return ", ".join(words)

    def write(self, form: str, base_iri: str, moved: BaseMove | None = None, *, show: Severity = Severity.INFO) -> str:
        """Return the report in one of the formats of `FORMATS`.

        Args:
            form: "text", "json" or "ttl".
            base_iri: what the IRIs of things begin with.
            moved: another base to print them under.
            show: the mildest severity to list; sums and verdict are of all findings.
        """
        shown = [finding for finding in self.findings if finding.severity >= show]
        return FORMATS[form](self, shown, base_iri, moved)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")


def _text(report: Report, shown: Sequence[Finding], base_iri: str, _: BaseMove | None) -> str:
    """A line a finding, file first so that editors jump to it, then the sum."""
    lines = []
    for finding in shown:
        where = f"{finding.place}: " if finding.place else ""
        about = f" [{_short(finding.focus, base_iri)}]" if finding.focus else ""
        message = " ".join(finding.message.split())
        lines.append(f"{where}{finding.severity.word}: {message}{about} ({finding.code})")
    return "".join(visible(line.replace("\n", " ")) + "\n" for line in [*lines, report.summary()])


def _short(term_text: str, base_iri: str) -> str:
    if not term_text.startswith("<"):
        return term_text
    iri = term_text[1:-1]
    return iri[len(base_iri) :] if iri.startswith(base_iri) else shorten(iri)


def _json(report: Report, shown: Sequence[Finding], _: str, moved: BaseMove | None) -> str:
    findings = [
        {
            "severity": finding.severity.word,
            "code": finding.code,
            "message": finding.message,
            "file": finding.place.path.as_posix() if finding.place else None,
            "line": finding.place.line or None if finding.place else None,
            "column": finding.place.column or None if finding.place else None,
            "focus": _moved(finding.focus, moved) or None,
            "path": finding.path or None,
            "value": _moved(finding.value, moved) or None,
            "shape": finding.shape or None,
            "component": finding.component or None,
        }
        for finding in shown
    ]
    counts = {severity.word: report.count(severity) for severity in sorted(Severity, reverse=True)}
    document = {"conforms": not report.findings, "counts": counts, "findings": findings}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _moved(text: str, moved: BaseMove | None) -> str:
    return f"<{moved.new}{text[1 + len(moved.old) :]}" if moved and text.startswith(f"<{moved.old}") else text


def _turtle(report: Report, shown: Sequence[Finding], base_iri: str, moved: BaseMove | None) -> str:
    """The SHACL validation report; results have IRIs made from their content, not blank nodes."""
    node = NamedNode(f"{base_iri}validation")
    conforms = "true" if not report.findings else "false"
    triples = [
        Triple(node, RDF_TYPE, term("sh:ValidationReport")),
        Triple(node, term("sh:conforms"), Literal(conforms, datatype=term("xsd:boolean"))),
    ]
    for finding in shown:
        result = NamedNode(f"{node.value}#{_digest(finding)}")
        triples.append(Triple(node, term("sh:result"), result))
        triples += _result(result, finding)
    return write_turtle(triples, PREFIXES, base_iri, moved=moved)


def _result(node: NamedNode, finding: Finding) -> Sequence[Triple]:
    triples = [
        Triple(node, RDF_TYPE, term("sh:ValidationResult")),
        Triple(node, term("sh:resultSeverity"), term(f"sh:{finding.severity.word.capitalize()}")),
        Triple(node, term("sh:resultMessage"), Literal(finding.message, language="en")),
    ]
    component = finding.component or f"{PREFIXES['eugsh']}{finding.code}"
    triples.append(Triple(node, term("sh:sourceConstraintComponent"), NamedNode(component)))
    if finding.shape.startswith("http"):
        triples.append(Triple(node, term("sh:sourceShape"), NamedNode(finding.shape)))
    for name, text in (("focusNode", finding.focus), ("value", finding.value)):
        if text and not text.startswith("_:"):
            triples.append(Triple(node, term(f"sh:{name}"), _read(text)))
    path = finding.result.path if isinstance(finding, ShapeFinding) else None
    if path is not None:
        numbers = count(1)
        head, steps = path.triples(lambda: BlankNode(f"{node.value.rpartition('#')[2]}n{next(numbers)}"))
        triples += [Triple(node, term("sh:resultPath"), head), *steps]
    elif finding.path:
        triples.append(Triple(node, term("sh:resultPath"), _read(finding.path)))
    if finding.place:
        triples.append(Triple(node, term("schema:location"), Literal(str(finding.place))))
    return triples


def _read(text: str) -> NamedNode | Literal:
    """The term that an N-Triples text stands for."""
    quad = next(iter(parse(f"<x:s> <x:p> {text} .", format=RdfFormat.N_TRIPLES)))
    assert isinstance(quad.object, (NamedNode, Literal))
    return quad.object


def _digest(finding: Finding) -> str:
    text = "\x1f".join((finding.code, finding.focus, finding.path, finding.value, finding.message, str(finding.place)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


FORMATS: dict[str, Callable[[Report, Sequence[Finding], str, BaseMove | None], str]] = {
    "text": _text,
    "json": _json,
    "ttl": _turtle,
}

"""What every format of a report is written from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eugraph.findings import Finding, Severity
from eugraph.rdf.nquads import BaseMove
from eugraph.vocab import shorten

Paint = Callable[[str, str], str]  # (text, tone) -> the text as a terminal shows it in that tone


def plain(text: str, tone: str) -> str:  # noqa: ARG001 - where nothing has colours
    """The text as it is."""
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The findings to list, what is said of all, and how a reader wants it."""

    findings: Sequence[Finding]  # in the order of files and lines
    counts: Mapping[Severity, int]  # of all findings, also of those that are not listed
    base_iri: str  # what the IRIs of things begin with
    notes: tuple[str, ...] = ()  # what a reader should know of how the findings came about
    moved: BaseMove | None = None  # another base to print things under
    whole: bool = False  # list each finding, however many there are
    fail_on: Severity = Severity.VIOLATION  # the mildest severity that fails, where a format tells failed from passed
    paint: Paint = plain

    @property
    def conforms(self) -> bool:
        """Whether there is no finding at all, of whatever severity."""
        return not any(self.counts.values())

    def summary(self) -> str:
        """One line: "2 violations, 1 warning, 30 infos"."""
        return ", ".join(counted(self.counts[severity], severity.word) for severity in sorted(Severity, reverse=True))

    def term(self, text: str) -> str:
        """An N-Triples text under the base that things are printed under."""
        return self.moved.text(text) if self.moved and text else text

    def iri(self, iri: str) -> str:
        """An IRI under the base that things are printed under."""
        return self.moved.iri(iri) if self.moved else iri

    def name(self, text: str) -> str:
        """A short name for an N-Triples text: the path below the base, else `prefix:name`."""
        if not text.startswith("<"):
            return text
        iri = text[1:-1]
        return iri[len(self.base_iri) :] if iri.startswith(self.base_iri) and iri != self.base_iri else shorten(iri)


def told(finding: Finding) -> str:
    """The message and the reasons behind it, on one line."""
    message = " ".join(finding.message.split())
    if not finding.reasons:
        return message
    reasons = "; ".join(" ".join(reason.split()).rstrip(".") for reason in finding.reasons)
    return f"{message} Why: {reasons}."


def counted(number: int, word: str) -> str:
    """Return "1 warning", "2 warnings"."""
    return f"{number} {word}" + ("" if number == 1 else "s")

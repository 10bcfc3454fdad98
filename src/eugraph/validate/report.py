"""What a validation found, for people and programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from eugraph.findings import Finding, Severity
from eugraph.rdf.nquads import BaseMove
from eugraph.validate.formats import writer
from eugraph.validate.listing import Listing, Paint, plain


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, in the order of files and lines."""

    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()  # what a reader should know of how they were found
    tolerated: frozenset[str] = frozenset()  # imported sources whose findings are told, and fail nothing

    def count(self, severity: Severity) -> int:
        """How many findings have exactly this severity."""
        return sum(finding.times for finding in self.findings if finding.severity == severity)

    def exit_status(self, fail_on: Severity) -> int:
        """2 where a file could not be read, 1 where a finding is as grave as `fail_on`, else 0.

        Findings on a tolerated source do not count.
        """
        if any(finding.unreadable for finding in self.findings):
            return 2
        return int(any(f.severity >= fail_on and f.source not in self.tolerated for f in self.findings))

    def summary(self) -> str:
        """One line: "2 violations, 1 warning, 30 infos"."""
        return self.listing("").summary()

    def listing(
        self,
        base_iri: str,
        moved: BaseMove | None = None,
        *,
        show: Severity = Severity.INFO,
        whole: bool = False,
        fail_on: Severity = Severity.VIOLATION,
        paint: Paint = plain,
    ) -> Listing:
        """Return what a format is written from: see `Listing`.

        Args:
            base_iri: what the IRIs of things begin with.
            moved: another base to print them under.
            show: the mildest severity to list; sums and verdict are of all findings.
            whole: list each finding, however many there are.
            fail_on: the mildest severity that fails.
            paint: gives a text its look on a terminal.
        """
        return Listing(
            findings=tuple(finding for finding in self.findings if finding.severity >= show),
            counts={severity: self.count(severity) for severity in Severity},
            base_iri=base_iri,
            notes=self.notes,
            moved=moved,
            whole=whole,
            fail_on=fail_on,
            paint=paint,
        )

    def write(
        self,
        form: str,
        base_iri: str,
        moved: BaseMove | None = None,
        *,
        show: Severity = Severity.INFO,
        whole: bool = True,
    ) -> str:
        """Return the report in one of `FORMATS`; see `listing` for the arguments."""
        return "".join(pieces(form, self.listing(base_iri, moved, show=show, whole=whole)))


def pieces(form: str, listing: Listing) -> Iterator[str]:
    """Yield a report in one of `FORMATS` piece by piece, so that a long one need not be held."""
    return writer(form)(listing)

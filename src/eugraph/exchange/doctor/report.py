"""What a visit to a site brought: sections with diagnoses, and how to end."""

from __future__ import annotations

from dataclasses import dataclass

from eugraph.exchange.doctor.dcat import Score
from eugraph.exchange.doctor.diagnosis import Diagnosis
from eugraph.exchange.doctor.section import Section
from eugraph.findings import Severity


@dataclass(frozen=True, slots=True)
class Report:
    """What one who harvests the site would say."""

    site: str  # what the user named
    base: str  # the address that the site is published under; "" where nothing says it
    sections: tuple[Section, ...]  # in the order of docs/doctor.md
    score: Score | None = None  # of the metadata; None where there is no catalogue
    notes: tuple[str, ...] = ()  # what a reader should know of how it was examined
    is_cut: bool = False  # whether the time was over before everything was looked at

    @property
    def diagnoses(self) -> list[Diagnosis]:
        """What was found, the graver first."""
        return sorted((found for section in self.sections for found in section.diagnoses), key=Diagnosis.sort_key)

    def count(self, severity: Severity) -> int:
        """How many diagnoses have exactly this severity."""
        return sum(found.severity == severity for found in self.diagnoses)

    def exit_status(self, fail_on: Severity) -> int:
        """1 where a diagnosis is as grave as `fail_on`, else 3 where the time was over, else 0."""
        if any(found.severity >= fail_on for found in self.diagnoses):
            return 1
        return 3 if self.is_cut else 0

    def summary(self) -> str:
        """One line: "2 violations, 1 warning, 30 infos"."""
        words = []
        for severity in sorted(Severity, reverse=True):
            number = self.count(severity)
            words.append(f"{number:,} {severity.word}{'s' * (number != 1)}")
        return ", ".join(words)

"""What one check did: what it found, what it looked at, and what it could not look at."""

from __future__ import annotations

from dataclasses import dataclass, field

from eugraph.exchange.doctor.diagnosis import Diagnosis
from eugraph.findings import Severity


@dataclass(slots=True)
class Section:
    """The part of a report that is one check's."""

    name: str  # a heading in docs/doctor.md
    title: str  # what it looks at, in a few words
    diagnoses: list[Diagnosis] = field(default_factory=list)
    examined: list[str] = field(default_factory=list)  # such as "12 pages"
    unexamined: list[str] = field(default_factory=list)  # what and why, a sentence each
    _known: set[Diagnosis] = field(default_factory=set, repr=False)

    def violation(self, code: str, where: str, message: str) -> None:
        """Note what makes a consumer drop or misread something."""
        self._note(code, Severity.VIOLATION, where, message)

    def warning(self, code: str, where: str, message: str) -> None:
        """Note what makes a consumer have less."""
        self._note(code, Severity.WARNING, where, message)

    def info(self, code: str, where: str, message: str) -> None:
        """Note what could be better."""
        self._note(code, Severity.INFO, where, message)

    def saw(self, number: int, one: str, many: str = "") -> None:
        """Note how many of something were looked at, with the word for one of them, and for several."""
        self.examined.append(f"{number:,} {one if number == 1 else many or f'{one}s'}")

    def skip(self, reason: str) -> None:
        """Note what was not looked at, and why."""
        if reason not in self.unexamined:
            self.unexamined.append(reason)

    def add(self, *found: Diagnosis) -> None:
        """Note what other checks found; each once."""
        for each in found:
            if each not in self._known:
                self._known.add(each)
                self.diagnoses.append(each)

    def _note(self, code: str, severity: Severity, where: str, message: str) -> None:
        self.add(Diagnosis(check=self.name, code=code, severity=severity, where=where, message=message))

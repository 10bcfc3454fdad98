"""What every layer may report of the data: a `Finding` with its `Place` and `Severity`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import PurePath

from eugraph.errors import InputError


class Severity(IntEnum):
    """How grave a finding is, as SHACL ranks it; a greater number is graver.

    Spec: SHACL §2.1.4, <https://www.w3.org/TR/shacl/#severity>.
    """

    INFO = 1
    WARNING = 2
    VIOLATION = 3

    @property
    def word(self) -> str:
        """The lower-case name, as options and reports write it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a file something stands. Line and column count from 1; 0 where only the file is known."""

    path: PurePath
    line: int = 0
    column: int = 0
    written: str = field(default="", compare=False)  # the lines of the statement as they stand there, cut where long

    def __str__(self) -> str:
        text = self.path.as_posix()
        if self.line:
            text += f":{self.line}"
            if self.column:
                text += f":{self.column}"
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault in the data, as a curator reads it.

    `focus`, `path` and `value` are written as in N-Triples, or empty where they do not apply.
    """

    code: str  # the heading in docs/errors.md, or the local name of the shape
    severity: Severity
    message: str  # the fault and how to mend it, one sentence each
    reasons: tuple[str, ...] = ()  # what is behind it, where a value does not conform to a shape within the shape
    place: Place | None = None  # None where the data has no file
    focus: str = ""
    path: str = ""
    value: str = ""
    shape: str = ""  # IRI of the property shape; empty for the checks before SHACL
    component: str = ""  # IRI of the SHACL constraint component
    unreadable: bool = False  # the file could not be read at all
    source: str = ""  # the imported source that states it; empty for what is curated
    times: int = 1  # how many findings of one cause it stands for
    like: tuple[str, ...] = ()  # the focus of the next of these, where it stands for several

    def sort_key(self) -> tuple[str, int, int, int, str, str, str, str]:
        """Files in order, then lines, then the graver first: an order that never depends on the engine."""
        place = self.place
        return (
            place.path.as_posix() if place else "",
            place.line if place else 0,
            place.column if place else 0,
            -self.severity,
            self.focus,
            self.code,
            self.value,
            self.message,
        )


def unreadable(error: InputError, written: str = "") -> Finding:
    """Return the finding for a file that cannot be read; `written` is what stands at the fault."""
    place = Place(error.path, error.line, error.column, written)
    return Finding(code=error.code, severity=Severity.VIOLATION, message=error.fault, place=place, unreadable=True)

"""What is remembered of each project until everything is read: little, for what only the whole set can tell."""

from __future__ import annotations

from dataclasses import dataclass, field


class KnownProject:
    """One project: where it was spoken of first, what its row said, what its participants add up to (cents)."""

    __slots__ = (
        "coordinators",
        "end",
        "file",
        "has_field",
        "has_row",
        "line",
        "net",
        "parts",
        "status",
        "topic",
        "whole",
    )

    def __init__(self, file: str, line: int) -> None:
        self.file, self.line = file, line
        self.has_row = self.has_field = False
        self.status = self.end = ""
        self.whole: int | None = None
        self.parts: int | None = None
        self.net: int | None = None
        self.coordinators = 0


@dataclass(slots=True)
class KnownProjects:
    """The projects, by number."""

    by_number: dict[str, KnownProject] = field(default_factory=dict)

    def get(self, number: str, file: str, line: int) -> KnownProject:
        """Return what is known of a project; at its first mention, nothing but where that is."""
        known = self.by_number.get(number)
        if known is None:
            known = self.by_number[number] = KnownProject(file, line)
        return known

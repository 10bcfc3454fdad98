"""Values that several things share, with the place at which each stood first."""

from __future__ import annotations

from eugraph.sources.cordis.ledger import Kind, Ledger


class Repeats:
    """Counts values; each is remembered with where it stood first."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, str, int]] = {}

    def add(self, value: str, file: str, line: int) -> None:
        """Count a value; an empty one is none."""
        if value:
            before = self._found.get(value)
            self._found[value] = (before[0] + 1, *before[1:]) if before else (1, file, line)

    def enter(self, ledger: Ledger, kind: Kind, column: str, of: str, least: int = 2) -> None:
        """Enter each value that came `least` times or more; `of` says in the plural what has them."""
        for value, (count, file, line) in sorted(self._found.items()):
            if count >= least:
                ledger.add(kind, file, line, column=column, value=value, note=f"{count} {of}")

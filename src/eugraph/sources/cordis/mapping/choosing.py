"""One value out of several, whatever the order in which they came."""

from __future__ import annotations

from eugraph.sources.cordis.ledger import Kind
from eugraph.sources.cordis.mapping.context import Context


class Choice:
    """Values that rows give for one thing: how often, and where each stood first."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, str, int]] = {}

    def add(self, value: str, file: str, line: int, weight: int = 1) -> None:
        """Count a value; one of no weight is taken only where there is no other."""
        before = self._found.get(value)
        self._found[value] = (before[0] + weight, *before[1:]) if before else (weight, file, line)

    def best(self, kind: Kind, context: Context, column: str, about: str) -> str:
        """Return the most frequent value, of equals the smallest; each other one is entered as `kind`."""
        first, *others = sorted(self._found, key=lambda value: (-self._found[value][0], value))
        for other in others:
            _, file, line = self._found[other]
            context.ledger.add(kind, file, line, about=about, column=column, value=other, became=first)
        return first

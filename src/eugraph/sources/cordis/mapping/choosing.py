"""One value out of several, whatever the order in which they came."""

from __future__ import annotations

from collections.abc import Mapping

from eugraph.sources.cordis.ledger import Kind
from eugraph.sources.cordis.mapping.context import Context


def most_frequent(
    counts: Mapping[str, int], kind: Kind, context: Context, file: str, line: int, column: str, about: str
) -> str:
    """Return the most frequent of several values, of equals the smallest; each other one is entered as `kind`."""
    first, *others = sorted(counts, key=lambda value: (-counts[value], value))
    for other in others:
        context.ledger.add(kind, file, line, about=about, column=column, value=other, became=first)
    return first

"""Pieces of work that may be done in this process, or each in one of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Call = Callable[[], object]  # to be done in another process it has to be such as can be pickled
Run = Callable[[Sequence[Call]], object]  # does some; all are done, or have failed, when it returns


def here(calls: Sequence[Call]) -> None:
    """Do some work in this process, one call after the other."""
    for call in calls:
        call()

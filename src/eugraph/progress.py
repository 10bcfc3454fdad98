"""Progress of an import that a workspace needs by itself, for whoever wants to show it: by default nobody does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar

Show = Callable[[int, int, int], None]  # bytes that were read, bytes in all, statements that were made
Bar = Callable[[], AbstractContextManager[Show]]  # made for each import; it ends with it

_BAR: ContextVar[Bar | None] = ContextVar("bar", default=None)


@contextmanager
def shown_by(bar: Bar) -> Iterator[None]:
    """While the block runs, let bars of this kind show the progress of imports."""
    before = _BAR.set(bar)
    try:
        yield
    finally:
        _BAR.reset(before)


def showing() -> AbstractContextManager[Show | None]:
    """Return the bar of one import; it gives None where nobody shows any."""
    bar = _BAR.get()
    return nullcontext() if bar is None else bar()

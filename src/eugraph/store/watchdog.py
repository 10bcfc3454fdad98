"""A limit of time for queries that nothing can interrupt: beyond it somebody is told, who can end the process.

Other than `eugraph.store.limits` it costs a query next to nothing: one thread looks now and then how long the query at
hand has taken.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from eugraph.errors import EugraphError

Late = Callable[[float], EugraphError]  # what to say of a query that takes longer than so many seconds


class _Watchdog:
    def __init__(self, limit_s: float, tell: Callable[[EugraphError], object]) -> None:
        self._limit_s, self._tell = limit_s, tell
        self._begun: tuple[float, Late] | None = None  # the query at hand
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    @contextmanager
    def watching(self, late: Late) -> Iterator[None]:
        """Watch over one query."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._look, name="watchdog", daemon=True)
            self._thread.start()
        self._begun = time.monotonic(), late
        try:
            yield
        finally:
            self._begun = None

    def end(self) -> None:
        """Watch no more."""
        self._ended.set()

    def _look(self) -> None:
        while not self._ended.wait(min(self._limit_s / 10, 0.5)):
            begun = self._begun
            if begun and time.monotonic() - begun[0] > self._limit_s:
                self._tell(begun[1](self._limit_s))
                return


_CURRENT: ContextVar[_Watchdog | None] = ContextVar("watchdog", default=None)


@contextmanager
def limited(limit_s: float, tell: Callable[[EugraphError], object]) -> Iterator[None]:
    """Have `tell` called, in another thread, where a query that is `watched` takes longer than some seconds.

    Args:
        limit_s: the longest time of one query, in seconds (> 0).
        tell: takes what there is to say. The query goes on until the process ends.
    """
    watchdog = _Watchdog(limit_s, tell)
    token = _CURRENT.set(watchdog)
    try:
        yield
    finally:
        _CURRENT.reset(token)
        watchdog.end()


@contextmanager
def watched(late: Late) -> Iterator[None]:
    """Count the time of one query, where there is a limit."""
    watchdog = _CURRENT.get()
    if watchdog is None:
        yield
        return
    with watchdog.watching(late):
        yield

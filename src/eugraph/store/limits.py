"""Work that is given up after a time, or when the user wants to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from eugraph.errors import QueryTimeoutError
from eugraph.store.embedded import EmbeddedStore
from eugraph.store.protocol import Graph, Solutions

_T = TypeVar("_T")


def within(work: Callable[[threading.Event], _T], timeout_s: float, late: Callable[[], Exception]) -> _T:
    """Return what `work` returns, or raise what it raises, or `late()` where it takes longer than `timeout_s` seconds.

    The work runs in a thread of its own, so Ctrl-C is heeded at once. A thread cannot be ended from outside: the event
    that the work is given tells it to stop, and where it cannot look, it ends with the process.
    """
    done: list[_T] = []
    failed: list[BaseException] = []
    stop = threading.Event()

    def run() -> None:
        try:
            done.append(work(stop))
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        thread.join(timeout_s)
    finally:
        stop.set()
    if failed:
        raise failed[0]
    if not done:
        raise late()
    return done[0]


class TimedStore:
    """An embedded `Store` that answers in time or not at all."""

    def __init__(self, store: EmbeddedStore, timeout_s: float) -> None:
        """Take a store, and the longest time for one query in seconds (> 0)."""
        self._store = store
        self._timeout_s = timeout_s

    def query(self, text: str) -> Solutions | Graph | bool:
        """Answer a query. See `Store.query`.

        Raises:
            QueryTimeoutError: it takes longer.
        """
        return within(
            lambda stop: self._store.query(text, stop=stop), self._timeout_s, lambda: QueryTimeoutError(self._timeout_s)
        )

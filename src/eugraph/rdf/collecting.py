"""Python's collector of reference cycles, kept away from work that makes none.

It goes through all objects again and again while many are made, and quads, terms and numbers hold no cycles: a third of
the time of reading and validating.
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = 200_000  # objects made between two goes; 700 otherwise


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Let the collector go through many more objects at a time than by itself, and not through all at the end.

    For a process that does one piece of work and ends: what it made is given back by ending.
    """
    before = gc.get_threshold()
    gc.set_threshold(_SELDOM)
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)
    try:
        yield
    finally:
        if not gc.get_freeze_count():  # count what is there among the old, or all would be gone through at once
            gc.freeze()
            gc.unfreeze()
        gc.set_threshold(*before)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Switch the collector off, and on again where it was on."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

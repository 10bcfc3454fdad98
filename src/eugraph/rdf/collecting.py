"""Python's collector of reference cycles, kept away from work that makes none.

It goes through all objects again and again while many are made, and quads, terms and numbers hold no cycles: a third of
the time of reading and validating.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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

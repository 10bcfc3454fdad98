"""A cache with a bound: what was not asked for the longest is forgotten first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")


class Bounded(Generic[_K, _V]):
    """Keeps values up to a size that they have together."""

    def __init__(self, most: int) -> None:
        """Take the bound, in bytes; a value that alone has more than a sixteenth of it is not kept."""
        self._most = most
        self._size = 0
        self._kept: OrderedDict[_K, tuple[_V, int]] = OrderedDict()

    def get(self, key: _K) -> _V | None:
        """Return a value, None where it is not kept."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: _K, value: _V, size: int) -> None:
        """Keep a value of so many bytes, in the place of what was kept by its key."""
        self._drop(key)
        if size > self._most // 16:
            return
        self._kept[key] = (value, size)
        self._size += size
        while self._size > self._most:
            self._drop(next(iter(self._kept)))

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._size = 0

    @property
    def size(self) -> int:
        """What is kept, in bytes."""
        return self._size

    def _drop(self, key: _K) -> None:
        found = self._kept.pop(key, None)
        if found is not None:
            self._size -= found[1]

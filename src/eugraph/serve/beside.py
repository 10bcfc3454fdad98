"""What is made of a release once, and kept as long as it is served."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

from eugraph.serve.served import Served

_T = TypeVar("_T")


class Beside(Generic[_T]):
    """Makes something of the release that is served now, when it is first asked for, in a thread of its own."""

    def __init__(self, served: Callable[[], Served], make: Callable[[Served], _T]) -> None:
        self._served, self._make = served, make
        self._making: tuple[Served, asyncio.Future[_T]] | None = None

    async def __call__(self) -> _T:
        """Return it for the release that is served now."""
        now = self._served()
        if self._making is None or self._making[0] is not now:
            self._making = now, asyncio.ensure_future(asyncio.to_thread(self._make, now))
        return await asyncio.shield(self._making[1])

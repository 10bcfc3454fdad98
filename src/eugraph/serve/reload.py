"""The release that is served now, and the next one in its place, without a request that is dropped.

The new one is made ready beside the old one. Then they change places between two requests, and the old one answers what
it was asked before it is let go of. Where the new one cannot be read, the old one stays.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from eugraph.errors import EugraphError
from eugraph.serve.log import Log
from eugraph.serve.metrics import Metrics
from eugraph.serve.released import mark_of
from eugraph.serve.served import Served
from eugraph.serve.workers.process import EndedError

_LOOK_S = 2.0  # between two looks at the release
_TOUCH_S = 60.0  # between two notes that the store is in use


class Serving:
    """What is served now."""

    def __init__(self, open_release: Callable[[], Served], log: Log, counted: Metrics) -> None:
        self._open, self._log, self._counted = open_release, log, counted
        self._now = open_release()
        self._seen = self._now.site.files.mark  # what was looked at last, whether it could be read or not
        self._asked = asyncio.Event()
        self._leaving: set[asyncio.Task[None]] = set()

    def __call__(self) -> Served:
        """Return the release as it is served now."""
        return self._now

    def reload_soon(self) -> None:
        """Take the release in anew, whether it changed or not."""
        self._asked.set()

    @asynccontextmanager
    async def lasting(self) -> AsyncIterator[None]:
        """Serve while the block lasts, and look for a new release meanwhile."""
        await self._now.queries.start()
        watching = asyncio.ensure_future(self._watch())
        try:
            yield
        finally:
            watching.cancel()
            for task in self._leaving:
                task.cancel()
            self._now.queries.kill()
            self._now.kept.close()

    async def _watch(self) -> None:
        touched = 0.0
        loop = asyncio.get_running_loop()
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._asked.wait(), _LOOK_S)
            mark = mark_of(self._now.release)
            if self._asked.is_set() or (mark is not None and mark != self._seen):
                self._asked.clear()
                self._seen = mark
                await self._reload()
            if loop.time() - touched > _TOUCH_S:
                touched = loop.time()
                self._touch()

    async def _reload(self) -> None:
        try:
            new = await asyncio.to_thread(self._open)
            await new.queries.start()
        except (EugraphError, EndedError, OSError) as error:
            self._counted.reloads["failed"] += 1
            self._log.event("reload-failed", release=str(self._now.release), detail=str(error))
            return
        old, self._now, self._seen = self._now, new, new.site.files.mark
        self._counted.reloads["done"] += 1
        self._log.event("reloaded", release=new.name, before=old.name)
        task = asyncio.ensure_future(old.close())
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    def _touch(self) -> None:
        """Note on the store's folder that it is in use: nobody removes it as one that is out of date."""
        folder = self._now.queries.source.folder
        if folder is not None:
            with contextlib.suppress(OSError):
                os.utime(folder)

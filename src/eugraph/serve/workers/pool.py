"""The processes that answer queries: who is free, who is over the time, who has to be replaced."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from eugraph.serve.errors import ProblemError
from eugraph.serve.limits import Limits
from eugraph.serve.workers.messages import Asked, Head, Source
from eugraph.serve.workers.process import EndedError, Process

_LONG_S = 1.0  # after which a query gives way to those that are asked later
RETRY_AFTER_S = 5  # what is told to a client when too much is asked at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer: whole, or where its head says that it streams, in blocks that are still to come."""

    head: Head
    body: bytes
    blocks: AsyncGenerator[bytes, None] | None = None  # to be closed; raises ProblemError where the answer breaks off


class QueryPool:
    """Answers questions from one source, some at once, the others in turn."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source = source
        self._limits = limits
        self._idle: asyncio.LifoQueue[Process] = asyncio.LifoQueue()
        self._processes: set[Process] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._closed = False
        self.waiting = 0  # questions that wait for their turn
        self.busy = 0  # questions that are answered
        self.ended: dict[str, int] = {}  # why processes were ended -> how many

    async def start(self) -> None:
        """Start the processes, and wait until one is ready.

        Raises:
            EndedError: they cannot be started.
        """
        first = await Process.started(self.source)
        self._take_in(first)
        for _ in range(self._limits.workers - 1):
            self._replace()

    async def close(self) -> None:
        """Answer what was asked and what requests that are on their way still ask; then end all processes."""
        await asyncio.sleep(self._limits.request_timeout_s)
        while self.busy or self.waiting:
            await asyncio.sleep(0.05)
        self.kill()

    def kill(self) -> None:
        """End all processes now."""
        self._closed = True
        for task in self._starting:
            task.cancel()
        for process in self._processes:
            process.kill()

    @property
    def size(self) -> int:
        """How many processes there are."""
        return len(self._processes)

    async def ask(self, asked: Asked) -> Answered:
        """Ask a question. To stop it, cancel the task that waits here.

        Raises:
            ProblemError: it cannot be answered, or not within the limits.
        """
        process = await self._free()
        self.busy += 1
        streams = False
        limit_s = self._limits.timeout_s
        long = asyncio.get_running_loop().call_later(_LONG_S, process.give_way)
        try:
            async with asyncio.timeout(limit_s):
                head = await process.ask(asked)
                if not head.streams:
                    return Answered(head=head, body=await process.rest())
            streams = True
            return Answered(head=head, body=b"", blocks=self._blocks(process))
        except TimeoutError:
            raise self._late(limit_s) from None
        except EndedError as error:
            raise self._fell(error) from None
        finally:
            long.cancel()
            if not streams:
                self._back(process)

    async def _blocks(self, process: Process) -> AsyncGenerator[bytes, None]:
        limit_s = self._limits.stream_timeout_s
        deadline = asyncio.get_running_loop().time() + limit_s
        try:
            while True:
                async with asyncio.timeout_at(deadline):
                    block = await process.block()
                if not block:
                    return
                yield block
        except TimeoutError:
            raise self._late(limit_s) from None
        except EndedError as error:
            raise self._fell(error) from None
        finally:
            self._back(process)

    async def _free(self) -> Process:
        if self._idle.empty() and self.waiting >= self._limits.max_waiting:
            raise _too_many()
        self.waiting += 1
        try:
            async with asyncio.timeout(self._limits.timeout_s):
                while True:
                    process = await self._idle.get()
                    if process.runs:
                        return process
                    self._lose(process)
        except TimeoutError:
            raise _too_many() from None
        finally:
            self.waiting -= 1

    def _back(self, process: Process) -> None:
        """Take a process back: it has answered, or it is ended and another one started."""
        self.busy -= 1
        if process.is_free and not process.gives_way and not self._closed:
            self._idle.put_nowait(process)
        else:
            self._lose(process)

    def _lose(self, process: Process) -> None:
        process.kill()
        self._processes.discard(process)
        self._replace()

    def _replace(self) -> None:
        if self._closed:
            return
        task = asyncio.get_running_loop().create_task(self._start_one())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _start_one(self) -> None:
        wait_s = 0.1
        while not self._closed:
            with contextlib.suppress(EndedError, OSError):
                self._take_in(await Process.started(self.source))
                return
            await asyncio.sleep(wait_s)
            wait_s = min(2 * wait_s, 10)

    def _take_in(self, process: Process) -> None:
        self._processes.add(process)
        if self._closed:
            process.kill()
        self._idle.put_nowait(process)

    def _late(self, limit_s: float) -> ProblemError:
        self._count("time")
        return ProblemError(504, "query-timeout", f"the query was not answered within {limit_s:g} s. Ask for less.")

    def _fell(self, error: EndedError) -> ProblemError:
        self._count(error.why)
        return error.fault()

    def _count(self, why: str) -> None:
        self.ended[why] = self.ended.get(why, 0) + 1


def _too_many() -> ProblemError:
    return ProblemError(
        503,
        "too-many-queries",
        f"more queries are asked than can be answered. Ask again in {RETRY_AFTER_S} s.",
        {"Retry-After": str(RETRY_AFTER_S)},
    )

"""One process that answers queries, from outside."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path

from eugraph.serve.errors import TOO_DEEP, TOO_MUCH_MEMORY, ProblemError
from eugraph.serve.workers.messages import LENGTH, Asked, Head, Source, for_worker, from_worker

_PROGRAM = "from eugraph.serve.workers.worker import main; main()"
_START_S = 60  # the longest that the start of a process may take
_LAST = 10  # how nice a process is that takes long: it gets a tenth of what another one gets
_BUFFER = 1 << 18  # bytes that are read ahead


class EndedError(Exception):
    """A process ended where it should have answered. `why` is `memory`, `depth` or `crash`."""

    def __init__(self, status: int | None) -> None:
        deep = status in (-signal.SIGSEGV, -signal.SIGBUS)
        short = status in (-signal.SIGABRT, -signal.SIGKILL)  # of the engine, of the system
        self.why = "depth" if deep else "memory" if short else "crash"
        super().__init__(f"a process that answers queries ended with status {status}")

    def fault(self) -> ProblemError:
        """What the one who asked is told."""
        if self.why == "depth":
            return ProblemError(400, "too-deep", TOO_DEEP)
        if self.why == "memory":
            return ProblemError(503, "too-much-memory", TOO_MUCH_MEMORY)
        return ProblemError(
            503, "query-broke-off", "the query broke off. Ask again, and if it does so again, ask for less."
        )


class Process:
    """Answers one question at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.is_free = False  # it has answered all that it was asked
        self.gives_way = False

    @classmethod
    async def started(cls, source: Source) -> Process:
        """Start a process, and wait until it has opened its source.

        Raises:
            EndedError: it could not.
        """
        paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)  # as here, whatever made it so
        process = cls(
            await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",
                "-c",
                _PROGRAM,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=_BUFFER,
                env={**os.environ, "PYTHONPATH": paths, "RUST_BACKTRACE": "0"},
            )
        )
        try:
            async with asyncio.timeout(_START_S):
                await process._send(for_worker(source))
                await process.block()
        except BaseException:
            process.kill()
            raise
        process.is_free = True
        return process

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self._process.returncode is None

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return self._process.pid

    async def ask(self, asked: Asked) -> Head:
        """Ask a question, and return the head of the answer.

        Raises:
            ProblemError: it cannot be answered.
            EndedError: the process ended.
        """
        self.is_free = False
        await self._send(for_worker(asked))
        head = await self._receive()
        assert isinstance(head, Head)
        return head

    async def block(self) -> bytes:
        """Return the next block of an answer, nothing where it is whole.

        Raises:
            ProblemError: the answer breaks off.
            EndedError: the process ended.
        """
        block = await self._receive()
        assert isinstance(block, bytes)
        self.is_free = not block
        return block

    async def rest(self) -> bytes:
        """Return all blocks of an answer together."""
        blocks = []
        while block := await self.block():
            blocks.append(block)
        return blocks[0] if len(blocks) == 1 else b"".join(blocks)

    def give_way(self) -> None:
        """Let others go before it, for good: a process cannot take this back, so it is for one question alone."""
        self.gives_way = True
        if hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, _LAST)

    def kill(self) -> None:
        """End it, whatever it does."""
        self.is_free = False
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def _send(self, message: bytes) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(message)
            await self._process.stdin.drain()
        except (BrokenPipeError, ConnectionResetError):
            raise EndedError(await self._process.wait()) from None

    async def _receive(self) -> Head | bytes:
        assert self._process.stdout is not None
        try:
            start = await self._process.stdout.readexactly(LENGTH + 1)
            data = await self._process.stdout.readexactly(int.from_bytes(start[:LENGTH], "little"))
        except asyncio.IncompleteReadError:
            raise EndedError(await self._process.wait()) from None
        message = from_worker(start[LENGTH:], data)
        if isinstance(message, ProblemError):
            self.is_free = True
            raise message
        return message

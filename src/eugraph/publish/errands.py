"""Calls that are made by other processes, each in one of its own, and no more of them at once than are allowed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager

from eugraph.publish.calls import Call, Run
from eugraph.publish.worker import receive, send
from eugraph.publish.workers import started

_TOO_LATE = "a process ended before its work did"
_PROGRAM = "from eugraph.publish.errand import main; main()"


@contextmanager
def in_processes(most: int) -> Iterator[Run]:
    """Give what makes calls in other processes, and raises ChildProcessError where one could not be made.

    At the end no process is left; a call that is not yet made fails.
    """
    processes = _Processes(most)
    try:
        yield processes.run
    finally:
        processes.end()


class _Processes:
    def __init__(self, most: int) -> None:
        self._threads = ThreadPoolExecutor(most)
        self._running: set[subprocess.Popen[bytes]] = set()
        self._ended = False

    def run(self, calls: Sequence[Call]) -> None:
        """Make some calls, and return when no process works at them any more."""
        made: list[Future[str]] = [self._threads.submit(self._make, call) for call in calls]
        wait(made)
        for future in made:
            if fault := future.result():
                raise ChildProcessError(fault)

    def _make(self, call: Call) -> str:
        """Return what went wrong with a call, "" for nothing."""
        fault: object = None
        if self._ended:
            return _TOO_LATE
        with started(_PROGRAM) as process:
            self._running.add(process)
            assert process.stdin is not None
            assert process.stdout is not None
            if not self._ended:
                try:
                    send(process.stdin, call)
                    fault = receive(process.stdout)
                except OSError as error:
                    fault = str(error)
            self._running.discard(process)
        return fault if isinstance(fault, str) else _TOO_LATE

    def end(self) -> None:
        """End what still runs. Calls that wait for their turn fail; were they cancelled, `run` would wait for ever."""
        self._ended = True
        for process in [*self._running]:
            process.kill()
        self._threads.shutdown()

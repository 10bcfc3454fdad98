"""Several processes that make documents, each a share of them; or this one alone.

They are plain processes with pipes: nothing of this process is copied into them but what they are sent, its threads and
its `__main__` are none of their business, and they end when this one does.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from pathlib import Path

from eugraph.publish.composing import Batch, Composer, Done, Settings
from eugraph.publish.staging import Staging
from eugraph.publish.worker import receive, send

_PROGRAM = "from eugraph.publish.worker import main; main()"
MANY = 1000  # documents, from which on more than one process is worth its start


def default_jobs(documents: int) -> int:
    """Return how many processes are worth it: one for each processor that we may use, one for a small release."""
    if documents < MANY:
        return 1
    return processors()


def processors() -> int:
    """Return how many processors we may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


class Workers:
    """Makes batches of documents, in any order."""

    def __init__(self, settings: Settings, staging: Staging, processes: list[subprocess.Popen[bytes]]) -> None:
        self._here = Composer(settings, staging)
        self._staging, self.processes = staging, processes

    def do(self, batches: Iterable[Batch]) -> Iterator[Done]:
        """Yield what became of each batch. A batch is taken when somebody is free to make it.

        Raises:
            CanonicalisationTimeoutError: blank nodes of a document could not be named in time.
            OSError: a file cannot be written.
        """
        if not self.processes:
            for batch in batches:
                yield self._here.do(batch)
            return
        free = [*self.processes]
        busy: dict[Future[Done | None], tuple[subprocess.Popen[bytes], Batch]] = {}
        with ThreadPoolExecutor(len(free)) as threads:
            for batch in batches:
                if not free:  # all were killed, for instance because memory was short
                    yield self._here.do(batch)
                    continue
                process = free.pop()
                busy[threads.submit(_ask, process, batch)] = process, batch
                if not free:
                    yield from self._finished(busy, free)
            while busy:
                yield from self._finished(busy, free)

    def _finished(
        self,
        busy: dict[Future[Done | None], tuple[subprocess.Popen[bytes], Batch]],
        free: list[subprocess.Popen[bytes]],
    ) -> Iterator[Done]:
        """Wait for a batch to be finished. What a process could not do is done here, so errors are raised here."""
        ready, _ = wait(busy, return_when=FIRST_COMPLETED)
        for future in ready:
            process, batch = busy.pop(future)
            done = future.result()
            if process.poll() is None:
                free.append(process)
            if done is None:
                yield self._here.do(batch)
            else:
                self._staging.files += [file for made in done.made for file in made.files]
                yield done


def _ask(process: subprocess.Popen[bytes], batch: Batch) -> Done | None:
    """Return what became of a batch, None where the process could not do it or is no more."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        send(process.stdin, batch)
        answer = receive(process.stdout)
    except OSError:
        return None
    return answer if isinstance(answer, Done) else None


@contextmanager
def workers(settings: Settings, staging: Staging, jobs: int) -> Iterator[Workers]:
    """Give what makes documents in so many processes; one is this process itself. At the end all have ended."""
    with ExitStack() as stack:
        processes = [stack.enter_context(started(_PROGRAM)) for _ in range(jobs if jobs > 1 else 0)]
        for process in processes:
            assert process.stdin is not None
            send(process.stdin, (settings, staging.folder, staging.old))
        yield Workers(settings, staging, processes)


@contextmanager
def started(program: str) -> Iterator[subprocess.Popen[bytes]]:
    """Give a process that runs a program of ours; at the end it has ended."""
    paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)  # as here, whatever made it so
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-P", "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
    )
    try:
        yield process
    finally:
        process.kill()  # it has nothing left to do; what it was doing after an error is thrown away
        process.communicate()

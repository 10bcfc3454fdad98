"""A process that answers queries: started by `QueryPool` alone.

It ends when nobody sends any more, also in the middle of a query: where the server was killed, nothing is left.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import threading
from typing import IO

from eugraph.serve.errors import TOO_DEEP, TOO_MUCH_MEMORY, ProblemError
from eugraph.serve.workers.engine import Engine
from eugraph.serve.workers.messages import Asked, Source, for_server, from_server

_ENDED = 0


def main() -> None:
    """Answer what standard input brings; whatever prints to standard output meanwhile goes to standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C and the end are for the server to heed
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    source = from_server(sys.stdin.buffer)
    if not isinstance(source, Source):
        return
    _limit_memory(source.max_memory_bytes)
    asked: queue.SimpleQueue[Asked] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, asked), daemon=True).start()
    try:
        engine = Engine(source)
    except OSError as error:  # also where the server ends while this process starts, and takes the store along
        sys.exit(f"eugraph serve: a process for queries cannot open the store: {error}")
    sink.write(for_server(b""))  # it is ready
    sink.flush()
    with contextlib.suppress(BrokenPipeError):
        while True:
            _answer(engine, asked.get(), sink)


def _listen(stream: IO[bytes], asked: queue.SimpleQueue[Asked]) -> None:
    while (message := from_server(stream)) is not None:
        assert not isinstance(message, Source)
        asked.put(message)
    os._exit(_ENDED)  # a query that nobody waits for cannot be stopped in another way


def _answer(engine: Engine, asked: Asked, sink: IO[bytes]) -> None:
    try:
        engine.answer(asked, lambda part: sink.write(for_server(part)))
    except ProblemError as fault:
        sink.write(for_server(fault))
    except MemoryError:
        sink.write(for_server(ProblemError(503, "too-much-memory", TOO_MUCH_MEMORY)))
    except RecursionError:
        sink.write(for_server(ProblemError(400, "too-deep", TOO_DEEP)))
    sink.flush()


def _limit_memory(most: int) -> None:
    """Have the system refuse more memory than this; it then ends the process, which the server tells."""
    if not most or sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError, OSError):  # where the system knows no such limit, or a lower one holds
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

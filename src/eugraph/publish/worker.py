"""A process that makes documents: started by `workers` alone.

On standard input come, pickled, the settings with the folders, and then batches; each is answered on standard output.
When the input ends, so does the process: also where the one that started it was killed.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import sys
from pathlib import Path
from typing import IO

from eugraph.publish.composing import Batch, Composer, Done, Settings
from eugraph.publish.staging import Staging

Start = tuple[Settings, Path, Path | None]  # settings, folder of the new release, of the old one
Answer = Done | str  # a text says what went wrong

_ENOUGH = 5000  # documents, after which all that was learned of neighbours is let go


def serve(source: IO[bytes], sink: IO[bytes]) -> None:
    """Answer one batch after the other, until there is none."""
    message = _read(source)
    settings, folder, old = pickle.loads(message)  # noqa: S301 - from the process that started this one
    composer, number = Composer(settings, Staging(folder, old)), 0
    while batch_message := _read(source):
        batch: Batch = pickle.loads(batch_message)  # noqa: S301 - as above
        number += len(batch.jobs)
        if number > _ENOUGH:
            settings, folder, old = pickle.loads(message)  # noqa: S301 - as above
            composer, number = Composer(settings, Staging(folder, old)), len(batch.jobs)
        send(sink, _answer(composer, batch))


def _answer(composer: Composer, batch: Batch) -> Answer:
    try:
        return composer.do(batch)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def send(sink: IO[bytes], message: object) -> None:
    """Write a message: eight bytes of length, and a pickle."""
    data = pickle.dumps(message, protocol=5)
    sink.write(len(data).to_bytes(8, "little"))
    sink.write(data)
    sink.flush()


def receive(source: IO[bytes]) -> object:
    """Read a message; None where the process has ended."""
    data = _read(source)
    message: object = pickle.loads(data) if data else None  # noqa: S301 - from a process of ours
    return message


def _read(source: IO[bytes]) -> bytes:
    size = int.from_bytes(source.read(8), "little")
    data = source.read(size)
    return data if len(data) == size else b""


def main() -> None:
    """Serve what standard input brings; whatever prints to standard output meanwhile goes to standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that started this process
    gc.disable()  # nothing that is made for a document holds circles: measured
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with contextlib.suppress(BrokenPipeError):  # nobody waits for the answer any more
        serve(sys.stdin.buffer, sink)

"""A process that makes one call: started by `errands` alone.

The call comes, pickled, on standard input; on standard output goes what went wrong, or "". When the input ends, so does
the process: also where the one that started it was killed.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from threading import Thread

from eugraph.publish.calls import Call
from eugraph.publish.worker import receive, send


def main() -> None:
    """Make the call; whatever prints to standard output meanwhile goes to standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that started this process
    gc.disable()  # nothing that is made for a subject holds circles: measured
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    call = receive(sys.stdin.buffer)
    Thread(target=_end_with_input, daemon=True).start()
    if callable(call):
        send(sink, _fault(call))


def _fault(call: Call) -> str:
    try:
        call()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _end_with_input() -> None:
    os.read(0, 1)
    os._exit(1)  # in the middle of its work: nobody waits for that any more

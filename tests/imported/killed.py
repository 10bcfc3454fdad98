"""Run the command line, and be killed by the system at the nth change of a folder.

Usage: python killed.py NTH ARGUMENT…    (NTH 0: never)
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from eugraph.cli import main

_CHANGES = ("rename", "replace", "link", "mkdir", "rmdir", "unlink")


def _counted(change: Callable[..., Any], counter: Iterator[int], nth: int) -> Callable[..., Any]:
    def changing(*arguments: Any, **options: Any) -> Any:
        if next(counter) == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return change(*arguments, **options)

    return changing


if __name__ == "__main__":
    counter = count(1)  # one for all of them
    for name in _CHANGES:
        setattr(os, name, _counted(getattr(os, name), counter, int(sys.argv[1])))
    main(sys.argv[2:])

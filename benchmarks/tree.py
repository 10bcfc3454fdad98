"""What a command takes with all processes that it starts: time, processor time, and the memory of all at once."""

from __future__ import annotations

import contextlib
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.worker import Figure

_EVERY_S = 0.5
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


def run_tree(command: Sequence[str]) -> Iterator[Figure]:
    """Run a command, and yield its seconds, its processor time and its peak of memory in bytes.

    The peak is the greatest sum of the proportional set sizes of all its processes, looked at twice a second: a page
    that several share counts once. Elsewhere than on Linux it is that of the largest process.

    Spec: <https://docs.kernel.org/filesystems/proc.html>, smaps_rollup.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    before, start, peak = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter(), 0
    with subprocess.Popen(command, stdout=sys.stderr) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(_pss, _tree(process.pid))))
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_EVERY_S)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    yield "seconds", time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    yield "cpu", after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    unit = 1 if sys.platform == "darwin" else 1024
    yield "peak", peak or after.ru_maxrss * unit


def _tree(number: int) -> Iterator[int]:
    """Yield the number of a process and of all that it started, and these."""
    yield number
    for tasks in Path(f"/proc/{number}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # it has ended
            for child in tasks.read_text(encoding="ascii").split():
                yield from _tree(int(child))


def _pss(number: int) -> int:
    with contextlib.suppress(OSError):
        found = _PSS.search(Path(f"/proc/{number}/smaps_rollup").read_text(encoding="ascii"))
        return int(found[1]) * 1024 if found else 0
    return 0

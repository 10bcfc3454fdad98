"""Run what is compared in turn, A B A B, so that a slow moment of the machine meets both."""

from __future__ import annotations

import atexit
import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from benchmarks.cost import Cost, median

ROOT = Path(__file__).resolve().parent.parent  # of the repository
SCRIPTS = Path(sys.executable).parent  # where the commands of the environment lie
_CHILD = Path(__file__).with_name("child.py")

Taken = TypeVar("Taken")


def in_turn(sides: Mapping[str, Callable[[], Taken]], rounds: int) -> dict[str, list[Taken]]:
    """Call every side once a round, in the same order, and return what each gave."""
    taken: dict[str, list[Taken]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            taken[name].append(side())
    return taken


def compare(sides: Mapping[str, Callable[[], object]], *, rounds: int = 5) -> dict[str, Cost]:
    """Return the median time of each function, after one round that is not counted, because it fills caches."""
    taken = in_turn({name: partial(clock, side) for name, side in sides.items()}, rounds + 1)
    return {name: median(costs[1:]) for name, costs in taken.items()}


def clock(call: Callable[[], object]) -> Cost:
    """Return the time of one call."""
    gc.collect()
    start = time.perf_counter()
    result = call()
    cost = Cost(time.perf_counter() - start)
    del result  # after the clock has stopped
    return cost


class ProcessFailedError(Exception):
    """A measured process did not do its work: what it took says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a process took, and what it printed."""

    time: Cost
    peak: Cost  # greatest resident memory
    status: int | None  # negative: the signal that ended it; None: stopped at the limit
    out: str
    err: str


def run(command: Sequence[str], *, limit_s: float = 0, expected: Sequence[int | None] = (0,)) -> Run:
    """Run a command in the folder of the repository.

    Args:
        command: program and arguments.
        limit_s: stop it after that many seconds and return its time as capped; 0 sets no limit.
        expected: statuses that are no failure.

    Raises:
        ProcessFailedError: it ended with another status.
    """
    code = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    environment = {**_environment(), "PYTHONPATH": code, "PYTHONHASHSEED": "0"}
    wrapped = [sys.executable, "-I", str(_CHILD), f"{limit_s:g}", *command]
    done = subprocess.run(wrapped, capture_output=True, check=True, cwd=ROOT, env=environment)
    answer = json.loads(done.stdout)
    status = answer["status"]
    if status is not None and status not in expected:
        raise ProcessFailedError(f"{' '.join(command)} ended with status {status}:\n{answer['err'][-2000:]}")
    return Run(
        time=Cost(answer["seconds"], capped=status is None),
        peak=Cost(answer["peak"], "B"),
        status=status,
        out=answer["out"],
        err=answer["err"],
    )


@cache
def _environment() -> dict[str, str]:
    """Return what processes run in: with bytecode at hand, as users have it, whatever is set here."""
    folder = tempfile.mkdtemp(prefix="eugraph-bytecode-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    imports = (
        "import eugraph.cli.build, eugraph.cli.validate, eugraph.pipeline, eugraph.validate.reference, pyshacl.cli"
    )
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}  # not beside the sources, which may be read-only
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([sys.executable, "-c", imports], check=True, cwd=ROOT, env=environment)
    return environment


def compare_commands(
    sides: Mapping[str, Sequence[str]],
    *,
    rounds: int,
    limit_s: float = 0,
    expected: Sequence[int] = (0,),
) -> dict[str, list[Run]]:
    """Run whole commands in turn; see `run`."""
    return in_turn(
        {name: partial(run, command, limit_s=limit_s, expected=expected) for name, command in sides.items()},
        rounds,
    )


def worker(module: str, side: str, *arguments: str) -> list[str]:
    """Return the command that runs one side of a benchmark in a process of its own; see `benchmarks.worker`."""
    return [sys.executable, "-m", "benchmarks.worker", module, side, *arguments]


def median_time(runs: Sequence[Run]) -> Cost:
    """Return the median of the times of processes."""
    return median([run.time for run in runs])


def median_peak(runs: Sequence[Run]) -> Cost:
    """Return the median of the peaks of memory of processes."""
    return median([run.peak for run in runs])

"""One side of a benchmark in a process of its own: `python -m benchmarks.worker MODULE SIDE ARGUMENT…`.

It calls MODULE.SIDES[SIDE] with the arguments and prints what that yields, `name<tab>number`, each as soon as it is
known: what is printed is not lost when the process is stopped.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Sequence
from importlib import import_module

Figure = tuple[str, float]


def main(arguments: Sequence[str]) -> None:
    """Do the work and print its figures."""
    module, side, *rest = arguments
    for name, number in import_module(f"benchmarks.{module}").SIDES[side](*rest):
        sys.stdout.write(f"{name}\t{number!r}\n")
        sys.stdout.flush()


def figures(out: str) -> dict[str, float]:
    """Read what a worker printed."""
    return {name: float(number) for name, _, number in (line.partition("\t") for line in out.splitlines())}


def processor_s() -> float:
    """Processor time of this process and of those that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(found.ru_utime + found.ru_stime for found in used)


if __name__ == "__main__":
    main(sys.argv[1:])

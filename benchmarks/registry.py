"""Which benchmarks there are, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from benchmarks.cost import Line
from benchmarks.effort import Effort
from eugraph.config import Workspace

NAMES = (
    "start",
    "parse",
    "write",
    "derive",
    "query",
    "validate",
    "watch",
    "build",
    "publish",
    "validators",
    "cordis",
    "jsonld",
    "serve",
)

Measure = Callable[[Workspace, Effort], Sequence[Line]]


def benchmark(name: str) -> Measure:
    """Return the function that measures; its module is loaded now."""
    measure: Measure = import_module(f"benchmarks.{name}").measure
    return measure

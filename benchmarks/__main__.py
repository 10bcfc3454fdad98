"""`python -m benchmarks`: measure, print the table, and say by the exit status whether all budgets are kept."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.effort import DEFAULT, FULL
from benchmarks.registry import NAMES, benchmark
from benchmarks.table import Results, as_json, markdown
from benchmarks.timing import ROOT
from eugraph.config import open_workspace


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks and return the exit status: 1 where a budget is missed."""
    options = _options().parse_args(arguments)
    workspace = open_workspace(ROOT)
    results = {}
    for name in NAMES:
        if options.only and name not in options.only:
            continue
        start = time.perf_counter()
        results[name] = list(benchmark(name)(workspace, FULL if options.full else DEFAULT))
        sys.stderr.write(f"{name}: {time.perf_counter() - start:.0f} s\n")
    sys.stdout.write(markdown(results))
    if options.json:
        options.json.write_text(as_json(results), encoding="utf-8")
    return status(results)


def status(results: Results) -> int:
    """Return 1 where a budget that holds today is missed, else 0."""
    return int(any(line.missed for lines in results.values() for line in lines))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the budgets of eugraph.")
    parser.add_argument("--only", action="append", choices=NAMES, metavar="NAME", help=f"one of {', '.join(NAMES)}")
    parser.add_argument("--full", action="store_true", help="more rounds, and replicas of a million statements")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results as JSON as well")
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""How soon the command line answers: `eugraph --version` beside an interpreter that does nothing."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from benchmarks.cost import Budget, Line
from benchmarks.effort import Effort
from benchmarks.timing import SCRIPTS, compare_commands, median_time
from eugraph.config import Workspace

BUDGET = Budget(times=1.5, plus=0.060)


def measure(workspace: Workspace, effort: Effort) -> Sequence[Line]:
    """Compare the time of whole processes."""
    command = [str(SCRIPTS / "eugraph"), "-C", str(workspace.root), "--version"]
    sides = {"ours": command, "peer": [sys.executable, "-c", "pass"]}
    runs = compare_commands(sides, rounds=5 * effort.rounds)
    return [
        Line(
            what="eugraph --version",
            ours=median_time(runs["ours"]),
            peer_name="python -c pass",
            peer=median_time(runs["peer"]),
            budget=BUDGET,
        )
    ]

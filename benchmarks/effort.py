"""How much to measure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """Rounds, sizes and limits of a run."""

    rounds: int  # of functions and short commands, of which the median counts
    long_rounds: int  # of commands that take half a minute
    replicas: tuple[int, ...]  # sizes of replicas, in statements
    limit_s: float  # longest wait for one query of a peer
    long_limit_s: float  # longest wait for a command, and for one query of ours
    europe: int = 10  # one in so many of the projects of Horizon Europe


DEFAULT = Effort(rounds=3, long_rounds=2, replicas=(100_000,), limit_s=3, long_limit_s=120)
FULL = Effort(rounds=11, long_rounds=3, replicas=(100_000, 1_000_000), limit_s=60, long_limit_s=600, europe=1)

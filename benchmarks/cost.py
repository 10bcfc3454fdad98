"""What something cost, what it may cost, and the verdict."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds or bytes; the less the better."""

    value: float
    unit: str = "s"  # or "B"
    capped: bool = False  # it was stopped there, and would have cost more

    def __str__(self) -> str:
        return f"{'> ' if self.capped else ''}{_shown(self.value, self.unit)}"


def median(costs: Sequence[Cost]) -> Cost:
    """Return the median; capped where one of the costs that it is made of is."""
    values = [cost.value for cost in costs]
    greatest = statistics.median_high(values)
    capped = any(cost.capped and cost.value <= greatest for cost in costs)
    return Cost(statistics.median(values), costs[0].unit, capped)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What we may cost at most: `times` the peer's cost, and `plus` on top, in its unit."""

    times: float = 0
    plus: float = 0
    waits_for: str = ""  # what is to be built before the budget can be kept; until then a miss is "not yet"

    def allowed(self, peer: Cost | None) -> float:
        """Return the greatest cost that keeps the budget."""
        return self.plus + (self.times * peer.value if self.times and peer else 0)

    def text(self, unit: str) -> str:
        """Return the budget in words."""
        parts = [f"{self.times:g} x peer"] if self.times else []
        parts += [_shown(self.plus, unit)] if self.plus else []
        return f"<= {' + '.join(parts)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the table: our cost beside that of a named peer for the same work."""

    what: str
    ours: Cost
    peer_name: str = ""
    peer: Cost | None = None  # None where there is none, or where it fails
    budget: Budget | None = None
    amount: float = 0  # how much was done in that time, to show a speed; 0 shows none
    things: str = ""  # of what the amount is: documents, statements
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Our cost over the peer's: below 1 we are better."""
        return self.ours.value / self.peer.value if self.peer and self.peer.value else None

    @property
    def kept(self) -> bool | None:
        """Tell whether the budget is kept; None where there is none, or where it cannot be told."""
        budget = self.budget
        if budget is None or (budget.times and self.peer is None):
            return None
        if self.ours.value > budget.allowed(self.peer):
            return None if self.peer and self.peer.capped and budget.times else False
        return not self.ours.capped

    @property
    def verdict(self) -> str:
        """Return yes, no, "not yet", or nothing where there is no budget or no telling."""
        if self.kept is None:
            return ""
        if not self.kept and self.budget and self.budget.waits_for:
            return "not yet"
        return "yes" if self.kept else "no"

    @property
    def missed(self) -> bool:
        """Tell whether a budget that holds today was missed."""
        return self.verdict == "no"

    def shown(self, cost: Cost) -> str:
        """Return a cost as the table shows it: with the speed where an amount is known."""
        if self.amount and cost.unit == "s" and cost.value:
            return f"{cost} ({self.amount / cost.value:,.0f} {self.things}/s)"
        return str(cost)


def _shown(value: float, unit: str) -> str:
    if unit == "B":
        return f"{value / MEBIBYTE:,.0f} MiB"
    if value < 0.1:
        return f"{value * 1000:.3g} ms"
    return f"{value:.3g} s" if value < 100 else f"{value:.0f} s"

"""A score: the points of each metric, of each dimension and in all, and what would raise them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from eugraph.exchange.doctor.dcat.score.metrics import DIMENSIONS, METRICS, Metric

MOST = sum(metric.points for metric in METRICS)  # 405
RATINGS = ((351, "excellent"), (221, "good"), (121, "sufficient"), (0, "bad"))  # points from which on


@dataclass(frozen=True, slots=True)
class Measured:
    """How many datasets meet one metric."""

    metric: Metric
    met: int
    asked: int  # of how many datasets it is known

    @property
    def points(self) -> float:
        """The mean over the datasets of which it is known."""
        return self.metric.points * self.met / self.asked if self.asked else 0.0

    @property
    def most(self) -> int:
        """The points that could be; 0 where it is known of no dataset."""
        return self.metric.points if self.asked else 0


@dataclass(frozen=True, slots=True)
class Score:
    """The score of a catalogue: the mean of those of its datasets."""

    measured: tuple[Measured, ...]  # in the order of `METRICS`
    datasets: int

    @property
    def points(self) -> float:
        """The points in all."""
        return sum(each.points for each in self.measured)

    @property
    def most(self) -> int:
        """The points that could be, for what was examined: 405 where all was."""
        return sum(each.most for each in self.measured)

    @property
    def rating(self) -> str:
        """The portal's word; where not all was examined, that for the same share of all points."""
        points = self.points * MOST / self.most if self.most else 0
        return next(word for limit, word in RATINGS if round(points) >= limit)

    def dimensions(self) -> Iterator[tuple[str, float, int]]:
        """Yield each dimension with its points and the points that could be."""
        for name in DIMENSIONS:
            of_it = [each for each in self.measured if each.metric.dimension == name]
            yield name, sum(each.points for each in of_it), sum(each.most for each in of_it)

    def raises(self) -> Iterator[tuple[float, str]]:
        """Yield what would raise the score, the most points first: (points, what to do and at how many datasets)."""
        for each in sorted(self.measured, key=lambda each: each.points - each.most):
            if each.met < each.asked:
                lacking = each.asked - each.met
                yield each.most - each.points, f"{each.metric.remedy} {lacking} of {each.asked} datasets lack it."

    def not_examined(self) -> list[str]:
        """The keys of the metrics that are known of no dataset."""
        return [each.metric.key for each in self.measured if not each.asked]

    def as_json(self) -> dict[str, Any]:
        """The score as JSON has it; points are rounded to two digits."""
        return {
            "points": round(self.points, 2),
            "most": self.most,
            "rating": self.rating,
            "datasets": self.datasets,
            "dimensions": {
                name: {"points": round(points, 2), "most": most} for name, points, most in self.dimensions()
            },
            "metrics": {
                each.metric.key: {
                    "dimension": each.metric.dimension,
                    "points": round(each.points, 2) if each.asked else None,
                    "most": each.metric.points,
                    "met": each.met,
                    "asked": each.asked,
                }
                for each in self.measured
            },
            "raises": [{"points": round(points, 2), "how": how} for points, how in self.raises()],
        }

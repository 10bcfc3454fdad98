"""Choices by chance: even ones in a long run, and ones that Hypothesis can make smaller in a short run."""

from __future__ import annotations

import os
from collections.abc import Sequence
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

FULL = os.environ.get("EUGRAPH_DIFFERENTIAL") == "full"
_T = TypeVar("_T")


class Chance:
    """Chooses."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def pick(self, choices: Sequence[_T]) -> _T:
        """One of several."""
        return choices[self._random.randrange(len(choices))]

    def number(self, low: int, high: int) -> int:
        """A number in a range, its ends included."""
        return self._random.randint(low, high)

    def one_in(self, number: int) -> bool:
        """True once in so many times."""
        return self.number(1, number) == number

    def some(self, choices: Sequence[_T], least: int, most: int) -> list[_T]:
        """Several that differ."""
        different = list(dict.fromkeys(choices))
        return self._random.sample(different, min(self.number(least, most), len(different)))


def chances() -> st.SearchStrategy[Chance]:
    """Chances of a case."""
    return st.randoms(use_true_random=FULL).map(Chance)

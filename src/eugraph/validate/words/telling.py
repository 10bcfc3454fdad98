"""The sentences of a result, and the reasons behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from eugraph.errors import did_you_mean
from eugraph.shacl import Result
from eugraph.shacl.components.logical import Xone
from eugraph.shacl.graph import Term
from eugraph.shacl.path import Path
from eugraph.validate.words.alternatives import alternatives, by_alternative
from eugraph.validate.words.fault import fault
from eugraph.validate.words.names import Names

_MOST_REASONS = 6
_MOST_GUESSES = 50  # comparing words takes time

Values = Callable[[Term, Path], list[Term]]


class Words:
    """Says results in sentences."""

    def __init__(self, names: Names | None = None, values: Values | None = None) -> None:
        """Take what sentences may speak of.

        Args:
            names: labels of terms.
            values: the values of a path at a node of the data; without it, nothing is said of their number.
        """
        self.names = names or Names()
        self._values = values
        self._guesses: dict[tuple[str, Sequence[str]], str] = {}

    def message(self, result: Result) -> str:
        """The shape's message, English first, else sentences on what is wrong and what to do."""
        if result.messages:
            return result.messages[0].value
        from eugraph.validate.words import of_a_value, of_several  # noqa: F401 - both register their sentences

        return fault(result.asked, result, self)

    def reasons(self, result: Result) -> tuple[str, ...]:
        """Why a value does not conform: sentences for the faults that have nothing behind them.

        Where one of several shapes must hold, there is one reason for each: "either …", "or …".
        """
        found = self._reasons(result)
        more = len(found) - _MOST_REASONS
        return tuple(found[:_MOST_REASONS] + ([f"and {more} more"] if more > 0 else []))

    def _reasons(self, result: Result) -> list[str]:
        if shapes := alternatives(result.asked):
            groups = by_alternative(shapes, result.details)
            if len(groups) == len(shapes):
                told = (" And ".join(dict.fromkeys(self._leaves(group))) for _, group in sorted(groups.items()))
                return [f"{'or' if place else 'either'} {text}" for place, text in enumerate(dict.fromkeys(told))]
            if isinstance(result.asked, Xone):
                return []  # too many hold: what is behind the others says nothing
        return list(dict.fromkeys(self._leaves(result.details)))

    def _leaves(self, details: Sequence[Result]) -> list[str]:
        found = []
        for detail in details:
            found += (self._reasons(detail) if detail.details else []) or [self.message(detail)]
        return found

    def values(self, focus: Term, path: Path | None) -> list[Term] | None:
        """See `Around.values`."""
        return None if self._values is None or path is None else self._values(focus, path)

    def near(self, word: str, known: Sequence[str]) -> str:
        """See `Around.near`; beyond some words nothing is said."""
        key = (word, tuple(known))
        if key not in self._guesses and len(self._guesses) < _MOST_GUESSES:
            self._guesses[key] = did_you_mean(word, known)
        return self._guesses.get(key, "")

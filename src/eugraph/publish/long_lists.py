"""Lists on pages that are cut: another name of what stands behind their end, before and now, does not bear on them.

The European Commission funds each of 19,189 projects, and its page tells the first two hundred. Without this, another
name of one project means to look at all the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from eugraph.publish.pages.cards import Place
from eugraph.vocab import term

_ALL_TOLD = term("eug:result").value  # of what points to a thing by this, all is told elsewhere on its page


class LongLists:
    """The lists of the last release that were cut."""

    def __init__(self, ends: Mapping[str, Mapping[str, Place]], place_before: Callable[[str], Place | None]) -> None:
        """Take what is remembered.

        Args:
            ends: thing -> property -> the last thing in the list of what points to it by this property, by its place.
            place_before: gives what a thing was sorted by; None where it had no document.
        """
        self._ends: dict[tuple[str, str], Place] = {}
        for thing, cut in ends.items():
            for curie, (name, last) in cut.items():
                self._ends[thing, term(curie).value] = name, last
        self._place_before = place_before
        self.left: dict[str, Place] = {}  # thing -> the furthest end that it has to stand behind

    def leave_out(self, homes: Iterable[str], predicate: str, thing: str) -> bool:
        """Say whether something stood behind the end of a list, and note that it has to do so now.

        Args:
            homes: the things in whose documents it stands or stood; lists tell of them.
            predicate: by which it points to a thing, on whose page the list is.
            thing: that thing.
        """
        end = self._ends.get((thing, predicate))
        if end is None or predicate == _ALL_TOLD:
            return False
        found = [(home, place) for home in homes if (place := self._place_before(home)) is not None]
        if not found or any(place <= end for _, place in found):
            return False
        for home, _ in found:
            self.left[home] = max(end, self.left.get(home, end))
        return True


def ends_of(ends: Mapping[str, Mapping[str, Place]]) -> dict[str, Mapping[str, Place]]:
    """Return those of things that have such a list, to be remembered."""
    return {thing: cut for thing, cut in ends.items() if cut}

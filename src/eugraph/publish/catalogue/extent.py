"""How far the whole graph reaches: the days of its projects, and the countries that it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eugraph.publish.statements import split
from eugraph.vocab import COUNTRY, EUG, RDF_TYPE

IS_PROJECT = f"<{RDF_TYPE.value}> <{EUG}Project>"
START, END = f"<{EUG}startEarliest> ", f"<{EUG}endLatest> "
_IN = f"<{EUG}country> "
_SEEN = (START, END, _IN, IS_PROJECT)


@dataclass(slots=True)
class Extent:
    """See the module. Days are YYYY-MM-DD."""

    starts: Counter[str] = field(default_factory=Counter)  # first day -> projects
    ends: Counter[str] = field(default_factory=Counter)  # last day -> projects
    countries: Counter[str] = field(default_factory=Counter)  # code -> things that are there

    def take(self, texts: Mapping[str, str]) -> None:
        """Count all that is said of one more subject: graph -> text."""
        lines = {line for text in texts.values() for line in text.split("\n") if line.startswith(_SEEN)}
        if IS_PROJECT in lines:
            self.starts.update(days(lines, START)[:1])
            self.ends.update(days(lines, END)[-1:])
        places = {split(line)[1][1:-1] for line in lines if line.startswith(_IN)}
        self.countries.update(iri[len(COUNTRY) :] for iri in places if iri.startswith(COUNTRY))

    def changed(self, before: Extent, after: Extent) -> Extent:
        """Return the extent where some subjects that counted as `before` now count as `after`."""
        return Extent(
            self.starts + after.starts - before.starts,
            self.ends + after.ends - before.ends,
            self.countries + after.countries - before.countries,
        )

    def dump(self) -> list[object]:
        """Return it as `load` takes it."""
        return [self.starts, self.ends, self.countries]

    @classmethod
    def load(cls, dumped: Sequence[Any]) -> Extent:
        """Return what was dumped."""
        return cls(*map(Counter, dumped))


def days(lines: set[str], start: str) -> list[str]:
    """Return the days that lines of statements with a property tell, sorted; they begin with `start`."""
    return sorted(line[len(start) + 1 :][:10] for line in lines if line.startswith(start))

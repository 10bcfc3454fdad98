"""What is told of the whole graph, counted subject by subject.

Of what is imported it is counted once an import, and kept with it; what is said beside that changes the counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from eugraph.publish.calls import Run, here
from eugraph.publish.catalogue.extent import Extent
from eugraph.publish.given import Imports
from eugraph.publish.statements import Said, Statements
from eugraph.publish.void import Statistics

_FILE = "sums.json"


@dataclass(frozen=True, slots=True)
class Sums:
    """What is counted."""

    statistics: Statistics = field(default_factory=Statistics)
    extent: Extent = field(default_factory=Extent)

    def changed(self, before: Sums, after: Sums) -> Sums:
        """Return the counts where some subjects that counted as `before` now count as `after`."""
        return Sums(
            self.statistics.changed(before.statistics, after.statistics),
            self.extent.changed(before.extent, after.extent),
        )

    def dump(self) -> list[object]:
        """Return it as `load` takes it."""
        return [self.statistics.dump(), self.extent.dump()]

    @classmethod
    def load(cls, dumped: Sequence[Any]) -> Sums:
        """Return what was dumped."""
        statistics, extent = dumped
        return cls(Statistics.load(statistics), Extent.load(extent))


def sums(statements: Statements, imported: Imports | None) -> Sums:
    """Count all statements.

    Args:
        statements: all of them; those that are imported lie elsewhere.
        imported: what is imported.
    """
    if imported is None:
        return counted(statements.items())
    said = imported.said
    known = Sums.load(orjson.loads((counted_imports(imported) / _FILE).read_bytes()))
    own = [subject for subject, _ in statements.taken()]
    before = counted((subject, texts) for subject in own if (texts := said.about(subject)))
    after = counted((subject, statements.about(subject)) for subject in own)
    return known.changed(before, after)


def counted_imports(imported: Imports, run: Run = here) -> Path:
    """Return the folder with what is counted of imports; that is done unless it was before."""
    return imported.kept("sums", "", lambda folder: run([partial(_keep, imported.said, folder)]))


def counted(said: Iterable[tuple[str, Mapping[str, str]]]) -> Sums:
    """Count statements that are given by subject: graph -> text."""
    found = Sums()
    for subject, texts in said:
        found.statistics.take(texts)
        if subject[0] == "<":
            found.extent.take(texts)
    return found


def _keep(said: Said, folder: Path) -> None:
    (folder / _FILE).write_bytes(orjson.dumps(counted(said.items()).dump()))

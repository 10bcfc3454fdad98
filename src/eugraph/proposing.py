"""Proposed matches: pairs of a curated and an imported description, in a table in which a person decides on each.

Nothing is joined by a score. The table is read as a curated file, see `eugraph.sources.decided`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from eugraph.config import SETTINGS_FILE, Workspace
from eugraph.errors import SettingError
from eugraph.likeness import LEAST, Description, Proposal, proposals
from eugraph.loading import load, readable
from eugraph.rdf.replacing import replacing
from eugraph.sources.decisions import (
    COLUMNS,
    DECISION,
    DIFFERENT,
    IMPORTED,
    SAME,
    THING,
    Row,
    is_address,
    read_decisions,
)
from eugraph.sources.folders import content
from eugraph.vocab import term

_SAME_AS = term("owl:sameAs")
_FORMULA = ("=", "+", "-", "@")  # with which spreadsheets let a formula begin

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the table holds now, in rows."""

    path: Path
    new: int
    open: int
    same: int
    different: int

    def as_text(self) -> str:
        """Return it in one line."""
        new = f" ({self.new} of them new)" if self.new else ""
        return f"{self.path.name}: {self.open} to decide{new}, {self.same} same, {self.different} different"


def propose(workspace: Workspace, *, least: float = LEAST, say: Callable[[str], object] = lambda _: None) -> Proposed:
    """Bring the table of proposed matches up to date.

    Rows into which somebody has written stay as they are. The others are made anew from what is curated and imported
    now; a pair that is known to be one thing, or two, is not proposed again.

    Args:
        workspace: where the table lies.
        least: score from which on a pair is proposed, 0 to 1.
        say: takes a line on each step that takes long.

    Raises:
        SettingError: the workspace imports nothing.
        UnreadableWorkspaceError: a file of it cannot be read, such as the table; it is as it was.
        OutputError: the table cannot be written; it is as it was.
    """
    loaded = readable(load(workspace, say=say))
    if loaded.imported is None:
        fault = "there is no imported source to match with. Add a table [sources.name]; docs/workspace.md says how."
        raise SettingError(workspace.root / SETTINGS_FILE, fault)
    before = _rows(workspace.matches)
    kept = [row for row in before if row.is_touched]
    base = workspace.base_iri
    found = proposals(
        loaded.curated_store,
        loaded.imported.store(),
        joined={*_joined(loaded.matches), *_joined(loaded.derived), *_joined(loaded.curated.quads)},
        apart={(base + thing, base + other) for thing, other in (row.pair for row in kept)},
        least=least,
        say=say,
    )
    table: list[Cells] = [{column: row[column] for column in COLUMNS} for row in kept]
    made = (_cells(proposal, base) for proposal in found)
    table += (cells for cells in made if is_address(cells[THING]) and is_address(cells[IMPORTED]))
    _write(workspace.matches, sorted(table, key=_order))
    counts = {decision: sum(cells[DECISION] == decision for cells in table) for decision in ("", SAME, DIFFERENT)}
    pairs = {row.pair for row in before}
    new = sum((cells[THING], cells[IMPORTED]) not in pairs for cells in table)
    return Proposed(workspace.matches, new, counts[""], counts[SAME], counts[DIFFERENT])


def _rows(path: Path) -> Sequence[Row]:
    return read_decisions(content(path, path), path).rows if path.exists() else ()


def _joined(quads: Iterable[Quad]) -> Iterable[tuple[str, str]]:
    for quad in quads:
        if quad.predicate == _SAME_AS and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            yield quad.subject.value, quad.object.value


def _cells(proposal: Proposal, base: str) -> Cells:
    one, other = proposal.one, proposal.other
    return {
        **dict.fromkeys(COLUMNS, ""),
        THING: one.iri.removeprefix(base),
        **_shown(one, ""),
        IMPORTED: other.iri.removeprefix(base),
        **_shown(other, f"{IMPORTED}_"),
        "score": f"{proposal.score:.2f}",
        "evidence": "; ".join(proposal.evidence),
    }


def _shown(thing: Description, before: str) -> Cells:
    numbers = [f"{'PIC' if thing.kind == 'organisation' else 'grant'} {number}" for number in thing.numbers]
    identifiers = [*numbers, *thing.rors, *(f"VAT {vat}" for vat in thing.vats), *thing.hosts]
    return {
        f"{before}name": thing.names[0],
        f"{before}acronym": "; ".join(thing.acronyms),
        f"{before}country": "; ".join(thing.countries),
        f"{before}town": "; ".join(thing.towns),
        f"{before}start": "; ".join(map(str, thing.years)),
        f"{before}identifiers": "; ".join(identifiers),
    }


def _order(cells: Cells) -> tuple[str, float, str]:
    """By curated thing, the likeliest first; a score that somebody has overwritten comes last."""
    score = cells["score"]
    likely = float(score) if score.replace(".", "", 1).isdecimal() else 0.0
    return cells[THING], -likely, cells[IMPORTED]


def _write(path: Path, table: Iterable[Cells]) -> None:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows([_plain(cells[column]) for column in COLUMNS] for cells in table)
    data = text.getvalue().encode("utf-8-sig")  # by the mark spreadsheets know that it is UTF-8
    if not path.exists() or path.read_bytes() != data:
        with replacing(path) as file:
            file.write(data)


def _plain(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; the blank is none of the text when the cell is read."""
    return f" {text}" if text.startswith(_FORMULA) else text

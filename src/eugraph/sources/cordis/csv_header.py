"""Which table a CSV file holds, and in which layout: told by its header."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from eugraph.sources.cordis.tables import TABLES, Table

DELIMITERS = (";", ",", "\t")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file writes the rows of a table."""

    table: Table
    delimiter: str
    names: tuple[str, ...]  # of the columns of the file, as it writes them
    unknown: tuple[str, ...]  # those that are none of the table, or there before
    key: int | None  # the file's column with the number of the project; None where the table has none
    pick: Callable[[Sequence[str]], Sequence[str]] | None  # row and one "" -> values in the table's order; None: as is


def layout_of(line: str) -> Layout | None:
    """Return what a header says, None where it is of no table.

    A table is meant where the columns that it needs are there, and half of all columns are its own. If that holds
    for several, it is the one with most of its columns there.
    """
    known = [(count, layout) for delimiter in DELIMITERS for count, layout in _layouts(line, delimiter)]
    return max(known, key=lambda pair: pair[0])[1] if known else None


def nearest(line: str) -> str:
    """Return a sentence on the table that a header, of none, is nearest to; "" where it is near to none."""
    best: tuple[int, str] = (0, "")
    for delimiter in DELIMITERS:
        names = set(_folded(_cells(line, delimiter)))
        for table in TABLES.values():
            places = _places(table)
            there = {places[name] for name in names & places.keys()}
            missing = sorted(table.needs - there)
            if 2 * len(there) > len(names) and missing:
                best = max(best, (len(there), f"for the table {table.name} it lacks {' and '.join(missing)}"))
    return best[1]


def _layouts(line: str, delimiter: str) -> list[tuple[int, Layout]]:
    cells = _cells(line, delimiter)
    found = []
    for table in TABLES.values():
        columns: dict[str, int] = {}  # our name -> column of the file
        folded = _folded(cells)
        for index, name in enumerate(folded):
            ours = _places(table).get(name)
            # a synonym gives way to the name itself: `id` is the project in one layout, the organisation in another
            if ours and ours not in columns and (ours.casefold() == name or ours.casefold() not in folded):
                columns[ours] = index
        if table.needs <= columns.keys() and 2 * len(columns) >= len(cells):
            found.append((len(columns), _layout(table, delimiter, cells, columns)))
    return found


def _layout(table: Table, delimiter: str, cells: Sequence[str], columns: dict[str, int]) -> Layout:
    taken = set(columns.values())
    order = [columns.get(name, len(cells)) for name in table.columns]
    return Layout(
        table=table,
        delimiter=delimiter,
        names=tuple(cells),
        unknown=tuple(name for index, name in enumerate(cells) if index not in taken),
        key=columns[table.columns[0]] if table.columns[0] in ("id", "projectID") else None,
        pick=None if order == list(range(len(cells))) else itemgetter(*order),
    )


def _cells(line: str, delimiter: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]


def _folded(cells: Sequence[str]) -> list[str]:
    return [cell.casefold() for cell in cells]


def _places(table: Table) -> dict[str, str]:
    """Return what a header may call the columns, in small letters -> our names for them."""
    synonyms = {theirs.casefold(): ours for theirs, ours in table.synonyms.items()}
    return synonyms | {name.casefold(): name for name in table.columns}

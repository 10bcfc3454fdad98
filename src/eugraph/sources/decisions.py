"""The table of proposed matches, in which a person decides which descriptions are of one thing. Docs: docs/match.md."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from pyoxigraph import NamedNode

from eugraph.errors import (
    InputError,
    MissingKeyError,
    RaggedRowError,
    RepeatedKeyError,
    UnknownKeyError,
    WrongValueError,
    did_you_mean,
)
from eugraph.rdf.read import decode
from eugraph.sources.csv_cells import Cell, check_separator, ragged, rows
from eugraph.sources.records import Spot

THING, IMPORTED, DECISION, BY, ON, NOTE = "thing", "imported", "decision", "by", "on", "note"
SHOWN = ("name", "acronym", "country", "town", "start", "identifiers")  # of each side, for whoever decides
COLUMNS = (
    THING, *SHOWN, IMPORTED, *(f"{IMPORTED}_{column}" for column in SHOWN), "score", "evidence", DECISION, BY, ON, NOTE
)  # fmt: skip
SAME, DIFFERENT = "same", "different"

_ADDRESS = re.compile(r"(organisation|project)/[^\s/?#]+\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of addresses, below the base, and what is written beside it."""

    cells: Mapping[str, Cell]  # by column

    def __getitem__(self, column: str) -> str:
        return self.cells[column].text

    @property
    def pair(self) -> tuple[str, str]:
        """The curated and the imported address."""
        return self[THING], self[IMPORTED]

    @property
    def is_decided(self) -> bool:
        """Tell whether somebody has decided."""
        return bool(self[DECISION])

    @property
    def is_touched(self) -> bool:
        """Tell whether somebody has written anything into it."""
        return any(self[column] for column in (DECISION, BY, ON, NOTE))


@dataclass(frozen=True, slots=True)
class Decisions:
    """The rows of the table, and what is wrong with it."""

    rows: Sequence[Row]
    faults: Sequence[InputError]


def read_decisions(data: bytes, path: PurePath) -> Decisions:
    """Read the table.

    Args:
        data: the bytes of the file.
        path: its name as messages shall show it.
    """
    try:
        lines = rows(decode(data, path), path)
        header = next(lines, None)
        if header is None:
            return Decisions((), ())
        check_separator(header, path)
        if faults := list(_header_faults(header, path)):
            return Decisions((), faults)
        return _read(lines, [cell.text for cell in header], path)
    except InputError as error:
        return Decisions((), [error])


def _header_faults(header: Sequence[Cell], path: PurePath) -> Iterator[InputError]:
    titles: set[str] = set()
    for cell in header:
        if cell.text in titles:
            yield _fault(RepeatedKeyError, path, cell.spot, f"the column {cell.text!r} comes twice. Delete one.")
        elif cell.text not in COLUMNS:
            near = did_you_mean(cell.text, COLUMNS) or "."
            fault = f"no column of matches is called {cell.text!r}{near} Correct the name, or delete the column."
            yield _fault(UnknownKeyError, path, cell.spot, fault)
        titles.add(cell.text)
    for column in (THING, IMPORTED, DECISION, BY, ON):
        if column not in titles:
            fault = f"the column {column!r} is missing. Add it; eugraph match writes a whole table."
            yield _fault(MissingKeyError, path, header[0].spot, fault)


def _read(lines: Iterator[list[Cell]], header: Sequence[str], path: PurePath) -> Decisions:
    found: list[Row] = []
    faults: list[InputError] = []
    pairs: dict[tuple[str, str], int] = {}
    same: dict[str, Row] = {}
    for line in lines:
        if not any(cell.text for cell in line):
            continue
        if len(line) != len(header):
            spot, text = ragged(line, len(header))
            faults.append(_fault(RaggedRowError, path, spot, text))
            continue
        nothing = Cell("", line[0].spot, "")
        row = Row(dict.fromkeys(COLUMNS, nothing) | dict(zip(header, line, strict=True)))
        faults += _faults(row, path)
        spot = row.cells[THING].spot
        first = pairs.setdefault(row.pair, spot.line)
        if first != spot.line:
            fault = f"{row[THING]} and {row[IMPORTED]} stand in line {first} already. Delete one of the two lines."
            faults.append(_fault(RepeatedKeyError, path, spot, fault))
        if row[DECISION] == SAME and (other := same.setdefault(row[IMPORTED], row)) is not row:
            where = f"{other[THING]} in line {other.cells[THING].spot.line}"
            fault = (
                f"{row[IMPORTED]} is the same as {where} already. Correct a decision, or make one thing of both here."
            )
            faults.append(_fault(RepeatedKeyError, path, row.cells[DECISION].spot, fault))
        found.append(row)
    return Decisions(found, faults)


def _faults(row: Row, path: PurePath) -> Iterator[InputError]:
    for column in (THING, IMPORTED):
        if not is_address(row[column]):
            fault = f"{row[column]!r} is no address of an organisation or project. Write it as organisation/eha."
            yield _fault(WrongValueError, path, row.cells[column].spot, fault)
    if row[THING].partition("/")[0] != row[IMPORTED].partition("/")[0]:
        fault = f"{row[THING]} and {row[IMPORTED]} are not of one kind. Correct one of them, or delete the line."
        yield _fault(WrongValueError, path, row.cells[IMPORTED].spot, fault)
    if not row.is_decided:
        return
    spot = row.cells[DECISION].spot
    if row[DECISION] not in (SAME, DIFFERENT):
        near = did_you_mean(row[DECISION], (SAME, DIFFERENT)) or "."
        fault = f"{row[DECISION]!r} is no decision{near} Write same or different, or nothing while it is open."
        yield _fault(WrongValueError, path, spot, fault)
    if not row[BY]:
        yield _fault(MissingKeyError, path, spot, "nobody is named who decided this. Write a name in the column by.")
    if not row[ON]:
        fault = "no day is given for this decision. Write it in the column on, as YYYY-MM-DD."
        yield _fault(MissingKeyError, path, spot, fault)
    elif not _is_day(row[ON]):
        fault = f"{row[ON]!r} is no day. Write it as YYYY-MM-DD; a spreadsheet keeps that in a column of text."
        yield _fault(WrongValueError, path, row.cells[ON].spot, fault)


def is_address(text: str) -> bool:
    """Tell whether a row can name a thing so: an organisation or a project, below the base."""
    try:
        return bool(_ADDRESS.match(text)) and bool(NamedNode(f"https://example.org/{text}"))
    except ValueError:  # a sign that no IRI may have
        return False


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.match(text)) and bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def _fault(kind: type[InputError], path: PurePath, spot: Spot, text: str) -> InputError:
    return kind(path, text, line=spot.line, column=spot.column)

"""The cells of a CSV text, each with its line and column.

Spec: RFC 4180 §2, <https://www.rfc-editor.org/rfc/rfc4180#section-2>.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from eugraph.errors import SyntaxFaultError
from eugraph.sources.records import Spot

_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"')
_OPEN = re.compile(r'[^,"\r\n]*')
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_BREAK = re.compile(r"\r\n|\n|\r")


class Cell(NamedTuple):
    """One cell: its text without quotation marks and without blanks at its ends, and where it begins."""

    text: str
    spot: Spot
    raw: str  # as it stands in the file
    lead: int = 0  # characters of `raw` before the text

    def spot_of(self, index: int) -> Spot:
        """Return where the character at `index` of the text stands."""
        taken = 0
        at = self.lead
        while taken < index and at < len(self.raw):
            if (self.raw[0] == '"' and self.raw.startswith('""', at)) or self.raw.startswith("\r\n", at):
                at += 1
            at += 1
            taken += 1
        before = self.raw[:at]
        breaks = list(_BREAK.finditer(before))
        if not breaks:
            return Spot(self.spot.line, self.spot.column + at)
        return Spot(self.spot.line + len(breaks), at - breaks[-1].end() + 1)


def rows(text: str, path: PurePath) -> Iterator[list[Cell]]:
    """Yield the rows of a text; lines without any character are passed over.

    Raises:
        SyntaxFaultError: quotation marks do not stand as they must.
    """
    scanner = _Scanner(text, path)
    row: list[Cell] = []
    while not scanner.is_done:
        row.append(scanner.cell())
        if scanner.ends_row():
            if len(row) > 1 or row[0].raw:
                yield row
            row = []


def check_separator(header: Sequence[Cell], path: PurePath) -> None:
    """Refuse a header whose cells are separated by another sign than the comma.

    Raises:
        SyntaxFaultError: they are.
    """
    if len(header) > 1:
        return
    for sign, name in _SEPARATORS.items():
        if (at := header[0].text.find(sign)) >= 0:
            spot = header[0].spot_of(at)
            fault = f"the cells are separated by {name}. Save the table as CSV with commas."
            raise SyntaxFaultError(path, fault, line=spot.line, column=spot.column)


def ragged(row: Sequence[Cell], width: int) -> tuple[Spot, str]:
    """Return where a row is not as wide as its header, and what to say of it."""
    spot = row[width].spot if len(row) > width else row[-1].spot
    cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
    remedy = "Add or delete commas, and put a cell that holds a comma in quotation marks."
    return spot, f"this row has {cells}, the header has {width}. {remedy}"


class _Scanner:
    """Goes through a text cell by cell and knows where it is."""

    def __init__(self, text: str, path: PurePath) -> None:
        self._text, self._path = text, path
        self._at, self._line, self._line_start = 0, 1, 0
        self.is_done = not text

    def cell(self) -> Cell:
        """Return the cell that begins here."""
        spot, begin = self._spot(), self._at
        if self._text.startswith('"', begin):
            quoted = self._quoted(spot)
            value = _BREAK.sub("\n", quoted.replace('""', '"'))
            lead = 1 + len(value) - len(value.lstrip())
        else:
            opened = _OPEN.match(self._text, begin)
            assert opened is not None  # it may be empty
            value, self._at = opened[0], opened.end()
            lead = len(value) - len(value.lstrip())
            if self._text.startswith('"', self._at):
                remedy = "Put the cell in quotes and double it." if value.strip() else "Delete the blanks before it."
                fault = f"a quotation mark stands in a cell that does not begin with one. {remedy}"
                raise self._error(self._spot(), fault)
        return Cell(value.strip(), spot, self._text[begin : self._at], lead)

    def ends_row(self) -> bool:
        """Go past what follows a cell: a comma, or the end of the row or of the text."""
        if ended := _BREAK.match(self._text, self._at):
            self._at = ended.end()
            self._line, self._line_start = self._line + 1, self._at
            self.is_done = self._at == len(self._text)
            return True
        self.is_done = self._at == len(self._text)
        self._at += 1
        return self.is_done

    def _quoted(self, spot: Spot) -> str:
        """Go past a cell in quotation marks and return what is in them, still doubled."""
        found = _QUOTED.match(self._text, self._at)
        if found is None:
            raise self._error(spot, "the quotation mark is not closed. Close it, and double those inside of the cell.")
        self._at = found.end()
        for ended in _BREAK.finditer(found[0]):
            self._line, self._line_start = self._line + 1, found.start() + ended.end()
        if self._at < len(self._text) and self._text[self._at] not in ",\r\n":
            fault = "text follows the quotation mark that closes this cell. Double the quotation marks inside of it."
            raise self._error(spot, fault)
        return found[1]

    def _spot(self) -> Spot:
        return Spot(self._line, self._at - self._line_start + 1)

    def _error(self, spot: Spot, fault: str) -> SyntaxFaultError:
        return SyntaxFaultError(self._path, fault, line=spot.line, column=spot.column)

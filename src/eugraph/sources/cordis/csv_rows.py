"""Rows of one CSV file of CORDIS: which table it is, and its values; what is malformed goes into the ledger.

The files are read as RFC 4180 has them, <https://www.rfc-editor.org/rfc/rfc4180>. After a fault, reading goes on at
the next line at which a sound row begins, so that one missing quotation mark costs one row and not all that follow.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Generator, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from eugraph.sources.cordis.csv_header import Layout, layout_of, nearest
from eugraph.sources.cordis.csv_lines import Lines, is_odd
from eugraph.sources.cordis.csv_mending import Mender, as_windows, shown
from eugraph.sources.cordis.ledger import Kind, Ledger, Outcome
from eugraph.sources.cordis.opening import EMPTY_FILE, TRUNCATED
from eugraph.sources.cordis.tables import Table

UNKNOWN_TABLE = Kind(
    "unknown-table", Outcome.DROPPED, "The header fits no table of CORDIS, so the file is passed over.", malformed=True
)
UNKNOWN_COLUMN = Kind(
    "unknown-column", Outcome.DROPPED, "This column is none of its table, or there twice: its values are not taken."
)
COLUMN_COUNT = Kind(
    "column-count", Outcome.DROPPED, "The row has more or fewer columns than the header.", malformed=True
)
BROKEN_QUOTES = Kind(
    "broken-quotes",
    Outcome.DROPPED,
    "A quotation mark is missing or too many, and nobody can tell where the fields end.",
    malformed=True,
)
CUT_OFF = Kind(
    "cut-off", Outcome.DROPPED, "The file ends within this row. Fetch it again, or mend the row.", malformed=True
)
UTF_16 = Kind("utf-16", Outcome.MENDED, "The file is UTF-16, and is read as that.")

_BLANK = " \t\r\n"

Row = tuple[int, Sequence[str]]  # the line at which it begins, and the values in the order of the table's columns


def read_table(stream: io.BufferedReader, file: str, ledger: Ledger) -> tuple[Table, Iterator[Row]] | None:
    """Return the table that a CSV file holds and its rows; None where the header fits no table.

    A value is as the file has it, "" where the file does not have the column. Rows must be read while the stream is
    open.

    Args:
        stream: the file from its beginning.
        file: the file, as shown to the user.
        ledger: where faults are entered.

    Raises:
        ArchiveRefusedError: an archive around the file grows without measure.
    """
    lines = Lines(stream)
    header = ""
    for header in lines.read_from(1):
        if header.strip(_BLANK):
            break
        lines.begin += 1
    number = lines.begin
    if lines.is_utf_16:
        ledger.add(UTF_16, file, number)
    if not header.strip(_BLANK):
        ledger.add(
            TRUNCATED if lines.fault else EMPTY_FILE, file, number, note=lines.fault.fault if lines.fault else ""
        )
        return None
    header = as_windows(header)
    layout = layout_of(header)
    if layout is None:
        ledger.add(UNKNOWN_TABLE, file, number, value=shown(header.strip(_BLANK)), note=nearest(header))
        return None
    for name in layout.unknown:
        ledger.add(UNKNOWN_COLUMN, file, number, column=shown(name))
    lines.begin += 1
    return layout.table, _Rows(lines, layout, file, ledger).read()


class _Fault(NamedTuple):
    """What is wrong with a row."""

    kind: Kind
    end: int | None  # the line after it; None where that is not known
    note: str


class _Rows:
    """The rows of a file below its header."""

    def __init__(self, lines: Lines, layout: Layout, file: str, ledger: Ledger) -> None:
        self._lines, self._layout, self._file, self._ledger = lines, layout, file, ledger
        self._mender = Mender(layout, file, ledger)
        self._begins = re.compile(rf'"\d+"{layout.delimiter}').match if layout.key == 0 else None

    def read(self) -> Iterator[Row]:
        """Yield the rows, and enter those that are none."""
        lines = self._lines
        while fault := (yield from self._read_to_fault()):
            begins = self._next_row(fault.end)
            is_last = not any(lines.read_from(begins))
            if is_last and lines.fault and fault.kind is BROKEN_QUOTES:  # the row is not whole
                break
            text = lines.text(begins)
            if is_last and not text.endswith(("\n", "\r")):
                self._mender.add(CUT_OFF, lines.begin, text)
            elif values := self._mender.split(lines.begin, text):
                yield lines.begin, self._picked(values)
            else:
                self._mender.add(fault.kind, lines.begin, text, fault.note)
            lines.begin = begins
        if lines.fault:
            self._ledger.add(TRUNCATED, self._file, lines.begin, note=lines.fault.fault)

    def _read_to_fault(self) -> Generator[Row, None, _Fault | None]:
        """Yield the rows from `begin` on; return what is wrong with the one that then begins there, None at the end."""
        lines, pick, checked = self._lines, self._layout.pick, self._mender.checked
        width = len(self._layout.names)
        before = lines.begin - 1
        reader = csv.reader(chain.from_iterable(lines.feed()), delimiter=self._layout.delimiter, strict=True)
        try:
            for row in reader:
                if len(row) != width and row:  # an empty line gives none
                    return _Fault(COLUMN_COUNT, before + reader.line_num + 1, f"{len(row)} columns, not {width}")
                joined = "".join(row)
                if '"' in joined or (lines.has_odd and is_odd(joined)):
                    values = checked(lines.begin, row, lines.text(before + reader.line_num + 1))
                    yield lines.begin, self._picked(values)
                elif row:
                    yield lines.begin, pick((*row, "")) if pick else row
                lines.begin = before + reader.line_num + 1
        except csv.Error as error:
            return _Fault(BROKEN_QUOTES, None, str(error))
        return None

    def _next_row(self, end: int | None) -> int:
        """Return the first line after `begin` at which a row begins, `end` or the end of the file if none does."""
        number = self._lines.begin + 1
        for line in self._lines.read_from(number):
            if number == end or (self._begins and self._begins(line)) or self._is_row_at(number):
                break
            number += 1
        return number

    def _is_row_at(self, number: int) -> bool:
        reader = csv.reader(self._lines.read_from(number), delimiter=self._layout.delimiter, strict=True)
        try:
            return self._mender.is_row(next(reader, []))
        except csv.Error:
            return False

    def _picked(self, row: Sequence[str]) -> Sequence[str]:
        return self._layout.pick((*row, "")) if self._layout.pick else row

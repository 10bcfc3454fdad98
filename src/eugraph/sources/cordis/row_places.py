"""Which row each part of `quads.nq` was made from: it stands beside it, so that findings can name a file and a line.

A line of `rows.jsonl` holds a byte of `quads.nq`, and the line of the row that the statements from there on were made
from; where the file is another one than in the line before, its name as well. A row of line 0 is none: its statements
are gathered from many.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import orjson

from eugraph.sources.import_folder import QUADS, ROWS

Row = tuple[str, int]  # the file as named to the user, and the line at which the row begins in it; ("", 0) is none

NO_ROW: Row = ("", 0)


class RowPlaces:
    """Writes from where on statements are of which row."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink, self._file = sink, ""

    def add(self, begin: int, row: Row) -> None:
        """Say that the statements from a byte on are of a row."""
        file, line = row
        if file == self._file:
            self._sink.write(b"[%d,%d]\n" % (begin, line))
        else:
            self._sink.write(orjson.dumps([begin, line, file]) + b"\n")
            self._file = file


def parts_by_row(folder: Path) -> Iterator[tuple[Row, bytes]]:
    """Yield each row that an import was made from, with the lines of N-Quads that were made from it, in their order.

    A row may come more than once. What is of no row is left out.

    Raises:
        OSError: the folder cannot be read.
    """
    file, row, before = "", NO_ROW, 0
    with (folder / ROWS).open("rb") as rows, (folder / QUADS).open("rb") as quads:
        for entry in rows:
            begin, line, *named = orjson.loads(entry)
            part = quads.read(begin - before)
            if part and row[1]:
                yield row, part
            file = named[0] if named else file
            row, before = (file, line), begin
        if row[1] and (part := quads.read()):
            yield row, part

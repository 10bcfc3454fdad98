"""The import as a whole: open, read rows, map them, and write what became of them into one folder.

The folder holds four files: `quads.nq`, the statements in one named graph; `rows.jsonl`, which rows they were made
from; `ledger.jsonl`, what was dropped, mended, doubted or noted; `summary.json`, the counts. It is written beside the
old one and takes its place when it is whole. What is said does not depend on the order of the files, and equal files in
equal order give equal bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path, PurePath
from typing import BinaryIO

from eugraph.errors import NoCordisError, UndatedError
from eugraph.progress import Show
from eugraph.sources.cordis.csv_rows import read_table
from eugraph.sources.cordis.guarded import Readable
from eugraph.sources.cordis.ledger import Ledger
from eugraph.sources.cordis.mapping import Mapping
from eugraph.sources.cordis.mapping.context import Context, Rows
from eugraph.sources.cordis.opening import Form, Member, Opening
from eugraph.sources.cordis.row_places import NO_ROW, Row, RowPlaces
from eugraph.sources.cordis.summary import Summary
from eugraph.sources.cordis.tables import Table
from eugraph.sources.cordis.xml_records import read_record
from eugraph.sources.import_folder import LEDGER, QUADS, ROWS, SUMMARY, import_folder

MAX_ERRORS = 1000

_BLOCK = 1 << 20  # characters that are written at once


def import_cordis(
    paths: Sequence[str | Path],
    out: Path,
    *,
    base_iri: str,
    name: str = "cordis",
    date: str | None = None,
    max_errors: int = MAX_ERRORS,
    progress: Show | None = None,
    stdin: Readable | None = None,
    shown_from: Path | None = None,
) -> Summary:
    """Import bulk files of CORDIS into the folder `out`, and return what came of it.

    Args:
        paths: files, archives and folders; `-` is `stdin`.
        out: the folder to write, which is new, empty, or of an earlier import.
        base_iri: what the addresses of things begin with; ends in "/".
        name: name of the source: small letters, digits, hyphens. Its graph is `<base>graph/<name>`.
        date: the day on which the files were fetched (YYYY-MM-DD), by default that of their newest record. It is the
            "today" by which a project counts as ended.
        max_errors: how many malformed rows and files are borne.
        progress: is told now and then how many bytes of how many have been read, and how many statements were made.
        stdin: what `-` means.
        shown_from: the folder from which files are named in the ledger; None names them as `paths` does.

    Raises:
        UnreachableFileError: one of the paths is not there, or must not be read.
        ArchiveRefusedError: an archive is encrypted, or grows without measure.
        TooManyFaultsError: more is malformed than `max_errors`.
        NoCordisError: nothing in the paths is a table or a record of CORDIS.
        UndatedError: no record says of which day it is, and neither does `date`.
        OutputError: the folder cannot be written, or holds what no import put there.
    """
    with (
        import_folder(out, (QUADS, ROWS, LEDGER, SUMMARY)) as folder,
        (folder / QUADS).open("xb") as quads,
        (folder / ROWS).open("xb") as places,
        (folder / LEDGER).open("xb") as entries,
    ):
        ledger = Ledger(entries, max_errors)
        opening = Opening(paths, ledger, stdin, shown_from)
        lines = _Lines(
            quads,
            RowPlaces(places),
            lambda made: progress(opening.position, opening.size, made) if progress else None,
        )
        context = Context(base_iri, name, ledger, lines.write)
        mapping = Mapping(context)
        rows: dict[tuple[str, str], int] = {}
        for member in opening.members():
            for table, read in tables_of(member, ledger):
                mapping.read(table, member.name, _counted(read, rows, (member.name, table.name), lines))
        if not rows:
            named = PurePath(str(paths[0]) if len(paths) == 1 else ", ".join(map(str, paths)))
            raise NoCordisError(named, _nothing_found(opening))
        day = date or context.newest
        if not day:
            fault = "no record says when it was updated. Give the day of the files with --date YYYY-MM-DD."
            raise UndatedError(PurePath(next(iter(rows))[0]), fault)
        money = mapping.finish(day)
        lines.flush()
        summary = Summary(
            name=name,
            date=day,
            statements=lines.count,
            things=context.things,
            money=money,
            rows=rows,
            ledger=dict(ledger.counts),
        )
        (folder / SUMMARY).write_bytes(summary.as_json())
    return summary


def tables_of(member: Member, ledger: Ledger) -> Iterator[tuple[Table, Rows]]:
    """Yield the tables of a file with their rows, to be read before the next is asked for."""
    if member.form is Form.CSV:
        if found := read_table(member.stream, member.name, ledger):
            yield found
        return
    for table, rows in groupby(read_record(member.stream, member.name, ledger), key=itemgetter(0)):
        yield table, ((line, values) for _, line, values in rows)


def _counted(rows: Rows, counts: dict[tuple[str, str], int], key: tuple[str, str], lines: _Lines) -> Rows:
    """Yield rows, count them, and say of each that what is written from now on is made from it."""
    counts.setdefault(key, 0)
    number = 0
    for row in rows:
        number += 1
        lines.turn_to((key[0], row[0]))
        yield row
    lines.turn_to(NO_ROW)
    counts[key] += number


def _nothing_found(opening: Opening) -> str:
    over = f"; passed over: {', '.join(opening.passed_over[:3])}" if opening.passed_over else ""
    return f"no table of CORDIS was found{over}. Name the CSV or XML files, their folder or their archive."


class _Lines:
    """Writes lines in blocks, counts them, and notes which row they were made from."""

    def __init__(self, sink: BinaryIO, places: RowPlaces, tell: Callable[[int], None]) -> None:
        self._sink, self._places, self._tell = sink, places, tell
        self._block: list[str] = []
        self._rows: list[tuple[int, Row]] = [(0, NO_ROW)]  # from which place of the block on it is which row
        self._size = self._written = self.count = 0

    def turn_to(self, row: Row) -> None:
        """Say that lines from now on are made from another row."""
        if self._rows[-1][0] == len(self._block):
            self._rows.pop()
        self._rows.append((len(self._block), row))

    def write(self, lines: str) -> None:
        """Add one or more lines, each with its line feed."""
        self._block.append(lines)
        self._size += len(lines)
        if self._size > _BLOCK:
            self.flush()

    def flush(self) -> None:
        """Write what has gathered."""
        text = "".join(self._block)
        data = text.encode()
        size = len if len(data) == len(text) else _size  # of lines in bytes
        ends = [begin for begin, _ in self._rows[1:]]
        for (begin, row), end in zip(self._rows, [*ends, len(self._block)], strict=True):
            if length := sum(map(size, self._block[begin:end])):
                self._places.add(self._written, row)
                self._written += length
        self._sink.write(data)
        self.count += data.count(b"\n")
        self._rows = [(0, self._rows[-1][1])]
        self._block.clear()
        self._size = 0
        self._tell(self.count)


def _size(text: str) -> int:
    return len(text.encode())

"""The tables of Horizon Europe for the benchmark of the import: unpacked, and smaller sets of whole projects."""

from __future__ import annotations

import csv
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ARCHIVE = "horizon-tables.tar.xz"
TWO = ("project.csv", "organization.csv")

csv.field_size_limit(1 << 24)  # some objectives are longer than the default


def unpack(archive: Path, folder: Path) -> Path:
    """Unpack the tables, and return the folder in which they lie."""
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return next(folder.rglob(TWO[0])).parent


def some_projects(tables: Path, folder: Path, share: int, names: Sequence[str] = ()) -> Path:
    """Write one in so many projects, evenly spread, with their rows in the other tables, and return the folder.

    Args:
        tables: where all rows are.
        folder: where to; it must not be there.
        share: one in so many projects is written, the first among them.
        names: the tables to write; none for all.
    """
    folder.mkdir()
    with (tables / TWO[0]).open(encoding="utf-8", newline="") as file:
        numbers = [row["id"] for row in csv.DictReader(file, delimiter=";")]
    kept = set(numbers[::share])
    for path in sorted(tables.glob("*.csv")):
        if not names or path.name in names:
            with (
                path.open(encoding="utf-8", newline="") as old,
                (folder / path.name).open("w", encoding="utf-8") as new,
            ):
                csv.writer(new, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
                    _of(old, kept, path)
                )
    return folder


def _of(file: Iterator[str], kept: set[str], path: Path) -> Iterator[list[str]]:
    """Yield the header and the rows of these projects; all rows of a table that does not tell of projects."""
    rows = csv.reader(file, delimiter=";")
    header = next(rows)
    yield header
    column = "projectID" if path.name != TWO[0] else "id"
    at = header.index(column) if column in header else None
    yield from (row for row in rows if at is None or row[at] in kept)

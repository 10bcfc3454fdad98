"""What files of N-Quads say of each subject, found by an index on disk: only what was asked for is in memory.

Each file holds statements of one graph, in the canonical form. The index says where runs of lines about a subject lie.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO

_TABLE = "CREATE TABLE runs (subject TEXT, file INTEGER, start INTEGER, size INTEGER)"
_BY_SUBJECT = "CREATE INDEX by_subject ON runs (subject, file, start, size)"
_Run = tuple[str, int, int, int]


def make_index(index: Path, files: Sequence[Path]) -> None:
    """Write the index of files, which hold a statement a line.

    Raises:
        OSError: a file cannot be read, or the index cannot be written.
    """
    rows = sqlite3.connect(index)
    try:
        rows.execute("PRAGMA journal_mode = OFF")
        rows.execute("PRAGMA synchronous = OFF")
        rows.execute(_TABLE)
        for number, file in enumerate(files):
            with file.open("rb") as lines:
                rows.executemany("INSERT INTO runs VALUES (?, ?, ?, ?)", _runs(lines, number))
        rows.execute(_BY_SUBJECT)
        rows.commit()
    except sqlite3.Error as error:
        raise OSError(f"the index cannot be written: {error}") from error
    finally:
        rows.close()


def _runs(lines: IO[bytes], number: int) -> Iterator[_Run]:
    """Yield a row for each run of lines with one subject."""
    subject, begin, start, position = b"", b"\n", 0, 0
    for line in lines:
        if not line.startswith(begin):
            if subject:
                yield subject.decode(), number, start, position - start
            end = line.index(b"> ") + 1 if line[:1] == b"<" else line.index(b" ")
            subject, begin, start = line[:end], line[: end + 1], position
        position += len(line)
    if subject:
        yield subject.decode(), number, start, position - start


class Subjects:
    """The statements of indexed files by subject, as `publish` takes them. Open until it is forgotten."""

    def __init__(self, index: Path, files: Sequence[tuple[Path, str]]) -> None:
        """Open the files.

        Args:
            index: what `make_index` wrote.
            files: each with the graph of all its statements, as N-Triples text, in the order of `make_index`.
        """
        self._rows = sqlite3.connect(f"{index.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        self._files = [(path.open("rb"), graph, len(graph) + len("  .")) for path, graph in files]

    def __iter__(self) -> Iterator[str]:
        """Yield all subjects, sorted."""
        for (subject,) in self._rows.execute("SELECT DISTINCT subject FROM runs ORDER BY subject"):
            yield subject

    def __contains__(self, subject: object) -> bool:
        return self._rows.execute("SELECT 1 FROM runs WHERE subject = ? LIMIT 1", (subject,)).fetchone() is not None

    def items(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield each subject, sorted, with what `about` returns of it."""
        rows = self._rows.execute("SELECT * FROM runs INDEXED BY by_subject ORDER BY subject, file, start")
        for subject, runs in groupby(rows, itemgetter(0)):
            yield subject, self._texts(runs)

    def about(self, subject: str) -> Mapping[str, str]:
        """Return what is said of a subject: graph -> statements, a line each of predicate and object."""
        query = "SELECT * FROM runs WHERE subject = ? ORDER BY file, start"
        return self._texts(iter(self._rows.execute(query, (subject,))))

    def _texts(self, runs: Iterator[_Run]) -> Mapping[str, str]:
        found: dict[str, dict[str, None]] = {}
        for subject, number, start, size in runs:
            file, graph, ending = self._files[number]
            file.seek(start)
            begin = len(subject) + 1
            lines = file.read(size).decode().split("\n")
            found.setdefault(graph, {}).update((line[begin:-ending], None) for line in lines if line)
        return {graph: "\n".join(lines) for graph, lines in found.items()}

"""The files of a release, as the memory of it knows them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from eugraph.publish.staging import Kept

FILES = """
CREATE TABLE files (path TEXT PRIMARY KEY, document TEXT, size INTEGER, sha256 TEXT, modified INTEGER) WITHOUT ROWID;
CREATE INDEX by_document ON files (document);
"""
_COLUMNS = "path, size, sha256, modified"


class KeptFiles(Mapping[str, Kept]):
    """The files of a release, by path. What is asked for is looked up: there may be hundreds of thousands."""

    def __init__(self, rows: sqlite3.Connection) -> None:
        self._rows = rows

    def __getitem__(self, path: str) -> Kept:
        row = self._rows.execute(f"SELECT {_COLUMNS} FROM files WHERE path = ?", (path,)).fetchone()  # noqa: S608
        if row is None:
            raise KeyError(path)
        return Kept._make(row)

    def __iter__(self) -> Iterator[str]:
        """Yield all paths, sorted."""
        for (path,) in self._rows.execute("SELECT path FROM files ORDER BY path"):
            yield path

    def __len__(self) -> int:
        (number,) = self._rows.execute("SELECT COUNT(*) FROM files").fetchone()
        return int(number)

    def of(self, document: str) -> list[Kept]:
        """Return the files of a document, given by its path."""
        rows = self._rows.execute(f"SELECT {_COLUMNS} FROM files WHERE document = ?", (document,))  # noqa: S608
        return [*map(Kept._make, rows)]

    def pages(self) -> list[str]:
        """Return the paths of all that is HTML, sorted."""
        rows = self._rows.execute("SELECT path FROM files WHERE path GLOB '*.html' ORDER BY path")
        return [path for (path,) in rows]

    def others(self) -> set[str]:
        """Return the paths of files that belong to no document."""
        return {path for (path,) in self._rows.execute("SELECT path FROM files WHERE document = ''")}

    def add(self, files: Iterable[Kept], document: str = "") -> None:
        """Remember files, in place of those with the same paths."""
        rows = ((file.path, document, file.size, file.sha256, file.modified) for file in files)
        self._rows.executemany("REPLACE INTO files VALUES (?, ?, ?, ?, ?)", rows)

    def forget(self, paths: Iterable[str]) -> None:
        """Forget files."""
        self._rows.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in paths))

    def forget_document(self, document: str) -> None:
        """Forget the files of a document."""
        self._rows.execute("DELETE FROM files WHERE document = ?", (document,))

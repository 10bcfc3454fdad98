"""Answers that are kept: a report is asked again only where the statements that changed can bear on it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import orjson
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from eugraph.reports.bearing import Bearing, Columns
from eugraph.store import EmbeddedStore

_MOST = 2000  # statements that changed: beyond them everything is asked again
_TABLES = """
CREATE TABLE IF NOT EXISTS asked (key TEXT, lines TEXT);
CREATE TABLE IF NOT EXISTS answers (name TEXT PRIMARY KEY, query TEXT, csv TEXT, json TEXT, more TEXT);
"""

_Answer = tuple[str, str, str, str]  # prepared query, CSV, JSON, remark


class KeptAnswers:
    """The answers of the last time, and what has changed since then."""

    def __init__(self, path: Path, key: str, quads: Iterable[Quad], store: EmbeddedStore) -> None:
        """Compare with the last time.

        Args:
            path: the file that answers are kept in.
            key: stands for all that reports are asked of beside `quads`.
            quads: what may change between two times; a statement in another graph has changed, too.
            store: everything, as it is now.
        """
        self._path, self._key = path, key
        self._now = "".join(sorted({f"{quad} .\n" for quad in quads}))
        self._before = ""
        self._old: dict[str, _Answer] = {}
        self._bearing, self._is_near = Bearing((), (), store), False
        found = _read(path, key)
        if found is not None:
            self._before, self._old = found
            before, now = _lines(self._before), _lines(self._now)
            removed = _statements(before - now)
            changed = [*removed, *_statements(now - before)]
            self._bearing = Bearing(changed, removed, store)
            self._is_near = len(changed) <= _MOST

    def of(self, name: str, query: str) -> tuple[str, str, str] | None:
        """Return what was kept of a report: CSV, JSON, and a remark; None where it is to be asked again.

        Args:
            name: of the report.
            query: prepared.
        """
        known = self._old.get(name) if self._is_near else None
        if known is None or known[0] != query or self._bearing.on(query, lambda: _columns(known[2])):
            return None
        return known[1:]

    def save(self, answers: Mapping[str, _Answer]) -> None:
        """Keep answers: name -> prepared query, and what is kept. Those that are kept already are not written again."""
        new = [(name, *answer) for name, answer in answers.items() if self._old.get(name) != answer]
        gone = [(name,) for name in self._old.keys() - answers.keys()]
        with contextlib.suppress(OSError, sqlite3.Error):  # they are asked again the next time
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.closing(sqlite3.connect(self._path)) as rows, rows:
                rows.executescript(f"BEGIN IMMEDIATE; {_TABLES}")
                if rows.execute("SELECT * FROM asked").fetchall() != [(self._key, self._before)]:  # another build
                    new, gone = [(name, *answer) for name, answer in answers.items()], []
                    rows.execute("DELETE FROM answers")
                rows.executemany("DELETE FROM answers WHERE name = ?", gone)
                rows.executemany("REPLACE INTO answers VALUES (?, ?, ?, ?, ?)", new)
                rows.execute("DELETE FROM asked")
                rows.execute("INSERT INTO asked VALUES (?, ?)", (self._key, self._now))


def _lines(text: str) -> set[str]:
    return {f"{line}\n" for line in text.split("\n") if line}


def _read(path: Path, key: str) -> tuple[str, dict[str, _Answer]] | None:
    """Return the statements that were asked, and the answers; None where there is nothing for this key."""
    if not path.is_file():
        return None
    try:
        with contextlib.closing(sqlite3.connect(path)) as rows:
            asked = rows.execute("SELECT lines FROM asked WHERE key = ?", (key,)).fetchone()
            if asked is None:
                return None
            answers = rows.execute("SELECT * FROM answers").fetchall()
            return asked[0], {name: (query, csv, json, more) for name, query, csv, json, more in answers}
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)  # damaged, or none of ours
        return None


def _columns(answer: str) -> Columns:
    """Return the IRIs in each column of an answer, which is JSON."""
    found = orjson.loads(answer)
    columns: dict[str, set[NamedNode]] = {name: set() for name in found["head"]["vars"]}
    for row in found["results"]["bindings"]:
        for name, cell in row.items():
            if cell["type"] == "uri":
                columns[name].add(NamedNode(cell["value"]))
    return {name: frozenset(terms) for name, terms in columns.items()}


def _statements(lines: Collection[str]) -> list[Triple]:
    return [quad.triple for quad in parse("".join(sorted(lines)), format=RdfFormat.N_QUADS, lenient=True)]

"""An index in SQLite: exact keys in a table of their own, words in FTS5; made once, asked often.

What is found is in an order that depends on the entries alone. First come those that the question means exactly, then
those whose names begin so, then those with all its words, then those with words that begin so, at last those that have
it among their topics; of equals those that take part in most, then by name.

Spec: <https://www.sqlite.org/fts5.html>.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from eugraph.errors import did_you_mean
from eugraph.rdf.replacing import replacing
from eugraph.reports.search.entries import CONCEPT, TERM, Entry
from eugraph.reports.search.words import LONGEST, MOST_WORDS, american, identifier_keys, name_keys, spellings, words_of

_EXACT, _NEAR = 0, 1  # ranks of keys: what the thing is called, and what else may mean it
_LAST = "\U0010ffff"
_MOST_COMPARED = 5000  # words among which a similar one is looked for
_LATER = ("result", "source", TERM, CONCEPT)  # kinds that come after all others, of equals, in this order

_TABLES = """
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT, kind TEXT, label TEXT, full TEXT, other TEXT, place INTEGER);
CREATE INDEX thing_iri ON thing (iri);
CREATE TABLE key (text TEXT, thing INTEGER, rank INTEGER, PRIMARY KEY (text, thing)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(names, topics, content='', tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE word USING fts5vocab(words, 'row');
"""
_TIERS = """
WITH hit (thing, tier) AS (
  SELECT thing, rank FROM key WHERE text IN (SELECT value FROM json_each(:exact))
  UNION ALL SELECT thing, 2 + rank FROM key WHERE text >= :begun AND text < :begun_end
  UNION ALL SELECT rowid, 4 FROM words WHERE words MATCH :whole
  UNION ALL SELECT rowid, 5 FROM words WHERE words MATCH :parts
  UNION ALL SELECT rowid, 6 FROM words WHERE words MATCH :anywhere
), best (thing, tier) AS (SELECT thing, MIN(tier) FROM hit GROUP BY thing)
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    iri: str
    kind: str
    label: str
    full: str  # official title or legal name, "" where that is the label
    matched: str  # the other name or the identifier by which it was found, "" where the label tells


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: a part of all hits, how many there are in all, of each kind, and what else may be meant."""

    hits: Sequence[Hit]
    total: int
    kinds: Sequence[tuple[str, int]]  # of all kinds, also where one of them is asked for
    instead: str  # a similar question that finds something, where this one finds nothing


class SearchIndex:
    """An index that is there. It may be asked by several threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection, self._lock = connection, Lock()

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> SearchIndex:
        """Make an index in memory."""
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        _fill(connection, entries)
        return cls(connection)

    def save(self, path: Path) -> None:
        """Write the index into a file, which is there as a whole or not at all.

        Raises:
            OutputError: the system does not let us write.
        """
        with replacing(path) as file:
            file.write(self._connection.serialize())

    @classmethod
    def open(cls, path: Path) -> SearchIndex:
        """Open the file of an index for reading."""
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        return cls(sqlite3.connect(address, uri=True, check_same_thread=False))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def find(self, question: str, *, kind: str = "", limit: int = 20, offset: int = 0) -> Found:
        """Return what a question finds.

        Args:
            question: words, or an identifier; only its first 200 characters and ten words are looked at.
            kind: the one kind that is wanted, "" for all.
            limit: how many hits are given at most.
            offset: how many of the first are left out.
        """
        words = words_of(question[:LONGEST])[:MOST_WORDS]
        if not words:
            return Found((), 0, (), "")
        with self._lock:
            asked = _asked(question[:LONGEST], words)
            kinds = self._connection.execute(
                f"{_TIERS} SELECT kind, COUNT(*) FROM best JOIN thing ON id = thing GROUP BY kind ORDER BY kind",  # noqa: S608
                asked,
            ).fetchall()
            total = sum(count for name, count in kinds if kind in ("", name))
            rows = self._connection.execute(
                f"{_TIERS} SELECT iri, kind, label, full, other FROM best JOIN thing ON id = thing "  # noqa: S608
                "WHERE :kind IN ('', kind) ORDER BY tier, place LIMIT :limit OFFSET :offset",
                {**asked, "kind": kind, "limit": limit, "offset": offset},
            ).fetchall()
            instead = "" if kinds else self._instead(words)
        hits = [
            Hit(iri, kind, label, full, _matched(label, json.loads(other), words))
            for iri, kind, label, full, other in rows
        ]
        return Found(hits, total, kinds, instead)

    def labels(self, iris: Iterable[str]) -> dict[str, str]:
        """Return the names of those that can be found."""
        with self._lock:
            return dict(
                self._connection.execute(
                    "SELECT iri, label FROM thing WHERE iri IN (SELECT value FROM json_each(?))",
                    (json.dumps(sorted(set(iris))),),
                )
            )

    def _instead(self, words: Sequence[str]) -> str:
        """The question with similar words in place of those that nothing has; "" where there are none."""
        better = []
        for word in words:
            if self._known(word, word + _LAST, 1):
                better.append(word)
                continue
            near = "" if word.isdigit() else did_you_mean(word, self._known(word[0], word[0] + _LAST, _MOST_COMPARED))
            if not near:
                return ""
            better.append(near.partition("'")[2].rpartition("'")[0])
        return " ".join(better)

    def _known(self, first: str, last: str, most: int) -> list[str]:
        query = "SELECT term FROM word WHERE term >= ? AND term < ? LIMIT ?"
        return [word for (word,) in self._connection.execute(query, (first, last, most))]


def _fill(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    connection.executescript(_TABLES)
    ordered = sorted(entries, key=_place)
    connection.execute("BEGIN")
    for place, entry in enumerate(ordered):
        other = [*entry.short, *entry.names, *entry.identifiers, *entry.codes]
        row = (place, entry.iri, entry.kind, entry.label, entry.full, json.dumps(other, ensure_ascii=False), place)
        connection.execute("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        connection.executemany("INSERT OR IGNORE INTO key VALUES (?, ?, ?)", [(k, place, r) for k, r in _keys(entry)])
        names = _spelled((*entry.short, *entry.names), (*entry.identifiers, *entry.codes))
        connection.execute(
            "INSERT INTO words (rowid, names, topics) VALUES (?, ?, ?)", (place, names, _spelled(entry.topics))
        )
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")
    connection.execute("COMMIT")


def _place(entry: Entry) -> tuple[object, ...]:
    later = _LATER.index(entry.kind) + 1 if entry.kind in _LATER else 0
    return later, -entry.weight, " ".join(words_of(entry.label)), entry.label, entry.iri


def _keys(entry: Entry) -> Iterator[tuple[str, int]]:
    """Yield the keys of an entry, the nearer ones first."""
    for name in entry.short:
        yield from ((key, _EXACT) for key in name_keys(name))
    for identifier in entry.identifiers:
        yield from ((key, _EXACT) for key in identifier_keys(identifier))
    slug = entry.iri.rpartition("/")[2].rpartition("#")[2]
    yield from ((key, _NEAR) for name in (*entry.names, slug) for key in name_keys(name))
    yield from ((key, _NEAR) for code in entry.codes for key in identifier_keys(code))


def _spelled(texts: Iterable[str], identifiers: Iterable[str] = ()) -> str:
    words = dict.fromkeys(spelling for text in texts for word in words_of(text) for spelling in spellings(word))
    words |= dict.fromkeys(key for text in identifiers for key in identifier_keys(text))
    return " ".join(words)


def _asked(question: str, words: Sequence[str]) -> dict[str, object]:
    """The parameters of `_TIERS`."""
    whole = " ".join(words)
    exact = {whole, "".join(words), american(whole), *identifier_keys(question)[:1]}
    begun = whole if len(whole) > 1 else _LAST  # a single letter begins nothing: see `_all_of`
    return {
        "exact": json.dumps(sorted(exact)),
        "begun": begun,
        "begun_end": begun + _LAST,
        "whole": f"names : ({_all_of(words, '')})",
        "parts": f"names : ({_all_of(words, '*')})",
        "anywhere": _all_of(words, "*"),
    }


def _all_of(words: Sequence[str], end: str) -> str:
    """A question to FTS5: each word, in one of its spellings. Words hold letters and digits alone.

    A single letter does not begin a word: half of all things have one.
    """
    one_of = (
        " OR ".join(f'"{spelling}"{end if len(word) > 1 else ""}' for spelling in spellings(word)) for word in words
    )
    return " AND ".join(f"({each})" for each in one_of)


def _matched(label: str, other: Sequence[str], words: Sequence[str]) -> str:
    """Return the first other name or identifier that has the words, where the label has not."""

    def has(text: str) -> bool:
        known = [s for w in (*words_of(text), *identifier_keys(text)) for s in spellings(w)]
        return all(any(k.startswith(s) for k in known for s in spellings(word)) for word in words)

    if has(label):
        return ""
    return next((text for text in other if has(text) or "".join(words) in identifier_keys(text)), "")

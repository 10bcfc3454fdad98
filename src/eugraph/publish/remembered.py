"""What the old release was made from, document by document: what cannot have changed is not made again.

A key stands for all that the files of a document depend on: its statements, the cards of its neighbours, the settings
and vocabulary of the release, and the program. The keys lie in a file outside of the release, with what pages that sum
up tell of each document. Without it, or where it does not fit, everything is made anew: the release is the same.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import orjson
from pyoxigraph import Triple

from eugraph.publish.composing import Made, Settings
from eugraph.publish.documents import Document
from eugraph.publish.kept_files import FILES, KeptFiles
from eugraph.publish.pages.cards import Card, Own
from eugraph.publish.pages.summary import Entry, Told

_FORMAT = 7
_PARTS = ("publish", "rdf", "vocab.py", "derive/__init__.py")  # of the package, that documents are made by
_LIBRARIES = ("jinja2", "markupsafe", "orjson", "pyoxigraph")
_RELEASES = 8  # folders of releases that are remembered: those written last
_SIZE = 16  # bytes of a digest
_MOST_KEPT = 30_000  # digests of cards
_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE documents (path TEXT PRIMARY KEY, kind TEXT, key TEXT, hash TEXT, told TEXT, modified TEXT,
name TEXT, iri TEXT, entry TEXT) WITHOUT ROWID;
CREATE INDEX by_kind ON documents (kind, path, hash, modified, entry);
CREATE INDEX by_name ON documents (kind, name, iri, path, entry);
CREATE TABLE said (subject TEXT, graph TEXT, text TEXT, PRIMARY KEY (subject, graph)) WITHOUT ROWID;
"""  # and those of `KeptFiles`


class Keys:
    """Makes keys for one release."""

    def __init__(self, settings: Settings, vocabulary: Iterable[Triple]) -> None:
        about = settings.known.about
        said = [repr(about), settings.base_iri, repr(settings.moved)]
        said += sorted({str(triple) for triple in vocabulary})
        self._start = _digest(*(text.encode() for text in said), program().encode())
        self._cards: dict[str, str] = {}

    def key(self, document: Document, own: Own, cards: Mapping[str, Card], profile: bytes | None) -> str:
        """Return the key of a document; for the arguments, see `Job` and `Batch`."""
        things = [thing.value for thing in document.things]
        near = [self._card(iri, card) for iri, card in cards.items()]
        said = _dump([document.path, things, document.texts, own, near])
        return _digest(self._start, said, profile or b"").hex()

    def _card(self, iri: str, card: Card) -> str:
        found = self._cards.get(iri)
        if found is None:
            if len(self._cards) >= _MOST_KEPT:
                self._cards.clear()
            found = self._cards[iri] = _digest(_dump([iri, card])).hex()
        return found


def _dump(said: object) -> bytes:
    """Return lists, texts and named tuples as a text that no other ones have."""
    return orjson.dumps(said, default=tuple)


@cache
def program() -> str:
    """Return what stands for the program that makes documents, with the libraries that it takes."""
    libraries = (f"{name} {version(name)}".encode() for name in _LIBRARIES)
    return _digest(*libraries, *(data for part in _PARTS for data in _contents(files("eugraph").joinpath(part)))).hex()


def _digest(*parts: bytes) -> bytes:
    """Return a hash of several texts that no other ones have."""
    digest = hashlib.blake2b(digest_size=_SIZE)
    for part in parts:
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)
    return digest.digest()


def _contents(item: Traversable) -> Iterable[bytes]:
    """Yield names and bytes of a file, or of all files below a folder, in order."""
    if item.is_dir():
        for inner in sorted(item.iterdir(), key=lambda inner: inner.name):
            if inner.name != "__pycache__":
                yield from _contents(inner)
    else:
        yield item.name.encode()
        yield item.read_bytes()


class Memory:
    """The file that remembers a release."""

    def __init__(self, rows: sqlite3.Connection) -> None:
        self._rows = rows
        self.files = KeptFiles(rows)

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - each fact has a type of its own
        """Return a fact; None where there is none of that name."""
        found = self._rows.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return orjson.loads(found[0]) if found else None

    def __setitem__(self, name: str, fact: object) -> None:
        self._rows.execute("REPLACE INTO facts VALUES (?, ?)", (name, orjson.dumps(fact).decode()))

    def made(self, path: str) -> Made | None:
        """Return what was made of a document."""
        found = self._rows.execute("SELECT * FROM documents WHERE path = ?", (path,)).fetchone()
        if found is None:
            return None
        _, _, key, graph_hash, text, modified, *entry = found
        return Made(path, key, graph_hash, self.files.of(path), text, modified, Entry(*entry))

    def add(self, made: Iterable[Made]) -> None:
        """Remember documents, in place of what was known of them."""
        for each in made:
            self.forget(each.path)
            kind = each.path.partition("/")[0]
            row = (each.path, kind, each.key, each.graph_hash, each.text, each.modified, *each.entry)
            self._rows.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            self.files.add(each.files, each.path)

    def forget(self, path: str) -> None:
        """Forget a document and its files."""
        self._rows.execute("DELETE FROM documents WHERE path = ?", (path,))
        self.files.forget_document(path)

    def hashes(self) -> dict[str, str]:
        """Return the hash of each document's graph."""
        return dict(self._rows.execute("SELECT path, hash FROM documents").fetchall())

    def counts(self) -> dict[str, int]:
        """Return the number of documents of each kind."""
        return dict(self._rows.execute("SELECT kind, COUNT(*) FROM documents GROUP BY kind ORDER BY kind").fetchall())

    def days(self) -> dict[str, str]:
        """Return the last day on which each description was changed, as far as they say it."""
        return dict(self._rows.execute("SELECT path, modified FROM documents WHERE modified != ''").fetchall())

    def first(self) -> list[tuple[str, str]]:
        """Return path and address of the thing of each kind whose path begins the alphabet."""
        query = """SELECT path, told FROM documents
            WHERE path IN (SELECT MIN(path) FROM documents GROUP BY kind) ORDER BY kind"""
        return [(path, Told.loads(text).iri) for path, text in self._rows.execute(query)]

    def by_name(self, kind: str) -> dict[str, str]:
        """Return the documents of a kind in the order of lists: path -> digest of its entry."""
        return dict(self._rows.execute("SELECT path, entry FROM documents WHERE kind = ? ORDER BY name, iri", (kind,)))

    def by_path(self, kind: str) -> dict[str, str]:
        """Return the documents of a kind in the order of their paths: path -> digest of its entry."""
        return dict(self._rows.execute("SELECT path, entry FROM documents WHERE kind = ? ORDER BY path", (kind,)))

    def told(self, paths: Iterable[str]) -> list[Told]:
        """Return what is told of some documents."""
        query = "SELECT told FROM documents WHERE path = ?"
        return [Told.loads(text) for path in paths for (text,) in self._rows.execute(query, (path,))]

    def said(self) -> dict[str, dict[str, str]]:
        """Return the statements that are not imported: subject -> graph -> text."""
        found: dict[str, dict[str, str]] = {}
        for subject, graph, text in self._rows.execute("SELECT * FROM said"):
            found.setdefault(subject, {})[graph] = text
        return found

    def say(self, statements: Iterable[tuple[str, Mapping[str, str]]]) -> None:
        """Remember statements, in place of all that are known."""
        self._rows.execute("DELETE FROM said")
        rows = ((subject, graph, text) for subject, texts in statements for graph, text in texts.items())
        self._rows.executemany("INSERT INTO said VALUES (?, ?, ?)", rows)

    def save(self) -> None:
        """Let what was remembered last."""
        self._rows.commit()

    def copy(self, rows: sqlite3.Connection) -> None:
        """Write all to another database."""
        self.save()
        rows.execute("PRAGMA synchronous = OFF")
        self._rows.backup(rows)


@contextlib.contextmanager
def recalled(path: Path | None) -> Iterator[Memory | None]:
    """Give what was remembered of a release; None where there is nothing that can be read."""
    if path is None or not path.is_file():
        yield None
        return
    with contextlib.closing(sqlite3.connect(path)) as rows:
        memory = Memory(rows)
        try:
            known = memory["format"] == _FORMAT
        except (sqlite3.Error, ValueError):
            known = False
        yield memory if known else None


@contextlib.contextmanager
def noting() -> Iterator[Memory]:
    """Give an empty memory, in a file that is no more when the block ends."""
    with contextlib.closing(sqlite3.connect("")) as rows:
        rows.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES} {FILES}")
        memory = Memory(rows)
        memory["format"] = _FORMAT
        yield memory


def keep(memory: Memory, path: Path) -> None:
    """Let a file remember what a memory holds, in place of what it remembered before.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}")
    new.unlink(missing_ok=True)
    try:
        with contextlib.closing(sqlite3.connect(new)) as rows:
            memory.copy(rows)
        new.replace(path)
    except sqlite3.Error as error:
        raise OSError(f"what a release was made from cannot be remembered: {error}") from error
    finally:
        new.unlink(missing_ok=True)
    by_age: Sequence[Path] = sorted(path.parent.glob("*.db"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in by_age[_RELEASES:]:
        file.unlink()

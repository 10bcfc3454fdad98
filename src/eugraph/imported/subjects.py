"""What files of N-Quads say of each subject: one sorted file, of which only what was asked for is in memory.

The file holds a block for each subject, in code point order of their IRIs. A block is the subject, then for each graph
its number and the statements in it, each once and in order, a line each of predicate and object; an empty line ends it:

    <https://example.org/id/a>
    0
    <https://example.org/name> "A"
    1
    <https://example.org/size> "1"

Beside it lies a list of every few subjects and of where their blocks begin, by which any other one is found.
"""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO

import orjson

_BLOCKS, _PLACES, _RUNS = "subjects.txt", "subjects.json", "runs.db"
_APART = 8 << 10  # bytes between two subjects that are listed
_AT_ONCE = 1 << 20  # bytes that are read at once by who reads all
_GRAPH = re.compile(r"\n(\d+)\n")
_Run = tuple[bytes, int, int, int]  # subject without ">", number of the file, where in it, bytes


def make_subjects(folder: Path, files: Sequence[tuple[Path, str]]) -> None:
    """Write what files say of each subject.

    Args:
        folder: where to.
        files: each with the graph of all its statements, as N-Triples text; a statement a line, in the canonical form.

    Raises:
        OSError: a file cannot be read, or the folder cannot be written.
    """
    graphs = list(dict.fromkeys(graph for _, graph in files))
    endings = [(graphs.index(graph), f" {graph} .\n".encode()) for _, graph in files]
    listed: list[tuple[str, int]] = []
    start, least = 0, 0
    with ExitStack() as stack:
        opened = [stack.enter_context(path.open("rb", buffering=0)) for path, _ in files]
        blocks = stack.enter_context((folder / _BLOCKS).open("wb"))
        for subject, runs in groupby(_sorted_runs(folder / _RUNS, [path for path, _ in files]), itemgetter(0)):
            if start >= least:
                listed.append((subject.decode(), start))
                least = start + _APART
            start += blocks.write(_block(subject, runs, opened, endings))
    (folder / _RUNS).unlink()
    iris, starts = zip(*listed, strict=True) if listed else ((), ())
    (folder / _PLACES).write_bytes(orjson.dumps({"graphs": graphs, "iris": iris, "starts": [*starts, start]}))


def _sorted_runs(database: Path, files: Iterable[Path]) -> Iterator[_Run]:
    """Yield where runs of lines about a subject lie, sorted by subject: on disk, as there may be many."""
    try:
        with closing(sqlite3.connect(database)) as rows:
            rows.execute("PRAGMA journal_mode = OFF")
            rows.execute("PRAGMA synchronous = OFF")
            rows.execute("CREATE TABLE runs (subject BLOB, file INTEGER, start INTEGER, size INTEGER)")
            for number, file in enumerate(files):
                with file.open("rb") as lines:
                    rows.executemany("INSERT INTO runs VALUES (?, ?, ?, ?)", _runs(lines, number))
            yield from rows.execute("SELECT * FROM runs ORDER BY subject, file, start")
    except sqlite3.Error as error:
        raise OSError(f"the statements cannot be sorted by subject: {error}") from error


def _runs(lines: IO[bytes], number: int) -> Iterator[_Run]:
    """Yield each run of lines with one subject."""
    subject, begin, start, position = b"", b"\n", 0, 0
    for line in lines:
        if not line.startswith(begin):
            if subject:
                yield subject, number, start, position - start
            end = line.index(b"> " if line[:1] == b"<" else b" ")
            subject, begin, start = line[:end], line[: line.index(b" ", end) + 1], position
        position += len(line)
    if subject:
        yield subject, number, start, position - start


def _block(
    subject: bytes, runs: Iterable[_Run], files: Sequence[IO[bytes]], endings: Sequence[tuple[int, bytes]]
) -> bytes:
    """Return all that is said of a subject, as it stands in the file."""
    begin = subject + (b"> " if subject[:1] == b"<" else b" ")
    found: dict[int, set[bytes]] = {}
    for _, file, start, size in runs:
        graph, ending = endings[file]
        text = _read(files[file], start, size)
        lines = text[len(begin) : -len(ending)].split(ending + begin)
        found.setdefault(graph, set()).update(lines)
    parts = [b"%d\n%b\n" % (graph, b"\n".join(sorted(lines))) for graph, lines in found.items()]
    return b"%b\n%b\n" % (begin[:-1], b"".join(parts))


def _read(file: IO[bytes], start: int, size: int) -> bytes:
    file.seek(start)
    return file.read(size)


def _iri(subject: str) -> str:
    """Return what a subject is sorted by."""
    return subject.removesuffix(">")


class Subjects:
    """The statements by subject, as `publish` takes them. Open until it is forgotten; another process may get it."""

    def __init__(self, folder: Path) -> None:
        """Open what `make_subjects` wrote to a folder."""
        self._folder = folder
        self._file = (folder / _BLOCKS).open("rb", buffering=0)
        self._piece: tuple[int, bytes] = (-1, b"")  # the last that was looked into, with its number

    def __reduce__(self) -> tuple[type[Subjects], tuple[Path]]:
        return Subjects, (self._folder,)

    @cached_property
    def _places(self) -> tuple[list[str], list[str], list[int]]:
        places = orjson.loads((self._folder / _PLACES).read_bytes())
        return places["graphs"], places["iris"], places["starts"]

    def __iter__(self) -> Iterator[str]:
        """Yield all subjects, sorted by their IRIs."""
        return (block.partition("\n")[0] for block in self._blocks())

    def __contains__(self, subject: object) -> bool:
        return isinstance(subject, str) and self._found(subject) is not None

    def items(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield each subject, sorted by their IRIs, with what `about` returns of it."""
        for block in self._blocks():
            subject, texts = self._texts(block)
            yield subject, texts

    def about(self, subject: str) -> Mapping[str, str]:
        """Return what is said of a subject: graph -> statements, a line each of predicate and object, sorted."""
        block = self._found(subject)
        return {} if block is None else self._texts(block)[1]

    def _blocks(self) -> Iterator[str]:
        left, start = b"", 0
        while data := _read(self._file, start, _AT_ONCE):
            start += len(data)
            whole, _, left = (left + data).rpartition(b"\n\n")
            if whole:
                yield from whole.decode().split("\n\n")

    def _found(self, subject: str) -> str | None:
        _, iris, starts = self._places
        number = bisect_right(iris, _iri(subject)) - 1
        if number < 0:
            return None
        if number != self._piece[0]:
            start, end = starts[number : number + 2]
            self._piece = number, b"\n\n" + _read(self._file, start, end - start)
        piece, begin = self._piece[1], f"\n\n{subject}\n".encode()
        found = piece.find(begin)
        return None if found < 0 else piece[found + 2 : piece.index(b"\n\n", found + 2)].decode()

    def _texts(self, block: str) -> tuple[str, Mapping[str, str]]:
        subject, *parts = _GRAPH.split(block)
        graphs = self._places[0]
        return subject, {graphs[int(number)]: text for number, text in zip(parts[::2], parts[1::2], strict=True)}

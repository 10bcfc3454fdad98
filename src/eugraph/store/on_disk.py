"""A store in a folder: filled once by bulk load, never changed; a fuller one is a copy that shares its files.

RocksDB never changes a table file (`.sst`) once that is written. So a copy of a store that nobody has open links its
table files and copies the rest, which takes milliseconds whatever the size, and what is then added to the copy does not
reach the first.

Spec: <https://github.com/facebook/rocksdb/wiki/Checkpoints>.
"""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from eugraph.errors import OutputError
from eugraph.store.embedded import EmbeddedStore

_AT_ONCE = 96 << 20  # bytes of N-Quads that are loaded at once: the engine takes some six times as much memory for them


@contextmanager
def new_store(folder: Path, files: Sequence[Path]) -> Iterator[EmbeddedStore]:
    """Make a store of N-Quads files, and give it for asking and for adding; after the block it is closed.

    Args:
        folder: where to; new, or empty.
        files: what to load, perhaps packed by gzip.

    Raises:
        OutputError: the system does not let us write.
    """
    with _open(folder) as store:
        for file in files:
            with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as lines:
                while part := lines.read(_AT_ONCE):
                    store.bulk_load(part + lines.readline(), format=ox.RdfFormat.N_QUADS, lenient=True)
        yield EmbeddedStore(store=store)


def fuller_store(base: Path, folder: Path, quads: Iterable[ox.Quad]) -> None:
    """Make a store of what the store in `base` holds and more.

    Args:
        base: a store that nobody has open for writing.
        folder: where to; new, or empty.
        quads: what to add.

    Raises:
        OutputError: the system does not let us write.
    """
    shutil.copytree(base, folder, copy_function=_share, dirs_exist_ok=True)
    with _open(folder) as store:
        store.bulk_extend(quads)


def open_store(folder: Path) -> EmbeddedStore:
    """Open a store for reading."""
    return EmbeddedStore(store=ox.Store.read_only(os.fspath(folder)), folder=folder)


@contextmanager
def _open(folder: Path) -> Iterator[ox.Store]:
    try:
        store = ox.Store(os.fspath(folder))
        yield store
        store.flush()
    except OSError as error:
        raise OutputError(folder, f"the store cannot be written: {error}", "Look whether the disk is full.") from error


def _share(source: str, target: str) -> None:
    """Link a table file, copy another one; copy all where the file system knows no links."""
    if source.endswith(".sst"):
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)
    else:
        shutil.copy2(source, target)

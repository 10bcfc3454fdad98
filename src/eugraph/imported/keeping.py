"""Folders that are made beside and renamed: each is there as a whole, and is never changed again."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from eugraph.rdf.replacing import output_error

_IN_USE_S = 600  # so long another process may still read a folder that is no longer right, or write one


@contextmanager
def making(folder: Path) -> Iterator[Path]:
    """Give an empty folder to fill; when the block ends it gets the name `folder`, and if it fails it is removed.

    Where another process made the same folder in the meantime, that one stays.

    Raises:
        OutputError: the system does not let us write.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            yield beside
            if not folder.is_dir():
                beside.rename(folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise output_error(folder, error) from error


def remove_others(kept: Path) -> None:
    """Remove what lies beside a folder and was not touched for minutes: what is out of date, what was broken off."""
    for folder in kept.parent.iterdir():
        if folder.is_dir() and folder != kept and time.time() - folder.stat().st_mtime > _IN_USE_S:
            shutil.rmtree(folder, ignore_errors=True)

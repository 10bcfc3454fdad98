"""Lines sorted and each once, however many there are: in runs on disk, which are merged."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

_RUN = 500_000  # lines that are sorted at once


class SortedLines:
    """Takes lines in any order, and gives them sorted."""

    def __init__(self, folder: Path) -> None:
        """Take a folder for files that have no name and are gone when this is closed."""
        self._folder = folder
        self._run: set[bytes] = set()
        self._files: list[IO[bytes]] = []
        self._open = ExitStack()

    def __enter__(self) -> SortedLines:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def add(self, line: bytes) -> None:
        """Add a line, with its line feed."""
        self._run.add(line)
        if len(self._run) >= _RUN:
            file = self._open.enter_context(TemporaryFile(dir=self._folder))  # noqa: SIM115 - the stack closes it
            file.writelines(sorted(self._run))
            file.seek(0)
            self._files.append(file)
            self._run.clear()

    def lines(self) -> Iterator[bytes]:
        """Yield all lines, sorted, each once."""
        merged = heapq.merge(*self._files, sorted(self._run))
        return (line for line, _ in itertools.groupby(merged))

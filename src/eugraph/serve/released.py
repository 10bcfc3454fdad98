"""The files of a release, as its release.json names them: byte by byte what was released, or not at all.

A file is answered with only where its bytes have the SHA-256 that stands in release.json. So an entity tag is never
wrong, a release that is being replaced is never mixed with its successor, and a symbolic link that somebody put into
the folder leads nowhere.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from eugraph.publish.staging import MANIFEST
from eugraph.serve.errors import ProblemError

_BLOCK = 1 << 20  # bytes
_RETRY_AFTER_S = 5
Mark = tuple[int, int, int]  # what tells a file from another one: inode, size, time of change in nanoseconds


class Released:
    """The files of one release."""

    def __init__(self, folder: Path, files: Mapping[str, Mapping[str, Any]], mark: Mark | None) -> None:
        """Take a release.

        Args:
            folder: where it lies.
            files: what its manifest names, with size and SHA-256 of each.
            mark: what told the manifest from others before it was read.
        """
        self._folder = os.fspath(folder)
        self._files = files
        self._checked: dict[str, Mark] = {}  # large files that were read once
        self.mark = mark

    def __contains__(self, path: str) -> bool:
        return path in self._files

    def is_replaced(self) -> bool:
        """Say whether another release lies in the folder by now, or will in a moment."""
        found = mark_of(self._folder)
        return found is None or found != self.mark

    def size(self, path: str) -> int:
        """Return the bytes that a file has."""
        return int(self._files[path]["size"])

    def sha256(self, path: str) -> str:
        """Return its SHA-256 in hexadecimal digits."""
        return str(self._files[path]["sha256"])

    def read(self, path: str) -> bytes:
        """Return a whole file.

        Raises:
            ProblemError: it is not as it was released.
        """
        try:
            with _opened(f"{self._folder}/{path}") as file:
                data = file.read(self.size(path) + 1)
        except OSError as error:
            raise _changed(path) from error
        if hashlib.sha256(data).hexdigest() != self.sha256(path):
            raise _changed(path)
        return data

    def open(self, path: str) -> BinaryIO:
        """Open a file for reading in parts; it is read through once before that, and again where it was changed.

        Raises:
            ProblemError: it is not as it was released.
        """
        try:
            file = _opened(f"{self._folder}/{path}")
        except OSError as error:
            raise _changed(path) from error
        try:
            mark = _mark(file)
            if self._checked.get(path) != mark:
                digest = hashlib.sha256()
                while block := file.read(_BLOCK):
                    digest.update(block)
                if digest.hexdigest() != self.sha256(path):
                    raise _changed(path)
                self._checked[path] = mark
                file.seek(0)
        except BaseException:
            file.close()
            raise
        return file

    def manifest(self) -> bytes:
        """Return release.json, which names no hash of itself.

        Raises:
            ProblemError: it cannot be read.
        """
        try:
            with _opened(f"{self._folder}/{MANIFEST}") as file:
                return file.read()
        except OSError as error:
            raise _changed(MANIFEST) from error


def _opened(path: str) -> BinaryIO:
    """Open a plain file and nothing else: no link, no pipe that would be waited for."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(f"{path} is no plain file")
    return open(descriptor, "rb", buffering=0)  # noqa: PTH123 - a descriptor


def _mark(file: BinaryIO) -> Mark:
    found = os.fstat(file.fileno())
    return found.st_ino, found.st_size, found.st_mtime_ns


def mark_of(folder: str | Path) -> Mark | None:
    """Return what tells the manifest of a release from that of another; None where there is none for a moment."""
    try:
        with _opened(f"{folder}/{MANIFEST}") as file:
            return _mark(file)
    except OSError:
        return None


CHANGED = "changed-file"


def _changed(path: str) -> ProblemError:
    return ProblemError(
        503,
        CHANGED,
        f"{path} is not as release.json says: a new release is taking its place, or it was changed. "
        f"Ask again in {_RETRY_AFTER_S} s; if it stays so, the release is to be built anew.",
        {"Retry-After": str(_RETRY_AFTER_S)},
    )

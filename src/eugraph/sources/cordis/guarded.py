"""Streams out of archives and packed files: their faults told in our terms, their growth held in bounds."""

from __future__ import annotations

import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from eugraph.errors import ArchiveError, ArchiveRefusedError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_RATIO = 200  # tables of CORDIS pack 3:1 to 30:1; what packs denser is made to fill memory or time
FREE_BYTES = 1 << 20  # before that much has come out, the ratio says nothing

_BROKEN = (EOFError, OSError, lzma.LZMAError, tarfile.ReadError, zipfile.BadZipFile, zlib.error)


class Readable(Protocol):
    """What bytes come from."""

    def read1(self, size: int, /) -> bytes:
        """Return up to `size` bytes, none only at the end."""


class Guarded(io.RawIOBase):
    """Bytes out of one file, layer or member.

    Args:
        source: where they come from.
        name: what they are, as shown to the user.
        packed: how many packed bytes they were made from so far; None where they are not packed.
    """

    def __init__(self, source: Readable, name: str, packed: Callable[[], int] | None = None) -> None:
        self._source, self._name, self._packed = source, name, packed
        self._fault: ArchiveError | None = None  # it is raised when all before it has been read
        self.count = 0  # bytes that have come out
        self.is_broken = False
        self.is_told = False  # that it is broken, or what it is made of: the ledger has it

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill `buffer` as far as there is something.

        Raises:
            ArchiveError: it is damaged, or cut short.
            ArchiveRefusedError: it grows without measure.
        """
        if self._fault is None:
            view, filled = memoryview(buffer), 0
            try:
                while filled < len(view) and (data := self._source.read1(len(view) - filled)):
                    view[filled : filled + len(data)] = data
                    filled += len(data)
            except ArchiveError as error:  # of what this was made from
                self._fault = error
            except _BROKEN as error:
                what = f"it is damaged or cut short: {_words(error)}."
                self._fault = ArchiveError(PurePath(self._name), what)
            self.count += filled
            if self._packed:
                check_ratio(self._name, self.count, self._packed())
            if filled or self._fault is None:
                return filled
        self.is_broken = True
        raise self._fault


def check_ratio(name: str, unpacked: int, packed: int) -> None:
    """Refuse what unpacks to so much more than it was that it must be a trap.

    Raises:
        ArchiveRefusedError: `unpacked` bytes have come out of `packed` ones.
    """
    if unpacked > FREE_BYTES and unpacked > MAX_RATIO * packed:
        what = f"it unpacks to more than {MAX_RATIO} times its size, as no file of CORDIS does"
        raise ArchiveRefusedError(PurePath(name), f"{what}. If you trust it, unpack it yourself and name the folder.")


def _words(error: Exception) -> str:
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return said.rstrip(".") or type(error).__name__

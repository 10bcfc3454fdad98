"""A tar read from front to back; nothing is written anywhere, and no link is followed."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Self, cast

from eugraph.errors import ArchiveError
from eugraph.sources.cordis.guarded import Readable

_BLOCKS = 1 << 18  # bytes that a tar is read by


@dataclass(frozen=True, slots=True)
class TarMember:
    """One member, to be read before the next is asked for; `source` is None for a link, a device and the like."""

    name: str  # in the tar
    source: Readable | None


class _Header(tarfile.TarInfo):
    """A faulty or missing header is an error of the archive; tarfile itself takes it for the end."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        try:
            return super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if len(buf) == tarfile.BLOCKSIZE and not any(buf):  # the mark of the end
                raise
            raise tarfile.ReadError(f"the tar has no sound header where one must stand ({error})") from error


class _Quiet:
    """A stream that ends where it breaks, so that tarfile hands out what stands before."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        try:
            return self._stream.read1(size)
        except ArchiveError:
            return b""


class _Data:
    """The bytes of a member, as far as they are there: tarfile itself hands out all that is asked for, or nothing."""

    def __init__(self, stream: IO[bytes], size: int) -> None:
        """Take the stream of the tar where the member begins."""
        self._stream, self._left = stream, size

    def read1(self, size: int, /) -> bytes:
        data = self._stream.read(min(size, self._left))
        if self._left and not data:
            raise EOFError("the tar ends within this member")
        self._left -= len(data)
        return data


def members(stream: io.BufferedReader) -> Iterator[TarMember]:
    """Yield the members of a tar, in its own order, reading it from front to back.

    Raises:
        tarfile.ReadError: it is damaged or cut short.
    """
    with tarfile.open(fileobj=cast("IO[bytes]", _Quiet(stream)), mode="r|", bufsize=_BLOCKS, tarinfo=_Header) as tar:
        for header in tar:
            if header.isreg() and not header.issparse():
                yield TarMember(header.name, _Data(cast("IO[bytes]", tar.fileobj), header.size))
            elif not header.isdir():
                yield TarMember(header.name, None)
            tar.members.clear()  # type: ignore[attr-defined]  # else it grows with the archive

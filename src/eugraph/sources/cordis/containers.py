"""What stands in zips and tars, one member after the other; nothing is written anywhere, and no link is followed."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Self, cast

from eugraph.errors import ArchiveError
from eugraph.sources.cordis import zip_stream
from eugraph.sources.cordis.guarded import Readable

_BLOCKS = 1 << 18  # bytes that a tar is read by


@dataclass(frozen=True, slots=True)
class Packed:
    """One member, to be read before the next is asked for; `source` is None for a link, a device and the like."""

    name: str  # in the archive
    source: Readable | None
    packed: Callable[[], int] | None = None  # bytes that it was made from so far; None where it is not packed


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


def tar_members(stream: io.BufferedReader) -> Iterator[Packed]:
    """Yield the members of a tar, in its own order, reading it from front to back.

    Raises:
        tarfile.ReadError: it is damaged or cut short.
    """
    with tarfile.open(fileobj=cast("IO[bytes]", _Quiet(stream)), mode="r|", bufsize=_BLOCKS, tarinfo=_Header) as tar:
        for header in tar:
            if header.isreg():
                yield Packed(header.name, cast("io.BufferedReader", tar.extractfile(header)))
            elif not header.isdir():
                yield Packed(header.name, None)
            tar.members.clear()  # type: ignore[attr-defined]  # else it grows with the archive


def zip_members(stream: io.BufferedReader, name: str) -> Iterator[Packed]:
    """Yield the members of a zip, in its own order, reading it from front to back.

    Raises:
        ArchiveError: it is damaged or cut short.
        ArchiveRefusedError: a member is encrypted, or packed in a way that is not read.
    """
    for member in zip_stream.members(stream, name):
        yield Packed(member.name, member, lambda member=member: member.packed)  # type: ignore[misc]


def zip_file_members(archive: zipfile.ZipFile, name: str) -> Iterator[Packed]:
    """Yield the members of a zip that has a directory, sorted by name.

    Raises:
        ArchiveRefusedError: a member is encrypted, or packed in a way that is not read.
    """
    for header in sorted(archive.infolist(), key=lambda header: header.filename):
        if not header.is_dir():
            zip_stream.check_method(f"{name}!{header.filename}", header.flag_bits, header.compress_type)
            with archive.open(header) as source:
                packed = cast("zipfile.ZipExtFile", source)  # as it is for reading
                yield Packed(header.filename, packed, lambda size=header.compress_size: size)  # type: ignore[misc]

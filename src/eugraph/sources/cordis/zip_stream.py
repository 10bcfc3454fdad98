"""A zip: by its directory where it is a file, from front to back in a pipe, an archive, or without a directory.

Spec: APPNOTE.TXT 6.3.10 §4.3, <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePath

from eugraph.errors import ArchiveError, ArchiveRefusedError

_HEADER = struct.Struct("<HHHHHIIIHH")  # what follows the signature of a local file header
_MEMBER, _DESCRIPTOR = b"PK\x03\x04", b"PK\x07\x08"
_DIRECTORY = (b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x08")  # what follows the members
_ENCRYPTED, _SIZES_FOLLOW, _UTF_8 = 1, 1 << 3, 1 << 11
_STORED, _DEFLATED = 0, 8
_DESCRIPTOR_LENGTHS = (16, 12, 24, 20)  # with and without signature, sizes of four and of eight bytes
_CHUNK = 1 << 18


class ZipMember:
    """One member, to be read before the next is asked for."""

    def __init__(self, stream: io.BufferedReader, name: str, size: int | None, crc: int | None) -> None:
        """Take the stream at its first byte; `size` is of one that is stored, None of one that is deflated."""
        self.name = name  # in the zip
        self.packed = 0  # bytes taken from the stream
        self._stream, self._wanted = stream, crc
        self._chunks = self._inflated() if size is None else self._stored(size)
        self._rest = b""
        self._crc = 0

    def read1(self, size: int, /) -> bytes:
        """Return up to `size` bytes, none only at the end.

        Raises:
            EOFError: the zip ends within this member.
            zlib.error: the bytes are damaged; a wrong checksum is told when all have been read.
        """
        data = self._rest or next(self._chunks, b"")
        if not data and self._wanted not in (None, self._crc):
            raise zlib.error("its checksum does not fit")
        self._rest = data[size:]
        return data[:size]

    def skip(self) -> None:
        """Go to the end, whatever the checksum."""
        for _ in self._chunks:
            pass

    def _stored(self, size: int) -> Iterator[bytes]:
        while self.packed < size:
            chunk = self._stream.read(min(size - self.packed, _CHUNK))
            if not chunk:
                raise EOFError("the zip ends within this member")
            self.packed += len(chunk)
            self._crc = zlib.crc32(chunk, self._crc)
            yield chunk

    def _inflated(self) -> Iterator[bytes]:
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
        while not unpacking.eof:
            ahead = self._stream.peek()
            chunk = unpacking.decompress(ahead, _CHUNK)
            used = len(ahead) - len(unpacking.unused_data if unpacking.eof else unpacking.unconsumed_tail)
            self._stream.read(used)
            self.packed += used
            if chunk:
                self._crc = zlib.crc32(chunk, self._crc)
                yield chunk
            elif not ahead:
                raise EOFError("the zip ends within this member")


def listed(file: io.BufferedReader, name: str) -> Iterator[ZipMember]:
    """Yield the members of a zip in a file, sorted by name.

    Raises:
        zipfile.BadZipFile: it has no directory that can be read.
        ArchiveRefusedError: a member is encrypted, or packed in a way that is not read.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            headers = sorted(archive.infolist(), key=lambda header: header.filename)
    except (NotImplementedError, OverflowError, UnicodeDecodeError, struct.error) as error:  # it checks not all itself
        raise zipfile.BadZipFile from error
    size = file.seek(0, io.SEEK_END)
    if not all(0 <= header.header_offset < size for header in headers):
        raise zipfile.BadZipFile
    for header in headers:
        if not header.filename.endswith("/"):
            _check(f"{name}!{header.filename}", header.flag_bits, header.compress_type)
            file.seek(header.header_offset)
            local = _HEADER.unpack(file.read(4 + _HEADER.size)[4:].ljust(_HEADER.size, b"\0"))
            file.seek(sum(local[-2:]), io.SEEK_CUR)  # past the name and what belongs to it
            stored = header.compress_size if header.compress_type == _STORED else None
            yield ZipMember(file, header.filename, stored, header.CRC)


def members(stream: io.BufferedReader, name: str) -> Iterator[ZipMember]:
    """Yield the members of a zip, in its own order; what was not read of one is skipped.

    Args:
        stream: the zip from its beginning.
        name: the zip, as shown to the user.

    Raises:
        ArchiveError: it ends before its directory, or there is no member where one must begin.
        ArchiveRefusedError: a member is encrypted, or packed in a way that cannot be read so.
    """
    while (signature := stream.read(4)) not in _DIRECTORY:
        header = stream.read(_HEADER.size)
        if signature != _MEMBER or len(header) < _HEADER.size:
            raise ArchiveError(PurePath(name), "the zip is damaged or cut short: its directory is missing.")
        _, flags, method, _, _, crc, packed, _, name_length, extra_length = _HEADER.unpack(header)
        raw_name = stream.read(name_length)
        stream.read(extra_length)
        shown = f"{name}!{raw_name.decode('utf-8' if flags & _UTF_8 else 'cp437', 'replace')}"
        _check(shown, flags, method)
        if method == _STORED and flags & _SIZES_FOLLOW:
            what = "its size stands behind it, so it cannot be read from a pipe or another archive"
            raise ArchiveRefusedError(PurePath(shown), f"{what}. Save the zip as a file of its own.")
        size = packed if method == _STORED else None
        member = ZipMember(stream, shown.removeprefix(f"{name}!"), size, None if flags & _SIZES_FOLLOW else crc)
        if not member.name.endswith("/"):
            yield member
        try:
            member.skip()
        except (EOFError, zlib.error) as error:
            raise ArchiveError(PurePath(name), f"the zip is damaged or cut short: {error}.") from error
        if flags & _SIZES_FOLLOW:
            _skip_descriptor(stream)


def _check(shown: str, flags: int, method: int) -> None:
    """Refuse a member that cannot be unpacked.

    Raises:
        ArchiveRefusedError: it is encrypted, or packed by something else than deflate.
    """
    if flags & _ENCRYPTED:
        what = "it is encrypted. Unpack it with its password, and name the folder instead."
        raise ArchiveRefusedError(PurePath(shown), what)
    if method not in (_STORED, _DEFLATED):
        what = f"it is packed by method {method}, and only deflate is read. Unpack it, and name the folder instead."
        raise ArchiveRefusedError(PurePath(shown), what)


def _skip_descriptor(stream: io.BufferedReader) -> None:
    """Skip what stands behind a member whose sizes were not known before: its length shows in what follows."""
    ahead = stream.peek(28)[:28]
    for length in _DESCRIPTOR_LENGTHS:
        signed = ahead.startswith(_DESCRIPTOR)
        if signed == (length in _DESCRIPTOR_LENGTHS[::2]) and ahead[length : length + 2] == b"PK":
            stream.read(length)
            return

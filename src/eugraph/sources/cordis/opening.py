"""Paths to the tables and records in them: files, folders, archives, packed files, standard input.

All is streamed: no member lies in memory as a whole, and none is written to disk. What is in an archive is named
`archive.zip!member.csv`. Folders, and zips that are files, are read by name; tars and pipes in their own order.
"""

from __future__ import annotations

import bz2
import codecs
import enum
import errno
import gzip
import io
import lzma
import os
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from eugraph.errors import ArchiveError, InputError, UnreachableFileError, visible
from eugraph.sources.cordis import tar_stream, zip_stream
from eugraph.sources.cordis.guarded import Guarded, Readable, check_ratio
from eugraph.sources.cordis.ledger import Kind, Ledger, Outcome
from eugraph.sources.cordis.tar_stream import TarMember
from eugraph.sources.cordis.zip_stream import ZipMember

TRUNCATED = Kind(
    "truncated",
    Outcome.DROPPED,
    "The file, or the archive around it, breaks off or is damaged here. What stands before was read.",
    malformed=True,
)
PASSED_OVER = Kind("passed-over", Outcome.DROPPED, "This file is neither CSV nor XML nor an archive of them.")
LINK = Kind("link-in-archive", Outcome.DROPPED, "This is a link or a device, which is not followed.")
TOO_DEEP = Kind(
    "archive-too-deep", Outcome.DROPPED, "It lies under four layers of packing; deeper ones are not opened."
)
EMPTY_FILE = Kind("empty-file", Outcome.NOTED, "The file is empty.")

STDIN = "standard input"


class Form(enum.Enum):
    """What a member is."""

    CSV = "csv"
    XML = "xml"


@dataclass(frozen=True, slots=True)
class Member:
    """A table or a record, to be read before the next is asked for.

    Reading raises ArchiveError where it breaks off, and ArchiveRefusedError where it grows without measure.
    """

    name: str  # as shown to the user
    form: Form
    stream: io.BufferedReader


_BUFFER = 1 << 16
_ENDINGS = {  # of what is opened in a folder or an archive
    *(".csv", ".tsv", ".xml"),
    *(".zip", ".tar", ".gz", ".tgz", ".xz", ".txz", ".bz2", ".tbz2"),
}
_UNPACKERS: dict[bytes, Callable[[io.BufferedReader], Readable]] = {
    b"\x1f\x8b": lambda stream: gzip.GzipFile(fileobj=stream),
    b"\xfd7zXZ\x00": lzma.LZMAFile,
    b"BZh": bz2.BZ2File,
}
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TAR_MARK = slice(257, 262)
_BEFORE_TEXT = codecs.BOM_UTF8 + codecs.BOM_UTF16_LE + b"\0 \t\r\n"  # byte order marks, half a letter, blanks
_MAX_LAYERS = 4  # a table in a zip in a tar.xz has three


class Opening:
    """What the paths lead to.

    Args:
        paths: files and folders; `-` is standard input. What comes twice is read once.
        ledger: where faults are entered, and what is passed over.
        stdin: what `-` means.
        shown_from: the folder from which files are named in the ledger; None names them as `paths` does.

    Raises:
        UnreachableFileError: one of them is not there, or must not be read.
    """

    def __init__(
        self,
        paths: Sequence[str | Path],
        ledger: Ledger,
        stdin: Readable | None = None,
        shown_from: Path | None = None,
    ) -> None:
        self._ledger, self._stdin, self._shown_from = ledger, stdin, shown_from
        self._files: dict[str, Path] = {}  # where it really lies -> as named
        self.passed_over: list[str] = []  # what is neither CSV nor XML, nor an archive
        self.size = 0  # of the files, in bytes
        self._behind = 0  # bytes of the files that are done
        self._current: Guarded | None = None
        for path in paths:
            if str(path) == "-":
                self._files["-"] = Path("-")
            else:
                self._add(Path(path))

    @property
    def position(self) -> int:
        """How many of the `size` bytes have been read."""
        return self._behind + (self._current.count if self._current else 0)

    def members(self) -> Iterator[Member]:
        """Yield what can be read, file by file.

        Raises:
            UnreachableFileError: the system does not let us read a file, or standard input is closed.
            ArchiveRefusedError: an archive is encrypted, or grows without measure.
        """
        for real, path in self._files.items():
            if real == "-":
                if self._stdin is None:
                    raise UnreachableFileError(PurePath(STDIN), "it is closed. Name a file, or send one.")
                yield from self._opened(Guarded(self._stdin, STDIN), STDIN, 0)
                continue
            try:
                file = path.open("rb")
            except OSError as error:
                raise _unreachable(path, error) from error
            with file:
                shown = self._shown(path)
                self._current = Guarded(file, shown)
                yield from self._opened(self._current, shown, 0, path if file.seekable() else None)
            self._behind, self._current = self._behind + path.stat().st_size, None

    def _add(self, path: Path) -> None:
        try:
            if path.is_dir():
                for file in sorted(entry for entry in path.rglob("*") if not entry.is_dir()):
                    if _is_ours(file.relative_to(path)):
                        self._add(file)
                    else:
                        self._pass_over(self._shown(file))
            elif (real := os.path.realpath(path)) not in self._files:
                self.size += path.stat().st_size
                if not os.access(path, os.R_OK):
                    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
                self._files[real] = path
        except OSError as error:
            raise _unreachable(path, error) from error

    def _shown(self, path: Path) -> str:
        if self._shown_from is not None and path.is_relative_to(self._shown_from):
            path = path.relative_to(self._shown_from)
        return visible(path.as_posix())

    def _pass_over(self, name: str, kind: Kind = PASSED_OVER) -> None:
        self.passed_over.append(name)
        self._ledger.add(kind, name, 0)

    def _opened(self, guarded: Guarded, name: str, layers: int, path: Path | None = None) -> Iterator[Member]:
        """Yield what is in a stream; `path` is of a file that can be read in any order."""
        stream: io.BufferedReader = io.BufferedReader(guarded, _BUFFER)
        try:
            head = stream.peek()
            unpack = next((unpack for magic, unpack in _UNPACKERS.items() if head.startswith(magic)), None)
            is_archive = head.startswith(_ZIP) or head[_TAR_MARK] == b"ustar"
            if not head:
                self._ledger.add(EMPTY_FILE, name, 0)
            elif (unpack or is_archive) and layers == _MAX_LAYERS:
                self._pass_over(name, TOO_DEEP)
            elif unpack:
                unpacked = Guarded(unpack(stream), name, lambda: guarded.count)
                yield from self._opened(unpacked, name, layers + 1)
                guarded.is_told |= unpacked.is_told
            elif is_archive:
                yield from self._archive(stream, guarded, name, layers, path)
            else:
                is_xml = head.lstrip(_BEFORE_TEXT).startswith(b"<")
                yield Member(name, Form.XML if is_xml else Form.CSV, stream)
                guarded.is_told = guarded.is_broken  # by whoever read it
        except (ArchiveError, tarfile.ReadError) as error:
            if not guarded.is_told:
                guarded.is_told = True
                self._ledger.add(TRUNCATED, name, 0, note=error.fault if isinstance(error, InputError) else str(error))

    def _archive(
        self, stream: io.BufferedReader, guarded: Guarded, name: str, layers: int, path: Path | None
    ) -> Iterator[Member]:
        size = path.stat().st_size if path else 0
        packed = unpacked = 0
        for member in self._archived(stream, guarded, name, path):
            shown = f"{name}!{visible(member.name)}"
            if not _is_ours(PurePath(member.name)):
                self._pass_over(shown)
                continue
            if isinstance(member, ZipMember):
                inner = Guarded(member, shown, lambda member=member: member.packed)  # type: ignore[misc]
            elif member.source is not None:
                inner = Guarded(member.source, shown)
            else:
                self._pass_over(shown, LINK)
                continue
            yield from self._opened(inner, shown, layers + 1)
            guarded.is_told |= inner.is_told
            unpacked += inner.count
            if path and isinstance(member, ZipMember):  # read beside `guarded`
                packed += member.packed
                guarded.count = min(max(guarded.count, packed), size)
            check_ratio(name, unpacked, size or guarded.count)  # members of a zip may lie upon each other

    def _archived(
        self, stream: io.BufferedReader, guarded: Guarded, name: str, path: Path | None
    ) -> Iterator[ZipMember | TarMember]:
        if not stream.peek().startswith(_ZIP):
            yield from tar_stream.members(stream)
            return
        if path:
            try:
                with path.open("rb", 0) as file:
                    yield from zip_stream.listed(io.BufferedReader(file, _BUFFER), name)
                return
            except zipfile.BadZipFile:
                self._ledger.add(TRUNCATED, name, 0, note="the directory of the zip is damaged or missing")
                guarded.is_told = True
        yield from zip_stream.members(stream, name)


def _is_ours(path: PurePath) -> bool:
    """Tell whether something of this name is opened in a folder or an archive."""
    hidden = any(part.startswith((".", "__MACOSX")) and part.strip(".") for part in path.parts)
    return path.suffix.lower() in _ENDINGS and not hidden


def _unreachable(path: Path, error: OSError) -> UnreachableFileError:
    return UnreachableFileError(path, f"the file cannot be read: {error.strerror}. Check its name and permissions.")

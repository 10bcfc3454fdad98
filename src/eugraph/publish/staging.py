"""A new release beside the old one, then in its place: the old one is whole until the new one is.

Nothing is ever written into the old folder. A file that has not changed is a second name (hard link) of the old one.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import mmap
import os
import secrets
import shutil
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from eugraph.errors import OutputError
from eugraph.rdf.swapping import swap

MANIFEST = "release.json"
_DIGEST_LENGTH = 64  # of SHA-256 in hexadecimal digits
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}  # left by file managers
_NO_LINK = (errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS, errno.EXDEV)
_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EROFS, errno.EACCES, errno.EPERM)


Piece = bytes | mmap.mmap  # of the content of a file


class Kept(NamedTuple):
    """One file of a release, with what tells whether it was changed afterwards."""

    path: str  # below the release
    size: int  # bytes
    sha256: str
    modified: int  # nanoseconds, as the file system says


class Staging:
    """The folder of a release that is being made."""

    def __init__(self, folder: Path, old: Path | None) -> None:
        self.folder, self.old = folder, old
        self._made: set[str] = set()
        self.files: list[Kept] = []

    def write(self, path: str, *pieces: Piece) -> Kept:
        """Add a file; `path` is relative to the release."""
        self._make_folder_of(path)
        modified = None if self.old is None else self._link_if_equal(path, pieces)
        if modified is None:
            modified = write_new(f"{self.folder}/{path}", pieces)
        self.files.append(kept(path, pieces, modified))
        return self.files[-1]

    def keep(self, files: Sequence[Kept]) -> bool:
        """Add files of the old release as they are; False, and nothing is added, where one is not as it was written."""
        for place, file in enumerate(files):
            self._make_folder_of(file.path)
            if not self._link_if_unchanged(file):
                for other in files[:place]:
                    (self.folder / other.path).unlink()
                return False
        self.files += files
        return True

    def _make_folder_of(self, path: str) -> None:
        parent = path.rpartition("/")[0]
        if parent not in self._made:
            (self.folder / parent).mkdir(parents=True, exist_ok=True)
            self._made.add(parent)

    def _link_if_unchanged(self, file: Kept) -> bool:
        old = f"{self.old}/{file.path}"
        try:
            found = os.lstat(old)
            if not stat.S_ISREG(found.st_mode) or (found.st_size, found.st_mtime_ns) != (file.size, file.modified):
                return False
            link(old, f"{self.folder}/{file.path}")
        except OSError:
            return False  # not there or not readable: make it again
        return True

    def _link_if_equal(self, path: str, pieces: Sequence[Piece]) -> int | None:
        old = f"{self.old}/{path}"
        modified = time_if_equal(old, pieces)
        if modified is not None:
            try:
                link(old, f"{self.folder}/{path}")
            except OSError:
                return None  # write it
        return modified


def kept(path: str, pieces: Sequence[Piece], modified: int) -> Kept:
    """Return what is to be known of a file with some bytes."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return Kept(path, sum(map(len, pieces)), digest.hexdigest(), modified)


def time_if_equal(old: str, pieces: Sequence[Piece]) -> int | None:
    """Return when a file was written if it holds some bytes; None where it does not, or cannot be read."""
    try:
        found = os.lstat(old)
        if not stat.S_ISREG(found.st_mode) or found.st_size != sum(map(len, pieces)):
            return None
        with open(old, "rb", buffering=0) as file:  # noqa: PTH123 - half the time of Path.open
            return found.st_mtime_ns if all(file.read(len(piece)) == piece[:] for piece in pieces) else None
    except OSError:
        return None


def write_new(path: str, pieces: Sequence[Piece]) -> int:
    """Write a file that is not there, and return when it was: never into one that has a name in the old release."""
    try:
        with open(path, "xb", buffering=0) as file:  # noqa: PTH123 - half the time of Path.open
            for piece in pieces:
                left = memoryview(piece)
                while left:  # a disk that gets full takes a part first, and refuses the rest
                    left = left[file.write(left) :]
            return os.fstat(file.fileno()).st_mtime_ns
    except FileExistsError:  # left by a process that was stopped half way
        os.unlink(path)  # noqa: PTH108 - as above
        return write_new(path, pieces)


def link(old: str, new: str) -> None:
    """Give a file a second name; where the file system has no hard links, or this one has too many, copy it."""
    try:
        os.link(old, new)
    except FileExistsError:  # left by what was stopped half way
        os.unlink(new)  # noqa: PTH108 - as above
        link(old, new)
    except OSError as error:
        if error.errno not in _NO_LINK:
            raise
        shutil.copy2(old, new)


@contextlib.contextmanager
def staged(out: Path) -> Iterator[Staging]:
    """Give a folder to fill; when the block ends it takes the place of `out`, and if it fails `out` is as it was.

    Raises:
        OutputError: `out` holds something that no release put there, or the system does not let us write.
    """
    out = Path(os.path.realpath(out))
    _check_is_ours(out)
    new = out.with_name(f"{out.name}.new-{secrets.token_hex(4)}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        new.mkdir()
        yield Staging(new, out if (out / MANIFEST).is_file() else None)
        swap(new, out)
    except OSError as error:
        raise output_error(out, error) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _check_is_ours(out: Path) -> None:
    """Refuse to replace a folder that holds anything but a release and what it wrote."""
    if not os.path.lexists(out):
        return
    try:
        if not out.is_dir():
            raise OutputError(out, "this is a file, not a folder", "Name another folder with --out.")
        found = {path.relative_to(out).as_posix() for path in out.rglob("*") if not path.is_dir() or path.is_symlink()}
        found = {path for path in found if PurePosixPath(path).name not in _LITTER}
        if not found:
            return
        listed = _listed(out)
        strangers = sorted(found - listed - ({MANIFEST} if listed else set()))
    except OSError as error:
        raise output_error(out, error) from error
    if strangers:
        shown = ", ".join(strangers[:3]) + (f" and {len(strangers) - 3} more" if len(strangers) > 3 else "")
        raise OutputError(
            out,
            f"the folder holds what no release put there ({shown})",
            "Name a folder that is new or empty with --out, or move these files elsewhere.",
        )


def _listed(out: Path) -> set[str]:
    """Return the paths that the manifest of a release names; none where there is no manifest of ours."""
    try:
        manifest = json.loads((out / MANIFEST).read_bytes())
        return set(map(str, manifest["files"])) if len(manifest["graph"]["sha256"]) == _DIGEST_LENGTH else set()
    except (FileNotFoundError, ValueError, KeyError, TypeError, RecursionError):
        return set()


def output_error(out: Path, error: OSError) -> OutputError:
    """Return what an error of the system means for a release in a folder."""
    if error.errno in _FULL:
        return OutputError(out, "the disk is full", "Free some space, or name a folder on another disk with --out.")
    if error.errno in _FORBIDDEN:
        remedy = "Make its parent folder writable for you, or name another folder with --out."
        return OutputError(out, f"the system does not allow writing there ({error.strerror})", remedy)
    return OutputError(
        out, f"writing failed: {error.strerror or error}", "Mend that, or name another folder with --out."
    )

"""A new release beside the old one, then in its place: the old one is whole until the new one is.

Nothing is ever written into the old folder. A file that has not changed is a second name (hard link) of the old one.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from eugraph.errors import OutputError
from eugraph.rdf.swapping import swap

MANIFEST = "release.json"
_DIGEST_LENGTH = 64  # of SHA-256 in hexadecimal digits
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}  # left by file managers
_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EROFS, errno.EACCES, errno.EPERM)


@dataclass(frozen=True, slots=True, order=True)
class WrittenFile:
    """One file of a release."""

    path: str  # below the release
    size: int  # bytes
    sha256: str


class Staging:
    """The folder of a release that is being made."""

    def __init__(self, folder: Path, old: Path | None) -> None:
        self.folder = folder
        self._old = old
        self._made: set[str] = set()
        self.files: list[WrittenFile] = []

    def write(self, path: str, data: bytes) -> None:
        """Add a file; `path` is relative to the release."""
        parent = path.rpartition("/")[0]
        if parent not in self._made:
            (self.folder / parent).mkdir(parents=True, exist_ok=True)
            self._made.add(parent)
        if self._old is None or not self._link(path, data):
            with open(f"{self.folder}/{path}", "xb") as file:  # noqa: PTH123 - half the time of Path.open
                file.write(data)
        self.files.append(WrittenFile(path, len(data), hashlib.sha256(data).hexdigest()))

    def _link(self, path: str, data: bytes) -> bool:
        old = f"{self._old}/{path}"
        try:
            if os.stat(old).st_size != len(data):  # noqa: PTH116 - half the time of Path.stat
                return False
            if Path(old).is_symlink() or Path(old).read_bytes() != data:
                return False
            os.link(old, f"{self.folder}/{path}")
        except OSError:
            return False  # not there, not readable, or a file system without hard links: write it
        return True


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
        raise _output_error(out, error) from error
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
        raise _output_error(out, error) from error
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


def _output_error(out: Path, error: OSError) -> OutputError:
    if error.errno in _FULL:
        return OutputError(out, "the disk is full", "Free some space, or name a folder on another disk with --out.")
    if error.errno in _FORBIDDEN:
        remedy = "Make its parent folder writable for you, or name another folder with --out."
        return OutputError(out, f"the system does not allow writing there ({error.strerror})", remedy)
    return OutputError(
        out, f"writing failed: {error.strerror or error}", "Mend that, or name another folder with --out."
    )

"""A file that is written beside the old one and takes its place when it is whole."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from eugraph.errors import OutputError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a file to fill; when the block ends it takes the place of `path`, and if it fails `path` is as it was.

    A link is followed, and the file behind it replaced; the new file has the permissions of the old. What is no file,
    such as /dev/null or a pipe, is written directly.

    Raises:
        OutputError: `path` is a folder, or the system does not let us write.
    """
    target = Path(os.path.realpath(path))
    try:
        if target.is_dir():
            raise OutputError(path, "this is a folder", "Name a file.")
        if target.exists() and not target.is_file():
            with target.open("wb") as file:
                yield file
            return
        beside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}")
        try:
            with beside.open("xb") as file:
                yield file
            if target.exists():
                shutil.copymode(target, beside)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise output_error(path, error) from error


def output_error(path: Path, error: OSError) -> OutputError:
    """Return what a refusal of the system means for the file `path`."""
    if error.errno in _FULL:
        return OutputError(path, "the disk is full", "Free some space, or name a file on another disk.")
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return OutputError(path, "its folder does not exist", "Create the folder, or name another file.")
    return OutputError(path, f"writing failed: {error.strerror or error}", "Mend that, or name another file.")

"""Which files of a folder are to be read. What the system keeps from us is told: half a folder is no workspace."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from pathlib import Path, PurePath

from eugraph.errors import UnreachableFileError


def walk(folder: Path, endings: Collection[str], shown_from: Path) -> tuple[list[Path], list[UnreachableFileError]]:
    """Return the files below `folder` with one of the `endings`, in the order of their names, and what is out of reach.

    Hidden files and folders are passed over. A link to a folder is not followed, and is told: it may lead in a circle.
    """
    paths: list[Path] = []
    faults: list[UnreachableFileError] = []

    def refused(error: OSError) -> None:
        name = shown(Path(error.filename), shown_from)
        faults.append(
            UnreachableFileError(name, f"the folder cannot be read: {error.strerror}. Check its permissions.")
        )

    for here, folders, files in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            path = Path(here, name)
            if path.is_symlink():
                fault = "this is a link to a folder, and such links are not followed. Move the files here."
                faults.append(UnreachableFileError(shown(path, shown_from), fault))
        inside = (Path(here, name) for name in (*folders, *files) if not name.startswith("."))
        paths += (path for path in inside if path.suffix.lower() in endings)
    return sorted(paths, key=lambda path: path.relative_to(folder).as_posix()), faults


def content(path: Path, name: PurePath) -> bytes:
    """Return the bytes of a file; `name` is how messages call it.

    Raises:
        UnreachableFileError: the system does not let us read it, or it is no ordinary file: a pipe may never end.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
            fault = "this is no ordinary file but a pipe, a socket or a device. Save its content in a file."
            raise UnreachableFileError(name, fault)
        return path.read_bytes()
    except OSError as error:
        fault = f"the file cannot be read: {error.strerror}. Check its name and permissions."
        raise UnreachableFileError(name, fault) from error


def shown(path: Path, start: Path) -> PurePath:
    """The path as messages show it: from `start` where it lies below."""
    return PurePath(path.relative_to(start)) if path.is_relative_to(start) else PurePath(path)

"""The folder of a new workspace: written beside, then put in its place, so that nothing half-made stays."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from eugraph.config import SETTINGS_FILE
from eugraph.errors import NewWorkspaceError

_KEPT = {".git"}  # what the folder may hold already
_READ = ("data", "ontology", "shapes", "queries")  # folders that a workspace reads at every depth


def place(files: Mapping[str, bytes], target: Path) -> None:
    """Write `files` into the folder `target`, all of them or none.

    Raises:
        NewWorkspaceError: the folder is not empty, the one above it does not exist, or the system refuses to write.
    """
    check(target)
    with _told(target):
        if target.is_dir():
            _fill_existing(files, target)
        else:
            _make(files, target)


def check(target: Path) -> None:
    """Raise NewWorkspaceError where a workspace cannot be made in `target`."""
    with _told(target):
        _check(target)


@contextlib.contextmanager
def _told(target: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise NewWorkspaceError(
            target, f"the system does not let us write there ({reason})", "Mend that, or name another folder."
        ) from error


def _check(target: Path) -> None:
    if os.path.lexists(target) and not target.is_dir():
        what = "a link that leads nowhere" if target.is_symlink() and not target.exists() else "a file, not a folder"
        raise NewWorkspaceError(target, f"this is {what}", "Name another folder.")
    if not target.is_dir() and not target.absolute().parent.is_dir():
        raise NewWorkspaceError(
            target, "the folder above it does not exist", "Create that one first, or name a folder in one that exists."
        )
    strangers = sorted({entry.name for entry in target.iterdir()} - _KEPT) if target.is_dir() else []
    if strangers:
        shown = ", ".join(strangers[:3]) + (f" and {len(strangers) - 3} more" if len(strangers) > 3 else "")
        raise NewWorkspaceError(target, f"the folder is not empty ({shown})", "Name one that is new or empty.")
    place = target.resolve()
    for above in place.parents:
        if (above / SETTINGS_FILE).is_file() and place.relative_to(above).parts[0] in _READ:
            raise NewWorkspaceError(
                target,
                f"the workspace {above} would read what is there as its own",
                "Name a folder outside of it.",
            )


def _make(files: Mapping[str, bytes], target: Path) -> None:
    new = target.absolute().with_name(f".eugraph-new-{secrets.token_hex(4)}")
    try:
        _write(files, new)
        new.rename(target)  # fails where another program has put something there meanwhile
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _fill_existing(files: Mapping[str, bytes], target: Path) -> None:
    """Move what was written into a folder that stays the same one: a shell may stand in it."""
    new = target / f".eugraph-new-{secrets.token_hex(4)}"
    moved: list[Path] = []
    try:
        _write(files, new)
        for entry in sorted(new.iterdir()):
            place = target / entry.name
            if os.path.lexists(place):
                raise FileExistsError(f"{entry.name} has appeared meanwhile")
            entry.rename(place)
            moved.append(place)
    except BaseException:
        for place in moved:
            _remove(place)
        raise
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    folder.mkdir()
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()

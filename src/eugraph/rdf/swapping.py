"""A folder that takes the place of another one."""

from __future__ import annotations

import ctypes
import os
import secrets
import shutil
import sys
from pathlib import Path


def swap(new: Path, out: Path) -> None:
    """Put the folder `new` in the place of `out`: in one step where the system can, else in two."""
    if not out.exists():
        new.rename(out)
    elif not _exchange(new, out):
        old = out.with_name(f"{out.name}.old-{secrets.token_hex(4)}")
        out.rename(old)
        try:
            new.rename(out)
        except BaseException:
            old.rename(out)
            raise
        shutil.rmtree(old, ignore_errors=True)


def exchange(one: Path, other: Path) -> None:
    """Let two folders change names: in one step where the system can, else in three."""
    if not _exchange(one, other):
        between = other.with_name(f"{other.name}.old-{secrets.token_hex(4)}")
        other.rename(between)
        try:
            one.rename(other)
        except BaseException:
            between.rename(other)
            raise
        between.rename(one)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names at once, so that a crash at any moment leaves one of them whole; False if it can't.

    Spec: renameat2(2) with RENAME_EXCHANGE, <https://man7.org/linux/man-pages/man2/rename.2.html>.
    """
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if rename is None:
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)

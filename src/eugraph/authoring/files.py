"""Files of a workspace written safely: beside the old one, then in its place."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from pathlib import Path

from eugraph.errors import OutputError


def replace_file(path: Path, text: str) -> None:
    """Write a text into a file, which is whole at every moment: the old one until the new one is.

    A link is followed, and the rights of an old file are kept.

    Raises:
        OutputError: the system does not let us write; the old file is as it was.
    """
    path = Path(os.path.realpath(path))
    beside = path.with_name(f".{path.name[:200]}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(text.encode())
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        reason = f"it cannot be written ({error.strerror or error})"
        raise OutputError(path, reason, "See to room and rights, then try again.") from error

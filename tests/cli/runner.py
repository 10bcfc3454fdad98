"""Run the command line in this process, as a shell would."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from eugraph.cli import main


class Outcome(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


def run(folder: Path, *arguments: str, stdin: str | bytes | None = None) -> Outcome:
    result = CliRunner().invoke(main, ["-C", str(folder), *arguments], input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Outcome(result.exit_code, result.stdout, result.stderr)


def fingerprint(folder: Path) -> dict[str, str]:
    """The content of every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }

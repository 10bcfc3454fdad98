"""A mending as a diff, and written into the files."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from eugraph.errors import OutputError
from eugraph.mend.mending import Mending
from eugraph.rdf.replacing import replacing


def diff_of(mending: Mending) -> str:
    """Return a unified diff, file by file in the order of names, as `git apply` and `patch -p1` take it."""
    return "".join(_diffs(mending))


def _diffs(mending: Mending) -> Iterator[str]:
    for name in sorted(mending.after):
        before, after = (text.split("\n") for text in (mending.before[name], mending.after[name]))
        lines = difflib.unified_diff(_lines(before), _lines(after), f"a/{name.as_posix()}", f"b/{name.as_posix()}")
        yield from (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(pieces: list[str]) -> list[str]:
    """Lines end with a line feed alone: other separators that Python knows may stand in a text."""
    return [f"{piece}\n" for piece in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])


def write_mended(mending: Mending) -> None:
    """Write the files: each beside the old one, then in its place.

    Raises:
        OutputError: somebody has changed a file meanwhile, and then nothing is written; or the system does not let us.
    """
    for name, path in mending.paths.items():
        if path.read_bytes() != mending.before[name].encode("utf-8"):
            raise OutputError(path, "somebody has changed it meanwhile", "Run the command again.")
    for name, path in sorted(mending.paths.items()):
        with replacing(path) as file:
            file.write(mending.after[name].encode("utf-8"))

"""The folder of an import: written beside the old one, whose place it takes when it is whole."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from eugraph.errors import OutputError
from eugraph.rdf.replacing import output_error
from eugraph.rdf.swapping import swap

QUADS, LEDGER, SUMMARY, ROWS = "quads.nq", "ledger.jsonl", "summary.json", "rows.jsonl"


@contextlib.contextmanager
def import_folder(out: Path, names: Collection[str] = (QUADS, LEDGER, SUMMARY)) -> Iterator[Path]:
    """Give a folder to fill; when the block ends it takes the place of `out`, and if it fails `out` is as it was.

    Args:
        out: a folder that is new, empty, or of an earlier import.
        names: the files that an import puts there.

    Raises:
        OutputError: the folder cannot be written, or holds what no import put there.
    """
    out = Path(os.path.realpath(out))
    new = out.with_name(f"{out.name}.new-{secrets.token_hex(4)}")
    try:
        if out.exists() and not out.is_dir():
            raise OutputError(out, "this is a file, not a folder", "Name another folder with --out.")
        there = {path.name for path in out.iterdir()} if out.exists() else set()
        strangers = sorted(there - set(names))
        if strangers:
            fault = f"the folder holds what no import put there ({', '.join(strangers[:3])})"
            raise OutputError(out, fault, "Name a folder that is new or empty with --out.")
        out.parent.mkdir(parents=True, exist_ok=True)
        new.mkdir()
        yield new
        swap(new, out)
    except OSError as error:
        raise output_error(out, error) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)

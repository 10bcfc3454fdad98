"""`eugraph verify`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import click

from eugraph.cli.cite import asked_of, where_of

_SHOWN = 10  # new rows that are shown


@click.command(name="verify")
@click.argument("citation", type=click.File("rb"), metavar="CITATION")
@click.option("--strict", is_flag=True, help="End with 1 also where only the query or the release has changed.")
@asked_of
@click.pass_obj
def command(
    folder: Path,
    citation: BinaryIO,
    strict: bool,
    release: Path | None,
    endpoint: str,
    server: str,
    timeout_s: float,
) -> None:
    r"""Ask again what the file CITATION says (- for standard input), and tell what has changed since.

    Ends with 0 where the answer is the same, with 1 where it is another one, with 2 where it cannot be asked.

    \b
    Examples:
        eugraph verify partners.json
        eugraph verify references.bib --server https://data.example.org/
    """
    from eugraph.citing import verify
    from eugraph.cli.terminal import tell
    from eugraph.errors import CitationError, visible
    from eugraph.store import Solutions

    try:
        text = citation.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CitationError(f"{citation.name}: this is not UTF-8, so no citation. Name another file.") from None
    found, now = verify(where_of(folder, release, endpoint, server, timeout_s), text, say=tell)
    for sentence in found.sentences:
        click.echo(visible(sentence[:1].upper() + sentence[1:]))
    if found.new and now.answer is not None and isinstance(now.answer.result, Solutions):
        rows = [now.answer.result.rows[place] for place in found.new[:_SHOWN]]
        shown = replace(now.answer, result=Solutions(now.answer.result.columns, rows))
        more = f", the first {_SHOWN}" if len(found.new) > _SHOWN else ""
        click.echo(f"\nNew or changed rows{more}:\n{shown.write('table')}", nl=False)
    sys.exit(0 if (found.is_same if strict else found.same_rows) else 1)

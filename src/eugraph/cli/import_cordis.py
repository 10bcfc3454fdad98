"""`eugraph import cordis`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from eugraph.cli.import_bar import ImportBar
from eugraph.cli.import_options import base_of, base_option, name_option

if TYPE_CHECKING:
    from eugraph.sources.cordis.guarded import Readable


@click.command(name="cordis")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option(
    "--out",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write; the import that is there stays whole until the new one is.",
)
@name_option("cordis")
@click.option(
    "--date", metavar="DATE", help="Day on which the files were fetched, YYYY-MM-DD.  [default: the newest record's]"
)
@click.option(
    "--max-errors",
    type=click.IntRange(min=0),
    default=1000,
    show_default=True,
    help="How many malformed rows and files are borne.",
)
@base_option
@click.pass_obj
def cordis(
    folder: Path, paths: tuple[str, ...], out: Path, name: str, date: str | None, max_errors: int, base_iri: str | None
) -> None:
    r"""Import the bulk files of CORDIS: archives, folders or single files, CSV or XML, of one programme or several.

    DIR then holds quads.nq, the statements; rows.jsonl, which rows they were made from; ledger.jsonl, a line for each
    row and field that was dropped, mended, doubted or noted; and summary.json, the counts. `-` is standard input.

    \b
    Examples:
        eugraph import cordis cordis-HORIZONprojects-csv.zip --out cordis
        eugraph import cordis horizon/ h2020/ fp7/ --out cordis --date 2025-12-06
    """
    from eugraph.config import parse_date
    from eugraph.errors import visible
    from eugraph.sources.cordis.importing import import_cordis

    with ImportBar() as show:
        summary = import_cordis(
            paths,
            out,
            base_iri=base_of(folder, base_iri),
            name=name,
            date=parse_date(date).isoformat() if date else None,
            max_errors=max_errors,
            progress=show,
            stdin=cast("Readable", sys.stdin.buffer),  # typed as BinaryIO, which does not tell of read1
        )
    click.echo(visible(summary.as_text()))
    click.echo(f"wrote {out}", err=True)
    sys.exit(1 if summary.malformed else 0)

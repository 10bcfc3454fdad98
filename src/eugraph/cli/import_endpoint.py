"""`eugraph import endpoint`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from eugraph.cli.import_options import base_of, base_option, name_option
from eugraph.cli.remote_options import credentials_option


@click.command(name="endpoint")
@click.argument("url", metavar="URL")
@click.option(
    "--construct",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The CONSTRUCT query that says which statements.",
)
@click.option(
    "--out",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write; the import that is there stays whole until the new one is.",
)
@click.option("--licence", required=True, metavar="IRI", help="Licence under which the endpoint's data is.")
@name_option("endpoint")
@click.option("--date", metavar="DATE", help="Day on which it is read, YYYY-MM-DD.  [default: today]")
@click.option(
    "--page",
    type=click.IntRange(1, 1_000_000),
    default=5000,
    show_default=True,
    help="How many rows are asked for at once.",
)
@base_option
@credentials_option
@click.option(
    "--timeout-s",
    type=click.FloatRange(min=1, max=86_400),
    default=60,
    show_default=True,
    help="Longest wait for one page, in seconds.",
)
@click.pass_obj
def endpoint(
    folder: Path,
    url: str,
    construct: Path,
    out: Path,
    licence: str,
    name: str,
    date: str | None,
    page: int,
    base_iri: str | None,
    credentials: Path | None,
    timeout_s: float,
) -> None:
    r"""Import what a CONSTRUCT query says from the SPARQL endpoint at URL, page by page.

    DIR then holds quads.nq, the statements; ledger.jsonl, a line for each page and for what was dropped, mended or
    doubted; summary.json, the counts; and query.rq.

    \b
    Example:
        eugraph import endpoint http://localhost:7878/query --construct q.rq --out taken --licence https://creativecommons.org/licenses/by/4.0/
    """
    import datetime as dt

    from eugraph.config import parse_date
    from eugraph.errors import visible
    from eugraph.exchange.pull import pull
    from eugraph.reports import read_query

    def show(rows: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r\x1b[K{rows:>12,} rows", nl=False, err=True)

    summary = pull(
        url,
        read_query(construct),
        out,
        base_iri=base_of(folder, base_iri),
        name=name,
        date=parse_date(date) if date else dt.datetime.now(dt.UTC).date(),
        licence=licence,
        page=page,
        timeout_s=timeout_s,
        credentials=credentials,
        progress=show,
    )
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
    click.echo(visible(summary.as_text()))
    click.echo(f"wrote {out}", err=True)
    sys.exit(1 if summary.malformed else 0)

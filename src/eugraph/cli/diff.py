"""`eugraph diff`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

FORMS = ("text", "md", "json", "patch")  # eugraph.changes.FORMATS, without loading it


@click.command(name="diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="text",
    show_default=True,
    help="Words for people (text, md), JSON, or RDF Patch for a store.",
)
@click.option("--exit-code", is_flag=True, help="End with status 1 where anything differs.")
def command(old: Path, new: Path, form: str, exit_code: bool) -> None:
    r"""Say what changed from OLD to NEW: each a release, a workspace, or a file of RDF.

    \b
    Examples:
        eugraph diff last-month dist
        eugraph diff last-month dist --format patch > changes.rdfp
    """
    from eugraph.changes import FORMATS
    from eugraph.comparing import compare
    from eugraph.errors import visible

    found = compare(old, new)
    written = "".join(FORMATS[form](found))
    click.echo(visible(written) if sys.stdout.isatty() else written, nl=False, color=True)
    if exit_code and (found.difference.gone or found.difference.come):
        sys.exit(1)

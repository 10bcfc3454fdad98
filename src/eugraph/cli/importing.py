"""`eugraph import`: data of others to statements."""

from __future__ import annotations

import click

from eugraph.cli.import_cordis import cordis
from eugraph.cli.import_endpoint import endpoint


@click.group(name="import")
def command() -> None:
    r"""Import what others publish as statements, with a ledger of what was dropped or mended.

    \b
    Example:
        eugraph import cordis cordis-HORIZONprojects-csv.zip --out cordis
    """


command.add_command(cordis)
command.add_command(endpoint)

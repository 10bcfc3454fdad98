"""Options of the commands that speak with a store elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

credentials_option = click.option(
    "--credentials",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File with the endpoint's password, in the form of .netrc.  [default: the one named by $EUGRAPH_CREDENTIALS]",
)

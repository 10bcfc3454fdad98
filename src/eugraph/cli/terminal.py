"""What the terminal can show."""

from __future__ import annotations

import os
import sys

import click

from eugraph.errors import EugraphError, visible

_NO_COLOUR = {"", "dumb", "unknown"}


def has_colours() -> bool:
    """Tell whether standard output is a terminal that shows colours, and nobody asked for none (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "") not in _NO_COLOUR


def say(error: EugraphError) -> None:
    """Print an error, and where it is explained."""
    click.echo(f"eugraph: {visible(str(error))}", err=True)
    click.echo(f"         (docs/errors.md#{error.code})", err=True)

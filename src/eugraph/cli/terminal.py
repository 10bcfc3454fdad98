"""What the terminal can show, and what is told on it beside the data."""

from __future__ import annotations

import contextlib
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


def tell(text: str) -> None:
    """Tell of a step on standard error; that nobody listens any more does not stop the work."""
    with contextlib.suppress(BrokenPipeError):
        click.echo(text, err=True)

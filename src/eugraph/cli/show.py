"""`eugraph show`."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from eugraph.cli.completion import complete_things
from eugraph.cli.remote_options import credentials_option
from eugraph.cli.terminal import has_colours

_WIDEST = 110  # columns: longer lines are hard to read
_TONES: dict[str, dict[str, Any]] = {"title": {"bold": True}, "label": {"fg": "cyan"}, "faint": {"dim": True}}
_NO_LINKS = re.compile(r"linux|screen|vt\d|cons", re.IGNORECASE)  # terminals that may print OSC 8 as text


@click.command(name="show")
@click.argument("name", metavar="NAME|IRI", shell_complete=complete_things)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "ttl", "jsonld"]),
    default="text",
    show_default=True,
    help="A description to read, or the statements.",
)
@click.option("--endpoint", metavar="URL", help="Look at this SPARQL 1.1 endpoint in place of the workspace.")
@credentials_option
@click.option(
    "--timeout-s",
    type=click.FloatRange(min=1),
    default=30,
    show_default=True,
    help="Longest wait for the endpoint, in seconds.",
)
@click.pass_obj
def command(
    folder: Path, name: str, form: str, endpoint: str | None, credentials: Path | None, timeout_s: float
) -> None:
    r"""Describe one thing in the terminal: by its name, its path below the base, or its IRI.

    Letters of both cases are one, accents do not count, and the beginning of a name is enough.

    \b
    Examples:
        eugraph show harmony
        eugraph show organisation/eha --format ttl
    """
    import eugraph
    from eugraph.reports.card import plain, write_card

    workspace = eugraph.open(folder)
    if form != "text":
        click.echo(
            workspace.document(name, form, endpoint=endpoint, timeout_s=timeout_s, credentials=credentials), nl=False
        )
        return
    description = workspace.describe(name, endpoint=endpoint, timeout_s=timeout_s, credentials=credentials)
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    place = "" if endpoint else workspace.place(description.iri)
    paint = _paint if has_colours() else plain
    click.echo(write_card(description, width=width, paint=paint, place=place), nl=False, color=True)


def _paint(text: str, tone: str, link: str) -> str:
    """Give a text its look, and its link where the terminal has links.

    Spec: <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda> (OSC 8).
    """
    painted = click.style(text, **_TONES[tone]) if tone in _TONES else text
    if not link or _NO_LINKS.match(os.environ.get("TERM", "")):
        return painted
    address = quote(link, safe="!#$%&'()*+,/:;=?@[]~")  # printable ASCII only: nothing in it can end the sequence
    return f"\x1b]8;;{address}\x1b\\{painted}\x1b]8;;\x1b\\"

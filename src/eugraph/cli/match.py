"""`eugraph match`."""

from __future__ import annotations

from pathlib import Path

import click

from eugraph.cli.terminal import tell


@click.command(name="match")
@click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    default=0.6,
    show_default=True,
    metavar="SCORE",
    help="From which score on a pair is proposed, 0 to 1.",
)
@click.pass_obj
def command(folder: Path, min_score: float) -> None:
    r"""Propose which imported things may be those that are described here, for a person to decide.

    The pairs stand in matches.csv beside eugraph.toml. Write same or different in the column decision, who decided in
    by, and the day in on. What is decided stays, and is not proposed again; nothing is joined by a score.

    \b
    Example:
        eugraph match --min-score 0.8
    """
    from eugraph.config import open_workspace
    from eugraph.errors import visible
    from eugraph.proposing import propose

    click.echo(visible(propose(open_workspace(folder), least=min_score, say=tell).as_text()))

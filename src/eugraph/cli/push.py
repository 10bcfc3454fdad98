"""`eugraph push`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eugraph.cli.remote_options import credentials_option
from eugraph.cli.terminal import tell

if TYPE_CHECKING:
    from eugraph.exchange.plan import Plan

_DONE = {"send": "sent", "keep": "kept", "remove": "removed"}


@click.command(name="push")
@click.argument("endpoint", metavar="ENDPOINT")
@click.option(
    "--release",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the release.  [default: dist in the workspace]",
)
@click.option("--graph-store", metavar="URL", help="Where the store speaks the Graph Store Protocol.")
@click.option("--update", metavar="URL", help="Where the store takes SPARQL Update.")
@credentials_option
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and send nothing.")
@click.option("--check", is_flag=True, help="Read back every graph, not only those that were sent.")
@click.option("--adopt", is_flag=True, help="Replace graphs of the release that something else brought there.")
@click.option(
    "--timeout-s",
    type=click.FloatRange(min=1, max=86_400),
    default=300,
    show_default=True,
    help="Longest wait for one answer of the store, in seconds.",
)
@click.pass_obj
def command(
    folder: Path,
    endpoint: str,
    release: Path | None,
    graph_store: str | None,
    update: str | None,
    credentials: Path | None,
    dry_run: bool,
    check: bool,
    adopt: bool,
    timeout_s: float,
) -> None:
    r"""Bring the store whose queries go to ENDPOINT to the release: what changed is sent, what is gone is removed.

    \b
    Examples:
        eugraph push http://localhost:7878/query --dry-run
        eugraph push http://localhost:8890/sparql --credentials passwords
    """
    from eugraph.config import open_workspace
    from eugraph.exchange.push import Destination, push

    to = Destination(
        endpoint=endpoint, graph_store=graph_store, update=update, timeout_s=timeout_s, credentials=credentials
    )
    with _Bar() as bar:
        done = push(
            release or open_workspace(folder).release,
            to,
            dry_run=dry_run,
            adopt=adopt,
            check=check,
            progress=bar.show,
        )
    _print(done.plan, dry_run=dry_run)
    for note in done.notes:
        tell(f"eugraph: {note}")
    if done.rewritten:
        kinds = ", ".join(done.rewritten)
        tell(f"eugraph: the store writes these literals in its own form, with the same values: {kinds}")


def _print(plan: Plan, *, dry_run: bool) -> None:
    from eugraph.errors import visible

    words = {action: action if dry_run else done for action, done in _DONE.items()}
    for step in plan.steps:
        click.echo(visible(f"{words[step.action.value]:<8}{step.statements:>12,}  {step.graph}"))
    counts: dict[str, int] = dict.fromkeys(words.values(), 0)
    for step in plan.steps:
        counts[words[step.action.value]] += 1
    whole = sum(step.statements for step in plan.steps if step.action.value != "remove")
    click.echo(f"{whole:,} statements; graphs: " + ", ".join(f"{count} {word}" for word, count in counts.items()))


class _Bar:
    """A line on standard error, only on a terminal: how many statements were sent, and the graph at hand."""

    def __init__(self) -> None:
        self._done = 0

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._done and sys.stderr.isatty():
            click.echo("\r\x1b[K", nl=False, err=True)

    def show(self, number: int, graph: str) -> None:
        """Show that so many statements more were sent."""
        self._done += number
        if sys.stderr.isatty():
            click.echo(f"\r\x1b[K{self._done:>12,} statements sent  {graph[-60:]}", nl=False, err=True)

"""`eugraph serve`."""

from __future__ import annotations

from pathlib import Path

import click

from eugraph.cli.query import LONGEST_S
from eugraph.cli.terminal import tell


@click.command(name="serve")
@click.option(
    "--release",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the release.  [default: dist in the workspace]",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port to listen at.")
@click.option(
    "--timeout-s",
    type=click.FloatRange(min=0.1, max=LONGEST_S),
    default=30,
    show_default=True,
    help="Longest time of one query, in seconds.",
)
@click.option(
    "--max-rows", type=click.IntRange(min=1), default=10_000, show_default=True, help="Most rows of one answer."
)
@click.pass_obj
def command(folder: Path, release: Path | None, host: str, port: int, timeout_s: float, max_rows: int) -> None:
    r"""Serve a release over HTTP, read-only: SPARQL endpoint and linked data.

    \b
    Example:
        eugraph serve --port 8080
    """
    from eugraph.config import open_workspace
    from eugraph.serve.limits import Limits
    from eugraph.serve.running import run
    from eugraph.serve.served import open_served

    limits = Limits(timeout_s=timeout_s, max_rows=max_rows)
    target = (release or open_workspace(folder).release).absolute()
    run(lambda: open_served(target, limits, say=tell), host, port, tell)

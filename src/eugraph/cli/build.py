"""`eugraph build`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from eugraph.cli.terminal import tell


@click.command(name="build")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the release.  [default: dist in the workspace]",
)
@click.option(
    "--base-iri", metavar="IRI", help="What the things' IRIs begin with in the release, in place of the workspace's."
)
@click.option(
    "--date",
    metavar="DATE",
    help="Date of the release, YYYY-MM-DD.  [default: SOURCE_DATE_EPOCH, else the newest in the data]",
)
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The release before, such as the one in --out: tell what changed since, and go on with its change feed.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that write documents.  [default: one a processor for a large workspace, else 1]",
)
@click.pass_obj
def command(
    folder: Path,
    out: Path | None,
    base_iri: str | None,
    date: str | None,
    previous: Path | None,
    jobs: int | None,
) -> None:
    r"""Make the release: read, derive, validate, write.

    A violation in the data stops the work before anything is written. The release of before stays whole until the new
    one is; then they are swapped.

    \b
    Examples:
        eugraph build --out public --date 2026-11-23
        eugraph build --out public --previous public
    """
    from eugraph.config import open_workspace
    from eugraph.findings import Severity
    from eugraph.pipeline import build

    workspace = open_workspace(folder)
    target = out or workspace.release
    report, release = build(workspace, target, base_iri=base_iri, date=date, previous=previous, jobs=jobs, say=tell)
    if release is None:
        click.echo(report.write("text", workspace.base_iri, show=Severity.VIOLATION, whole=False), err=True, nl=False)
        click.echo(f"eugraph: no release was written; {target} is as it was.", err=True)
    sys.exit(report.exit_status(Severity.VIOLATION))

"""`eugraph validate`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

FILE = click.Path(path_type=Path, exists=True)


@click.command(name="validate")
@click.argument("paths", type=FILE, nargs=-1)
@click.option("--shapes", type=FILE, help="Shapes to use in place of the workspace's.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "ttl"]),
    default="text",
    show_default=True,
    help="How to write the findings.",
)
@click.option(
    "--engine",
    type=click.Choice(["auto", "compiled", "pyshacl"]),
    default="auto",
    show_default=True,
    help="Who runs the shapes; auto takes pySHACL for what is beyond SHACL Core and SHACL-SPARQL.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["violation", "warning", "info"]),
    default="violation",
    show_default=True,
    help="Mildest severity that makes the exit status 1.",
)
@click.option(
    "--show",
    type=click.Choice(["violation", "warning", "info"]),
    default="info",
    show_default=True,
    help="Mildest severity to list.",
)
@click.option("--watch", is_flag=True, help="Stay up, and answer each time that a file of the workspace is saved.")
@click.pass_obj
def command(
    folder: Path,
    paths: tuple[Path, ...],
    shapes: Path | None,
    form: str,
    engine: str,
    fail_on: str,
    show: str,
    watch: bool,
) -> None:
    r"""Say what is wrong in the workspace, or in PATHS, and where.

    PATHS are files or folders; the rest of the workspace is read too, so that they may refer to it.

    \b
    Example:
        eugraph validate data/projects/harmony.ttl --format json
    """
    from eugraph.config import open_workspace
    from eugraph.findings import Severity
    from eugraph.pipeline import check_paths
    from eugraph.validate import Engine

    workspace = open_workspace(folder)
    if watch:
        if paths or shapes or engine != "auto":
            raise click.UsageError("--watch looks at the whole workspace. Leave PATHS, --shapes and --engine out.")
        from eugraph.cli.watching import stay

        stay(workspace.root, lambda report: report.write(form, workspace.base_iri, show=Severity[show.upper()]))
    report = check_paths(workspace, paths, shapes, Engine(engine))
    for note in report.notes:
        click.echo(f"note: {note}", err=True)
    click.echo(report.write(form, workspace.base_iri, show=Severity[show.upper()]), nl=False)
    sys.exit(report.exit_status(Severity[fail_on.upper()]))

"""`eugraph validate`."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from eugraph.cli.rdf_form import form_names, named_form
from eugraph.cli.remote_options import credentials_option
from eugraph.cli.terminal import has_colours, say, tell

if TYPE_CHECKING:
    from eugraph.config import Workspace
    from eugraph.errors import EugraphError
    from eugraph.rdf.stream import Form
    from eugraph.validate import Report

_TONES: dict[str, dict[str, Any]] = {
    "violation": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow"},
    "info": {"fg": "cyan"},
    "place": {"bold": True},
    "faint": {"dim": True},
}
FILE = click.Path(path_type=Path, exists=True, allow_dash=True)
_STDIN = Path("-")
_ELSEWHERE = "https://report.invalid/"  # what the IRIs of a report begin with where no workspace names a base
LONGEST_S = 86_400  # a day


def _number(ctx: click.Context, option: click.Parameter, seconds: float) -> float:
    if math.isnan(seconds):
        raise click.BadParameter("nan is no number of seconds.", ctx=ctx, param=option)
    return seconds


@click.command(name="validate")
@click.argument("paths", type=FILE, nargs=-1)
@click.option("--shapes", type=FILE, multiple=True, help="Shapes to use in place of the workspace's; may be repeated.")
@click.option("--no-workspace", is_flag=True, help="Look at PATHS and --shapes alone, though a workspace is here.")
@click.option(
    "--from",
    "read_as",
    metavar="FORMAT",
    callback=named_form,
    shell_complete=form_names,
    help="Format of what has no name that tells it, such as standard input.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "ttl", "jsonld", "html", "sarif", "junit", "github"]),
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
@click.option("--all", "whole", is_flag=True, help="List each finding, however many there are.")
@click.option("--endpoint", metavar="URL", help="Validate the graph of this SPARQL 1.1 endpoint, where it is.")
@credentials_option
@click.option(
    "--timeout-s",
    type=click.FloatRange(min=1, max=LONGEST_S),
    callback=_number,
    default=30,
    show_default=True,
    help="Longest wait for one answer of the endpoint, or for one query of a shape, in seconds.",
)
@click.pass_obj
def command(
    folder: Path,
    paths: tuple[Path, ...],
    shapes: tuple[Path, ...],
    no_workspace: bool,
    read_as: Form | None,
    form: str,
    engine: str,
    fail_on: str,
    show: str,
    watch: bool,
    whole: bool,
    endpoint: str | None,
    credentials: Path | None,
    timeout_s: float,
) -> None:
    r"""Say what is wrong in the workspace, or in PATHS, and where.

    PATHS are files or folders; the rest of the workspace is read too, so that they may refer to it. Where there is no
    workspace, PATHS are any RDF and --shapes any SHACL; `-` is standard input.

    \b
    Examples:
        eugraph validate data/projects/harmony.ttl --format json
        eugraph validate data.ttl --shapes shapes.ttl
    """
    from eugraph.checking import check_endpoint, check_files, check_paths
    from eugraph.findings import Severity
    from eugraph.store.watchdog import limited
    from eugraph.validate import Engine, pieces
    from eugraph.validate.listing import plain

    if endpoint is not None:
        _refuse_files(paths, engine, watch=watch)
    workspace = _workspace(folder, paths or (shapes if endpoint else ()), no_workspace=no_workspace)
    base = workspace.base_iri if workspace else _ELSEWHERE
    fails = Severity[fail_on.upper()]

    def written(report: Report) -> Iterator[str]:
        listing = report.listing(
            base,
            show=Severity[show.upper()],
            whole=whole,
            fail_on=fails,
            paint=paint if has_colours() else plain,
        )
        return pieces(form, listing)

    if watch:
        if workspace is None or paths or shapes or engine != "auto":
            raise click.UsageError("--watch looks at the whole workspace. Leave PATHS, --shapes and --engine out.")
        from eugraph.cli.watching import stay

        with limited(timeout_s, give_up):
            stay(workspace.root, written)
    if workspace is not None and endpoint is None and (read_as or _STDIN in (*paths, *shapes)):
        raise click.UsageError("In a workspace, the names of files tell their formats. Add --no-workspace.")
    with limited(timeout_s, give_up):
        if endpoint is not None:
            report = check_endpoint(endpoint, workspace, shapes, timeout_s=timeout_s, credentials=credentials)
        elif workspace is None:
            report = check_files(paths, shapes, Engine(engine), named=read_as, stdin=sys.stdin.buffer)
        else:
            report = check_paths(workspace, paths, shapes, Engine(engine), whole=whole or form != "text", say=tell)
    for note in report.notes:
        click.echo(f"note: {note}", err=True)
    for piece in written(report):
        click.echo(piece, nl=False, color=True)  # nothing is stripped
    sys.exit(report.exit_status(fails))


def give_up(error: EugraphError) -> None:
    """End the process, as nothing ends a query."""
    say(error)
    os._exit(error.exit_status)


def paint(text: str, tone: str) -> str:
    """Return a text in the colours of a tone."""
    return click.style(text, **_TONES[tone])


def _workspace(folder: Path, paths: tuple[Path, ...], *, no_workspace: bool) -> Workspace | None:
    """The workspace here; None where PATHS are to be looked at alone."""
    from eugraph.config import open_workspace
    from eugraph.errors import NoWorkspaceError

    if no_workspace and not paths:
        raise click.UsageError("Without a workspace there is nothing to look at. Name files or folders.")
    try:
        return None if no_workspace else open_workspace(folder)
    except NoWorkspaceError:
        if paths:
            return None
        raise


def _refuse_files(paths: tuple[Path, ...], engine: str, *, watch: bool) -> None:
    """Refuse what has no meaning beside --endpoint."""
    if paths:
        raise click.UsageError("PATHS and --endpoint are two graphs to validate. Name one of them.")
    if engine == "pyshacl":
        raise click.UsageError("pySHACL cannot ask an endpoint. Leave out --engine, or --endpoint.")
    if watch:
        raise click.UsageError("--watch looks at files. Leave it out, or --endpoint.")

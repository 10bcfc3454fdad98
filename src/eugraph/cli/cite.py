"""`eugraph cite`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from eugraph.cli.completion import complete_parameters, complete_reports
from eugraph.cli.query import LONGEST_S, parameters_of

FORMS = ("text", "bibtex", "csl", "json")  # eugraph.reports.citing.FORMATS, without loading it


def asked_of(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say who is asked."""
    for option in (
        click.option(
            "--timeout-s",
            type=click.FloatRange(min=1, max=LONGEST_S),
            default=30,
            show_default=True,
            help="Longest wait for the answer, in seconds.",
        ),
        click.option("--server", default="", metavar="URL", help="Ask the `eugraph serve` at this address."),
        click.option("--endpoint", default="", metavar="URL", help="Ask this SPARQL 1.1 endpoint for the rows."),
        click.option(
            "--release",
            type=click.Path(path_type=Path, file_okay=False),
            help="Folder of the release to ask.  [default: dist in the workspace]",
        ),
    ):
        command = option(command)
    return command


@click.command(name="cite")
@click.argument("name", metavar="NAME", shell_complete=complete_reports)
@click.option(
    "--param",
    "-p",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=complete_parameters,
    help="A value for a parameter; may be repeated.",
)
@click.option("--format", "form", type=click.Choice(FORMS), default="text", show_default=True, help="How to write it.")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write.  [default: standard output]"
)
@asked_of
@click.pass_obj
def command(
    folder: Path,
    name: str,
    params: tuple[str, ...],
    form: str,
    out: Path | None,
    release: Path | None,
    endpoint: str,
    server: str,
    timeout_s: float,
) -> None:
    r"""Write a citation of what the report NAME answers now, by which it can be asked again and compared.

    \b
    Examples:
        eugraph cite partners --param organisation=eha
        eugraph cite partners --param organisation=eha --format json --out partners.json
    """
    from eugraph.citing import cite
    from eugraph.cli.terminal import tell
    from eugraph.errors import visible
    from eugraph.rdf.replacing import replacing
    from eugraph.reports.citing import write_citation

    where = where_of(folder, release, endpoint, server, timeout_s)
    made = cite(where, name, parameters_of(params), say=tell)
    text = write_citation(made.citation, form)
    if out is None:
        click.echo(visible(text), nl=False)
    else:
        with replacing(out) as file:
            file.write(text.encode())
        tell(f"wrote {out}")


def where_of(folder: Path, release: Path | None, endpoint: str, server: str, timeout_s: float) -> Any:  # noqa: ANN401 - a eugraph.citing.Where, loaded when it is asked for
    """Return who is asked, as the options say.

    Raises:
        UsageError: they say two things.
    """
    from eugraph.citing import Where
    from eugraph.config import open_workspace

    if server and (endpoint or release):
        raise click.UsageError("--server answers by itself: leave --release and --endpoint out.")
    if not server and release is None:
        release = open_workspace(folder).release
    target = (release or folder).absolute()
    return Where(release=target, endpoint=endpoint, server=server, timeout_s=timeout_s)

"""`eugraph query`."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command(name="query")
@click.argument("name", required=False, metavar="[NAME|FILE|-]")
@click.option(
    "--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="A value for a parameter; may be repeated."
)
@click.option(
    "--format",
    "form",
    default=None,
    help="table, csv, tsv, json, xml or md for rows; ttl, nt or jsonld for graphs.  [default: table or ttl]",
)
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL 1.1 endpoint in place of the workspace.")
@click.option(
    "--timeout-s",
    type=click.FloatRange(min=1),
    default=30,
    show_default=True,
    help="Longest wait for the endpoint, in seconds.",
)
@click.option("--list", "listing", is_flag=True, help="Name the bundled reports and what they ask.")
@click.pass_obj
def command(
    folder: Path,
    name: str | None,
    params: tuple[str, ...],
    form: str | None,
    endpoint: str | None,
    timeout_s: float,
    listing: bool,
) -> None:
    r"""Ask a bundled report by NAME, or the SPARQL query in FILE or on standard input (-).

    \b
    Examples:
        eugraph query --list
        eugraph query partners --param organisation=organisation/eha
        echo 'SELECT * { ?s ?p ?o } LIMIT 5' | eugraph query -
    """
    from eugraph.config import open_workspace
    from eugraph.pipeline import answer
    from eugraph.reports import Library

    workspace = open_workspace(folder)
    if listing:
        library = Library.open(workspace.queries)
        width = max((len(report) for report in library.reports), default=0)
        for report in library.reports.values():
            click.echo(f"{report.name:<{width}}  {report.asks}")
            for parameter in report.parameters:
                need = "" if parameter.required else ", optional"
                click.echo(f"{'':<{width}}    --param {parameter.name}={parameter.example}  ({parameter.type}{need})")
        return
    if name is None:
        raise click.UsageError("Name a report, a file with a query, or - for standard input. --list names the reports.")
    given = dict(_split(text) for text in params)
    text = sys.stdin.read() if name == "-" else None
    result = answer(workspace, name, given, text=text, endpoint=endpoint, timeout_s=timeout_s)
    click.echo(result.write(form or result.default_format), nl=False)


def _split(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise click.BadParameter(f"{text!r} is not NAME=VALUE.", param_hint="--param")
    return name, value

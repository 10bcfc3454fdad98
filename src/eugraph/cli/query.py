"""`eugraph query`."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import click

from eugraph.cli.completion import complete_parameters, complete_reports
from eugraph.cli.remote_options import credentials_option

FORMS = (
    "table",
    "csv",
    "tsv",
    "json",
    "xml",
    "md",
    "graphml",
    "ttl",
    "nt",
    "jsonld",
)  # eugraph.reports.FORMATS, without loading it
LONGEST_S = 86_400  # a day


@click.command(name="query")
@click.argument("name", required=False, metavar="[NAME|FILE|-]", shell_complete=complete_reports)
@click.option(
    "--param",
    "-p",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=complete_parameters,
    help="A value for a parameter; may be repeated.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    metavar="FORMAT",
    default=None,
    help="table, csv, tsv, json, xml or md for rows; graphml for rows that are edges; "
    "ttl, nt or jsonld for graphs.  [default: table or ttl]",
)
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL 1.1 endpoint in place of the workspace.")
@credentials_option
@click.option(
    "--timeout-s",
    type=click.FloatRange(min=1, max=LONGEST_S),
    default=30,
    show_default=True,
    help="Longest wait for the answer, in seconds.",
)
@click.option(
    "--against",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Tell where the graph that is answered departs from the vocabulary in FILE (OWL, or schema.org).",
)
@click.option("--list", "listing", is_flag=True, help="Name the bundled reports and what they ask.")
@click.pass_obj
def command(
    folder: Path,
    name: str | None,
    params: tuple[str, ...],
    form: str | None,
    endpoint: str | None,
    credentials: Path | None,
    timeout_s: float,
    against: Path | None,
    listing: bool,
) -> None:
    r"""Ask a bundled report by NAME, or the SPARQL query in FILE or on standard input (-).

    \b
    Examples:
        eugraph query --list
        eugraph query partners --param organisation=eha
        eugraph query partner-network -p organisation=eha --format graphml
        echo 'SELECT * { ?s ?p ?o } LIMIT 5' | eugraph query -
        eugraph query profiles/eurio --against EURIO.ttl
    """
    from eugraph.answering import answer, departures_from
    from eugraph.config import open_workspace
    from eugraph.errors import visible
    from eugraph.reports import Library
    from eugraph.store import Solutions

    if math.isnan(timeout_s):
        raise click.BadParameter("nan is no number of seconds.", param_hint="--timeout-s")
    workspace = open_workspace(folder)
    if listing:
        library = Library.open(workspace.queries)
        listed = {**library.reports, **library.profiles}
        width = max((len(report) for report in listed), default=0)
        for report in listed.values():
            click.echo(visible(f"{report.name:<{width}}  {report.asks}"))
            for parameter in report.parameters:
                need = "" if parameter.required else ", optional"
                example = visible(f"{parameter.name}={parameter.example}")
                click.echo(f"{'':<{width}}    --param {example}  ({parameter.type}{need})")
        return
    if name is None:
        raise click.UsageError("Name a report, a file with a query, or - for standard input. --list names the reports.")
    given = parameters_of(params)
    text = _standard_input() if name == "-" else None
    result = answer(
        workspace, name, given, text=text, endpoint=endpoint, timeout_s=timeout_s, credentials=credentials, say=_doubt
    )
    if against is not None:
        result = departures_from(against, result)
    written = result.write(form or result.default_format)
    click.echo(visible(written) if sys.stdout.isatty() else written, nl=False, color=True)  # nothing is stripped
    if against is not None and isinstance(result.result, Solutions) and result.result.rows:
        sys.exit(1)


def _doubt(line: str) -> None:
    """Tell what may be a slip; the answer stands."""
    from eugraph.errors import visible

    click.echo(f"eugraph: {visible(line)}", err=True)


def parameters_of(texts: tuple[str, ...]) -> dict[str, str]:
    """Read NAME=VALUE, each name once."""
    given: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"{text!r} is not NAME=VALUE.", param_hint="--param")
        if name in given:
            raise click.BadParameter(f"{name} is given twice. Give each parameter once.", param_hint="--param")
        given[name] = value
    return given


def _standard_input() -> str:
    """The query on standard input, which is UTF-8 whatever the locale says."""
    from eugraph.errors import QueryError

    if sys.stdin is None or sys.stdin.closed:
        raise QueryError("standard input is closed, so there is no query. Name a file, or send a query.")
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(f"standard input: the query is not UTF-8 (byte {error.start}). Send it as UTF-8.") from error
    except OSError as error:
        raise QueryError(f"standard input cannot be read: {error.strerror}. Name a file, or send a query.") from error

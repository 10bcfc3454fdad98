"""`eugraph init`."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import click


@click.command(name="init")
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", metavar="TEXT", help="What the workspace is called.")
@click.option("--base-iri", metavar="IRI", help="What the IRIs of its things begin with; ends in '/'.")
@click.option("--publisher", metavar="TEXT", help="Who publishes it.")
@click.option("--licence", metavar="IRI", help="Licence of its data: an address, or a name such as CC-BY-4.0.")
@click.pass_context
def command(
    context: click.Context,
    target: Path,
    title: str | None,
    base_iri: str | None,
    publisher: str | None,
    licence: str | None,
) -> None:
    r"""Start a workspace of one's own in the new or empty folder DIR.

    It holds two invented projects to replace, the ontology, shapes and reports, a Makefile, and a recipe for GitHub
    Pages. On a terminal, what no option tells is asked for; elsewhere a stand-in is written, to be changed in
    eugraph.toml.

    \b
    Example:
        eugraph init demo --title "Projects of our society" --base-iri https://data.example.org/projects/
    """
    from eugraph import scaffold
    from eugraph.scaffold import settings

    scaffold.check(target)  # before any question
    stand_in = scaffold.DEFAULTS
    given = scaffold.NewWorkspace(
        title=_asked("Title", title, stand_in.title, lambda text: settings.one_line("title", text)),
        base_iri=_asked("Base IRI, which every address begins with", base_iri, stand_in.base_iri, settings.base),
        publisher=_asked("Publisher", publisher, stand_in.publisher, lambda text: settings.one_line("publisher", text)),
        licence=_asked("Licence of the data", licence, stand_in.licence, settings.licence),
    )
    count = scaffold.start(target, given)
    shown = context.find_root().params["folder"] / target  # as seen from where the command was given
    eugraph = "eugraph" if str(shown) == "." else f"eugraph -C {shlex.quote(str(shown))}"
    click.echo(f"made      {count} files in {shown}", err=True)
    click.echo(f"next      {eugraph} validate", err=True)
    click.echo(f"          {eugraph} build", err=True)


def _asked(what: str, given: str | None, stand_in: str, check: Callable[[str], str]) -> str:
    """Return what an option says, else the answer of the person at the terminal, else the stand-in."""
    from eugraph.errors import SettingError

    if given is not None:
        return check(given)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return stand_in

    def checked(text: str) -> str:
        try:
            return check(text)
        except SettingError as error:
            raise click.UsageError(str(error).partition(": ")[2]) from error

    answer: str = click.prompt(what, default=stand_in, value_proc=checked, err=True)
    return answer

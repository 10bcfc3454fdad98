"""`eugraph add`."""

from __future__ import annotations

import sys
from pathlib import Path

import click


def _prompt(text: str) -> str:
    answer: str = click.prompt(text, default="", show_default=False, err=True)
    return answer


@click.command(name="add")
@click.argument("kind", type=click.Choice(["project", "organisation"]))
@click.option("--name", help="Name, in English.")
@click.option("--acronym", help="Short name.")
@click.option("--description", help="What it is or does, in your own words.")
@click.option("--homepage", metavar="URL", help="Website.")
@click.option("--title", help="Project: official title.")
@click.option("--start", metavar="DATE", help="Project: first day, YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--end", metavar="DATE", help="Project: last day, likewise.")
@click.option("--grant-number", help="Project: number of the grant.")
@click.option("--programme", help="Project: programme that pays, one of the workspace.")
@click.option("--coordinator", help="Project: organisation of the workspace that coordinates.")
@click.option(
    "--new-coordinator", metavar="NAME", help="Project: organisation that coordinates and is not described yet."
)
@click.option("--country", help="Organisation, or a project's new coordinator: its country.")
@click.option("--legal-name", help="Organisation: registered name.")
@click.option("--type", help="Organisation: type, one of the scheme of types.")
@click.option("--city", help="Organisation: town.")
@click.option("--pic", help="Organisation: participant identification code.")
@click.option("--ror", metavar="URL", help="Organisation: ROR identifier.")
@click.option("--source", metavar="URL", help="Where all this is said: a page, or a source of the workspace.")
@click.option("--source-title", help="Title of a page that is no source yet.")
@click.option("--source-kind", help="Who speaks on that page, one of the scheme of source kinds.")
@click.option("--retrieved", metavar="DATE", help="Day on which that page was read.  [default: today]")
@click.option(
    "--set", "more", multiple=True, metavar="KEY=VALUE", help="Any other property by its name; may be repeated."
)
@click.option("--slug", help="Last part of the address.  [default: made of acronym or name]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["turtle", "yaml"]),
    default="turtle",
    show_default=True,
    help="How to write the description.",
)
@click.option("--ask/--no-ask", default=None, help="Ask for the answers that are not given.  [default: in a terminal]")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.pass_obj
def command(
    folder: Path, /, kind: str, more: tuple[str, ...], form: str, ask: bool | None, dry_run: bool, **answers: str | None
) -> None:
    r"""Add a project or an organisation to the workspace.

    Asks for what the shapes require and a little more, checks each answer at once, and writes only what conforms.

    \b
    Examples:
        eugraph add project
        eugraph add project --acronym GAMMA --name Gamma --start 2024-03 --no-ask
        eugraph add organisation --name "Example Hospital" --country NL
    """
    import datetime as dt

    from eugraph.authoring.adding import prepare_addition
    from eugraph.authoring.answers import SET
    from eugraph.config import open_workspace

    given = {key.replace("_", "-"): text for key, text in answers.items() if text is not None}
    for pair in more:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise click.BadParameter(f"{pair!r} is not KEY=VALUE.", param_hint="--set")
        given[SET + key] = value
    asks = sys.stdin.isatty() if ask is None else ask
    workspace = open_workspace(folder)
    addition = prepare_addition(
        workspace,
        kind,
        given,
        today=dt.datetime.now(tz=dt.UTC).date().isoformat(),
        form=form,
        ask=_prompt if asks else None,
        say=lambda text: click.echo(text, err=True),
    )
    if dry_run:
        for name, text in addition.texts.items():
            click.echo(f"{name}:\n{text}")
    else:
        addition.write()
    click.echo(addition.report.write("text", workspace.base_iri), nl=False, err=True)
    if dry_run:
        return
    for name in addition.texts:
        click.echo(f"wrote {name}")
    click.echo(f"next: eugraph validate {addition.file}", err=True)

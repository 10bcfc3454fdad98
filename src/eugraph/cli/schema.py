"""`eugraph schema`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="schema")
@click.option(
    "--of",
    "what",
    type=click.Choice(["descriptions", "report"]),
    default="descriptions",
    show_default=True,
    help="What the schema is of: descriptions in YAML, or the report that `validate --format json` prints.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write.  [default: standard output]"
)
@click.pass_obj
def command(folder: Path, what: str, out: Path | None) -> None:
    r"""Print a JSON Schema: for descriptions in YAML, made of shapes, context and ontology, or for reports.

    An editor that is told of it completes keys and marks mistakes while you type.

    \b
    Example:
        eugraph schema --out eugraph.schema.json
    """
    from eugraph.authoring.files import replace_file

    text = _of_report() if what == "report" else _of_descriptions(folder)
    if out is None:
        click.echo(text, nl=False)
    else:
        replace_file(out, text)
        click.echo(f"wrote {out}", err=True)


def _of_descriptions(folder: Path) -> str:
    from eugraph.authoring.json_schema import schema_text
    from eugraph.config import open_workspace

    return schema_text(open_workspace(folder))


def _of_report() -> str:
    from eugraph.validate.formats.json_report import schema_text

    return schema_text()

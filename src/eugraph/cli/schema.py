"""`eugraph schema`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="schema")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write.  [default: standard output]"
)
@click.pass_obj
def command(folder: Path, out: Path | None) -> None:
    r"""Print a JSON Schema for descriptions in YAML, made of shapes, context and ontology.

    An editor that is told of it completes keys and marks mistakes while you type.

    \b
    Example:
        eugraph schema --out eugraph.schema.json
    """
    from eugraph.authoring.files import replace_file
    from eugraph.authoring.json_schema import schema_text
    from eugraph.config import open_workspace

    text = schema_text(open_workspace(folder))
    if out is None:
        click.echo(text, nl=False)
    else:
        replace_file(out, text)
        click.echo(f"wrote {out}", err=True)

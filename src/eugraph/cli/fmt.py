"""`eugraph fmt`."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command(name="fmt")
@click.argument("paths", type=click.Path(path_type=Path, exists=True), nargs=-1)
@click.option("--check", is_flag=True, help="Write nothing; end with 1 where a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@click.pass_obj
def command(folder: Path, paths: tuple[Path, ...], check: bool, diff: bool) -> None:
    r"""Lay out the Turtle and YAML files in PATHS, or in data, ontology and shapes.

    What a file says, its order and its comments stay as they are. A file that cannot be read is left alone.

    \b
    Examples:
        eugraph fmt
        eugraph fmt data/projects/harmony.ttl --diff
    """
    from eugraph.authoring.formatting import files_to_lay_out, lay_out_files, write_laid_out
    from eugraph.config import open_workspace
    from eugraph.errors import EugraphError

    refused: list[EugraphError] = []
    workspace = open_workspace(folder)
    changed = seen = 0
    for file in lay_out_files(workspace, files_to_lay_out(workspace, paths), refused.append):
        seen += 1
        if not file.is_changed:
            continue
        changed += 1
        if diff:
            click.echo(file.diff(), nl=False)
        else:
            click.echo(file.name.as_posix())
        if not (check or diff):
            write_laid_out(file)
    for error in refused:
        click.echo(f"eugraph: {error}", err=True)
        click.echo(f"         (docs/errors.md#{error.code})", err=True)
    done = "would change" if check or diff else "changed"
    click.echo(f"{_counted(changed)} {done}, {_counted(seen - changed)} as they should be", err=True)
    sys.exit(2 if refused else int(check and changed > 0))


def _counted(number: int) -> str:
    return f"{number} file" + ("" if number == 1 else "s")

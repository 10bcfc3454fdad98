"""`eugraph fix`."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command(name="fix")
@click.argument("paths", type=click.Path(path_type=Path, exists=True), nargs=-1)
@click.option("--apply", is_flag=True, help="Write the patches into the files.")
@click.pass_obj
def command(folder: Path, paths: tuple[Path, ...], apply: bool) -> None:
    r"""Show patches for what is certainly wrong in the data, or in PATHS, as a diff; or apply them.

    Each patch is computed from the shapes and the data, and proven by validating again: the finding is gone, and no
    other has come. What is not certain is told, and never changed.

    \b
    Examples:
        eugraph fix
        eugraph fix data/projects/harmony.ttl --apply
    """
    from eugraph.config import open_workspace
    from eugraph.errors import visible
    from eugraph.loading import files_at, files_beside, load
    from eugraph.mend import diff_of, mend, write_mended

    workspace = open_workspace(folder)
    files = files_at(paths)
    extra = files_beside(workspace, files)
    loaded = load(workspace, extra)
    meant = {path.resolve() for path in files}
    only = {file.name for file in loaded.curated.files if file.path.resolve() in meant} if paths else None
    mending = mend(loaded, extra=extra, only=only)

    def say(text: str) -> None:
        click.echo(visible(" ".join(text.split())), err=True)

    if mending.is_stopped:
        for finding in mending.left:
            say(f"{finding.place}: {finding.message} ({finding.code})")
        say("Nothing was mended: over half a graph other findings would be false.")
        sys.exit(mending.exit_status)
    click.echo(diff_of(mending), nl=False)
    if apply:
        write_mended(mending)
    for fix in mending.fixes:
        say(f"{fix.place}: {fix.kind}: {fix.why} ({fix.findings[0].code})")
    for finding, suggestion in mending.suggestions():
        say(f"{finding.place}: not mended, as {suggestion} ({finding.code})")
    done = "applied" if apply else "to apply"
    patches, files_changed = _counted(len(mending.fixes), "patch"), _counted(len(mending.after), "file")
    say(f"{patches} in {files_changed} {done}; {_counted(len(mending.left), 'finding')} left")
    sys.exit(int(bool(mending.fixes) and not apply))


def _counted(number: int, word: str) -> str:
    plural = f"{word}es" if word.endswith("ch") else f"{word}s"
    return f"{number} {word if number == 1 else plural}"

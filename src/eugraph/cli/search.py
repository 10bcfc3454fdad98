"""`eugraph search`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

FORMS = ("table", "csv", "tsv", "json", "xml", "md")  # eugraph.reports.answer.TABLE_FORMATS, without loading it


@click.command(name="search")
@click.argument("words", nargs=-1, required=True, metavar="WORDS…")
@click.option("--kind", default="", metavar="KIND", help="Only things of this kind, such as project or disease.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Most things to list.")
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="table", show_default=True, help="How to list them."
)
@click.option("--endpoint", metavar="URL", help="Look at this SPARQL 1.1 endpoint in place of the workspace.")
@click.option(
    "--timeout-s",
    type=click.FloatRange(min=1),
    default=30,
    show_default=True,
    help="Longest wait for an answer of the endpoint, in seconds.",
)
@click.pass_obj
def command(
    folder: Path, words: tuple[str, ...], kind: str, limit: int, form: str, endpoint: str | None, timeout_s: float
) -> None:
    r"""Find things by WORDS of their names, by acronym, identifier or topic; ends with 1 where nothing is found.

    Letters of both cases are one, accents do not count, and the beginnings of words are enough.

    \b
    Examples:
        eugraph search leukaemia
        eugraph search 116026 --format json
        eugraph search univ hosp --kind organisation
    """
    from eugraph.cli.terminal import tell
    from eugraph.config import open_workspace
    from eugraph.errors import visible
    from eugraph.searching import as_answer, search

    workspace = open_workspace(folder)
    question = " ".join(words)
    found = search(workspace, question, kind=kind, limit=limit, endpoint=endpoint, timeout_s=timeout_s, say=tell)
    written = as_answer(found, workspace.base_iri).write(form)
    click.echo(visible(written) if sys.stdout.isatty() else written, nl=False, color=True)
    if found.total > len(found.hits):
        tell(f"{found.total} are found; these are the first. --limit or --kind tell of others.")
    if not found.total:
        kinds = ", ".join(f"{count} of kind {name}" for name, count in found.kinds)
        tell(_nothing(question, found.instead, kinds))
        sys.exit(1)


def _nothing(question: str, instead: str, kinds: str) -> str:
    if kinds:
        return f"eugraph: nothing of this kind is found for {question!r}, but {kinds}."
    remedy = f"; did you mean {instead!r}?" if instead else ". Ask with fewer words, or with how one begins."
    return f"eugraph: nothing is found for {question!r}{remedy}"

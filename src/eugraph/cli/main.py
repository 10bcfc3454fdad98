"""`eugraph [-C DIR] COMMAND`. Data on stdout, talk on stderr.

Exit status: 0 clean, 1 findings or failed checks, 2 wrong usage or unreadable input, 3 a limit was reached.
"""

from __future__ import annotations

import contextlib
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from eugraph import __version__
from eugraph.cli.import_bar import ImportBar
from eugraph.cli.terminal import say
from eugraph.errors import EugraphError, did_you_mean
from eugraph.progress import shown_by
from eugraph.rdf.collecting import collecting_seldom

_COMMANDS = {
    "build": "Make the release: read, derive, validate, write.",
    "validate": "Say what is wrong in the workspace, and where.",
    "fix": "Mend what is certainly wrong, and show how.",
    "query": "Ask a bundled report, or any SPARQL query.",
    "add": "Add a project or an organisation to the workspace.",
    "fmt": "Lay out Turtle and YAML files as the house does.",
    "schema": "Print a JSON Schema by which editors check YAML.",
    "show": "Describe one thing in the terminal.",
    "search": "Find things by name, acronym, identifier or topic.",
    "serve": "Serve a release over HTTP: SPARQL endpoint and linked data.",
    "cite": "Write a citation of a report's answer.",
    "verify": "Ask again what was cited, and compare.",
    "import": "Import CORDIS, or from an endpoint, with a ledger of faults.",
    "match": "Propose which imported things are the curated ones, to be decided.",
    "convert": "Convert RDF from any format to any.",
    "diff": "Say what changed between two releases, workspaces or files.",
    "doctor": "Say what a harvester would say of a site.",
    "push": "Bring a store elsewhere to the release.",
    "completion": "Print what makes a shell complete commands.",
    "init": "Start a workspace of one's own.",
}
_MODULES = {"import": "importing"}  # where a module cannot be called as its command


class _Commands(click.Group):
    """Loads a command only when it is called, so that --help and --version start at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"eugraph.cli.{_MODULES.get(cmd_name, cmd_name)}").command
        below = command.commands.values() if isinstance(command, click.Group) else ()
        for each in (command, *below):
            each.help = (each.help or "").replace("\\b\n", "\b\n")  # click's mark for lines that stay as they are
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in _COMMANDS and (near := did_you_mean(args[0], _COMMANDS)):
            ctx.fail(f"No such command {args[0]!r}{near}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        package = Path(__file__).parent.parent
        folders = (package / "_docs" / "docs", package.parent.parent / "docs")  # of the wheel, of a clone
        if found := next((folder for folder in folders if (folder / "errors.md").is_file()), None):
            with formatter.section("Documentation, also what messages call docs/"):
                formatter.write_text(str(found))

    def main(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - the signature is click's
        try:
            return super().main(*args, **options)
        except OSError as error:  # of the streams: click has ended in silence where the reader has gone
            where = f"{error.filename}: " if error.filename else ""
            click.echo(f"eugraph: {where}the system refuses: {error.strerror or error}.", err=True)
            with contextlib.suppress(OSError, ValueError):  # what waits to be written is lost: do not try it again
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(2)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        found = [CompletionItem(name, help=does) for name, does in _COMMANDS.items() if name.startswith(incomplete)]
        return found + click.Command.shell_complete(self, ctx, incomplete)  # without loading every command

    def invoke(self, ctx: click.Context) -> object:
        try:
            with collecting_seldom(), shown_by(ImportBar):
                return super().invoke(ctx)
        except EugraphError as error:
            say(error)
            sys.exit(error.exit_status)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"eugraph {__version__}")
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "-C",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=".",
    metavar="DIR",
    help="Work as if started in DIR.",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version and leave."
)
@click.pass_context
def main(ctx: click.Context, folder: Path) -> None:
    """Publish descriptions of EU-funded projects as a linked-data knowledge graph."""
    ctx.with_resource(contextlib.chdir(folder))
    ctx.obj = Path.cwd()

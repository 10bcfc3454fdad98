"""`eugraph completion`, and what commands offer to a shell that completes their arguments.

Whatever is wrong with the workspace, completing offers less and says nothing: it runs while somebody types.
"""

from __future__ import annotations

import contextlib
import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem, get_completion_class

if TYPE_CHECKING:
    from eugraph.config import Workspace
    from eugraph.reports import Library

_VARIABLE = "_EUGRAPH_COMPLETE"
_BY_RULE = (
    "claim/",
    "graph/",
    "node/",
    "participation/",
)  # offered once the kind is typed: nobody looks for them first
_ONE_WORD = re.compile(r"[\w.~%/+@:,=-]+\Z")
_YAML_ID = re.compile(r"""^[ \t]*(?:- )?["']?@?id["']?:[ \t]+["']?([a-z]+/[^\s"',#}]+)""", re.MULTILINE)

# Bash breaks words at "=" and ":" too, and click's own script does not put them together again.
_BASH = r"""_eugraph_completion() {
    local IFS=$' \t\n' line="${COMP_LINE:0:COMP_POINT}" words word prefix response type value
    read -ra words <<< "$line"
    [[ $line == *[[:space:]] ]] && words+=("")
    word="${words[${#words[@]}-1]}"
    prefix="${word%"${word##*[=:]}"}"
    response=$(env COMP_WORDS="$line" COMP_CWORD=$((${#words[@]} - 1)) _EUGRAPH_COMPLETE=bash_complete "$1" 2>/dev/null)
    COMPREPLY=()
    while IFS=',' read -r type value; do
        case $type in
            dir) compopt -o dirnames 2>/dev/null ;;
            file) compopt -o default 2>/dev/null ;;
            plain)
                [[ $value == *= ]] && compopt -o nospace 2>/dev/null
                COMPREPLY+=("${value#"$prefix"}")
                ;;
        esac
    done <<< "$response"
}

complete -o nosort -F _eugraph_completion eugraph
"""


@click.command(name="completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    r"""Print what makes a SHELL complete commands, options, reports, parameters and things.

    \b
    Examples:
        eval "$(eugraph completion bash)"                                        # in ~/.bashrc
        eval "$(eugraph completion zsh)"                                         # in ~/.zshrc
        eugraph completion fish > ~/.config/fish/completions/eugraph.fish
    """
    if shell == "bash":
        click.echo(_BASH, nl=False)
        return
    script = get_completion_class(shell)
    assert script is not None
    click.echo(script(ctx.find_root().command, {}, "eugraph", _VARIABLE).source().strip())


def complete_things(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the paths of things below the base, such as project/harmony, with their names."""
    return _items(_things(ctx, incomplete))


def complete_reports(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the names of reports; files where a path is begun."""
    library = _library(ctx)
    known = (*library.reports.values(), *library.profiles.values()) if library else ()
    found = [report for report in known if report.name.startswith(incomplete)]
    if not found:
        return [CompletionItem(incomplete, type="file")]
    return _items((report.name, report.asks) for report in found)


def complete_parameters(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the names of a report's parameters, and things as values of those that are IRIs."""
    library = _library(ctx)
    asked = ctx.params.get("name") or next(iter(ctx.args), "")  # before an unfinished option arguments are not sorted
    report = library.reports.get(asked) if library else None
    if report is None:
        return []
    name, equals, value = incomplete.partition("=")
    if not equals:
        return _items((f"{p.name}=", p.type) for p in report.parameters if p.name.startswith(name))
    if any(p.name == name and p.type == "iri" for p in report.parameters):
        return _items((f"{name}={path}", label) for path, label in _things(ctx, value))
    return []


def _items(found: Iterable[tuple[str, str]]) -> list[CompletionItem]:
    """Values with what explains them. What a shell could take for more than a word is not offered."""
    return [
        CompletionItem(value, help="".join(c if c.isprintable() else " " for c in words))
        for value, words in found
        if _ONE_WORD.match(value)
    ]


def _workspace(ctx: click.Context) -> Workspace | None:
    """The workspace that the command would work in. Callbacks do not run while completing, so -C is looked up."""
    from eugraph.config import open_workspace
    from eugraph.errors import EugraphError

    try:
        return open_workspace(Path(ctx.find_root().params.get("folder") or "."))
    except (EugraphError, OSError, ValueError):
        return None


def _library(ctx: click.Context) -> Library | None:
    from eugraph.errors import EugraphError
    from eugraph.reports.library import Library

    workspace = _workspace(ctx)
    try:
        return Library.open(workspace.queries) if workspace else None
    except (EugraphError, OSError, ValueError):
        return None


def _things(ctx: click.Context, begun: str) -> list[tuple[str, str]]:
    """Path and name of each thing that has a name and whose path begins so, sorted."""
    from eugraph.errors import EugraphError

    workspace = _workspace(ctx)
    if workspace is None:
        return []
    found: dict[str, tuple[bool, str]] = {}
    with contextlib.suppress(EugraphError, OSError):  # what was found before the fault is offered all the same
        for iri, language, name in _names(workspace):
            path = iri.removeprefix(workspace.base_iri)
            if path != iri and path.startswith(begun) and (begun or not path.startswith(_BY_RULE)):
                found[path] = min((language != "en", name), found.get(path, (True, name)))
    return [(path, name) for path, (_, name) in sorted(found.items())]


def _names(workspace: Workspace) -> Iterator[tuple[str, str, str]]:
    """Yield (IRI, language, name), read without the care of a build: here speed counts, and a miss does no harm."""
    import pyoxigraph as ox

    from eugraph.rdf.read import FORMATS
    from eugraph.vocab import PREF_LABEL

    base = workspace.base_iri
    for path in sorted(workspace.data.rglob("*")):
        ending = path.suffix.lower()
        try:
            if ending in FORMATS:
                for quad in ox.parse(path=str(path), format=FORMATS[ending], base_iri=base, lenient=True):
                    if quad.predicate == PREF_LABEL and isinstance(quad.object, ox.Literal):
                        yield getattr(quad.subject, "value", ""), quad.object.language or "", quad.object.value
            elif ending in (".yaml", ".yml"):
                yield from ((base + found[1], "", "") for found in _YAML_ID.finditer(path.read_text(encoding="utf-8")))
            elif ending == ".csv":
                yield from _rows(path, base)
        except (SyntaxError, OSError, ValueError, csv.Error):
            continue  # a file that somebody is working on


def _rows(path: Path, base: str) -> Iterator[tuple[str, str, str]]:
    kind = path.stem.removesuffix("ies") + "y" if path.stem.endswith("ies") else path.stem.removesuffix("s")
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            slug = row.get("id") or ""
            yield base + (slug if "/" in slug else f"{kind}/{slug}"), "en", row.get("name@en") or ""

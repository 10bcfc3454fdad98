"""Running the commands of a page, where it says."""

from __future__ import annotations

import doctest
import io
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from conftest import ROOT, copy_tiny
from docs.pages_apart import Block, blocks
from eugraph.cli import main
from imported.test_workspace import with_source

ENDPOINT = "http://localhost:7878/query"  # how pages name an endpoint; there is one where commands are run
ALPHA = "data/projects/alpha.ttl"


@dataclass(frozen=True)
class Outcome:
    """What a command printed, both streams in the order of printing, and its exit status."""

    text: str
    status: int


def run(command: str, stdin: str | None = None) -> Outcome:
    command, _, first = command.partition(" | head -")
    words = shlex.split(command)
    assert words[0] == "eugraph", command
    result = CliRunner().invoke(main, words[1:], input=stdin, prog_name="eugraph")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    lines = result.output.splitlines(keepends=True)
    return Outcome("".join(lines[: int(first)] if first else lines), result.exit_code)


def pattern(shown: str) -> re.Pattern[str]:
    """The lines of a block as a regular expression for what is printed."""
    out = ""
    for line in shown.splitlines():
        if line.strip() == "…":
            out += r"(?:.*\n)*?"
        else:
            parts = [re.sub(r"(?:\\? )+", " +", re.escape(part.strip())) for part in line.split("…")]
            out += " *" + ".*".join(parts) + r" *\n"
    return re.compile(out)


def commands_in(block: Block) -> Iterator[tuple[str, str | None, str]]:
    """Yield command, standard input and the lines shown."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        stdin = None
        if command.endswith("<<'EOF'"):
            stdin, _, shown = shown.partition("EOF\n")
        if "asked" in block.words:
            stdin = "".join(f"{answer}\n" for answer in typed(shown))
            command += " --ask"  # as in a terminal
        if command.startswith("eugraph "):
            yield command.removesuffix("<<'EOF'"), stdin, shown


def typed(shown: str) -> Iterator[str]:
    """Yield what a person types in a dialogue: what follows the last colon of each prompt."""
    for line in shown.splitlines():
        if line.startswith(("wrote ", "next: ")) or re.match(r"\S+:\d+:\d+: |\d+ violations", line):
            return
        if line.endswith(":"):
            yield ""
        elif ": " in line and not line.startswith("  "):
            yield line.rpartition(": ")[2]


def examples(block: Block, names: dict[str, object]) -> None:
    """Run the examples of a block of Python, which print what is shown, with the names that earlier blocks left."""
    test = doctest.DocTestParser().get_doctest(block.text, names, str(block), str(block.page), block.line)
    out = io.StringIO()
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(test, out=out.write, clear_globs=False)
    names.update(test.globs)
    assert not out.getvalue(), out.getvalue()


def break_(root: Path, *changes: tuple[str, str]) -> None:
    text = (root / ALPHA).read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (root / ALPHA).write_text(text, encoding="utf-8")


THREE_FAULTS = (
    ("eug:acronym", "eug:akronym"),
    ("eug:studies <disease/anaemia>", "eug:studies <disease/anemia>"),
    ('"2023-06"^^xsd:gYearMonth', '"2023-13"^^xsd:gYearMonth'),
)


def page_folder(where: str, page: Path, folder: Path) -> Path:
    """The folder in which a page's blocks are run."""
    if not where:
        return ROOT
    if where == "empty":
        folder.mkdir(exist_ok=True)
    if not folder.exists():
        workspace = copy_tiny(folder)
        if where == "cordis":
            with_source(workspace)
        if where == "broken":
            break_(folder, *THREE_FAULTS)
        for block in blocks(page):
            if (name := block.option("file")) and not block.option("in"):  # else it is put where it stands
                put(folder / name, block.text)
    return folder


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

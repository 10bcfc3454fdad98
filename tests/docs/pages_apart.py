"""The pages of the documentation, taken apart: headings, tables, links, fenced blocks.

Fenced blocks that are tested, by the first word after the fence and those that follow it. `in=tiny|broken|cordis|empty|empty/NAME`
names where a block is at home: a small workspace, the same with three faults or with an import of some invented rows of CORDIS,
or a folder that is empty at first; the blocks of one page share them. Without it that is the repository.

- `console [in=…] [status=N] [asked]`: each `$ eugraph …` is run and must print the lines shown. `…` in a line stands for any
  text, on a line of its own for any lines; spaces are compared as one. `| head -N` is understood. `asked`: what stands behind
  the prompts is typed.
- `pycon [in=…]`: is run as a doctest.
- `sh`: holds commands that are not ours, which are known, and `make` with targets that there are.
- `sh serves`: one line, `eugraph serve` with its options, which starts a server that answers.
- `turtle [in-data] [[in=empty/NAME] file=PATH]`: parses; is among the curated statements; is put into the page's small
  workspace, or at its turn into the folder that `in` names.
- `yaml`, `csv`, `sparql` with `file=PATH`: is put there likewise, and read by the commands that follow.
- `sparql`, `yaml`, `json`, `toml`: parses. SPARQL alone or as what stands in braces.
- `text` below a heading of errors.md: is printed when the fault is there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from conftest import ROOT
from eugraph.vocab import PREFIXES

DOCS = ROOT / "docs"
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE-DATA.md")]
PAGES += sorted(DOCS.rglob("*.md"))
BASE = "https://w3id.org/eugraph/id/"


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@dataclass(frozen=True)
class Block:
    """A fenced block and the heading that it stands below."""

    page: Path
    line: int
    words: tuple[str, ...]  # after the fence
    heading: str
    text: str

    @property
    def kind(self) -> str:
        return self.words[0] if self.words else ""

    def option(self, name: str) -> str:
        return next((word.removeprefix(f"{name}=") for word in self.words if word.startswith(f"{name}=")), "")

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"


@cache
def blocks(path: Path) -> tuple[Block, ...]:
    found = []
    heading, words, begun, indent, inside = "", list[str](), 0, 0, list[str]()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if begun and line.strip() == "```":
            found.append(Block(path, begun, tuple(words), heading, "\n".join(inside) + "\n"))
            begun = 0
        elif begun:
            inside.append(line[indent:])
        elif line.lstrip().startswith("```"):  # within a list it is indented
            indent = len(line) - len(line.lstrip())
            words, begun, inside = line[indent + 3 :].split(), number, []
        elif line.startswith("#"):
            heading = line.lstrip("#").strip()
    assert not begun, f"{path}:{begun}: the block does not end"
    return tuple(found)


def all_blocks(kind: str) -> list[Block]:
    return [block for path in PAGES for block in blocks(path) if block.kind == kind]


def unfenced(text: str) -> str:
    return re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)


def headings(text: str, level: int) -> list[str]:
    return re.findall(rf"^#{{{level}}} (.+)$", unfenced(text), re.MULTILINE)


def sections(text: str, level: int) -> dict[str, str]:
    parts = re.split(rf"^#{{{level}}} (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def first_cells(text: str) -> list[str]:
    """The codes that stand alone in the first column of tables."""
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


def anchors(path: Path) -> set[str]:
    """The anchors of a page as GitHub makes them from its headings."""
    found = [title for level in range(1, 7) for title in headings(path.read_text(encoding="utf-8"), level)]
    return {
        re.sub(r"[^\w\- ]", "", re.sub(r"\]\([^)]*\)|[`\[*]", "", title)).strip().lower().replace(" ", "-")
        for title in found
    }


def links(path: Path) -> list[str]:
    text = re.sub(r"`[^`\n]*`", "", unfenced(path.read_text(encoding="utf-8")))
    return re.findall(r"\]\(([^)\s]+)\)", text)


def with_prefixes(text: str) -> str:
    """Turtle with the prefixes and the base that an excerpt leaves out."""
    declared = set(re.findall(r"^@prefix (\w+):", text, re.MULTILINE))
    lines = [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in PREFIXES.items() if prefix not in declared]
    return "\n".join([*lines, *([] if "@base" in text else [f"@base <{BASE}> ."]), text])

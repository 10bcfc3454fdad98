"""Every block of the documentation is true: it parses, stands in the data, or prints what is shown."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pyoxigraph as ox
import pytest
from ruamel.yaml import YAML

from conftest import ROOT
from docs.pages_apart import PAGES, Block, all_blocks, blocks, unfenced, with_prefixes
from docs.running import ENDPOINT, commands_in, examples, page_folder, pattern, put, run
from eugraph.cli import main
from eugraph.loading import Loaded
from eugraph.rdf.nquads import write_nquads
from serve.running import serving as eugraph_serving
from store.oxigraph import serving

# What a reader may be told to run besides eugraph; each is a program that a system brings, or is told how to get.
OTHERS = {
    ".",
    "cd",
    "curl",
    "day",
    "diff",
    "echo",
    "git",
    "npm",
    "npx",
    "pip",
    "python",
    "python3",
    "rsync",
    "sha256sum",
    "ssh",
    "wget",
}
KINDS = {
    "",
    "apache",
    "console",
    "csv",
    "json",
    "mermaid",
    "nginx",
    "pycon",
    "sh",
    "sparql",
    "text",
    "toml",
    "turtle",
    "yaml",
}


def test_every_block_is_of_a_kind_that_is_looked_at() -> None:
    assert {block.kind for path in PAGES for block in blocks(path)} <= KINDS


@pytest.mark.parametrize("block", all_blocks("turtle"), ids=str)
def test_turtle_parses_and_stands_in_the_data_if_it_says_so(block: Block, loaded: Loaded) -> None:
    triples = [quad.triple for quad in ox.parse(with_prefixes(block.text), format=ox.RdfFormat.TURTLE)]
    assert triples
    if "in-data" in block.words:
        stated = {quad.triple for quad in loaded.curated.quads}
        assert not [str(triple) for triple in triples if triple not in stated]


@pytest.mark.parametrize("block", all_blocks("sparql"), ids=str)
def test_sparql_parses(block: Block) -> None:
    whole = re.search(r"^(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", block.text, re.MULTILINE)
    ox.Store().query(block.text if whole else f"SELECT * WHERE {{ ?s ?p ?end {block.text} }}")


@pytest.mark.parametrize("block", [b for kind in ("json", "toml", "yaml") for b in all_blocks(kind)], ids=str)
def test_settings_and_descriptions_parse(block: Block) -> None:
    readers: dict[str, Callable[[str], object]] = {
        "json": json.loads,
        "toml": tomllib.loads,
        "yaml": lambda text: list(YAML(typ="safe").load_all(text)),
    }
    readers[block.kind](block.text)


# Commands


@pytest.mark.parametrize("block", [block for block in all_blocks("sh") if "serves" not in block.words], ids=str)
def test_what_is_not_run_is_not_ours_and_make_has_the_target(block: Block) -> None:
    """A command of eugraph stands in a block `console`, where it is run."""
    for line in block.text.splitlines():
        for command in re.split(r" \| | && ", line.partition(" #")[0]):
            first, *rest = re.split(r"[ =]", command.strip())
            if first == "make":
                targets = {path: (ROOT / path).read_text(encoding="utf-8") for path in ("Makefile", INIT_MAKEFILE)}
                assert any(re.search(rf"^{rest[0]}:", text, re.MULTILINE) for text in targets.values()), command
            else:
                assert first in OTHERS | {""}, f"{block}: {command}"


@pytest.mark.parametrize("block", [block for block in all_blocks("sh") if "serves" in block.words], ids=str)
def test_a_server_starts_as_shown(block: Block, release: Path) -> None:
    """The port is another one, so that it is free."""
    [line] = block.text.splitlines()
    options = shlex.split(re.sub(r" --port \d+", "", line).removeprefix("eugraph serve"))
    with eugraph_serving(release, *options) as server:
        assert server.get("/health").status_code == 200


INIT_MAKEFILE = "src/eugraph/scaffold/templates/Makefile"


def inline_commands() -> list[tuple[str, str]]:
    found = set()
    for path in PAGES:
        text = unfenced(path.read_text(encoding="utf-8"))
        found |= {(path.name, code) for code in re.findall(r"`(eugraph [a-z-][^`]*)`", text) if "…" not in code}
    return sorted(found)


@pytest.mark.parametrize(("page", "code"), inline_commands(), ids=lambda text: text)
def test_a_command_within_a_line_is_one_that_there_is(page: str, code: str) -> None:
    """The command, and each option that is named with it; words in capitals stand for what a reader puts there."""
    context = click.Context(main)
    command: click.Command | None = main
    for word in shlex.split(code)[1:]:
        if word.startswith("-"):
            options = {"--help", "-h"} | {o for p in (command or main).params for o in (*p.opts, *p.secondary_opts)}
            assert word in options, f"{page}: {code}"
        elif command is main and not re.match(r"[A-Z]", word):
            command = main.get_command(context, word)
            assert command, f"{page}: {code}"


@pytest.fixture(scope="module")
def endpoint(loaded: Loaded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an endpoint that holds the reference workspace."""
    folder = tmp_path_factory.mktemp("endpoint")
    (folder / "all.nq").write_bytes(write_nquads([*loaded.quads, *loaded.ontology.quads]))
    with serving([folder / "all.nq"], store=folder / "store") as address:
        yield address


@pytest.mark.parametrize(
    "path",
    [path for path in PAGES if any(b.kind in ("console", "pycon") for b in blocks(path))],
    ids=lambda path: path.name,
)
def test_commands_print_what_is_shown(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    names: dict[str, object] = {}  # which the examples of a page share
    for block in blocks(path):
        where = block.option("in")
        if block.kind not in ("console", "pycon"):
            if where:
                put(page_folder(where, path, tmp_path / where) / block.option("file"), block.text)
            continue
        monkeypatch.chdir(page_folder(where, path, tmp_path / where))
        if block.kind == "pycon":
            examples(block, names)
            continue
        for command, stdin, shown in commands_in(block):
            address = request.getfixturevalue("endpoint") if ENDPOINT in command else ""
            outcome = run(command.replace(ENDPOINT, address), stdin)
            assert outcome.status == int(block.option("status") or 0), f"{block}: {command}\n{outcome.text}"
            for line in shown.splitlines():  # one at a time first: a whole block that does not match says little
                said = f"{block}: {command}\n{line}\n{outcome.text[:3000]}"
                assert line.strip() == "…" or pattern(f"{line}\n").search(outcome.text), said
            assert pattern(shown).fullmatch(outcome.text), f"{block}: {command}\n{outcome.text[:3000]}"


def test_every_example_of_python_is_run() -> None:
    assert [block for block in all_blocks("pycon") if block.option("in")] == all_blocks("pycon")


def test_the_readme_shows_what_building_prints(release: Path) -> None:
    """`make site` is `eugraph build` with `--out dist`."""
    [block] = [block for block in blocks(ROOT / "README.md") if "$ make site" in block.text]
    shown = block.text.partition("$ make site")[2].partition("\n")[2].partition("$ ")[0]
    said = (release.parent / "said.txt").read_text(encoding="utf-8").replace(str(release), "dist")
    assert pattern(shown).fullmatch(said), said


def test_the_hook_for_pre_commit_runs_a_command_that_there_is() -> None:
    (hook,) = YAML(typ="safe").load(ROOT / ".pre-commit-hooks.yaml")
    (told,) = [block.text for block in all_blocks("yaml") if "hooks:" in block.text]
    assert YAML(typ="safe").load(told)["repos"][0]["hooks"] == [{"id": hook["id"]}]
    assert run(f"eugraph -C {ROOT} {hook['entry'].removeprefix('eugraph ')}").status == 0
    for name in ("data/a.ttl", "data/b.yaml", "eugraph.toml"):
        assert re.search(hook["files"], name), name

"""Completing: what a shell is offered, that it is offered soon, and that nothing is ever said."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.runner import run
from conftest import copy_tiny
from eugraph.config import Workspace

HEAVY = ("rdflib", "pyshacl", "SPARQLWrapper", "jinja2", "ruamel")


def offered(folder: Path, *words: str) -> list[str]:
    """What the command offers for the last of the words, by the protocol of click's scripts."""
    import shlex

    environment = {**os.environ, "COMP_WORDS": shlex.join(("eugraph", *words[:-1])) + " " + words[-1]}
    environment |= {"COMP_CWORD": str(len(words)), "_EUGRAPH_COMPLETE": "bash_complete"}
    done = subprocess.run(
        [sys.executable, "-m", "eugraph"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


def test_commands_options_and_formats_are_offered(tiny: Workspace) -> None:
    assert {"build", "query", "show", "convert"} <= set(offered(tiny.root, ""))
    assert offered(tiny.root, "show", "--form") == ["--format"]
    assert offered(tiny.root, "show", "--format", "j") == ["jsonld"]
    assert offered(tiny.root, "convert", "--from", "n") == ["nt", "nq", "nt.gz", "nq.gz"]


def test_reports_and_their_parameters_are_offered(tiny: Workspace) -> None:
    assert offered(tiny.root, "query", "part") == [
        "participations-by-country",
        "partner-network",
        "partner-search",
        "partners",
    ]
    assert offered(tiny.root, "query", "partners", "-p", "") == ["organisation=", "since="]
    assert offered(tiny.root, "query", "partners", "--param", "organisation=organisation/e") == [
        "organisation=organisation/eha"
    ]
    assert offered(tiny.root, "query", "partners", "-p", "since=20") == []


def test_things_are_offered_by_their_paths(tiny: Workspace) -> None:
    assert offered(tiny.root, "show", "project/") == ["project/alpha", "project/beta"]
    assert "organisation/eha" in offered(tiny.root, "show", "")
    assert offered(tiny.root.parent, "-C", str(tiny.root), "show", "project/b") == ["project/beta"]


def test_things_in_yaml_and_tables_are_offered(tiny: Workspace) -> None:
    (tiny.data / "gamma.yaml").write_text("id: project/gamma\ntype: Project\nname: {en: Gamma}\n")
    (tiny.data / "fields.csv").write_text("id,name@en\n117,optics\n")
    assert "project/gamma" in offered(tiny.root, "show", "project/")
    assert offered(tiny.root, "show", "field/") == ["field/117"]


def test_nothing_that_a_shell_could_run_is_offered(tiny: Workspace) -> None:
    (tiny.data / "hostile.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://w3id.org/eugraph/id/project/$(touch$IFS'x');x> skos:prefLabel 'hostile' .\n"
        "<https://w3id.org/eugraph/id/project/kind> skos:prefLabel 'kind' .\n"
    )
    assert offered(tiny.root, "show", "project/") == ["project/alpha", "project/beta", "project/kind"]


def no_settings(root: Path) -> None:
    (root / "eugraph.toml").unlink()


def broken_settings(root: Path) -> None:
    (root / "eugraph.toml").write_bytes(b"\xff\x00 = [")


def no_folders(root: Path) -> None:
    shutil.rmtree(root / "data")
    shutil.rmtree(root / "queries")


def broken_files(root: Path) -> None:
    (root / "data" / "a.ttl").write_bytes(b"\x00\xff <")
    (root / "data" / "b.yaml").write_bytes(b"\xff id: x")
    (root / "data" / "c.csv").write_bytes(b'id\n"\x00')
    (root / "data" / "d.ttl").mkdir()
    (root / "data" / "e.ttl").symlink_to(root / "nowhere")
    (root / "queries" / "bad.rq").write_bytes(b"# nothing \xff")


@pytest.mark.parametrize("fault", [no_settings, broken_settings, no_folders, broken_files])
def test_a_broken_workspace_offers_less_and_says_nothing(fault: Callable[[Path], None], tiny: Workspace) -> None:
    fault(tiny.root)
    for words in (("show", ""), ("query", "p"), ("query", "partners", "-p", ""), ("-C", "nowhere", "show", "x")):
        offered(tiny.root, *words)
    if fault is broken_files:
        assert offered(tiny.root, "show", "project/") == ["project/alpha", "project/beta"]


def test_completing_loads_no_engine_that_is_slow_to_load(tiny: Workspace) -> None:
    code = (
        "import os, sys\nos.environ.update(COMP_WORDS='eugraph show ', COMP_CWORD='2', _EUGRAPH_COMPLETE='bash_complete')\n"
        "from eugraph.cli import main\ntry:\n    main(prog_name='eugraph')\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tiny.root, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "project/alpha" in done.stdout


@pytest.mark.parametrize(
    ("shell", "mark"), [("bash", "complete -o"), ("zsh", "#compdef eugraph"), ("fish", "complete")]
)
def test_each_shell_gets_its_script(shell: str, mark: str, tmp_path: Path) -> None:
    outcome = run(tmp_path, "completion", shell)
    assert outcome.status == 0
    assert outcome.err == ""
    assert mark in outcome.out
    assert "_EUGRAPH_COMPLETE" in outcome.out


def test_another_shell_is_told_which_there_are(tmp_path: Path) -> None:
    outcome = run(tmp_path, "completion", "csh")
    assert outcome.status == 2
    assert "'bash', 'zsh', 'fish'" in outcome.err


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize(
    ("line", "replies"),
    [
        ("eugraph sho", ["show"]),
        ("eugraph show project/", ["project/alpha", "project/beta"]),
        ("eugraph query partners -p org", ["organisation="]),
        ("eugraph query partners -p organisation=organisation/u", ["organisation/uni"]),
        ("eugraph show 'x", []),
        ("eugraph show $(touch pwned) `touch pwned`", []),
    ],
)
def test_bash_completes_by_the_script(line: str, replies: list[str], tmp_path: Path) -> None:
    root = copy_tiny(tmp_path / "tiny").root
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "eugraph"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m eugraph "$@"\n')
    program.chmod(0o755)
    (tmp_path / "script").write_text(run(root, "completion", "bash").out)
    ask = 'source ../script; COMP_LINE="$1"; COMP_POINT=${#COMP_LINE}; _eugraph_completion eugraph; printf "%s\\n" "${COMPREPLY[@]}"'
    environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "--norc", "-c", ask, "bash", line],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert done.stdout.split() == replies
    assert not (root / "pwned").exists()

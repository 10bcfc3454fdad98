"""The bar of an import that a workspace makes by itself: on a terminal, and nowhere else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from conftest import ROOT
from eugraph.config import Workspace
from eugraph.imported import current_imports
from eugraph.progress import Show, showing, shown_by
from imported.test_workspace import with_source

QUERY = "ASK { ?s ?p ?o }"


@pytest.fixture
def slow(tiny: Workspace) -> Workspace:
    """A workspace with a source whose import takes more than a second."""
    workspace = with_source(tiny)
    table = workspace.root / "downloads" / "organization.csv"
    header, *rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
    many = (rows[1].replace("999000002", str(910000000 + number)) for number in range(60_000))
    table.write_text(header + "".join(many), encoding="utf-8")
    return workspace


def command(workspace: Workspace, *words: str) -> list[str]:
    return [sys.executable, "-m", "eugraph", "-C", str(workspace.root), *words]


ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT / "src"), "TERM": "xterm"}


def test_a_bar_is_on_the_terminal_and_ends_before_what_is_said_next(slow: Workspace) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command(slow, "validate"), stdin=subprocess.DEVNULL, stderr=theirs, env=ENVIRONMENT
    ) as process:
        os.close(theirs)
        said = b""
        while b"storing" not in said:  # what comes then takes long
            said += os.read(ours, 1 << 16)
        process.kill()
    first, bar, last = said.decode().split("\r\n")[:3]
    assert first == "importing cordis: downloads"
    assert "statements, " in bar
    assert bar.count("100%") == 1
    assert last.startswith("storing")


def test_nothing_is_shown_on_a_pipe(tiny: Workspace) -> None:
    made = command(with_source(tiny), "query", "-")
    done = subprocess.run(made, input=QUERY, capture_output=True, text=True, check=True, env=ENVIRONMENT)
    assert done.stdout.strip() == "true"
    assert done.stderr == "eugraph: importing cordis: downloads\neugraph: storing   cordis\n"


def test_progress_is_told_to_whom_it_is_to_be_shown_and_no_longer(tiny: Workspace) -> None:
    workspace, told = with_source(tiny), list[tuple[int, int, int]]()
    ends: list[str] = []

    @contextmanager
    def bar() -> Iterator[Show]:
        yield lambda done, size, made: told.append((done, size, made))
        ends.append("end")

    with shown_by(bar):
        (made,) = current_imports(workspace)
    assert ends == ["end"]
    done, size, statements = told[-1]
    assert done == size == sum(path.stat().st_size for path in Path(workspace.root, "downloads").rglob("*.csv"))
    assert statements == len(made.quads.read_bytes().splitlines())
    with showing() as show:
        assert show is None

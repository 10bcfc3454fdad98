"""A live workspace says after each save what validating everything says, and reads again only what changed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from eugraph.checking import check
from eugraph.config import Workspace, open_workspace
from eugraph.errors import EugraphError
from eugraph.live import Answer, LiveWorkspace
from eugraph.loading import load
from eugraph.validate import Report

ALPHA = "data/projects/alpha.ttl"


def full(workspace: Workspace) -> Report:
    return check(load(open_workspace(workspace.root)))


def look(live: LiveWorkspace) -> Answer:
    answer = live.look()
    assert answer is not None
    return answer


def save(path: Path, text: str) -> None:
    """Write a file so that its time differs from the last one, whatever the clock's steps."""
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(text, encoding="utf-8")
    if path.stat().st_mtime_ns <= before:
        os.utime(path, ns=(before + 1000, before + 1000))


def test_nothing_is_said_while_nothing_is_saved(tiny: Workspace) -> None:
    live = LiveWorkspace(tiny.root)
    assert look(live).report == full(tiny)
    assert live.look() is None


def edits(text: str) -> Iterator[str]:
    """Saves of one file: a wrong role, a broken line, a text without language, a thing less, and the file as it was."""
    yield text.replace("role:coordinator", "role:coordinater")
    yield text.replace("a eug:Project", "a eug:Project ;; [")
    yield text.replace('"Alpha"@en', '"Alpha"')
    yield text.replace('"2021-01-01"^^xsd:date', '"2024-01-01"^^xsd:date')
    yield text[: text.rindex("\n\n<")] + "\n"
    yield text


def test_each_save_gives_the_report_of_validating_everything(tiny: Workspace) -> None:
    live = LiveWorkspace(tiny.root)
    path = tiny.root / ALPHA
    text = path.read_text(encoding="utf-8")
    first = look(live).report
    seen = set()
    for edit in edits(text):
        save(path, edit)
        answer = look(live)
        assert answer.report == full(tiny)
        assert answer.changed == (path,)
        seen.add(answer.report)
    assert len(seen) == 6
    assert look_again(live, path).report == first


def look_again(live: LiveWorkspace, path: Path) -> Answer:
    save(path, path.read_text(encoding="utf-8"))
    return look(live)


def test_files_that_come_and_go_and_random_saves(tiny: Workspace) -> None:
    live = LiveWorkspace(tiny.root)
    look(live)
    chance = random.Random(3)
    files = sorted((tiny.root / "data").rglob("*.ttl"))
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    for _ in range(12):
        path = chance.choice(files)
        lines = texts[path].splitlines(keepends=True)
        place = chance.randrange(len(lines))
        choice = chance.randrange(3)
        if choice == 0:
            path.unlink(missing_ok=True)
        elif choice == 1:
            save(path, "".join(lines[:place] + lines[place + 1 :]))
        else:
            save(path, texts[path])
        answer = live.look()
        if answer is None:  # an unlinked file was unlinked again
            continue
        try:
            expected: Report | None = full(tiny)
        except EugraphError:
            expected = None
        assert answer.report == expected


def test_other_shapes_begin_anew(tiny: Workspace) -> None:
    live = LiveWorkspace(tiny.root)
    look(live)
    path = tiny.root / "shapes" / "project.ttl"
    save(path, path.read_text(encoding="utf-8").replace("sh:severity sh:Info", "sh:severity sh:Warning"))
    assert look(live).report == full(tiny)
    save(path, "@prefix sh: <http://www.w3.org/ns/shacl#> . <https://e.org/S> a sh:NodeShape ; sh:minCount 1 .")
    answer = look(live)
    assert answer.report is None
    assert "sh:minCount stands at a node shape" in answer.fault


def test_only_what_changed_is_checked_again(tiny: Workspace) -> None:
    live = LiveWorkspace(tiny.root)
    look(live)
    path = tiny.root / ALPHA
    save(path, path.read_text(encoding="utf-8") + "\n# a remark\n")
    assert look(live).checked == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has another way to end a process")
def test_the_command_answers_a_save_and_ends_at_once(tiny: Workspace) -> None:
    command = [sys.executable, "-m", "eugraph", "-C", str(tiny.root), "validate", "--watch", "--show", "violation"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        assert "the whole workspace in" in process.stderr.readline()
        path = tiny.root / ALPHA
        save(path, path.read_text(encoding="utf-8").replace("role:coordinator", "role:coordinater"))
        assert f"-- {ALPHA}: " in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=20)
    finally:
        process.kill()
    assert "role:coordinater" in out

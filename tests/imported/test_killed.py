"""Killed at any moment, an import and a build leave the old state or the new one, and the next run ends the work.

`make kills` does this at 50 random moments, and at every change of a folder; here some of both are tried.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from cli.runner import fingerprint
from conftest import copy_tiny
from sources.cordis.importing import INVENTED

KILLS = int(os.environ.get("EUGRAPH_KILLS", "3"))
SLICE = Path(__file__).parents[3] / "shared" / "cordis" / "haemato-subset.tar.gz"
KILLED = -9
QUERY = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
HERE = Path(__file__).parent

Command = tuple[str, ...]
ASK: Command = ("query", "-", "--format", "csv")


def start(workspace: Path, command: Command, nth: int = 0) -> subprocess.Popen[bytes]:
    path = os.pathsep.join(filter(None, sys.path))
    process = subprocess.Popen(
        [sys.executable, str(HERE / "killed.py"), str(nth), "-C", str(workspace), *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": path, "SOURCE_DATE_EPOCH": "1765000000"},
    )
    assert process.stdin is not None
    process.stdin.write(QUERY.encode())
    process.stdin.close()
    process.stdin = None
    return process


def done(workspace: Path, command: Command, nth: int = 0) -> tuple[int, bytes]:
    process = start(workspace, command, nth)
    out, _ = process.communicate()
    return process.returncode, out


def with_source(root: Path) -> Path:
    """The tiny workspace with a source in two states, `downloads` being the one that is imported."""
    copy_tiny(root)
    for state in ("old", "new"):
        (root / state).mkdir()
        if SLICE.is_file() and KILLS > 10:
            with tarfile.open(SLICE) as archive:
                archive.extractall(root / state, filter="data")
            shutil.rmtree(next((root / state).rglob("xml")))
        else:
            shutil.copytree(INVENTED, root / state, dirs_exist_ok=True)
    table = next((root / "new").rglob("organization.csv"))
    lines = table.read_bytes().splitlines(keepends=True)
    table.write_bytes(b"".join(lines[:2]))  # one participant is left
    shutil.copytree(root / "old", root / "downloads")
    with (root / "eugraph.toml").open("a", encoding="utf-8") as file:
        file.write('\n[sources.cordis]\nkind = "cordis"\nfiles = ["downloads"]\ndate = 2025-12-06\n')
        file.write('on_violation = "report"\n')
    return root


def change(root: Path) -> None:
    shutil.rmtree(root / "downloads")
    shutil.copytree(root / "new", root / "downloads")


def whole(workspace: Path) -> dict[str, dict[str, str]]:
    """What each finished folder of an import holds."""
    parent = workspace / ".eugraph" / "imports" / "cordis"
    return {folder.name: fingerprint(folder) for folder in parent.glob("*/") if "." not in folder.name}


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, dict[str, dict[str, str]]]]:
    """The answer, and the finished imports, of the old state and of the new one."""
    found = {}
    for state in ("old", "new"):
        root = with_source(tmp_path_factory.mktemp(state) / "workspace")
        if state == "new":
            change(root)
        status, answer = done(root, ASK)
        assert status == 0
        found[state] = (answer, whole(root))
    assert found["old"] != found["new"]
    return found


States = dict[str, tuple[bytes, dict[str, dict[str, str]]]]


def check(root: Path, states: States) -> None:
    """Whatever is there under its final name is whole, and the next run gives the new state."""
    known = states["old"][1] | states["new"][1]
    for name, files in whole(root).items():
        assert files == known[name]
    assert done(root, ASK) == (0, states["new"][0])


def test_killed_at_a_change_of_a_folder(tmp_path: Path, states: States) -> None:
    nth, step = 1, 1 if KILLS > 10 else 5
    root = with_source(tmp_path / "workspace")
    assert done(root, ASK)[0] == 0
    while True:
        here = tmp_path / str(nth)
        shutil.copytree(root, here)
        change(here)
        status, _ = done(here, ASK, nth)
        check(here, states)
        shutil.rmtree(here)
        if status != KILLED:
            assert status == 0
            break
        nth += step
    assert nth > 5


def test_killed_at_a_random_moment(tmp_path: Path, states: States) -> None:
    chance = random.Random(20251206)
    root = with_source(tmp_path / "workspace")
    assert done(root, ASK)[0] == 0
    began = time.monotonic()
    shutil.copytree(root, tmp_path / "timed")
    change(tmp_path / "timed")
    done(tmp_path / "timed", ASK)
    takes_s = time.monotonic() - began
    for number in range(KILLS):
        here = tmp_path / f"at-{number}"
        shutil.copytree(root, here)
        change(here)
        process = start(here, ASK)
        time.sleep(chance.uniform(0, takes_s))
        process.kill()
        process.communicate()
        check(here, states)
        shutil.rmtree(here)


def test_a_killed_build_leaves_the_old_release_or_the_new_one(tmp_path: Path) -> None:
    root = with_source(tmp_path / "workspace")
    build: Command = ("build", "--out", str(tmp_path / "dist"))
    assert done(root, build)[0] == 0
    old = fingerprint(tmp_path / "dist")
    change(root)
    text = (root / "data" / "projects" / "beta.ttl").read_text(encoding="utf-8")
    (root / "data" / "projects" / "beta.ttl").write_text(text.replace("Beta", "Better"), encoding="utf-8")
    assert done(root, ("build", "--out", str(tmp_path / "fresh")))[0] == 0
    new = fingerprint(tmp_path / "fresh")
    assert new != old
    chance, seen = random.Random(20251206), set()
    for number in range(KILLS):
        here = tmp_path / f"at-{number}"
        shutil.copytree(tmp_path / "dist", here)
        nth = chance.randrange(1, 200)
        status, _ = done(root, ("build", "--out", str(here)), nth)
        assert status in (0, KILLED)
        left = fingerprint(here)
        assert left in (old, new)
        seen.add(left == new)
        assert done(root, ("build", "--out", str(here)))[0] == 0
        assert fingerprint(here) == new


def test_a_killed_patch_leaves_the_old_release_or_the_new_one(tmp_path: Path) -> None:
    root, dist = with_source(tmp_path / "workspace"), tmp_path / "dist"
    build: Command = ("build", "--out", str(dist))
    path = root / "data" / "projects" / "beta.ttl"
    text = path.read_text(encoding="utf-8")
    states = {}
    for said in (text.replace("Beta", "Better"), text):
        path.write_text(said, encoding="utf-8")
        assert done(root, build)[0] == 0
        states[said] = fingerprint(dist)
    chance = random.Random(20251206)
    for number in range(KILLS):
        old, new = states[path.read_text(encoding="utf-8")], [*states][number % 2]
        path.write_text(new, encoding="utf-8")
        status, _ = done(root, build, chance.randrange(1, 80))
        assert status in (0, KILLED)
        assert fingerprint(dist) in (old, states[new])
        assert done(root, build)[0] == 0
        assert fingerprint(dist) == states[new]

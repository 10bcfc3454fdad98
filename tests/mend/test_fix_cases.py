"""Each kind of mending before and after: a folder a case, with a file of data, the diff, and what is told.

The file is put into the tiny workspace as `data/case.…`, and `shapes.ttl`, where there is one, among its shapes.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cli.runner import run
from conftest import copy_tiny

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())


def _told(text: str) -> str:
    """The lines on the file of the case."""
    return "".join(f"{line}\n" for line in text.splitlines() if line.startswith("data/case."))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_is_mended_as_its_diff_says(case: Path, tmp_path: Path) -> None:
    workspace = copy_tiny(tmp_path / "tiny")
    source = next(case.glob("case.*"))
    target = workspace.data / source.name
    shutil.copy(source, target)
    if (case / "shapes.ttl").exists():
        shutil.copy(case / "shapes.ttl", workspace.shapes / "case.ttl")
    expected = (case / "expected.diff").read_bytes().decode()
    shown = run(workspace.root, "fix")
    assert shown.out == expected
    assert _told(shown.err) == (case / "told.txt").read_text()
    assert shown.status == (2 if case.name == "yaml-too-unreadable" else int(bool(expected)))
    assert target.read_bytes() == source.read_bytes()
    applied = run(workspace.root, "fix", str(target), "--apply")
    assert (applied.status, applied.out) == (2 if shown.status == 2 else 0, expected)
    assert (target.read_bytes() != source.read_bytes()) == bool(expected)
    again = run(workspace.root, "fix", "--apply")
    assert (again.status, again.out) == (applied.status, "")

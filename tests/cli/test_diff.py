"""`eugraph diff`: releases, workspaces and files; what is none of them."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest

from cli.runner import run
from eugraph.config import Workspace
from eugraph.pipeline import build

EARLY = '<https://example.org/a> <https://example.org/p> "1" .\n'
LATE = '<https://example.org/a> <https://example.org/p> "2" .\n'


@pytest.fixture
def two_releases(tiny: Workspace) -> Path:
    """A folder with `old` and `new`, releases of a workspace whose project ended three months later; and the workspace."""
    folder = tiny.root.parent
    build(tiny, folder / "old")
    file = tiny.data / "projects" / "alpha.ttl"
    text = file.read_text(encoding="utf-8")
    assert text.count('"2023-06"') == 1
    file.write_text(text.replace('"2023-06"', '"2023-09"'), encoding="utf-8")
    build(tiny, folder / "new")
    return folder


def test_two_releases(two_releases: Path) -> None:
    outcome = run(two_releases, "diff", "old", "new")
    assert outcome.status == 0
    assert "Alpha (project)\n  end date: 2023-06 -> 2023-09\n" in outcome.out
    assert "1 statement added, 1 removed\n" in outcome.out
    assert outcome.err == ""


def test_a_release_and_the_workspace_that_it_was_made_from(two_releases: Path) -> None:
    outcome = run(two_releases, "diff", "new", "tiny", "--format", "json")
    assert json.loads(outcome.out)["things"] == []


def test_other_bases_do_not_hide_what_changed(tiny: Workspace) -> None:
    folder = tiny.root.parent
    for name in ("old", "new"):
        build(tiny, folder / name, base_iri="https://a.example/things/")
    assert run(folder, "diff", "old", "new", "--exit-code").status == 0


def test_the_exit_code_tells_whether_anything_differs(two_releases: Path) -> None:
    assert run(two_releases, "diff", "old", "old", "--exit-code").status == 0
    assert run(two_releases, "diff", "old", "new", "--exit-code").status == 1
    assert run(two_releases, "diff", "old", "new").status == 0


def test_two_files(tmp_path: Path) -> None:
    (tmp_path / "early.nt").write_text(EARLY, encoding="utf-8")
    (tmp_path / "late.nt.gz").write_bytes(gzip.compress(LATE.encode()))
    outcome = run(tmp_path, "diff", "early.nt", "late.nt.gz", "--format", "patch")
    lines = outcome.out.splitlines(keepends=True)
    assert lines[1:] == ["TX .\n", f"D {EARLY}", f"A {LATE}", "TC .\n"]
    assert lines[0].startswith("H id <urn:sha256:")


@pytest.mark.parametrize("kind", ["nothing", "folder", "file"])
def test_what_cannot_be_compared(tmp_path: Path, kind: str) -> None:
    (tmp_path / "early.nt").write_text(EARLY, encoding="utf-8")
    other = tmp_path / "other"
    if kind == "folder":
        other.mkdir()
    elif kind == "file":
        other.write_bytes(b"<a")
    outcome = run(tmp_path, "diff", "early.nt", "other")
    assert outcome.status == 2
    assert outcome.out == ""
    said = (
        "other: no RDF format goes by this file name"
        if kind == "file"
        else "other: this is neither a release, nor a workspace, nor a file of RDF"
    )
    assert said in outcome.err


@pytest.mark.parametrize("text", ["", "[]", "{", "\xff"])
def test_a_damaged_manifest(two_releases: Path, text: str) -> None:
    (two_releases / "new" / "release.json").unlink()
    (two_releases / "new" / "release.json").write_text(text, encoding="latin-1")
    outcome = run(two_releases, "diff", "old", "new")
    assert outcome.status == 2
    assert "this is no release" in outcome.err


@pytest.mark.parametrize("damage", ["cut", "garbage", "missing"])
def test_a_damaged_dump(two_releases: Path, damage: str) -> None:
    dump = two_releases / "new" / "dump" / "all.nq.gz"
    data = dump.read_bytes()
    dump.unlink()
    if damage != "missing":
        dump.write_bytes(data[: len(data) // 2] if damage == "cut" else b"no gzip")
    outcome = run(two_releases, "diff", "old", "new")
    assert outcome.status == 2
    assert "all.nq.gz" in outcome.err
    assert "release again" in outcome.err


def test_a_dump_that_is_no_nquads(two_releases: Path) -> None:
    dump = two_releases / "new" / "dump" / "all.nq.gz"
    dump.unlink()
    dump.write_bytes(gzip.compress(b"this is no statement\n"))
    outcome = run(two_releases, "diff", "old", "new")
    assert outcome.status == 2
    assert "all.nq.gz" in outcome.err


def test_validation_that_is_missing_is_not_compared(two_releases: Path) -> None:
    shutil.copytree(two_releases / "new", two_releases / "bare")
    (two_releases / "bare" / "validation.json").unlink()
    assert json.loads(run(two_releases, "diff", "old", "bare", "--format", "json").out)["findings"] is None

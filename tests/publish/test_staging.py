"""The new release beside the old one, then in its place."""

from __future__ import annotations

import errno
import json
import os
import sys
from pathlib import Path

import pytest

from eugraph.errors import OutputError
from eugraph.publish.staging import MANIFEST, Staging, staged


def fill(staging: Staging, **files: str) -> None:
    for name, text in files.items():
        staging.write(f"project/{name}.ttl", text.encode())
    manifest = {"graph": {"sha256": "0" * 64}, "files": {file.path: {} for file in staging.files}}
    staging.write(MANIFEST, json.dumps(manifest).encode())


def make(out: Path, **files: str) -> None:
    with staged(out) as staging:
        fill(staging, **files)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def give_up_half_way(out: Path) -> None:
    with staged(out) as staging:
        staging.write("project/a.ttl", b"2")
        raise ValueError("half way")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "dist"


def test_a_release_takes_the_place_of_the_one_before(out: Path) -> None:
    make(out, a="1", b="2")
    make(out, a="1", c="3")
    assert set(snapshot(out)) == {"project/a.ttl", "project/c.ttl", MANIFEST}
    assert [path.name for path in out.parent.iterdir()] == ["dist"]


def test_unchanged_files_are_the_same_files_and_changed_ones_are_not(out: Path) -> None:
    make(out, a="same", b="old")
    before = (out / "project/a.ttl").stat().st_ino
    reader = (out / "project/b.ttl").open("rb")
    make(out, a="same", b="new")
    assert (out / "project/a.ttl").stat().st_ino == before
    assert (out / "project/b.ttl").read_bytes() == b"new"
    with reader:
        assert reader.read() == b"old"


def test_a_failure_leaves_the_old_release_as_it_was(out: Path) -> None:
    make(out, a="1")
    before = snapshot(out)
    with pytest.raises(ValueError, match="half way"):
        give_up_half_way(out)
    assert snapshot(out) == before
    assert [path.name for path in out.parent.iterdir()] == ["dist"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "does not allow"),
        (errno.EACCES, "does not allow"),
        (errno.EIO, "failed"),
    ],
)
def test_what_the_system_refuses_is_said_with_a_remedy(out: Path, number: int, words: str) -> None:
    make(out, a="1")
    before = snapshot(out)
    with pytest.raises(OutputError, match=rf"{words}.*--out"), staged(out):
        raise OSError(number, os.strerror(number))
    assert snapshot(out) == before


def test_a_folder_with_other_things_is_refused(out: Path) -> None:
    out.mkdir()
    (out / "thesis.doc").write_text("dear")
    with pytest.raises(OutputError, match=r"thesis\.doc"):
        make(out, a="1")
    assert snapshot(out) == {"thesis.doc": b"dear"}


def test_a_release_to_which_someone_added_a_file_is_refused(out: Path) -> None:
    make(out, a="1")
    (out / "CNAME").write_text("example.org")
    with pytest.raises(OutputError, match="CNAME"):
        make(out, a="2")
    assert (out / "CNAME").exists()


@pytest.mark.parametrize("manifest", ["", "{}", "[]", '{"files": 1}', "\x00"])
def test_a_folder_whose_manifest_is_broken_is_refused(out: Path, manifest: str) -> None:
    make(out, a="1")
    (out / MANIFEST).write_text(manifest)
    with pytest.raises(OutputError, match=r"a\.ttl"):
        make(out, a="2")


def test_an_empty_folder_is_filled(out: Path) -> None:
    out.mkdir()
    (out / ".DS_Store").write_text("")
    make(out, a="1")
    assert set(snapshot(out)) == {"project/a.ttl", MANIFEST}


def test_a_file_in_the_way_is_refused(out: Path) -> None:
    out.write_text("dear")
    with pytest.raises(OutputError, match="not a folder"):
        make(out, a="1")
    assert out.read_text() == "dear"


def test_a_parent_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("dear")
    with pytest.raises(OutputError):
        make(tmp_path / "file" / "dist", a="1")


def test_a_link_to_a_folder_stays_a_link(out: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    out.symlink_to(tmp_path / "real")
    make(out, a="1")
    assert out.is_symlink()
    assert (tmp_path / "real/project/a.ttl").read_bytes() == b"1"


def test_a_link_in_the_old_release_is_not_followed(out: Path, tmp_path: Path) -> None:
    make(out, a="same")
    (tmp_path / "elsewhere").write_text("same")
    (out / "project/a.ttl").unlink()
    (out / "project/a.ttl").symlink_to(tmp_path / "elsewhere")
    make(out, a="same")
    assert not (out / "project/a.ttl").is_symlink()
    (out / "project/a.ttl").write_text("changed")
    assert (tmp_path / "elsewhere").read_text() == "same"


@pytest.mark.parametrize(
    "manifest", [b'{"my": 1}', b"\x00", b'{"files": {"release.json": {}}}', b'{"files": {}, "graph": {}}']
)
def test_a_release_json_of_somebody_else_is_not_replaced(out: Path, manifest: bytes) -> None:
    out.mkdir()
    (out / MANIFEST).write_bytes(manifest)
    with pytest.raises(OutputError, match=r"release\.json"):
        make(out, a="1")
    assert snapshot(out) == {MANIFEST: manifest}


def test_the_old_release_is_never_away_while_the_new_one_takes_its_place(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(out, a="1")
    monkeypatch.setattr(Path, "rename", lambda *_: pytest.fail("a second step"))
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux has a call that exchanges two folders")
    make(out, a="2")
    assert (out / "project/a.ttl").read_text() == "2"

"""Folders that are made beside and renamed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from eugraph.errors import OutputError
from eugraph.imported.keeping import making, remove_others


def test_a_folder_is_there_when_it_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "folder"
    with making(folder) as beside:
        (beside / "file").write_text("whole", encoding="utf-8")
        assert not folder.exists()
    assert (folder / "file").read_text(encoding="utf-8") == "whole"
    assert list(folder.parent.iterdir()) == [folder]


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "file").touch()
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"), making(tmp_path / "folder") as beside:
        fail(beside)
    assert list(tmp_path.iterdir()) == []


def test_the_folder_that_another_process_made_first_stays(tmp_path: Path) -> None:
    with making(tmp_path / "folder") as beside:
        (beside / "mine").touch()
        with making(tmp_path / "folder") as other:
            (other / "theirs").touch()
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["theirs"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError), making(tmp_path / "file" / "folder"):
        pass


def test_what_is_out_of_date_goes_and_what_may_be_in_use_stays(tmp_path: Path) -> None:
    for name in ("kept", "old", ".old.broken-off", "young", ".young.being-written"):
        (tmp_path / name).mkdir()
        if "old" in name or name == "kept":
            os.utime(tmp_path / name, (0, 0))
    (tmp_path / "digests.json").touch()
    os.utime(tmp_path / "digests.json", (0, 0))
    remove_others(tmp_path / "kept")
    assert {path.name for path in tmp_path.iterdir()} == {"kept", "young", ".young.being-written", "digests.json"}

"""Keys and digests: another content gives another key, and what was not written is not read again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from eugraph.errors import UnreachableFileError
from eugraph.imported.keys import Digests, files_below, key_of


def test_each_part_counts_and_so_does_where_it_ends() -> None:
    keys = [key_of("a", "b"), key_of("ab"), key_of("a", "b", ""), key_of("b", "a"), key_of("a", None)]
    assert len(set(keys)) == len(keys)
    assert key_of("a", "b") == keys[0]


def test_files_are_found_at_every_depth_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b/two.csv", "b/a/one.csv", "alone.zip"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = files_below([tmp_path / "b", tmp_path / "alone.zip"])
    assert [file.relative_to(tmp_path).as_posix() for file in found] == ["b/a/one.csv", "b/two.csv", "alone.zip"]


def test_a_source_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreachableFileError, match=r"eugraph\.toml names it as a source, and it is not there"):
        files_below([tmp_path / "none.zip"])


def test_a_file_that_was_not_written_is_not_read_again(tmp_path: Path) -> None:
    memory, file = tmp_path / "kept" / "digests.json", tmp_path / "file"
    file.write_text("one", encoding="utf-8")
    first = Digests(memory).of([file])
    status = file.stat()
    file.write_text("two", encoding="utf-8")  # the same size
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))  # as if nothing had happened
    assert Digests(memory).of([file]) == first
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert Digests(memory).of([file]) != first


@pytest.mark.parametrize("damaged", [b"", b"[]", b"{", b"\xff", b'{"a": 1}'])
def test_a_damaged_memory_is_made_anew(tmp_path: Path, damaged: bytes) -> None:
    memory, file = tmp_path / "digests.json", tmp_path / "file"
    file.write_text("one", encoding="utf-8")
    first = Digests(memory).of([file])
    memory.write_bytes(damaged)
    assert Digests(memory).of([file]) == first
    assert Digests(memory).of([file]) == first

"""Compiled templates are kept, and taken again as long as they are right."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from eugraph.publish.pages.compiled import Compiled


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "a.html").write_text("one {{ x }}", encoding="utf-8")
    return tmp_path


def rendered(folder: Path) -> str:
    environment = Environment(loader=FileSystemLoader(folder), bytecode_cache=Compiled(folder), autoescape=True)
    return environment.get_template("a.html").render(x="<")


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("__pycache__/*"))


def test_a_template_is_compiled_once_and_again_when_it_changes(folder: Path) -> None:
    assert rendered(folder) == "one &lt;"
    (file,) = kept(folder)
    before = (file.read_bytes(), file.stat().st_mtime_ns)
    assert rendered(folder) == "one &lt;"
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    (folder / "a.html").write_text("two {{ x }}", encoding="utf-8")
    assert rendered(folder) == "two &lt;"
    assert kept(folder) == [file]
    assert file.read_bytes() != before[0]


def test_what_is_damaged_is_compiled_anew(folder: Path) -> None:
    rendered(folder)
    (file,) = kept(folder)
    for damage in (b"", b"nonsense", file.read_bytes()[:-40]):
        file.write_bytes(damage)
        assert rendered(folder) == "one &lt;"


def test_nothing_is_written_where_python_writes_no_bytecode(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(folder) == "one &lt;"
    assert kept(folder) == []


def test_where_nobody_may_write_a_template_is_compiled_each_time(folder: Path) -> None:
    (folder / "__pycache__").write_text("a file in the way", encoding="utf-8")
    assert rendered(folder) == "one &lt;"

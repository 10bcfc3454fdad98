"""The notebooks of the documentation: their cells run, in order, in a small workspace and in one with real data."""

from __future__ import annotations

import contextlib
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from eugraph.config import Workspace
from imported.test_workspace import with_source

NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
SOURCE = '\n[sources.cordis]\nkind = "cordis"\nfiles = ["slice"]\ndate = 2025-12-06\non_violation = "report"\n'


def cells(notebook: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return found


def run(notebook: Path, folder: Path) -> dict[str, Any]:
    """Run the cells of code in a folder; return the names that they leave."""
    names: dict[str, Any] = {"__name__": "__main__"}
    with contextlib.chdir(folder):
        for number, cell in enumerate(cells(notebook)):
            if cell["cell_type"] == "code":
                exec(compile("".join(cell["source"]), f"{notebook.name}, cell {number}", "exec"), names)
    return names


@pytest.fixture
def slice_of(tiny: Workspace, shared: Path) -> Path:
    """The haematology projects of Horizon Europe, beside what is curated here."""
    with tarfile.open(shared / "cordis" / "haemato-subset.tar.gz") as archive:
        archive.extractall(tiny.root / "unpacked", filter="data")
    (tables,) = (path.parent for path in (tiny.root / "unpacked").rglob("project.csv"))
    tables.rename(tiny.root / "slice")
    (tiny.root / "slice" / "xml").rename(tiny.root / "unpacked" / "xml")  # the same again
    with (tiny.root / "eugraph.toml").open("a", encoding="utf-8") as file:
        file.write(SOURCE)
    return tiny.root


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_runs_in_a_small_workspace(notebook: Path, tiny: Workspace) -> None:
    names = run(notebook, with_source(tiny).root)
    assert list(names["partners"]["name"])[:2] == ["Example University", "European Hematology Association"]
    assert float(names["total"]) == pytest.approx(3411)
    assert names["coordinators"]["name"].to_list() == ["Example University"]
    assert names["concentration"].height == 4
    assert dict(names["degree"]["partners"]) == {
        "European Hematology Association": 2,
        "Example University": 2,
        "Works Renamed": 2,
    }


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_runs_over_the_haematology_projects(notebook: Path, slice_of: Path) -> None:
    names = run(notebook, slice_of)
    assert len(names["partners"]) == 49
    assert names["several"].height > 10
    assert float(names["total"]) > 1e8
    assert names["workspace"].query("projects").more == ""


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_is_kept_without_outputs(notebook: Path) -> None:
    assert len(NOTEBOOKS) >= 1
    for cell in cells(notebook):
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
    whole = json.loads(notebook.read_text(encoding="utf-8"))
    assert notebook.read_text(encoding="utf-8") == json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    assert whole["nbformat"] == 4

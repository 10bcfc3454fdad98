"""The pages that differ most, narrow and wide, light and dark: no fault of access, nothing sticks out, nothing loads.

Of reports there is one that becomes a list on a narrow screen, and two that are too wide for it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from browser.chromium import DARK, LIGHT, look
from conftest import ROOT
from eugraph.config import open_workspace
from eugraph.pipeline import build

PAGES = (
    *("index.html", "project/harmony.html", "organisation/eha.html", "network/eurobloodnet.html"),
    *("disease/acute-myeloid-leukaemia.html", "source/eu-projects-eha.html", "graph/projects/harmony.html"),
    *("organisation/index.html", "project/index.html", "query/index.html", "query/projects.html"),
    *("catalog.html", "dataset/all.html", "dataset/ontology.html", "feed/stream.html"),
    *(
        "query/partners.html",
        "query/disputed-claims.html",
        "ontology/index.html",
        "ontology/schemes/country.html",
        "shapes/index.html",
    ),
    *("validation.html", "licence.html"),
)


@pytest.fixture(scope="module")
def copy(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the release that pages with a script may be put into."""
    folder = tmp_path_factory.mktemp("browser") / "dist"
    shutil.copytree(release, folder)
    return folder


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the browser keeps its own things between pages."""
    return tmp_path_factory.mktemp("profile")


@pytest.mark.parametrize("width", [390, 1440], ids=["narrow", "wide"])
def test_the_page_of_what_changed_is_open_to_all_and_fits(
    axe: Path, release: Path, profile: Path, tmp_path: Path, width: int
) -> None:
    root = tmp_path / "workspace"
    for name in ("data", "ontology", "shapes", "queries", "eugraph.toml"):
        shutil.copytree(ROOT / name, root / name) if (ROOT / name).is_dir() else shutil.copy(ROOT / name, root / name)
    path = root / "data" / "projects" / "harmony.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace("HARMONY", "HARMONIA"), encoding="utf-8")
    _, made = build(open_workspace(root), tmp_path / "dist", previous=release)
    assert made is not None
    found = look(tmp_path / "dist/changes.html", axe, profile, width=width, scheme=LIGHT)
    assert found["violations"] == []
    assert found["wide"] == found["sideways"] == []
    assert not found["scrolls"]


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440], ids=["narrow", "wide"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_open_to_all_and_fits(
    axe: Path, copy: Path, profile: Path, page: str, width: int, scheme: int
) -> None:
    found = look(copy / page, axe, profile, width=width, scheme=scheme)
    assert found["violations"] == []
    assert found["wide"] == []
    assert not found["scrolls"]
    assert found["sideways"] == []  # but for reports of many columns and the map of classes
    assert found["dark"] == (scheme == DARK)
    assert all(address.startswith("file://") for address in found["loaded"])

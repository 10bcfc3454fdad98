"""Small releases for the doctor to examine."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import copy_tiny
from eugraph.config import open_workspace
from eugraph.pipeline import build

SETTINGS = """
[catalogue]
themes = ["HEAL"]
keywords = ["blood", "EU projects"]
languages = ["ENG"]
spatial = ["EUROPE"]
frequency = "MONTHLY"
access_rights = "PUBLIC"
publisher_type = "NonProfitOrganisation"
contact_name = "Data desk"
contact_email = "data@example.org"
"""


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the tiny workspace with three reports; not to be changed."""
    folder = tmp_path_factory.mktemp("doctor")
    return released(folder, folder / "dist")


def released(folder: Path, out: Path, settings: str = SETTINGS, *, base_iri: str | None = None) -> Path:
    """Build the tiny workspace with three reports and more settings."""
    workspace = copy_tiny(folder / "tiny")
    path = workspace.root / "eugraph.toml"
    path.write_text(path.read_text(encoding="utf-8") + settings, encoding="utf-8")
    for report in workspace.queries.glob("*.rq"):
        if report.stem not in ("coordinators", "projects", "roles"):
            report.unlink()
    _, made = build(open_workspace(workspace.root), out, base_iri=base_iri, date="2026-11-23")
    assert made is not None
    return out

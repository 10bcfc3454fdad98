"""Small releases for the doctor to examine."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import copy_tiny
from eugraph.pipeline import build


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the tiny workspace with three reports; not to be changed."""
    folder = tmp_path_factory.mktemp("doctor")
    return released(folder, folder / "dist")


def released(folder: Path, out: Path, *, base_iri: str | None = None) -> Path:
    workspace = copy_tiny(folder / "tiny")
    for report in workspace.queries.glob("*.rq"):
        if report.stem not in ("coordinators", "projects", "roles"):
            report.unlink()
    _, made = build(workspace, out, base_iri=base_iri, date="2026-11-23")
    assert made is not None
    return out

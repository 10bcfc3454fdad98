"""What tests share: the repository, a tiny workspace of its own, and the reference workspace built once a process."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from eugraph.config import Workspace, open_workspace
from eugraph.loading import Loaded, load
from eugraph.pipeline import build
from eugraph.reports import Library, ask, prepare
from eugraph.reports.answer import plain
from eugraph.store import Solutions

ROOT = Path(__file__).resolve().parent.parent

Rows = list[tuple[str, ...]]

# How long an example takes says something of the machine and of what else it does, and nothing of the code.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of the repository, which is the reference workspace."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of outside material that lies beside the repository in continuous integration."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the outside facts and vocabularies do not lie beside this clone")
    return folder


@pytest.fixture(scope="session")
def loaded() -> Loaded:
    """The reference workspace, read."""
    return load(open_workspace(ROOT))


@pytest.fixture(scope="session")
def workspace_rows(loaded: Loaded) -> Callable[..., Rows]:
    """Answer a report over the reference workspace: cells as SPARQL's CSV shows them."""

    def rows(name: str, /, **params: str) -> Rows:
        base = loaded.workspace.base_iri
        report = Library.open(loaded.workspace.queries)[name]
        result = ask(
            loaded.store, prepare(report.text, report.terms(params, base), base_iri=base), base_iri=base
        ).result
        assert isinstance(result, Solutions)
        return [tuple(plain(cell) for cell in row) for row in result.rows]

    return rows


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the reference workspace; beside it in `said.txt` what building it said."""
    out = tmp_path_factory.mktemp("release") / "dist"
    said: list[str] = []
    report, made = build(open_workspace(ROOT), out, say=said.append)
    assert made is not None, report.write("text", "")
    (out.parent / "said.txt").write_text("".join(f"{line}\n" for line in said), encoding="utf-8")
    return out


def copy_tiny(folder: Path) -> Workspace:
    """A workspace with two projects, three organisations and a dispute, under the repository's ontology and shapes."""
    shutil.copytree(ROOT / "tests" / "workspaces" / "tiny", folder)
    for name in ("ontology", "shapes", "queries"):
        shutil.copytree(ROOT / name, folder / name)
    return open_workspace(folder)


@pytest.fixture
def tiny(tmp_path: Path) -> Workspace:
    """A small workspace to break; see `copy_tiny`."""
    return copy_tiny(tmp_path / "tiny")

"""What is counted over all statements is the same, whether a part of them lies on disk or none."""

from __future__ import annotations

from pathlib import Path

from eugraph.config import open_workspace
from eugraph.loading import load
from eugraph.publish.statements import Statements
from eugraph.publish.sums import sums
from imported.test_patches import SAYINGS, said, workspace_with_source


def test_the_counts_beside_an_import_are_those_of_all_statements_together(tmp_path: Path) -> None:
    loaded = load(open_workspace(workspace_with_source(tmp_path / "workspace")))
    imported = loaded.imported
    assert imported is not None
    more = [quad for text in SAYINGS.values() for quad in said(text, loaded.workspace.base_iri)]
    own = [*loaded.quads, *loaded.matches, *more, *[*imported.quads()][:50]]
    beside, together = Statements(imported.said), Statements()
    beside.take(own)
    together.take([*own, *imported.quads()])
    first, again = sums(beside, imported), sums(beside, imported)
    assert first == again == sums(together, None)
    assert first.extent.starts["1999-02-03"]
    assert first.statistics.subjects > len(dict(beside.taken()))

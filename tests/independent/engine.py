"""The rows that the engine under test gives over a workspace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from eugraph.config import open_workspace
from eugraph.loading import load
from eugraph.reports import Library, ask, prepare
from eugraph.reports.answer import plain
from eugraph.store import Solutions
from independent.reports import Row


def rows_over(root: Path) -> Callable[..., list[Row]]:
    """A function from a report's name and parameters to its rows, cells as SPARQL's CSV format shows them."""
    loaded = load(open_workspace(root))
    library = Library.open(loaded.workspace.queries)
    base = loaded.workspace.base_iri

    def rows(name: str, /, **params: str) -> list[Row]:
        report = library[name]
        result = ask(
            loaded.store, prepare(report.text, report.terms(params, base), base_iri=base), base_iri=base
        ).result
        assert isinstance(result, Solutions)
        return [tuple(plain(cell) for cell in row) for row in result.rows]

    return rows

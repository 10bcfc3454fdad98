"""The bundled reports with their examples, and rows in one form for all stores and clients."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eugraph.loading import Loaded
from eugraph.reports import Library, ask, prepare
from eugraph.reports.answer import plain
from eugraph.store import Solutions, Store

Rows = list[tuple[str, ...]]
_NUMBER = re.compile(r"-?[0-9]+\.[0-9]+\Z")


def reports(loaded: Loaded) -> Iterator[tuple[str, str]]:
    """Yield (name, query) of every bundled report, with and without its optional parameters."""
    base = loaded.workspace.base_iri
    for report in Library.open(loaded.workspace.queries).reports.values():
        needed = report.example()
        every = {parameter.name: parameter.example for parameter in report.parameters}
        yield report.name, prepare(report.text, report.terms(needed, base), base_iri=base)
        if every != needed:
            yield f"{report.name}, narrowed", prepare(report.text, report.terms(every, base), base_iri=base)


def rows_of(store: Store, query: str) -> Rows:
    result = ask(store, query, base_iri="https://w3id.org/eugraph/id/").result
    assert isinstance(result, Solutions)
    return [tuple(plain(cell) for cell in row) for row in result.rows]


def in_one_form(rows: Rows) -> Rows:
    """Rows with truth values as Virtuoso has them, and decimals without last zeros."""
    return [tuple(_in_one_form(cell) for cell in row) for row in rows]


def _in_one_form(cell: str) -> str:
    if _NUMBER.match(cell):
        return cell.rstrip("0").rstrip(".")
    return {"true": "1", "false": "0"}.get(cell, cell)

"""pyoxigraph in memory: a query index over quads.

It may rewrite lexical forms ("0.0" to "0"): publish from quads, not from here.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from eugraph.errors import QuerySyntaxError
from eugraph.store.protocol import Graph, Solutions


class EmbeddedStore:
    """A `Store` in this process."""

    def __init__(self, quads: Iterable[ox.Quad] = ()) -> None:
        self._store = ox.Store()
        self.extend(quads)

    def extend(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads; those that are there already change nothing."""
        self._store.bulk_extend(quads)

    def query(self, text: str) -> Solutions | Graph | bool:
        """Answer a query over the union of all graphs. See `Store.query`."""
        try:
            answer = self._store.query(text, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise QuerySyntaxError(f"this is not SPARQL 1.1: {error.msg}") from None
        if isinstance(answer, ox.QuerySolutions):
            columns = tuple(variable.value for variable in answer.variables)
            return Solutions(columns, [tuple(solution) for solution in answer])
        if isinstance(answer, ox.QueryTriples):
            return Graph(list(answer))
        return bool(answer)

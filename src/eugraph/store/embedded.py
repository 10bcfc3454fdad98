"""pyoxigraph: a query index over quads, in memory or in a folder.

It may rewrite lexical forms ("0.0" to "0"): publish from quads, not from here.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator
from itertools import takewhile
from typing import TypeVar

import pyoxigraph as ox

from eugraph.errors import QueryError, QuerySyntaxError, RefusedQueryError
from eugraph.store.belt import keyword_fault
from eugraph.store.protocol import Graph, Solutions

_T = TypeVar("_T")


class EmbeddedStore:
    """A `Store` in this process."""

    def __init__(self, quads: Iterable[ox.Quad] = (), *, store: ox.Store | None = None) -> None:
        """Take what to hold, in memory; or a store that is there, such as one in a folder."""
        self._store = ox.Store() if store is None else store
        self.extend(quads)

    def extend(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads; those that are there already change nothing."""
        self._store.bulk_extend(quads)

    def remove(self, triple: ox.Triple, *, but_in: Collection[ox.NamedNode] = ()) -> None:
        """Take a statement out of all graphs but some, and with it those that differ only in how a value is written."""
        for quad in list(self._store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)):
            if quad.graph_name not in but_in:
                self._store.remove(quad)

    def clear(self, graph: ox.NamedNode) -> None:
        """Take all statements of a graph out."""
        self._store.clear_graph(graph)

    def about(self, subject: ox.NamedNode) -> Iterator[ox.Quad]:
        """Yield what is said of a thing, in any graph; literals as the engine writes them."""
        return self._store.quads_for_pattern(subject, None, None, None)

    def having(self, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal) -> Iterator[ox.Quad]:
        """Yield the statements of things that have the value."""
        return self._store.quads_for_pattern(None, predicate, value, None)

    def pointing_to(self, value: ox.NamedNode) -> Iterator[ox.Quad]:
        """Yield the statements that have a thing as their value."""
        return self._store.quads_for_pattern(None, None, value, None)

    def of_property(self, predicate: ox.NamedNode) -> Iterator[ox.Quad]:
        """Yield the statements of a property."""
        return self._store.quads_for_pattern(None, predicate, None, None)

    def matching(
        self, subject: ox.NamedNode | None, predicate: ox.NamedNode, value: ox.NamedNode | None
    ) -> Iterator[ox.Quad]:
        """Yield the statements of a property with this subject and this value; None is any."""
        return self._store.quads_for_pattern(subject, predicate, value, None)

    def query(self, text: str, *, stop: threading.Event | None = None) -> Solutions | Graph | bool:
        """Answer a query over the union of all graphs, or over those that it names with FROM. See `Store.query`.

        Args:
            text: the query.
            stop: where it is set, the rest of the answer is left out.

        Raises:
            RefusedQueryError: the engine would ask another endpoint, however the text hides that.
            QueryError: the engine cannot answer, as with a function that it does not know.
        """
        try:
            if fault := keyword_fault(text, "service"):
                raise RefusedQueryError(f"the query asks another endpoint with SERVICE, or is not SPARQL 1.1: {fault}")
            answer = self._store.query(text, use_default_graph_as_union=not keyword_fault(text, "from"))
            if isinstance(answer, ox.QuerySolutions):
                columns = tuple(variable.value for variable in answer.variables)
                return Solutions(columns, [tuple(solution) for solution in _until(stop, answer)])
            if isinstance(answer, ox.QueryTriples):
                return Graph(list(_until(stop, answer)))
        except SyntaxError as error:
            raise QuerySyntaxError(f"this is not SPARQL 1.1: {error.msg}") from None
        except (RuntimeError, OSError) as error:
            raise QueryError(f"the query cannot be answered: {error}. Ask in another way.") from error
        return bool(answer)


def _until(stop: threading.Event | None, answer: Iterator[_T]) -> Iterator[_T]:
    return answer if stop is None else takewhile(lambda _: not stop.is_set(), answer)

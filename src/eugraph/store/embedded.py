"""pyoxigraph: a query index over quads, in memory or in a folder.

It may rewrite lexical forms ("0.0" to "0"): publish from quads, not from here.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeVar

import pyoxigraph as ox

from eugraph.errors import QueryError, QuerySyntaxError, RefusedQueryError
from eugraph.store.belt import keyword_fault
from eugraph.store.protocol import Graph, Row, Solutions

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class OpenSolutions:
    """The answer to SELECT while it is worked out: names of the columns, and rows that come one by one."""

    columns: tuple[str, ...]
    rows: Iterator[Row]


@dataclass(frozen=True, slots=True)
class Dataset:
    """What a query is asked over: the graphs that are together the default one, and those that GRAPH sees.

    Spec: SPARQL 1.1 Protocol §2.1.4, <https://www.w3.org/TR/sparql11-protocol/#dataset>.
    """

    default: Sequence[str] = ()
    named: Sequence[str] = ()


class EmbeddedStore:
    """A `Store` in this process."""

    def __init__(
        self, quads: Iterable[ox.Quad] = (), *, store: ox.Store | None = None, folder: Path | None = None
    ) -> None:
        """Take what to hold, in memory; or a store that is there, such as one in a folder."""
        self._store = ox.Store() if store is None else store
        self.folder = folder  # of a store that is never changed; None for one in memory
        if quads:  # a bulk of nothing takes memory too
            self.extend(quads)

    def extend(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads; those that are there already change nothing."""
        self._store.bulk_extend(quads)

    def load_turtle(self, file: Path, graph: ox.NamedNode) -> None:
        """Add the statements of a file of Turtle to a graph, literals as they are written even where ill-typed."""
        self._store.bulk_load(path=str(file), format=ox.RdfFormat.TURTLE, to_graph=graph, lenient=True)

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
        found = self._ask(text)
        if stop is None and isinstance(found, ox.QueryTriples):
            return Graph(_at_once(found))
        answer = _opened(found)
        if isinstance(answer, OpenSolutions):
            return Solutions(answer.columns, list(_until(stop, answer.rows)))
        return answer if isinstance(answer, bool) else Graph(list(_until(stop, answer)))

    def open(
        self, text: str, *, dataset: Dataset | None = None, base_iri: str | None = None, belt: str | None = None
    ) -> OpenSolutions | Iterator[ox.Triple] | bool:
        """Answer a query so that rows or statements come one by one, each when it is asked for. See `query`.

        Args:
            text: the query.
            dataset: the graphs that it is asked over, whatever it names with FROM.
            base_iri: what its relative IRIs stand below.
            belt: the query as it is to be looked at for SERVICE, where the caller lets some of these stand.

        Raises:
            QueryError: as for `query`; also while rows are taken.
        """
        return _opened(self._ask(text, dataset=dataset, base_iri=base_iri, belt=belt))

    def _ask(
        self, text: str, *, dataset: Dataset | None = None, base_iri: str | None = None, belt: str | None = None
    ) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        with _told():
            if fault := keyword_fault(text if belt is None else belt, "service", base_iri):
                raise RefusedQueryError(f"the query asks another endpoint with SERVICE, or is not SPARQL 1.1: {fault}")
            if dataset is not None:
                return self._store.query(
                    text, base_iri=base_iri, default_graph=_nodes(dataset.default), named_graphs=_nodes(dataset.named)
                )
            union = not keyword_fault(text, "from", base_iri)
            return self._store.query(text, base_iri=base_iri, use_default_graph_as_union=union)

    def graphs(self) -> Iterator[ox.NamedNode | ox.BlankNode]:
        """Yield the names of the graphs."""
        return self._store.named_graphs()

    def statements(self, graph: ox.NamedNode | None) -> Iterator[ox.Triple]:
        """Yield what one graph says, or for None what all say, some of it more than once."""
        return (quad.triple for quad in self._store.quads_for_pattern(None, None, None, graph))


@contextmanager
def _told() -> Iterator[None]:
    """Raise what the engine raises as one of our errors."""
    try:
        yield
    except SyntaxError as error:
        raise QuerySyntaxError(f"this is not SPARQL 1.1: {error.msg}") from None
    except (RuntimeError, OSError) as error:
        raise QueryError(f"the query cannot be answered: {error}. Ask in another way.") from error


def _opened(
    answer: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean,
) -> OpenSolutions | Iterator[ox.Triple] | bool:
    if isinstance(answer, ox.QuerySolutions):
        return OpenSolutions(tuple(variable.value for variable in answer.variables), _each(map(tuple, answer)))
    return _each(answer) if isinstance(answer, ox.QueryTriples) else bool(answer)


def _at_once(answer: ox.QueryTriples) -> list[ox.Triple]:
    """Return all statements, worked out in one go outside of Python's lock, while other threads go on."""
    with _told():
        lines = answer.serialize(format=ox.RdfFormat.N_TRIPLES)
        return [quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES, lenient=True)]


def _each(answer: Iterator[_T]) -> Iterator[_T]:
    with _told():
        yield from answer


def _nodes(names: Iterable[str]) -> list[Any]:  # the engine's lists are of several kinds of names
    return [ox.NamedNode(name) for name in names]


def _until(stop: threading.Event | None, answer: Iterator[_T]) -> Iterator[_T]:
    return answer if stop is None else takewhile(lambda _: not stop.is_set(), answer)

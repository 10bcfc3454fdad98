"""An endpoint whose default graph is the union of its graphs, as data queries need it, whatever it shows by itself.

Spec: SPARQL 1.1 Protocol §2.1.4, <https://www.w3.org/TR/sparql11-protocol/#dataset>.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from eugraph.errors import EndpointFailedError, EndpointRefusedError, QuerySyntaxError
from eugraph.store.protocol import Graph, Row, Solutions, Store
from eugraph.store.remote import RemoteStore
from eugraph.store.tokens import solid

_SAMPLE = 20  # statements of named graphs that are looked for in the default graph
_MOST_GRAPHS = 1_000  # that a query names
_OF_OXIGRAPH = "union-default-graph"


def union_store(
    endpoint: str,
    *,
    timeout_s: float = 30,
    credentials: Path | None = None,
    say: Callable[[str], object] | None = None,
) -> Store:
    """Return the store at an address, with the union of its named graphs as the default graph.

    Where the address itself says which graphs are the default one (`default-graph-uri`), or a query does (`FROM`), that
    holds.

    Args:
        endpoint: the address.
        timeout_s: longest wait for each answer, in seconds (> 0).
        credentials: a file, see `eugraph.store.credentials`.
        say: takes a line where there is no union to be had, and the store is taken as it is; None refuses it.

    Raises:
        EndpointRefusedError: some statements stand in the default graph, others do not; or there are too many graphs.
        EndpointError: it did not answer as it should.
    """

    def store(address: str, *graphs: str) -> RemoteStore:
        return RemoteStore(address, timeout_s=timeout_s, credentials=credentials, default_graphs=graphs)

    plain = store(endpoint)
    query = urlsplit(endpoint).query
    if "default-graph-uri=" in query or _OF_OXIGRAPH in query:
        return plain
    try:
        sample = _rows(plain, f"SELECT ?s ?p ?o WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {_NAMED} }} LIMIT {_SAMPLE}")
        if _has_all(plain, sample):
            return plain
        of_oxigraph = store(f"{endpoint}{'&' if query else '?'}{_OF_OXIGRAPH}")
        if _has_all(of_oxigraph, sample):
            return _UnionStore(of_oxigraph, plain)
        graphs = _graphs(plain)
    except (EndpointFailedError, QuerySyntaxError):
        graphs = "it does not tell what its graphs are"
    if not isinstance(graphs, str):
        return _UnionStore(store(endpoint, *graphs), plain)
    fault = f"{endpoint}: {graphs}. Have the store show the union of all graphs"
    if say is None:
        raise EndpointRefusedError(f"{fault}, or name one with ?default-graph-uri= in the address.")
    say(f"{fault}; until then the query sees what it shows by itself.")
    return plain


class _UnionStore:
    """A store whose default graph is the union, except for queries that name theirs."""

    def __init__(self, union: RemoteStore, plain: RemoteStore) -> None:
        self._union, self._plain = union, plain

    def query(self, text: str) -> Solutions | Graph | bool:
        names = any(token.kind == "word" and token.text.upper() == "FROM" for token in solid(text))
        return (self._plain if names else self._union).query(text)


def _graphs(store: RemoteStore) -> list[str] | str:
    """The names of all graphs of a store of which the default graph shows nothing; or why they cannot be its union."""
    if _rows(store, "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1"):
        return "its default graph has statements, and others stand in named graphs that it does not show"
    # Grouped, not DISTINCT: for that Virtuoso needs most of a minute over 20,000 statements.
    graphs = _rows(store, f"SELECT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g LIMIT {_MOST_GRAPHS + 1}")
    if len(graphs) > _MOST_GRAPHS:
        return f"it has more than {_MOST_GRAPHS} named graphs, and its default graph is not their union"
    return sorted(graph.value for (graph,) in graphs if isinstance(graph, NamedNode))


_NAMED = "FILTER(isIRI(?s) && isIRI(?o))"  # a blank node cannot be looked for, a literal may be written anew


def _has_all(store: RemoteStore, sample: list[Row]) -> bool:
    if not sample:
        return True
    looked_for = " UNION ".join(f"{{ {s} {p} {o} . BIND({number} AS ?n) }}" for number, (s, p, o) in enumerate(sample))
    return len(_rows(store, f"SELECT DISTINCT ?n WHERE {{ {looked_for} }}")) == len(sample)


def _rows(store: RemoteStore, text: str) -> list[Row]:
    answer = store.query(text)
    assert isinstance(answer, Solutions)
    return list(answer.rows)

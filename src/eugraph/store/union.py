"""An endpoint whose default graph is the union of its graphs, as data queries need it, whatever it shows by itself.

Spec: SPARQL 1.1 Protocol §2.1.4, <https://www.w3.org/TR/sparql11-protocol/#dataset>.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from eugraph.errors import EndpointRefusedError
from eugraph.store.protocol import Row, Solutions
from eugraph.store.remote import RemoteStore

_SAMPLE = 20  # statements of named graphs that are looked for in the default graph
_MOST_GRAPHS = 1_000  # that a query names
_OF_OXIGRAPH = "union-default-graph"


def union_store(endpoint: str, *, timeout_s: float = 30) -> RemoteStore:
    """Return the store at an address, with the union of its named graphs as the default graph.

    Where the address itself says which graphs are the default one (`default-graph-uri`), that holds.

    Raises:
        EndpointRefusedError: some statements stand in the default graph, others do not; or there are too many graphs.
        EndpointError: it did not answer as it should.
    """
    store = RemoteStore(endpoint, timeout_s=timeout_s)
    query = urlsplit(endpoint).query
    if "default-graph-uri=" in query or _OF_OXIGRAPH in query:
        return store
    sample = _rows(store, f"SELECT ?s ?p ?o WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {_NAMED} }} LIMIT {_SAMPLE}")
    if _has_all(store, sample):
        return store
    of_oxigraph = RemoteStore(f"{endpoint}{'&' if query else '?'}{_OF_OXIGRAPH}", timeout_s=timeout_s)
    if _has_all(of_oxigraph, sample):
        return of_oxigraph
    if _rows(store, "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1"):
        raise EndpointRefusedError(
            f"{endpoint}: its default graph has statements, and others stand in named graphs that it does not show. "
            "Have the store show the union of all graphs, or name one with ?default-graph-uri= in the address."
        )
    graphs = _rows(store, f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }} LIMIT {_MOST_GRAPHS + 1}")
    if len(graphs) > _MOST_GRAPHS:
        raise EndpointRefusedError(
            f"{endpoint}: it has more than {_MOST_GRAPHS} named graphs, and its default graph is not their union. "
            "Have the store show the union of all graphs."
        )
    names = sorted(graph.value for (graph,) in graphs if isinstance(graph, NamedNode))
    return RemoteStore(endpoint, timeout_s=timeout_s, default_graphs=names)


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

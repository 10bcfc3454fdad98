"""Where a store takes graphs and updates: as it was said, else by trying what the address of its queries suggests.

An update that changes nothing tells whether an address takes updates. Whether one speaks the Graph Store Protocol is
told by reading there what was just written by an update, or by writing it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from eugraph.errors import EndpointError, EndpointFailedError, EndpointRefusedError, QuerySyntaxError
from eugraph.exchange.sums import sums_of
from eugraph.exchange.target import Target

_LAYOUTS = (  # the end of the address of queries -> of the graph store, of updates
    (r"/sparql", "/sparql-graph-crud-auth", "/sparql-auth"),  # Virtuoso
    (r"/query", "/store", "/update"),  # Oxigraph
    (r"/(?:query|sparql)", "/data", "/update"),  # Fuseki
    (r"(/repositories/[^/]+)", r"\1/rdf-graphs/service", r"\1/statements"),  # RDF4J, GraphDB
    (r"", "", ""),  # one address for all
)
_NOTHING = "INSERT DATA {}"
_RIGHTS = re.compile(r"HTTP 40[13]\b")


def candidates(endpoint: str) -> Iterator[tuple[str, str]]:
    """Yield (address of the graph store, address of updates) that may belong to an address of queries.

    >>> list(candidates("http://localhost:7878/query"))[0]
    ('http://localhost:7878/store', 'http://localhost:7878/update')
    """
    address = endpoint.partition("?")[0]
    for end, graphs, updates in _LAYOUTS:
        if re.search(f"{end}\\Z", address):
            yield re.sub(f"{end}\\Z", graphs, address), re.sub(f"{end}\\Z", updates, address)


def find_target(
    endpoint: str,
    first: Callable[[Target], object],
    graph: str,
    *,
    graph_store: str | None,
    update: str | None,
    timeout_s: float,
    credentials: Path | None,
) -> Target:
    """Return the store with the addresses by which it is written to.

    Args:
        endpoint: address of its queries.
        first: writes `graph`; it is called until it could be written.
        graph: the name of a graph of ours that is written before all others.
        graph_store: address of the Graph Store Protocol, where it was named.
        update: address of updates, where it was named.
        timeout_s: longest wait for each request, in seconds (> 0).
        credentials: see `eugraph.store.credentials`.

    Raises:
        EndpointRefusedError: no address takes graphs or updates, or not from us.
        EndpointError: the store did not answer as it should.
    """

    def target(graphs: str | None, updates: str | None) -> Target:
        return Target(endpoint, graph_store=graphs, update=updates, timeout_s=timeout_s, credentials=credentials)

    refusals: list[EndpointError | QuerySyntaxError] = []

    def first_of(addresses: Iterable[str], attempt: Callable[[str], object]) -> str | None:
        for address in addresses:
            try:
                attempt(address)
            except (EndpointRefusedError, EndpointFailedError, QuerySyntaxError) as error:
                if graph_store is None and _RIGHTS.search(str(error)):
                    raise  # this is the address, and it is closed to us
                refusals.append(error)
            else:
                return address
        return None

    known = list(candidates(endpoint))
    if update is None:  # also where the graph store was named: updates can move graphs
        update = first_of((updates for _, updates in known), lambda address: target(None, address).update(_NOTHING))
    stores = [graph_store] if graph_store else [graphs for graphs, _ in known]
    if update is None:
        graph_store = first_of(stores, lambda address: first(target(address, None)))
        if graph_store is None:
            raise EndpointRefusedError(
                f"{endpoint}: neither a graph store nor an address for updates was found beside it. Name one with "
                f"--graph-store or --update. The last address that was tried: {refusals[-1]}"
            )
        return target(graph_store, None)
    first(target(graph_store, update))
    return target(graph_store or first_of(stores, lambda address: _holds(target(address, update), graph)), update)


def _holds(target: Target, graph: str) -> None:
    found = target.read(graph, sums_of)
    if found is None or not found.statements:
        raise EndpointRefusedError(f"{target.graph_store}: it does not show what was just written.")

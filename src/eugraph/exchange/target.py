"""The store that is written to: one graph is replaced, added to, moved, removed or read.

Graphs go by the Graph Store Protocol, or by SPARQL Update where there is none. Spec: SPARQL 1.1 Graph Store HTTP
Protocol §5, <https://www.w3.org/TR/sparql11-http-rdf-update/#graph-management>; SPARQL 1.1 Update §3.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.client import HTTPResponse
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote
from urllib.request import Request

from pyoxigraph import RdfFormat, Triple, parse

from eugraph.errors import EndpointRefusedError
from eugraph.exchange.paging import count_in, read_graph
from eugraph.store.calling import Caller
from eugraph.store.remote import RemoteStore

_TRIPLES = "application/n-triples"
_IN_PAGES = 200_000  # statements: for each page a store looks at all of them
_T = TypeVar("_T")


class Target:
    """A store that can be asked and written to."""

    def __init__(
        self,
        endpoint: str,
        *,
        graph_store: str | None = None,
        update: str | None = None,
        timeout_s: float = 300,
        credentials: Path | None = None,
    ) -> None:
        """Take the store's addresses.

        Args:
            endpoint: address that answers queries.
            graph_store: address of the Graph Store Protocol, to which `?graph=` is added; None where there is none.
            update: address that takes SPARQL Update; None where there is none.
            timeout_s: longest wait for each request, in seconds (> 0).
            credentials: see `eugraph.store.credentials`.

        Raises:
            EndpointRefusedError: an address is none.
            CredentialsError: the file with credentials cannot be used.
        """
        self.endpoint = endpoint
        self.store = RemoteStore(endpoint, timeout_s=timeout_s, credentials=credentials)
        self.graph_store, self.update_address = graph_store, update
        self._timeout_s = timeout_s
        self._graphs = Caller(graph_store, credentials=credentials) if graph_store else None
        self._updates = Caller(update, credentials=credentials) if update else None

    def replace(self, graph: str, lines: bytes) -> None:
        """Have a graph hold these statements and no others, in one request.

        Args:
            graph: its name.
            lines: N-Triples.
        """
        if self._graphs:
            self._send("PUT", graph, lines)
        else:
            self.update(f"DROP SILENT GRAPH <{graph}> ;\n{_insertion(graph, lines)}")

    def add(self, graph: str, lines: bytes) -> None:
        """Add statements to a graph."""
        if self._graphs:
            self._send("POST", graph, lines)
        else:
            self.update(_insertion(graph, lines))

    def remove(self, graph: str) -> None:
        """Have a graph be no more, whether it was there or not."""
        if self._updates:
            self.update(f"DROP SILENT GRAPH <{graph}>")
        elif self.count(graph):
            self._send("DELETE", graph, None)

    def move(self, source: str, graph: str) -> None:
        """Have a graph hold what another one does, which is then no more; by one update, sent once."""
        self.update(f"MOVE GRAPH <{source}> TO GRAPH <{graph}>", again=False)

    def read(self, graph: str, made: Callable[[Iterator[Triple]], _T]) -> _T | None:
        """Read a graph back, and return what is made of its statements.

        Returns:
            None where the store cuts its answers, and the graph is too long to be asked for in pages.

        Raises:
            EndpointRefusedError: the store does not give all of it.
        """
        counted = self.count(graph)
        if self._graphs:
            request = Request(self._address(graph), headers={"Accept": _TRIPLES})  # noqa: S310 - http or https, by Caller
            number, found = self._graphs.call(
                request, lambda response, stop: _counted(_triples(response, stop), made), self._timeout_s
            )
            if number == counted:
                return found
        return made(read_graph(self.store, graph)) if counted <= _IN_PAGES else None

    def count(self, graph: str) -> int:
        """Return how many statements a graph has, as the store counts them."""
        return count_in(self.store, graph)

    def update(self, text: str, *, again: bool = True) -> None:
        """Send an update.

        Args:
            text: SPARQL Update.
            again: whether it may be sent several times.
        """
        assert self._updates
        assert self.update_address
        headers = {"Content-Type": "application/sparql-update", "Accept": "*/*"}
        request = Request(self.update_address, data=text.encode(), headers=headers, method="POST")  # noqa: S310 - as above
        self._updates.call(request, _read_off, self._timeout_s, again=again)

    def _send(self, method: str, graph: str, lines: bytes | None) -> None:
        assert self._graphs
        headers = {"Content-Type": _TRIPLES} if lines is not None else {}
        request = Request(self._address(graph), data=lines, headers=headers, method=method)  # noqa: S310 - as above
        self._graphs.call(request, _read_off, self._timeout_s)

    def _address(self, graph: str) -> str:
        address = self.graph_store or ""
        return f"{address}{'&' if '?' in address else '?'}graph={quote(graph, safe='')}"


def _insertion(graph: str, lines: bytes) -> str:
    return f"INSERT DATA {{ GRAPH <{graph}> {{\n{lines.decode()}}} }}"


def _read_off(response: HTTPResponse, _: threading.Event) -> None:
    response.read()


def _counted(triples: Iterator[Triple], made: Callable[[Iterator[Triple]], _T]) -> tuple[int, _T]:
    """How many statements there were, and what was made of them."""
    number = 0

    def passing() -> Iterator[Triple]:
        nonlocal number
        for triple in triples:
            number += 1
            yield triple

    found = made(passing())
    return number, found


def _triples(response: HTTPResponse, stop: threading.Event) -> Iterator[Triple]:
    if response.headers.get_content_type() not in (_TRIPLES, "text/plain"):
        raise EndpointRefusedError(f"{response.url}: the answer is no graph in N-Triples. Check the address.")
    try:
        for quad in parse(response, format=RdfFormat.N_TRIPLES, lenient=True):
            if stop.is_set():
                return
            yield quad.triple
    except SyntaxError as error:
        raise EndpointRefusedError(
            f"{response.url}: the answer is no N-Triples: {error}. Check the address."
        ) from error

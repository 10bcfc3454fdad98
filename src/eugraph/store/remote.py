"""Any SPARQL 1.1 endpoint, through SPARQLWrapper, such as Oxigraph, Virtuoso, QLever, GraphDB or Fuseki.

Spec: SPARQL 1.1 Protocol §2.1, <https://www.w3.org/TR/sparql11-protocol/#query-operation>.
"""

from __future__ import annotations

import threading
import warnings
import zlib
from collections.abc import Iterator, Sequence
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.request import Request

import pyoxigraph as ox
from SPARQLWrapper import CONSTRUCT, DESCRIBE, POST, SPARQLWrapper

from eugraph.errors import EndpointLimitError, EndpointRefusedError, EndpointTimeoutError
from eugraph.store.blank_labels import with_plain_labels
from eugraph.store.calling import AGENT, Caller
from eugraph.store.protocol import Graph, Solutions

MAX_ANSWER_BYTES = 1 << 30  # 1 GiB, unpacked
_BLOCK = 1 << 16  # bytes
_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"


class RemoteStore:
    """A `Store` at the other end of a network."""

    def __init__(
        self,
        endpoint: str,
        *,
        timeout_s: float = 30,
        max_bytes: int = MAX_ANSWER_BYTES,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        credentials: Path | None = None,
    ) -> None:
        """Take the address of a SPARQL endpoint; nothing is sent before the first query.

        Args:
            endpoint: http or https address that answers the SPARQL 1.1 Protocol's query operation.
            timeout_s: longest wait for the whole answer, further tries included, in seconds (> 0).
            max_bytes: longest answer that is read, unpacked.
            default_graphs: IRIs of the graphs that together are the default graph; none leaves that to the endpoint.
            named_graphs: IRIs of the graphs that GRAPH sees; likewise.
            credentials: a file, see `eugraph.store.credentials`; None for the one that the environment names, if any.

        Raises:
            EndpointRefusedError: the address is none.
            CredentialsError: the file with credentials cannot be used.
        """
        self._caller = Caller(endpoint, credentials=credentials)
        self._endpoint = endpoint
        self._timeout_s = timeout_s
        self._max_bytes = max_bytes
        self._default_graphs, self._named_graphs = tuple(default_graphs), tuple(named_graphs)
        self._server = ""  # what the endpoint calls itself in its last answer

    @property
    def server(self) -> str:
        """What the endpoint called itself in its last answer, such as `Virtuoso/07.20.3229`; "" where it did not."""
        return self._server

    def query(self, text: str) -> Solutions | Graph | bool:
        """Ask the endpoint. See `Store.query`.

        Raises:
            EndpointTimeoutError: the answer was not whole in time.
            EndpointLimitError: it is longer than `max_bytes`.
        """
        body, media_type = self.raw(text)
        try:
            if media_type == _TRIPLES:
                return Graph([quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)])
            answer = ox.parse_query_results(with_plain_labels(body), format=ox.QueryResultsFormat.JSON)
            if isinstance(answer, ox.QueryBoolean):
                return bool(answer)
            columns = tuple(variable.value for variable in answer.variables)
            return Solutions(columns, [tuple(solution) for solution in answer])  # it is read here, row by row
        except (SyntaxError, ValueError) as error:
            raise EndpointRefusedError(
                f"{self._endpoint}: the answer ({media_type}) is no SPARQL result: {error}. Check the address."
            ) from error

    def raw(self, text: str) -> tuple[bytes, str]:
        """Return the body of the answer to a query, and its media type; raises as `query` does."""
        return self._caller.call(self._request(text), self._read, self._timeout_s)

    def _request(self, text: str) -> Request:
        wrapper = SPARQLWrapper(self._endpoint, agent=AGENT)
        wrapper.setMethod(POST)
        for graph in self._default_graphs:
            wrapper.addDefaultGraph(graph)
        for graph in self._named_graphs:
            wrapper.addNamedGraph(graph)
        if self._server.startswith("Virtuoso"):  # other stores read this parameter in other units
            wrapper.addParameter("timeout", str(int(self._timeout_s * 1000)))
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept-Encoding", "gzip, identity;q=0.5")
        with warnings.catch_warnings():
            # It warns of texts that the endpoint refuses anyway, and of our Accept header where the answer is a graph.
            warnings.simplefilter("ignore", RuntimeWarning)
            wrapper.setQuery(text)
            # Virtuoso would write a graph as rows of a table, if it may. Where the form is not known, either will do.
            is_graph = wrapper.queryType in (CONSTRUCT, DESCRIBE)
            wrapper.addCustomHttpHeader("Accept", _TRIPLES if is_graph else f"{_RESULTS}, {_TRIPLES};q=0.9")
            request: Request = wrapper._createRequest()  # noqa: SLF001 - it has no public name, and is all that we want
        return request

    def _read(self, response: HTTPResponse, stop: threading.Event) -> tuple[bytes, str]:
        self._server = response.headers.get("Server") or ""
        if response.headers.get("X-SQL-State") == "S1TAT":  # of Virtuoso: the rest was not worked out in time
            raise EndpointTimeoutError(self._endpoint, self._timeout_s)
        parts: list[bytes] = []
        length = 0
        for part in self._unpacked(response):
            length += len(part)
            if length > self._max_bytes:
                raise EndpointLimitError(self._endpoint, self._max_bytes)
            if stop.is_set():
                break
            parts.append(part)
        if response.length:
            raise HTTPException(f"{response.length} bytes are missing")
        return b"".join(parts), str(response.headers.get_content_type())

    def _unpacked(self, response: HTTPResponse) -> Iterator[bytes]:
        packing = (response.headers.get("Content-Encoding") or "identity").strip().lower()
        if packing not in ("identity", "gzip", "x-gzip"):
            raise HTTPException(f"the answer is packed with {packing}, which was not asked for")
        unpacker = None if packing == "identity" else zlib.decompressobj(wbits=31)
        while block := response.read1(_BLOCK):
            if unpacker is None:
                yield block
                continue
            while block:
                yield unpacker.decompress(block, _BLOCK)
                block = unpacker.unconsumed_tail
        if unpacker and not unpacker.eof:
            raise HTTPException("the packed answer ends too early")

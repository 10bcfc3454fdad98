"""Any SPARQL 1.1 endpoint, through SPARQLWrapper, such as Oxigraph, Virtuoso, QLever, GraphDB or Fuseki.

Spec: SPARQL 1.1 Protocol §2.1, <https://www.w3.org/TR/sparql11-protocol/#query-operation>.
"""

from __future__ import annotations

import re
import threading
import warnings
import zlib
from collections.abc import Iterator, Sequence
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pyoxigraph as ox
from SPARQLWrapper import POST, SPARQLWrapper

from eugraph.errors import (
    EndpointFailedError,
    EndpointLimitError,
    EndpointRefusedError,
    EndpointTimeoutError,
    EndpointUnavailableError,
    QuerySyntaxError,
)
from eugraph.store.blank_labels import with_plain_labels
from eugraph.store.limits import within
from eugraph.store.protocol import Graph, Solutions

MAX_ANSWER_BYTES = 1 << 30  # 1 GiB, unpacked
_BLOCK = 1 << 16  # bytes
_SAID = 300  # characters of an endpoint's own words
_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_ADDRESS = re.compile(r"[!-~]+\Z")


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
    ) -> None:
        """Take the address of a SPARQL endpoint; nothing is sent before the first query.

        Args:
            endpoint: http or https address that answers the SPARQL 1.1 Protocol's query operation.
            timeout_s: longest wait for the whole answer, in seconds (> 0).
            max_bytes: longest answer that is read, unpacked.
            default_graphs: IRIs of the graphs that together are the default graph; none leaves that to the endpoint.
            named_graphs: IRIs of the graphs that GRAPH sees; likewise.

        Raises:
            EndpointRefusedError: the address is none.
        """
        if fault := _address_fault(endpoint):
            raise EndpointRefusedError(f"{endpoint}: {fault}")
        self._endpoint = endpoint
        self._timeout_s = timeout_s
        self._max_bytes = max_bytes
        self._default_graphs, self._named_graphs = tuple(default_graphs), tuple(named_graphs)

    def query(self, text: str) -> Solutions | Graph | bool:
        """Ask the endpoint. See `Store.query`.

        Raises:
            EndpointTimeoutError: the answer was not whole in time.
            EndpointLimitError: it is longer than `max_bytes`.
        """
        body, media_type = within(
            lambda stop: self._send(text, stop),
            self._timeout_s,
            lambda: EndpointTimeoutError(self._endpoint, self._timeout_s),
        )
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

    def _send(self, text: str, stop: threading.Event) -> tuple[bytes, str]:
        try:
            with self._opened(text) as response:
                return self._read(response, stop), str(response.headers.get_content_type())
        except HTTPError as error:
            with error:
                raise self._failed(error) from error
        except TimeoutError as error:
            raise EndpointTimeoutError(self._endpoint, self._timeout_s) from error
        except (HTTPException, zlib.error) as error:
            raise EndpointRefusedError(
                f"{self._endpoint}: the answer breaks the rules of HTTP or is cut short "
                f"({type(error).__name__}: {error}). Check the address."
            ) from error
        except OSError as error:
            reason = getattr(error, "reason", error)
            if isinstance(error, URLError) and isinstance(reason, TimeoutError):
                raise EndpointTimeoutError(self._endpoint, self._timeout_s) from error
            raise EndpointUnavailableError(
                f"{self._endpoint}: no answer within {self._timeout_s:g} s ({reason}). Is the endpoint running?"
            ) from error

    def _opened(self, text: str) -> HTTPResponse:
        wrapper = _Wrapper(self._endpoint)
        wrapper.setMethod(POST)
        for graph in self._default_graphs:
            wrapper.addDefaultGraph(graph)
        for graph in self._named_graphs:
            wrapper.addNamedGraph(graph)
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", f"{_RESULTS}, {_TRIPLES};q=0.9")
        wrapper.addCustomHttpHeader("Accept-Encoding", "gzip, identity;q=0.5")
        with warnings.catch_warnings():
            # It warns of texts that the endpoint refuses anyway, and of our Accept header where the answer is a graph.
            warnings.simplefilter("ignore", RuntimeWarning)
            wrapper.setQuery(text)
            response: HTTPResponse = wrapper.opened(self._timeout_s)
        return response

    def _read(self, response: HTTPResponse, stop: threading.Event) -> bytes:
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
        return b"".join(parts)

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

    def _failed(self, error: HTTPError) -> Exception:
        said = _words(error)
        if error.code == 400:
            return QuerySyntaxError(f"{self._endpoint} does not accept the query: {said}")
        if 300 <= error.code < 400:
            there = urljoin(self._endpoint, error.headers.get("Location", ""))
            return EndpointRefusedError(
                f"{self._endpoint}: the endpoint points to another address, {there}. Redirects are not followed, "
                "as the query would be lost or go to a stranger; name that address if you trust it."
            )
        status = f"{self._endpoint}: HTTP {error.code} {error.reason}"
        if error.code == 500:
            return EndpointFailedError(f"{status}: {said}" if said else f"{status}. Look into its log.")
        if error.code > 500:
            return EndpointUnavailableError(f"{status}: {said} Try again later." if said else f"{status}. Try later.")
        return EndpointRefusedError(
            f"{status}. Check the address and your rights." + (f" It says: {said}" * bool(said))
        )


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper with an opener that follows no redirect; its own follows to any host, and drops the query."""

    def opened(self, timeout_s: float) -> Any:  # noqa: ANN401 - what an opener gives
        return build_opener(_NoRedirects).open(self._createRequest(), timeout=timeout_s)


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing, so that the status is raised as an error."""


def _address_fault(address: str) -> str:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        return f"this is no address: {error}. Write one such as http://localhost:7878/query."
    if parts.scheme not in ("http", "https"):
        return "an endpoint's address begins with http:// or https://."
    if not parts.hostname or port == 0:
        return "the address names no host. Write one such as http://localhost:7878/query."
    if not _ADDRESS.match(address):
        return "the address holds a space or a character beyond ASCII. Write it percent-encoded."
    if parts.username is not None:
        return "the address holds a name or password, which is not sent. Leave it out."
    return ""


def _words(error: HTTPError) -> str:
    """What the endpoint said of its failure, on one line, as far as a message has room."""
    try:
        return " ".join(error.read(4 * _SAID).decode(errors="replace").split())[:_SAID]
    except (OSError, HTTPException):
        return ""

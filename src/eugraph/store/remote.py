"""Any SPARQL 1.1 endpoint, through SPARQLWrapper, such as Oxigraph, Virtuoso, QLever, GraphDB or Fuseki.

Spec: SPARQL 1.1 Protocol §2.1, <https://www.w3.org/TR/sparql11-protocol/#query-operation>.
"""

from __future__ import annotations

import warnings
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

import pyoxigraph as ox
from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from eugraph.errors import EndpointRefusedError, EndpointUnavailableError, QuerySyntaxError
from eugraph.store.protocol import Graph, Solutions

_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"


class RemoteStore:
    """A `Store` at the other end of a network."""

    def __init__(self, endpoint: str, *, timeout_s: float = 30) -> None:
        """Take the address of a SPARQL endpoint; nothing is sent before the first query.

        Args:
            endpoint: http or https address that answers the SPARQL 1.1 Protocol's query operation.
            timeout_s: longest wait for the connection and for each read, in seconds (> 0).
        """
        if urlsplit(endpoint).scheme not in ("http", "https"):
            raise EndpointRefusedError(f"{endpoint}: an endpoint's address begins with http:// or https://.")
        self._endpoint = endpoint
        self._timeout_s = timeout_s

    def query(self, text: str) -> Solutions | Graph | bool:
        """Ask the endpoint. See `Store.query`."""
        wrapper = SPARQLWrapper(self._endpoint)
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.setTimeout(max(1, round(self._timeout_s)))
        wrapper.addCustomHttpHeader("Accept", f"{_RESULTS}, {_TRIPLES};q=0.9")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # it warns of texts that the endpoint refuses anyway
            wrapper.setQuery(text)
        body, media_type = self._send(wrapper)
        try:
            if media_type == _TRIPLES:
                return Graph([quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)])
            answer = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise EndpointRefusedError(
                f"{self._endpoint}: the answer ({media_type}) is no SPARQL result: {error}. Check the address."
            ) from error
        if isinstance(answer, ox.QueryBoolean):
            return bool(answer)
        columns = tuple(variable.value for variable in answer.variables)
        return Solutions(columns, [tuple(solution) for solution in answer])

    def _send(self, wrapper: SPARQLWrapper) -> tuple[bytes, str]:
        try:
            response = wrapper.query().response
            return response.read(), str(response.headers.get_content_type())
        except SPARQLWrapperException as error:
            said = " ".join(str(error.args[0] if error.args else error).split())[:300]
            if "QueryBadFormed" in type(error).__name__:
                raise QuerySyntaxError(f"{self._endpoint} does not accept the query: {said}") from error
            if "EndPointInternalError" in type(error).__name__:
                raise EndpointUnavailableError(
                    f"{self._endpoint}: the endpoint failed: {said} Try again later."
                ) from error
            raise EndpointRefusedError(f"{self._endpoint}: the endpoint refused the query: {said}") from error
        except HTTPError as error:
            if error.code >= 500:
                raise EndpointUnavailableError(
                    f"{self._endpoint}: HTTP {error.code} {error.reason}. Try again later."
                ) from error
            raise EndpointRefusedError(
                f"{self._endpoint}: HTTP {error.code} {error.reason}. Check the address and your rights."
            ) from error
        except (TimeoutError, URLError, ConnectionError) as error:
            reason = getattr(error, "reason", error)
            raise EndpointUnavailableError(
                f"{self._endpoint}: no answer within {self._timeout_s:g} s ({reason}). Is the endpoint running?"
            ) from error

"""The W3C suites of requests: each test is a list of requests, each with what must come back.

Spec: <https://w3c.github.io/rdf-tests/sparql/sparql11/>.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
_STATUS = {"OK": (200, 200), "Created": (201, 201), "NoContent": (204, 204), "NotFound": (404, 404)}


@dataclass(frozen=True)
class Expected:
    """What an answer must be."""

    statuses: tuple[tuple[int, int], ...]  # ranges
    boolean: bool | None
    kind: str  # "boolean", "tabular", "RDF"; "" where nothing is said
    content_type: str
    body: str | None  # Turtle

    def allows(self, status: int) -> bool:
        return any(low <= status <= high for low, high in self.statuses)


@dataclass(frozen=True)
class Asked:
    """A request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    expected: Expected


@dataclass(frozen=True)
class HttpTest:
    """One test."""

    name: str
    requests: tuple[Asked, ...]
    data: dict[str, Path]  # name of a graph -> what it holds


def http_tests(manifest: Path) -> Iterator[HttpTest]:
    """Yield the tests of a manifest, in its order."""
    graph = Graph().parse(manifest)
    head = graph.value(URIRef(manifest.as_uri()), MF.entries) or graph.value(predicate=MF.entries)
    assert head is not None
    for entry in Collection(graph, head):
        action = graph.value(entry, MF.action)
        requests = [] if action is None else list(Collection(graph, _one(graph, action, HT.requests)))
        data = {
            str(graph.value(given, RDFS.label)): Path(str(graph.value(given, UT.graph)).removeprefix("file://"))
            for given in graph.objects(entry, UT.graphData)
        }
        yield HttpTest(str(entry).rpartition("#")[2], tuple(_asked(graph, each) for each in requests), data)


def _asked(graph: Graph, request: Node) -> Asked:
    assert (request, RDF.type, HT.Request) in graph
    response = _one(graph, request, HT.resp)
    boolean = graph.value(response, MF.expectedBoolean)
    expected = Expected(
        statuses=tuple(_range(str(status)) for status in graph.objects(response, MF.expectedStatus)),
        boolean=None if boolean is None else bool(boolean.toPython()),  # type: ignore[attr-defined]
        kind=str(graph.value(response, MF.expectedFormat) or ""),
        content_type=_headers(graph, response).get("content-type", ""),
        body=_text(graph, response),
    )
    headers = _headers(graph, request)
    text = _text(graph, request)
    encoding = "utf-16" if "utf-16" in headers.get("content-type", "").lower() else "utf-8"
    body = None if text is None else text.encode(encoding)
    method = str(graph.value(request, HT.methodName))
    return Asked(method, str(graph.value(request, HT.absolutePath)), headers, body, expected)


def _range(status: str) -> tuple[int, int]:
    name = status.rpartition("#")[2]
    if name.startswith("StatusCode"):
        low = 100 * int(name.removeprefix("StatusCode")[0])
        return low, low + 99
    return _STATUS[name]


def _headers(graph: Graph, message: Node) -> dict[str, str]:
    head = graph.value(message, HT.headers)
    if head is None:
        return {}
    return {
        str(graph.value(each, HT.fieldName)).lower(): str(graph.value(each, HT.fieldValue))
        for each in Collection(graph, head)
    }


def _text(graph: Graph, message: Node) -> str | None:
    body = graph.value(message, HT.body)
    return None if body is None else str(graph.value(body, CNT.chars))


def _one(graph: Graph, subject: Node, predicate: URIRef) -> Node:
    found = graph.value(subject, predicate)
    assert found is not None
    return found

"""The W3C suites of the SPARQL 1.1 Protocol and of the Graph Store Protocol, as far as they are for a server that reads.

What is written is refused, with 403 at the query endpoint and 405 at the graph store. So of a test that writes first and
reads then, the writing must be refused, and the reading is done over a release that holds what was to be written.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, parse

from conformance.http_suite import Asked, HttpTest, http_tests
from conftest import ROOT
from serve.running import Server, make_release, serving

SUITES = ROOT.parent / "shared" / "conformance" / "sparql11"
PROTOCOL = SUITES / "protocol" / "manifest.ttl"
GRAPH_STORE = [SUITES / "graph-store-protocol" / f"manifest-{way}.ttl" for way in ("direct", "indirect")]

# Tests that a server which only reads cannot pass, and why.
UPDATES = "it changes the data by updates, which are refused; that they are is tested here"
NOT_APPLICABLE = {
    **dict.fromkeys(
        (
            "update_dataset_default_graph",
            "update_dataset_default_graphs",
            "update_dataset_named_graphs",
            "update_dataset_full",
            "update_post_form",
            "update_post_direct",
            "update_base_uri",
        ),
        UPDATES,
    ),
    "post_get_post_get_direct": "it adds to a graph by multipart/form-data; that each writing is refused is tested here",
    "post_get_post_get_indirect": "likewise",
    "post_get_new_graph": "it has the server choose a name for a new graph; that this is refused is tested here",
}
BASE = "http://www.example/gsp-base/"


def suite(*manifests: Path) -> list[HttpTest]:
    return [test for manifest in manifests if manifest.is_file() for test in http_tests(manifest)]


pytestmark = pytest.mark.skipif(not SUITES.is_dir(), reason="the suites do not lie beside this clone")


@pytest.fixture(scope="module")
def protocol_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over the graphs that the suite is asked over: data1 to data3, and data0, which it names and does not give."""
    graphs = {name: file for test in suite(PROTOCOL) for name, file in test.data.items()}
    quads = [
        Quad(quad.subject, quad.predicate, quad.object, NamedNode(name))
        for name, file in graphs.items()
        for quad in parse(path=str(file), format=RdfFormat.N_TRIPLES)
    ]
    empty = NamedNode("http://kasei.us/2009/09/sparql/data/data0.rdf")
    quads.append(Quad(empty, NamedNode("http://purl.org/dc/terms/title"), Literal("nothing"), empty))
    with serving(make_release(tmp_path_factory.mktemp("protocol") / "dist", quads), "--log", "none") as server:
        yield server


def test_the_suites_are_whole_and_what_is_not_applicable_is_in_them() -> None:
    protocol, store = suite(PROTOCOL), suite(*GRAPH_STORE)
    assert (len(protocol), len(store)) == (34, 13)
    assert {test.name for test in (*protocol, *store)} >= set(NOT_APPLICABLE)


@pytest.mark.parametrize("test", suite(PROTOCOL), ids=lambda test: test.name)
def test_the_protocol(test: HttpTest, protocol_server: Server) -> None:
    for asked in test.requests:
        answer = _send(protocol_server.sparql, asked, asked.path.removeprefix("/sparql/"))
        if test.name in NOT_APPLICABLE:
            assert NOT_APPLICABLE[test.name]
            is_update = "update" in asked.headers.get("content-type", "") or (asked.body or b"").startswith(b"update=")
            assert not is_update or (answer.status_code, answer.headers["eugraph-problem"]) == (403, "read-only")
            continue
        assert asked.expected.allows(answer.status_code), answer.text
        _check_kind(asked, answer)


def _check_kind(asked: Asked, answer: httpx.Response) -> None:
    media_type = answer.headers["content-type"].partition(";")[0]
    if asked.expected.boolean is not None:
        assert answer.json()["boolean"] is asked.expected.boolean
    kinds = {
        "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
        "tabular": (
            *("application/sparql-results+json", "application/sparql-results+xml"),
            *("text/csv", "text/tab-separated-values"),
        ),
        "RDF": ("text/turtle", "application/n-triples", "application/rdf+xml"),
    }
    assert not asked.expected.kind or media_type in kinds[asked.expected.kind]


@pytest.mark.parametrize("test", suite(*GRAPH_STORE), ids=lambda test: test.name)
def test_the_graph_store(test: HttpTest, protocol_server: Server, tmp_path: Path) -> None:
    state: dict[str, str] = {}
    for number, asked in enumerate(test.requests):
        rest = asked.path.removeprefix("/gsp")
        if asked.method not in ("GET", "HEAD"):
            assert _send(f"{protocol_server.root}/graph-store", asked, rest).status_code == 405
            _write(state, asked)
        elif test.name not in NOT_APPLICABLE:
            with serving(make_release(tmp_path / str(number), _quads(state), base=BASE), "--log", "none") as server:
                answer = _send(f"{server.root}/graph-store", asked, rest)
            assert asked.expected.allows(answer.status_code), answer.text
            _check_graph(asked, answer)


def _check_graph(asked: Asked, answer: httpx.Response) -> None:
    if asked.expected.content_type:
        assert answer.headers["content-type"] == asked.expected.content_type
    if asked.expected.body is not None:
        assert _canonical(answer.text) == _canonical(asked.expected.body)


def _canonical(turtle: str) -> Dataset:
    found = Dataset(parse(turtle, format=RdfFormat.TURTLE, base_iri=BASE))
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return found


def _write(state: dict[str, str], asked: Asked) -> None:
    """Note what a writing request would have done, had it been let."""
    name = _graph(asked.path)
    if asked.method == "PUT":
        state[name] = (asked.body or b"").decode()
    elif asked.method == "DELETE":
        state.pop(name, None)


def _graph(path: str) -> str:
    """The name of the graph that a path is about; one for the default graph, which is the union here."""
    address = urlsplit(path)
    query = parse_qs(address.query, keep_blank_values=True)
    if "graph" in query:
        return query["graph"][0]
    return f"{BASE}graph/{address.path.removeprefix('/gsp/')}" if address.path != "/gsp" else f"{BASE}graph/default"


def _quads(state: dict[str, str]) -> Iterator[Quad]:
    other = NamedNode("urn:other")
    yield from () if any(name.endswith("/default") for name in state) else (Quad(other, other, other, other),)
    for name, turtle in state.items():
        for quad in parse(turtle, format=RdfFormat.TURTLE, base_iri=BASE):
            yield Quad(quad.subject, quad.predicate, quad.object, NamedNode(name))


def _send(root: str, asked: Asked, rest: str) -> httpx.Response:
    headers = {"content-type": "", **asked.headers} if asked.body is not None else asked.headers
    sent = {name: value for name, value in headers.items() if value}
    return httpx.request(asked.method, root + rest, content=asked.body, headers=sent, timeout=30)


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"]
)
def test_the_service_description_is_rdf_about_the_endpoint(accept: str, protocol_server: Server) -> None:
    answer = httpx.get(protocol_server.sparql, headers={"Accept": accept})
    forms = {
        "text/turtle": RdfFormat.TURTLE,
        "application/rdf+xml": RdfFormat.RDF_XML,
        "application/ld+json": RdfFormat.JSON_LD,
        "application/n-triples": RdfFormat.N_TRIPLES,
    }
    said = {(quad.subject, quad.predicate): quad.object for quad in parse(answer.content, format=forms[accept])}
    endpoint, service = NamedNode(protocol_server.sparql), "http://www.w3.org/ns/sparql-service-description#"
    assert said[endpoint, NamedNode(f"{service}endpoint")] == endpoint
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    assert said[endpoint, kind] == NamedNode(f"{service}Service")

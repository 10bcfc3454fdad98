"""No query leads out of the store, whatever it is made of, unless the operator allows an address."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from serve.conftest import things
from serve.running import BASE, Server, make_release, serving
from store.oxigraph import Server as Oxigraph
from store.oxigraph import oxigraph_server

WORD = "a-word-that-stands-in-the-canary-alone"


class Canary(http.server.BaseHTTPRequestHandler):
    """A server that nobody is to ask."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(500)

    def do_POST(self) -> None:
        self.do_GET()

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing."""


@pytest.fixture(scope="module")
def canary() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Canary) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def canary_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("canary") / "canary.ttl"
    path.write_text(f'<urn:canary> <urn:says> "{WORD}" .\n', encoding="utf-8")
    return path


QUERIES = (
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "SELECT * { BIND(<URL> AS ?u) SERVICE ?u { ?s ?p ?o } }",
    "SELECT * { VALUES ?u { <URL> } SERVICE SILENT ?u { ?s ?p ?o } }",
    "PREFIX a: <URL> SELECT * { SERVICE a: { ?s ?p ?o } }",
    "PREFIX a:<URL> SELECT * { SERVICEa:x { ?s ?p ?o } }",
    "BASE <URL> SELECT * { SERVICE <x> { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROMNAMED<URL> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM <FILE> { ?s ?p ?o }",
    "PREFIX f: <FILE> SELECT * FROM f: { ?s ?p ?o }",
    "BASE <FILE> SELECT * FROM <canary.ttl> { ?s ?p ?o }",
    "SELECT * { GRAPH <URL> { ?s ?p ?o } }",
    "SELECT * { GRAPH <FILE> { ?s ?p ?o } }",
    "DESCRIBE <URL>",
    "DESCRIBE <FILE>",
    "CONSTRUCT { ?s ?p ?o } FROM <FILE> WHERE { ?s ?p ?o }",
    "LOAD <URL>",
    "LOAD SILENT <FILE> INTO GRAPH <a:b>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SERVICE SILENT <URL> { ?s ?p ?o } } }",
    "SELECT (<URL>(1) AS ?x) {}",
    "SELECT * { ?s <URL>* ?o } LIMIT 1",
)
PARAMETERS = ("default-graph-uri", "named-graph-uri", "using-graph-uri", "graph", "format", "output", "callback", "url")


def test_no_query_and_no_parameter_reaches_a_server_or_a_file(server: Server, canary: str, canary_file: Path) -> None:
    places = {"URL": canary, "FILE": canary_file.as_uri()}
    answers = []
    for query in QUERIES:
        for word, place in places.items():
            query = query.replace(word, place)  # noqa: PLW2901 - both
        answers.append(server.ask(query, "*/*"))
        answers.append(server.get("/sparql", params={"query": query}))
    for name in PARAMETERS:
        for value in (*places.values(), str(canary_file), "../../etc/passwd", "file:/etc/passwd"):
            answers.append(server.get("/sparql", params={"query": "SELECT * { ?s ?p ?o } LIMIT 1", name: value}))
            answers.append(server.get("/graph-store", params={name: value}))
    for value in places.values():
        answers.append(server.get(f"/graph-store/{value}"))
        answers.append(server.get(f"/{value}"))
        headers = {"Referer": value, "Origin": value, "X-Forwarded-Host": value, "Accept-Profile": f"<{value}>"}
        answers.append(server.get("/sparql?query=ASK{}", headers=headers))
    assert Canary.asked == []
    assert not any(WORD in answer.text for answer in answers)
    assert {answer.status_code for answer in answers} <= {200, 400, 404, 406}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Oxigraph]:
    """Somebody else's endpoint, with one statement about a thing of ours and all of ours in graphs."""
    with oxigraph_server() as running:
        said = Quad(NamedNode(f"{BASE}thing/7"), NamedNode("urn:elsewhere"), Literal("seven"))
        running.put([*things(), Quad(said.subject, said.predicate, said.object, NamedNode("urn:graph"))])
        yield running


@pytest.fixture(scope="module")
def allowing(small_release: Path, endpoint: Oxigraph) -> Iterator[Server]:
    with serving(small_release, "--allow-service", endpoint.endpoint, "--rate", "0", "--timeout-s", "5") as running:
        yield running


def test_an_endpoint_that_is_allowed_is_asked(allowing: Server, endpoint: Oxigraph) -> None:
    inside = "GRAPH <urn:graph> { ?thing <urn:elsewhere> ?said }"
    for service in (f"SERVICE <{endpoint.endpoint}>", f"service silent <{endpoint.endpoint}>"):
        answer = allowing.ask(f"SELECT ?name ?said {{ ?thing <name> ?name . {service} {{ {inside} }} }}", "text/csv")
        assert answer.text == "name,said\nThing 7,seven\n"


def test_no_other_one_is_asked_however_it_is_named(allowing: Server, endpoint: Oxigraph, canary: str) -> None:
    both = f"SELECT * {{ SERVICE <{endpoint.endpoint}> {{ ?s ?p ?o }} SERVICE <{canary}> {{ ?s ?p ?o }} }}"
    nested = f"SELECT * {{ SERVICE <{endpoint.endpoint}> {{ SERVICE <{canary}> {{ ?s ?p ?o }} }} }}"
    longer = f"SELECT * {{ SERVICE <{endpoint.endpoint}/../> {{ ?s ?p ?o }} }}"
    hidden = f"SELECT * {{ # SERVICE <{endpoint.endpoint}>\n ?s ?p trueSERVICE <{canary}> {{ ?s ?p ?o }} }}"
    for query in (*QUERIES[:9], both, nested, longer, hidden):
        answer = allowing.ask(query.replace("URL", canary))
        assert (answer.status_code, answer.headers["eugraph-problem"]) == (400, "refused-query"), query
    assert Canary.asked == []


@pytest.fixture(scope="module")
def facade(tmp_path_factory: pytest.TempPathFactory, endpoint: Oxigraph) -> Iterator[Server]:
    """A server that asks another one."""
    release = make_release(tmp_path_factory.mktemp("facade") / "dist", [])
    options = ("--endpoint", endpoint.endpoint, "--max-rows", "500", "--rate", "0", "--timeout-s", "5")
    with serving(release, *options) as running:
        yield running


def test_a_facade_answers_as_the_server_of_the_same_graph_does(facade: Server, server: Server) -> None:
    for query in (
        f"SELECT ?thing ?name {{ ?thing <{BASE}name> ?name }} ORDER BY ?name",
        f"ASK {{ <{BASE}thing/7> ?p ?o }}",
        f"SELECT ?name FROM <{BASE}graph/even> {{ ?thing <{BASE}name> ?name }} ORDER BY ?name",
    ):
        assert facade.ask(query).json() == server.ask(query).json()
    graph = f"CONSTRUCT {{ ?s <{BASE}name> ?o }} WHERE {{ ?s <{BASE}name> ?o }}"
    assert facade.ask(graph, "text/turtle").text == server.ask(graph, "text/turtle").text


def test_a_facade_has_the_same_limits(facade: Server) -> None:
    cut = facade.ask("SELECT * { ?s ?p ?o }")
    assert (cut.headers["eugraph-truncated"], cut.headers["eugraph-rows"]) == ("rows", "500")
    assert facade.ask("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }").status_code == 400
    assert facade.ask("SELECT * {").status_code == 400
    assert facade.get("/graph-store?default").status_code == 501
    slow = facade.ask(f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'?a{n} <{BASE}name> ?b{n} .' for n in range(4))} }}")
    assert slow.status_code == 504


def test_a_facade_over_nothing_says_so(tmp_path: Path) -> None:
    with serving(make_release(tmp_path / "dist", []), "--endpoint", "http://127.0.0.1:9/query") as running:
        answer = running.ask("ASK {}")
        assert (answer.status_code, answer.headers["eugraph-problem"]) == (502, "endpoint-unavailable")

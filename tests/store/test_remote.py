"""Every report gives the same rows embedded and from a real endpoint that holds the dump."""

from __future__ import annotations

import contextlib
import gzip
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.request import Request, urlopen

import pyoxigraph as ox
import pytest

from cli.runner import run
from eugraph.errors import (
    EndpointLimitError,
    EndpointRefusedError,
    EndpointTimeoutError,
    EndpointUnavailableError,
    QuerySyntaxError,
)
from eugraph.loading import Loaded
from eugraph.reports import Library, ask, prepare
from eugraph.reports.answer import plain
from eugraph.store import Graph, Solutions
from eugraph.store.remote import RemoteStore
from store.oxigraph import Server, free_port, oxigraph_server, serving

Rows = list[tuple[str, ...]]
BASE = "https://w3id.org/eugraph/id/"


@pytest.fixture(scope="module")
def endpoint(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An Oxigraph server on loopback with the dump of the release, the ontology and the concept schemes."""
    folder = tmp_path_factory.mktemp("oxigraph")
    (folder / "dump.nq").write_bytes(gzip.decompress((release / "dump" / "all.nq.gz").read_bytes()))
    with serving(
        [folder / "dump.nq"], sorted((release / "ontology").rglob("*.ttl")), store=folder / "store"
    ) as address:
        yield address


def test_every_report_gives_the_same_rows_embedded_and_remote(
    endpoint: str, repository: Path, workspace_rows: Callable[..., Rows]
) -> None:
    remote = RemoteStore(endpoint)
    for report in Library.open(repository / "queries").reports.values():
        given = report.example()
        result = ask(remote, prepare(report.text, report.terms(given, BASE), base_iri=BASE), base_iri=BASE).result
        assert isinstance(result, Solutions)
        rows = [tuple(plain(cell) for cell in row) for row in result.rows]
        assert rows == workspace_rows(report.name, **given), report.name


def test_the_command_line_asks_an_endpoint(endpoint: str, repository: Path) -> None:
    embedded = run(repository, "query", "projects", "--format", "csv")
    remote = run(repository, "query", "projects", "--format", "csv", "--endpoint", endpoint)
    assert remote.status == 0
    assert remote.out == embedded.out


def test_ask_and_construct_are_answered(endpoint: str) -> None:
    store = RemoteStore(endpoint)
    assert store.query("ASK { ?s a <https://w3id.org/eugraph/ontology#Project> }") is True
    graph = store.query(f"CONSTRUCT WHERE {{ <{BASE}project/harmony> a ?type }}")
    assert isinstance(graph, Graph)
    assert len(graph.triples) == 1


def test_what_is_no_sparql_is_told_as_such(endpoint: str) -> None:
    with pytest.raises(QuerySyntaxError, match="does not accept the query"):
        RemoteStore(endpoint).query("SELEKT * { ?s ?p ?o }")


def test_an_endpoint_that_is_not_there_is_told(repository: Path) -> None:
    address = f"http://127.0.0.1:{free_port()}/query"
    outcome = run(repository, "query", "projects", "--endpoint", address, "--timeout-s", "2")
    assert outcome.status == 2
    assert f"{address}: no answer: Connection refused. " in outcome.err
    assert "Is the endpoint running?" in outcome.err


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(EndpointRefusedError, match="begins with http"):
        RemoteStore("file:///etc/passwd")


JSON = "application/sparql-results+json"
ROW = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"literal","value":"x"}}]}}'
BODIES = {  # path -> body, headers; the status is 200 without a Location
    "/ok": (ROW, {}),
    "/gzip": (gzip.compress(ROW), {"Content-Encoding": "gzip"}),
    "/bomb": (gzip.compress(b" " * 5_000_000), {"Content-Encoding": "gzip"}),
    "/long": (b" " * 5_000_000, {}),
    "/cutgzip": (gzip.compress(ROW)[:-9], {"Content-Encoding": "gzip"}),
    "/nogzip": (ROW, {"Content-Encoding": "gzip"}),
    "/brotli": (ROW, {"Content-Encoding": "br"}),
    "/cutjson": (ROW[:-3], {}),
    "/cut": (ROW, {"Content-Length": "1000"}),
    "/utf8": (ROW.replace(b"x", b"\xe9"), {}),
    "/iri": (ROW.replace(b"literal", b"uri"), {}),
    "/variable": (ROW.replace(b'["s"]', b'["t"]'), {}),
    "/there": (b"", {"Location": "/ok"}),
    "/file": (b"", {"Location": "file:///etc/passwd"}),
    "/bad": (b"\x1b[31mbad \xff", {}),
}


class _Odd(BaseHTTPRequestHandler):
    """A web server that is no SPARQL endpoint: /page answers HTML, /busy 503, /closed 403; for the rest see BODIES."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/drip":
            self.send_response(200)
            self.send_header("Content-Type", JSON)
            self.end_headers()
            with contextlib.suppress(OSError):
                for _ in range(40):
                    self.wfile.write(b" ")
                    self.nothing.wait(0.1)
            return
        if self.path in ("/nothttp", "/chunks"):
            chunks = b"HTTP/1.1 200 OK\r\nContent-Type: x/y\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"
            self.wfile.write(chunks if self.path == "/chunks" else b"hello\r\n\r\n")
            return
        if self.path in BODIES:
            body, headers = BODIES[self.path]
            self.send_response(302 if "Location" in headers else 400 if self.path == "/bad" else 200)
            for name, value in {"Content-Type": JSON, "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(body)
            return
        status = {"/busy": 503, "/closed": 403}.get(self.path, 200)
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<html>no SPARQL here</html>")

    nothing = threading.Event()

    def do_GET(self) -> None:
        raise AssertionError("a query is sent with POST")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing."""


@pytest.fixture(scope="module")
def odd_server() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Odd)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "error", "said"),
    [
        ("/page", EndpointRefusedError, "is no SPARQL result"),
        ("/busy", EndpointUnavailableError, "Try again later"),
        ("/closed", EndpointRefusedError, "403"),
        ("/cutjson", EndpointRefusedError, "is no SPARQL result"),
        ("/utf8", EndpointRefusedError, "is no SPARQL result: .*UTF-8"),
        ("/iri", EndpointRefusedError, "is no SPARQL result: .*uri"),
        ("/variable", EndpointRefusedError, "is no SPARQL result: .*variable"),
        ("/cut", EndpointRefusedError, "cut short .*bytes are missing"),
        ("/cutgzip", EndpointRefusedError, "cut short .*ends too early"),
        ("/nogzip", EndpointRefusedError, "breaks the rules of HTTP"),
        ("/brotli", EndpointRefusedError, "packed with br"),
        ("/chunks", EndpointRefusedError, "breaks the rules of HTTP"),
        ("/nothttp", EndpointRefusedError, "breaks the rules of HTTP"),
        ("/there", EndpointRefusedError, "points to another address, http://127.0.0.1:[0-9]+/ok"),
        ("/file", EndpointRefusedError, "points to another address, file:///etc/passwd"),
        ("/bad", QuerySyntaxError, "does not accept the query: .*bad \ufffd$"),
    ],
)
def test_answers_that_are_none_are_told_apart(odd_server: str, path: str, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        RemoteStore(odd_server + path, timeout_s=5).query("ASK {}")


def test_a_packed_answer_is_read(odd_server: str) -> None:
    assert RemoteStore(odd_server + "/gzip", timeout_s=5).query("ASK {}") == RemoteStore(odd_server + "/ok").query(
        "ASK {}"
    )


@pytest.mark.parametrize("path", ["/long", "/bomb"])
def test_a_long_answer_is_not_read_to_its_end(odd_server: str, path: str) -> None:
    with pytest.raises(EndpointLimitError, match="longer than 1000000 bytes") as caught:
        RemoteStore(odd_server + path, max_bytes=1_000_000).query("ASK {}")
    assert caught.value.exit_status == 3


def test_an_answer_that_drips_is_given_up_in_time(odd_server: str) -> None:
    start = time.monotonic()
    with pytest.raises(EndpointTimeoutError, match="no whole answer within 1 s") as caught:
        RemoteStore(odd_server + "/drip", timeout_s=1).query("ASK {}")
    assert time.monotonic() - start < 3
    assert caught.value.exit_status == 3


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "begins with http"),
        ("127.0.0.1", "begins with http"),
        ("http://", "names no host"),
        ("http://[", "this is no address"),
        ("http://127.0.0.1:abc/", "this is no address"),
        ("http://127.0.0.1:99999/", "this is no address"),
        ("http://a b/", "a space or a character beyond ASCII"),
        ("http://h/é", "a space or a character beyond ASCII"),
        ("http://127.0.0.1:1/\r\nX: y", "a space or a character beyond ASCII"),
        ("http://user:secret@127.0.0.1:1/", "a name or password"),
    ],
)
def test_what_is_no_address_is_told(address: str, said: str) -> None:
    with pytest.raises(EndpointRefusedError, match=said):
        RemoteStore(address)


# The union of graphs

_MIXED = '<a:s> <a:p> "default" .\n<a:t> <a:p> <a:o> <a:g> .\n'
_ASKED = "SELECT ?o WHERE { ?s <a:p> ?o } ORDER BY ?o"


def test_a_query_sees_the_union_of_the_graphs_and_one_with_from_its_own(
    repository: Path, loaded: Loaded, tmp_path: Path
) -> None:
    with oxigraph_server() as server:
        server.put([*loaded.quads, *loaded.ontology.quads])
        for arguments in (("query", "projects", "--format", "csv"), ("show", "harmony")):
            embedded = run(repository, *arguments)
            remote = run(repository, *arguments, "--endpoint", server.endpoint)
            assert remote.status == 0
            assert set(remote.out.splitlines()) == {x for x in embedded.out.splitlines() if "data/" not in x}
        text = f"SELECT ?s FROM <{BASE}graph/persons> WHERE {{ ?s a <https://w3id.org/eugraph/ontology#Project> }}"
        outcome = run(repository, "query", "-", "--endpoint", server.endpoint, "--format", "csv", stdin=text)
        assert outcome.out == "s\n"


@contextlib.contextmanager
def without_a_switch(server: Server) -> Iterator[str]:
    """The address of a store as most are: Oxigraph, without its own parameter for the union."""

    class Before(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name: self.headers[name] for name in ("Content-Type", "Accept")}
            with urlopen(Request(server.endpoint, data=body, headers=headers), timeout=30) as answer:
                said = answer.read()
                self.send_response(200)
                self.send_header("Content-Type", answer.headers["Content-Type"])
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
            """Say nothing."""

    before = HTTPServer(("127.0.0.1", 0), Before)
    thread = threading.Thread(target=before.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{before.server_port}/query"
    before.shutdown()
    thread.join()
    before.server_close()


def test_where_there_is_no_union_to_be_had_that_is_said(repository: Path) -> None:
    with oxigraph_server() as server, without_a_switch(server) as address:
        server.put(ox.parse(_MIXED, format=ox.RdfFormat.N_QUADS))
        outcome = run(repository, "query", "-", "--endpoint", address, "--format", "csv", stdin=_ASKED)
        assert outcome.out == "o\ndefault\n"
        assert "others stand in named graphs that it does not show" in outcome.err
        assert run(repository, "show", "harmony", "--endpoint", address).status == 2


def test_the_graphs_are_named_to_a_store_that_shows_none_by_itself(repository: Path) -> None:
    with oxigraph_server() as server, without_a_switch(server) as address:
        server.put(ox.parse(_MIXED.replace('"default"', '"named" <a:h>'), format=ox.RdfFormat.N_QUADS))
        outcome = run(repository, "query", "-", "--endpoint", address, "--format", "csv", stdin=_ASKED)
        assert (outcome.out, outcome.err) == ("o\na:o\nnamed\n", "")

"""Every report gives the same rows embedded and from a real endpoint that holds the dump."""

from __future__ import annotations

import gzip
import shutil
import socket
import subprocess
import sysconfig
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from cli.runner import run
from eugraph.errors import EndpointRefusedError, EndpointUnavailableError, QuerySyntaxError
from eugraph.reports import Library, ask, prepare
from eugraph.reports.answer import plain
from eugraph.store import Graph, Solutions
from eugraph.store.remote import RemoteStore

Rows = list[tuple[str, ...]]
BASE = "https://w3id.org/eugraph/id/"


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


@pytest.fixture(scope="module")
def endpoint(release: Path, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An Oxigraph server on loopback with the dump of the release, the ontology and the concept schemes."""
    program = shutil.which("oxigraph", path=sysconfig.get_path("scripts")) or shutil.which("oxigraph")
    assert program, "the package oxigraph of the test group brings the server"
    folder = tmp_path_factory.mktemp("oxigraph")
    (folder / "dump.nq").write_bytes(gzip.decompress((release / "dump" / "all.nq.gz").read_bytes()))
    vocabulary = sorted((release / "ontology").rglob("*.ttl"))
    store = folder / "store"
    for files in ([folder / "dump.nq"], vocabulary):
        subprocess.run([program, "load", "--location", store, "--file", *files], check=True, capture_output=True)
    port = free_port()
    server = subprocess.Popen(
        [program, "serve-read-only", "--location", store, "--bind", f"127.0.0.1:{port}", "--union-default-graph"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}/query"
    try:
        wait_for(port, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=10)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    ready = threading.Event()
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended"
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1).close()
        except OSError:
            ready.wait(0.05)
        else:
            return
    raise AssertionError("the server did not start")


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
    assert f"{address}: no answer within 2 s" in outcome.err
    assert "Is the endpoint running?" in outcome.err


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(EndpointRefusedError, match="begins with http"):
        RemoteStore("file:///etc/passwd")


class _Odd(BaseHTTPRequestHandler):
    """A web server that is no SPARQL endpoint: /page answers HTML, /busy 503, /closed 403."""

    def do_POST(self) -> None:
        status = {"/busy": 503, "/closed": 403}.get(self.path, 200)
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<html>no SPARQL here</html>")

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
    ],
)
def test_answers_that_are_none_are_told_apart(odd_server: str, path: str, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        RemoteStore(odd_server + path, timeout_s=5).query("ASK {}")

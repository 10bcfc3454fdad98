"""What leads out of the store is refused before an engine sees it, and nothing else is."""

from __future__ import annotations

import contextlib
import http.server
import threading
import time
from collections.abc import Iterator
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad
from pyoxigraph import Store as Plain

from eugraph.errors import EugraphError, QuerySyntaxError, RefusedQueryError
from eugraph.store import EmbeddedStore
from eugraph.store.guard import refuse_outward, without_services

OWN = "https://example.org/id/graph/"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }",
        "SELECT * { service silent ?where { ?s ?p ?o } }",
        "SELECT * { <a:a>SERVICE<a:b>{} }",
        "SELECT * { ?s ?p ?o . OPTIONAL { { SERVICE ex:x { ?s ?p ?o } } } }",
        "SELECT * { ?s ?p '#' SERVICE <a:b> { } }",
        "SELECT * { \\u0053ERVICE <a:b> { } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM <http://example.org/> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:x> { ?s ?p ?o }",
        "PREFIX x: <file:> SELECT * FROM x:y { ?s ?p ?o }",
        "CONSTRUCT FROM\n#\n<file:x> WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "load silent <http://example.org/> into graph <a:b>",
        "PREFIX a: <a:> INSERT DATA { a:a a:a a:a }",
        "DELETE WHERE { ?s ?p ?o }",
        "BASE <a:> CLEAR ALL",
        "SELECT * { SERVICESILENT <a:b> { ?s ?p ?o } }",
        "PREFIX :<a:b> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "PREFIX a:<a:b> SELECT * { SERVICEa:x { ?s ?p ?o } }",
        "PREFIX a:<http://h:80> SELECT * { ?s ?p a:SERVICE <a:b> { ?s ?p ?o } }",
        "PREFIX a:<a:b> SELECT * { ?s ?p a:.SERVICE <a:b> { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE <a:b> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1e0SERVICE <a:b> { ?s ?p ?o } }",
        "SELECT * { FILTER(1<2)SERVICE#>\n<a:b> { ?s ?p ?o } }",
        'SELECT * { FILTER(1<2)#>"""\nSERVICE <a:b> { ?s ?p ?o } #"""\n }',
        "ASKFROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROMNAMED<file:x> { ?s ?p ?o }",
        "PREFIX :<file:> SELECT * FROM:x { ?s ?p ?o }",
        f"SELECT * FROM <{OWN}../../x> {{ ?s ?p ?o }}",
    ],
)
def test_a_way_out_is_refused(query: str) -> None:
    with pytest.raises(RefusedQueryError, match=r"line \d+, column \d+: "):
        refuse_outward(query, own_graphs=OWN)


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * FROM <{OWN}derived> FROM NAMED <{OWN}projects/harmony> {{ ?s ?p ?o }}",
        '# SERVICE\nSELECT ?service ?from { ?service ex:from \'SERVICE <x:y>\' ; ex:load """FROM""" }',
        "PREFIX service: <a:b> SELECT * { ?s service:from <http://service/load> }",
        "ASK { ?insert ?delete ?load FILTER(?a < ?b && ?c > ?d) }",
        "SELECT (COUNT(*) AS ?add) { ?with a ?clear }",
        "PREFIX ex: <a:b/> SELECT * { ?s ex:fromDate ?o ; ex:serviceOf ?p . GRAPH ex:service { ?s ?p ?o } }",
        "SELECT * { ?s ?p <urn:service(x)> }",
    ],
)
def test_a_query_of_the_store_is_let_through(query: str) -> None:
    refuse_outward(query, own_graphs=OWN)


ALLOWED = frozenset(("http://h/sparql",))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://h/sparql> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o service silent <http://h/sparql> { ?s ?p ?o } SERVICE<http://h/sparql>{} }",
    ],
)
def test_a_service_that_is_allowed_is_let_through_and_taken_out_for_the_belt(query: str) -> None:
    refuse_outward(query, own_graphs=OWN, services=ALLOWED)
    assert "service" not in without_services(query, ALLOWED).lower()
    with pytest.raises(RefusedQueryError):
        refuse_outward(query, own_graphs=OWN)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://h/> { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://h/sparql/> { ?s ?p ?o } }",
        "SELECT * { SERVICE ?x { ?s ?p ?o } VALUES ?x { <http://h/sparql> } }",
        "PREFIX h: <http://h/> SELECT * { SERVICE h:sparql { ?s ?p ?o } }",
        "BASE <http://h/> SELECT * { SERVICE <sparql> { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://h/sparql> { SERVICE <http://g/> { ?s ?p ?o } } }",
        "SELECT * { ?s ?p trueSERVICE <http://h/sparql> { ?s ?p ?o } }",
        "PREFIX S: <http://h/> SELECT * { SERVICES:x { ?s ?p ?o } SERVICE <http://h/sparql> {} }",
    ],
)
def test_any_other_service_is_refused_though_one_is_allowed(query: str) -> None:
    with pytest.raises(RefusedQueryError):
        refuse_outward(query, own_graphs=OWN, services=ALLOWED)


def test_from_may_name_the_graphs_that_there_are_and_no_others() -> None:
    refuse_outward("SELECT * FROM <urn:g> FROM NAMED <urn:h> { ?s ?p ?o }", own_graphs="", graphs=("urn:g", "urn:h"))
    for other in ("urn:i", "file:///etc/passwd", f"{OWN}a"):
        with pytest.raises(RefusedQueryError, match="none of the store's graphs"):
            refuse_outward(f"SELECT * FROM <{other}> {{ ?s ?p ?o }}", own_graphs="", graphs=("urn:g", "urn:h"))


@pytest.mark.parametrize("query", ["", "  \n", "# a comment only"])
def test_nothing_is_no_query(query: str) -> None:
    with pytest.raises(QuerySyntaxError, match="the query is empty"):
        refuse_outward(query, own_graphs=OWN)


def test_a_long_query_is_looked_at_once() -> None:
    query = "SELECT * {\n VALUES ?x {" + "\n 1" * 100_000 + "} }"
    start = time.process_time()
    refuse_outward(query, own_graphs=OWN)
    assert time.process_time() - start < 10  # it took minutes when every token looked back


class _Counter(http.server.BaseHTTPRequestHandler):
    """A server that counts who asks it."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(500)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing."""


@pytest.fixture(scope="module")
def counter() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Counter) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


PIECES = (
    *("SERVICE", "service", "SERVICE SILENT", "SERVICESILENT", "trueSERVICE", "1e0SERVICE", "\\u0053ERVICE"),
    *("SERVICE:x", "SERVICEa:x", "a:SERVICE", "a:.SERVICE", "<2)SERVICE#>", "<URLx>", ":x", "a:x", "a:", "?u"),
    *("?s ?p true", "?s ?p a:", "?s ?p ?o", "VALUES ?u { <URLy> }", "FILTER(1<2)", "FILTER(1<?o&&?o>2)", "BIND(1<"),
    *("#>", '"""', "'''", "\n", "#", "{ ?s ?p ?o }", "{", "}", "(", ")", ".", ";", " ", "@en", "_:b"),
    *("OPTIONAL", "GRAPH", "MINUS", "LOAD <URLz>", "FROM <URLz>", "FROM:x", "FROMNAMED<URLz>"),
)
YES = Literal("true", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#boolean"))
QUADS = [Quad(NamedNode("a:a"), NamedNode("a:p"), value) for value in (YES, NamedNode("http://h:80"))]
PARTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9)


@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=PARTS,
    parts=PARTS,
    last=st.sampled_from(("", " { ?s ?p ?o }")),
    space=st.sampled_from(("http://h:80", "URL")),
)
@example(before=["?s ?p true"], parts=["SERVICE", " ", "<URLx>"], last=" { ?s ?p ?o }", space="URL")
@example(before=["?s ?p "], parts=["a:SERVICE", " ", "<URLx>"], last=" { ?s ?p ?o }", space="http://h:80")
@example(before=["?s ?p "], parts=["a:.SERVICE", "<URLx>"], last=" { ?s ?p ?o }", space="URL")
@example(before=["SERVICE:x"], parts=[" "], last=" { ?s ?p ?o }", space="URL")
@example(before=["FILTER(1<2)"], parts=["SERVICE", "#>", "\n", "<URLx>"], last=" { ?s ?p ?o }", space="URL")
@example(
    before=["FILTER(1<2)"],
    parts=["#>", '"""', "\n", "SERVICE", "<URLx>", "{ ?s ?p ?o }", "#", '"""', "\n"],
    last="",
    space="URL",
)
def test_neither_the_guard_nor_the_store_lets_a_query_reach_the_network(
    counter: str, before: list[str], parts: list[str], last: str, space: str
) -> None:
    query = f"PREFIX : <URL> PREFIX a: <{space}> SELECT * {{ {' '.join(before)}{''.join(parts)}{last} }}"
    query = query.replace("URL", counter)
    store = EmbeddedStore(QUADS)
    asked = len(_Counter.asked)
    with contextlib.suppress(EugraphError):
        store.query(query)  # without the guard: the store has a belt of its own
    assert len(_Counter.asked) == asked
    try:
        refuse_outward(query, own_graphs=OWN)
    except RefusedQueryError:
        return
    with contextlib.suppress(SyntaxError, RuntimeError, OSError):
        plain = Plain()
        plain.extend(QUADS)
        list(plain.query(query))  # type: ignore[arg-type]  # a SELECT; without the belt
    assert len(_Counter.asked) == asked

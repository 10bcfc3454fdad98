"""Requests of any content: a status that tells what is wrong, no failure of the server, no trace of its code."""

from __future__ import annotations

import os

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from serve.conftest import THINGS
from serve.running import BASE, Server

EXAMPLES = int(os.environ.get("EUGRAPH_FUZZED", "60"))
PIECES = (
    *(
        "SELECT",
        "*",
        "?s",
        "?p",
        "?o",
        "{",
        "}",
        "(",
        ")",
        "<a:b>",
        "<x>",
        "'t'",
        '"""',
        "1",
        "-1e999",
        "@en",
        "^^",
        "_:b",
        "[]",
    ),
    *(
        "ASK",
        "CONSTRUCT",
        "DESCRIBE",
        "WHERE",
        "FROM",
        "NAMED",
        "GRAPH",
        "OPTIONAL",
        "UNION",
        "MINUS",
        "FILTER",
        "BIND",
        "AS",
    ),
    *(
        "SERVICE",
        "LOAD",
        "INSERT",
        "DELETE",
        "VALUES",
        "UNDEF",
        "ORDER BY",
        "GROUP BY",
        "COUNT(*)",
        "HAVING",
        "LIMIT",
        "OFFSET",
    ),
    *(
        "REGEX(?o, '(a+)+$')",
        "REPLACE(STR(?s), '.*', 'x')",
        "STRDT('x', <a:b>)",
        "BNODE()",
        "RAND()",
        "NOW()",
        "?s ?p ?o",
    ),
    *(
        "<before>*",
        "!<a:b>",
        "|",
        "/",
        "^",
        "+",
        "\x00",
        "\\u0000",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    ),
    *("99999999999999999999", "'1'^^<http://www.w3.org/2001/XMLSchema#integer>", "#", "\n", "PREFIX : <a:>", ":x", "%"),
)
QUERY = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=8).map(lambda parts: f"SELECT * {{ ?s ?p ?o {' '.join(parts)} }}"),
    st.text(max_size=80),
)
NAME = st.sampled_from(
    ("query", "default-graph-uri", "named-graph-uri", "format", "update", "graph", "default", "x", "")
)
VALUE = st.one_of(QUERY, st.sampled_from((f"{BASE}graph/even", "json", "csv", "ttl", "file:///etc/passwd", "", "a:b")))
ACCEPT = st.one_of(
    st.sampled_from(
        ("*/*", "text/csv", "text/turtle", "application/rdf+xml", "text/html", "application/json", ";q=1", "a/b")
    ),
    st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=30).map(str.strip),
)
FINE = frozenset((200, 400, 403, 404, 405, 406, 413, 414, 415, 503, 504))


def check(answer: httpx.Response) -> None:
    assert answer.status_code in FINE, answer.text
    assert "Traceback" not in answer.text
    if answer.status_code in (503, 504):
        assert answer.headers["eugraph-problem"] in ("query-timeout", "too-much-memory", "too-many-queries")


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERY, accept=ACCEPT)
def test_any_query_is_answered_or_refused(server: Server, query: str, accept: str) -> None:
    check(httpx.post(server.sparql, data={"query": query}, headers={"Accept": accept}, timeout=30))


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pairs=st.lists(st.tuples(NAME, VALUE), max_size=4),
    path=st.sampled_from(("/sparql", "/graph-store", "/graph-store/even", "/health", "/metrics")),
    method=st.sampled_from(("GET", "HEAD", "POST", "PUT", "DELETE")),
    accept=ACCEPT,
)
def test_any_request_is_answered_or_refused(
    server: Server, pairs: list[tuple[str, str]], path: str, method: str, accept: str
) -> None:
    check(
        httpx.request(
            method, server.root + path, params=httpx.QueryParams(tuple(pairs)), headers={"Accept": accept}, timeout=30
        )
    )


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.one_of(st.binary(max_size=200), QUERY.map(lambda text: text.encode(errors="replace"))),
    media_type=st.sampled_from(
        (
            *("application/sparql-query", "application/x-www-form-urlencoded", "application/sparql-update", ""),
            *("text/plain", "application/sparql-query; charset=utf-16", "multipart/form-data; boundary=x", ";;;"),
        )
    ),
)
def test_any_body_is_answered_or_refused(server: Server, body: bytes, media_type: str) -> None:
    headers = {"Content-Type": media_type} if media_type else {}
    check(httpx.post(server.sparql, content=body, headers=headers, timeout=30))


def test_the_server_is_as_it_was(server: Server) -> None:
    answer = server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv")
    assert answer.text == f"n\n{2 * THINGS}\n"
    assert "Traceback" not in server.said()

"""Requests of every kind that a stranger may send, made from what /openapi.json says of the server: 10,000 by `make strangers`.

None is answered with a fault of the server, shows how the server is made, or holds others up.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, quote_from_bytes

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from serve.running import Server, serving

REQUESTS = int(os.environ.get("EUGRAPH_REQUESTS", "300"))
LONGEST_S = 15  # for an answer, on a loaded machine
HOSTILE = (
    "",
    "\x00",
    "..",
    "../../etc/passwd",
    "%2e%2e%2f",
    "%00",
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "'; DROP GRAPH <x> ; --",
    '"} UNION { ?s ?p ?o } #',
    "?s",
    "<>",
    "\\u0022",
    "\r\nSet-Cookie: a=b",
    "é" * 300,
    "\U0001f600",
    "\u202e",
    "-1",
    "1e999",
    "99999999999999999999",
    "0000-00-00",
    "2026-02-30",
    "NaN",
    "[]",
    "{}",
    "file:///etc/passwd",
    "http://127.0.0.1:9/",
    "a" * 5000,
)
QUERIES = (
    "SELECT * { ?s ?p ?o } LIMIT 3",
    "ASK { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 2",
    "DESCRIBE <https://example.org/id/thing/1>",
    "SELECT * { ?s ?p",
    "SELECT (1/0 AS ?x) {}",
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "INSERT DATA { <a:a> <a:b> <a:c> }",
    "LOAD <file:///etc/passwd>",
    'SELECT * { FILTER(REGEX("aaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$")) }',
    "SELECT (STRLEN(CONCAT(" + ",".join(['"' + "x" * 100 + '"'] * 20) + ")) AS ?n) {}",
)
VALID = ("eha", "harmony", "project/harmony", "2020", "csv", "json", "ttl", "html", "text/turtle", "FRA", "1", "native")
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "X", "CONNECT")
HEADERS = (
    "Accept",
    "Accept-Encoding",
    "Accept-Language",
    "Accept-Profile",
    "Content-Type",
    "Expect",
    "Host",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "Origin",
    "Range",
    "Referer",
    "Transfer-Encoding",
    "User-Agent",
    "X-Forwarded-For",
)
MEDIA = (
    "*/*",
    "text/html",
    "text/turtle;q=0.5, application/ld+json",
    "application/sparql-results+json",
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "text/csv;q=2",
    ";;;,,,",
    "a/b;q=" + "9" * 400,
    "*",
)


class Sent(NamedTuple):
    """A request, byte by byte."""

    data: bytes
    method: str


class Got(NamedTuple):
    """An answer."""

    status: int
    head: bytes
    body: bytes


texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40), st.sampled_from(QUERIES))
values = st.one_of(
    st.sampled_from(VALID),
    st.sampled_from(QUERIES).map(quote),
    texts.map(lambda text: quote(text, safe="")),
    st.binary(max_size=20).map(lambda data: quote_from_bytes(data, safe="")),
    st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="#"), max_size=30),
)


def filled(path: str, draw: st.DrawFn) -> str:
    """A path of the description with something in the place of each parameter."""
    while "{" in path:
        before, _, rest = path.partition("{")
        path = before + draw(values).replace("{", "%7B") + rest.partition("}")[2]
    return path


@st.composite
def requests(draw: st.DrawFn, described: Mapping[str, Any]) -> Sent:
    paths = sorted(described["paths"])
    path = draw(st.sampled_from(paths))
    operations = described["paths"][path]
    known = sorted({each["name"] for o in operations.values() for each in named(o, described) if each["in"] == "query"})
    target = filled(path, draw)
    if draw(st.integers(0, 5)) == 0:
        target += "/" + draw(values)
    pairs = draw(
        st.lists(st.tuples(st.sampled_from(known) if known else values, values), max_size=4)
        if draw(st.booleans())
        else st.lists(st.tuples(values, values), max_size=4)
    )
    if pairs:
        target += "?" + "&".join(f"{name}={value}" for name, value in pairs)
    method = draw(st.sampled_from(METHODS if draw(st.integers(0, 2)) == 0 else METHODS[:3]))
    lines = [f"{method} {target} HTTP/1.1", "Host: x", "Connection: close"]
    for name in draw(st.lists(st.sampled_from(HEADERS), max_size=4)):
        value = draw(st.one_of(st.sampled_from(MEDIA), st.sampled_from(HOSTILE), st.text(max_size=30)))
        lines.append(f"{name}: {value.replace(chr(13), '').replace(chr(10), '')}")
    body = b""
    if method == "POST" or draw(st.integers(0, 9)) == 0:
        kind = draw(st.sampled_from(("application/x-www-form-urlencoded", "application/sparql-query", "text/plain")))
        text = draw(texts)
        body = (f"query={quote(text)}" if "form" in kind else text).encode("utf-8", "surrogatepass")
        lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    head = "\r\n".join(lines) + "\r\n\r\n"
    return Sent(head.encode("utf-8", "surrogatepass") + body, method)


def named(operation: Mapping[str, Any], described: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The parameters of an operation; those that several share are looked up."""
    found = []
    for each in operation.get("parameters", ()) if isinstance(operation, dict) else ():
        reference = each.get("$ref", "")
        found.append(described["components"]["parameters"][reference.rpartition("/")[2]] if reference else each)
    return found


def answer(server: Server, sent: Sent) -> Got | None:
    """What the server answers; None where it ends the connection without a word, as it may to what is no HTTP."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=LONGEST_S) as client:
        parts = []
        try:
            client.sendall(sent.data)
            while part := client.recv(1 << 16):
                parts.append(part)
        except (ConnectionResetError, BrokenPipeError):
            pass
    head, _, body = b"".join(parts).partition(b"\r\n\r\n")
    return Got(int(head.split(b" ", 2)[1]), head, body) if head else None


@pytest.fixture(scope="module")
def open_to_all(release: Path) -> Iterator[Server]:
    """The release of the reference workspace, served without a limit on how often one client asks."""
    with serving(release, rate=0, timeout_s=5, request_timeout_s=1, idle_timeout_s=1) as server:
        yield server


@pytest.fixture(scope="module")
def described(open_to_all: Server) -> Mapping[str, Any]:
    found = open_to_all.get("/openapi.json").json()
    assert len(found["paths"]) > 5
    return dict(found)


@settings(
    max_examples=REQUESTS,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    print_blob=True,
)
@given(st.data())
def test_no_request_is_answered_with_a_fault_of_the_server(
    open_to_all: Server, described: Mapping[str, Any], data: st.DataObject
) -> None:
    sent = data.draw(requests(described))
    got = answer(open_to_all, sent)
    if got is None:
        return
    assert got.status < 500 or (got.status in (503, 504) and b"retry-after" in got.head.lower()), (sent, got)
    told = got.head + got.body
    assert b"Traceback" not in told
    assert b'File "' not in told
    assert b"root:x:0" not in told
    assert b"\r\nset-cookie" not in got.head.lower()
    if sent.method == "HEAD" and got.status != 400:  # what is no HTTP has no method
        assert not got.body


def test_the_server_is_as_it_was(open_to_all: Server) -> None:
    answered = open_to_all.get("/project/harmony", headers={"Accept": "text/turtle"})
    assert answered.status_code == httpx.codes.OK
    assert open_to_all.ask("ASK { ?s ?p ?o }").json()["boolean"] is True

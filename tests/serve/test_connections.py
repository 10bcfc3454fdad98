"""Clients that are slow, that go away, that send what is no HTTP."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from serve.running import Server, serving, until
from serve.test_limits import CROSS_PRODUCT, QUICK


@pytest.fixture(scope="module")
def hasty(small_release: Path) -> Iterator[Server]:
    """A server that does not wait for long."""
    limits = {"request_timeout_s": 0.5, "idle_timeout_s": 1.0, "send_timeout_s": 0.5, "timeout_s": 20.0, "rate": 0}
    with serving(small_release, **limits) as server:
        yield server


def connection(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=10)


def received(client: socket.socket) -> bytes:
    """Everything until the server closes."""
    parts = []
    try:
        while part := client.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /sparql?query=ASK",
        b"GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nASK",
    ],
)
def test_a_request_that_does_not_arrive_is_not_waited_for(hasty: Server, sent: bytes) -> None:
    with connection(hasty) as client:
        client.sendall(sent)
        assert received(client).startswith(b"HTTP/1.1 408 ")
    assert hasty.ask(QUICK).status_code == 200


def test_a_head_without_an_end_is_refused(hasty: Server) -> None:
    with connection(hasty) as client:
        try:
            client.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nX-Long: ")
            for _ in range(50):
                client.sendall(b"x" * 10_000)
        except OSError:
            pass  # it has closed the connection already
        assert received(client)[:12] in (b"", b"HTTP/1.1 431")
    assert hasty.ask(QUICK).status_code == 200


def ask(client: socket.socket, query: str) -> None:
    client.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())


def test_the_query_of_a_client_that_goes_away_is_ended(hasty: Server) -> None:
    with connection(hasty) as client:
        ask(client, CROSS_PRODUCT)
        until(lambda: hasty.value("queries_busy") == 1)
    until(lambda: hasty.value("queries_busy") == 0, within_s=10)
    assert any(event.get("status") == 499 for event in hasty.events())


def test_the_query_of_a_client_that_says_no_more_is_ended(hasty: Server) -> None:
    with connection(hasty) as client:
        ask(client, CROSS_PRODUCT)
        until(lambda: hasty.value("queries_busy") == 1)
        client.shutdown(socket.SHUT_WR)
        until(lambda: hasty.value("queries_busy") == 0, within_s=10)


def test_a_client_that_takes_nothing_in_is_not_waited_for(large_release: Path) -> None:
    with serving(large_release, send_timeout_s=0.5) as server:
        with connection(server) as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.sendall(b"GET /graph-store?default HTTP/1.1\r\nHost: x\r\nAccept: application/n-triples\r\n\r\n")
            until(lambda: server.value("queries_busy") == 1)
            until(lambda: server.value("queries_busy") == 0, within_s=10)
        assert server.value("broken_off_total") == 1
        assert server.ask("ASK {}").status_code == 200


def test_requests_that_come_at_once_are_answered_in_their_order(hasty: Server) -> None:
    one = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n"
    with connection(hasty) as client:
        client.sendall(one + b"\r\n" + b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n" + one + b"Connection: close\r\n\r\n")
        statuses = re.findall(rb"HTTP/1.1 (\d+) ", received(client))
    assert statuses == [b"200", b"404", b"200"]


@pytest.mark.parametrize(
    "sent",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
        b"GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET /sparql?query=ASK{} HTTP/1.1\r\nHost: x\r\nX: \u00e9\x00\r\n\r\n".encode("latin-1"),
    ],
)
def test_what_is_no_http_is_refused(hasty: Server, sent: bytes) -> None:
    with connection(hasty) as client:
        client.sendall(sent)
        assert received(client)[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 408")
    assert hasty.ask(QUICK).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/%00", "/a%00b", "/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/a/../../etc/passwd", "/a%2Fb", "/..%2f..%2fetc",
        "/%ff%fe", "/%c0%ae%c0%ae/", "/%ed%a0%80", "//etc/passwd", "/a%5c..%5cb", "/%0d%0aSet-Cookie:x=1", "/%",
        "/%zz", "/sparql/", "/sparql/..", "/" + "a/" * 3000, "/%E2%80%AE", "/~", "/;x=1", "/.git/config", "/release.json%00.html",
    ],
)  # fmt: skip
def test_an_odd_path_is_not_found_or_refused(hasty: Server, path: str) -> None:
    with connection(hasty) as client:
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = received(client)
    assert answer[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 404")
    assert b"Traceback" not in answer
    assert b"set-cookie" not in answer.lower()


@pytest.mark.parametrize(
    "name", ["Accept", "Content-Type", "User-Agent", "Accept-Encoding", "Host", "X-Forwarded-For", "Range"]
)
@pytest.mark.parametrize(
    "value", ["", ";", ",,,", "*/*;q=abc", "text/html;" * 500, "\u00ff\u00fe", "${jndi:ldap://x}", "a" * 5000]
)
def test_odd_headers_change_no_more_than_the_format(hasty: Server, name: str, value: str) -> None:
    headers = {"Host": "x", name: value, "Connection": "close"}
    lines = ["GET /sparql?query=ASK%7B%7D HTTP/1.1", *(f"{key}: {text}" for key, text in headers.items()), "", ""]
    with connection(hasty) as client:
        client.sendall("\r\n".join(lines).encode("latin-1"))
        assert received(client)[:12] in (b"HTTP/1.1 200", b"HTTP/1.1 406")

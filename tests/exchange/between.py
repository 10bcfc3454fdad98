"""What stands between a push and a store: it counts, hides addresses, and kills the push at a request."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class Between:
    """Requests that go through to a server on loopback.

    `hidden` are paths for which it answers 404; with `no_updates` it does so for updates. Where `victim` is set, its process is killed at the write number
    `deadly`: before it is sent on ("before"), with half of its body ("half"), or when it was answered ("after").
    """

    def __init__(self, port: int, root: str) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.behind = urlsplit(root).netloc
        self.hidden: tuple[str, ...] = ()
        self.no_updates = False
        self.writes = 0
        self.bodies: list[bytes] = []
        self.victim = 0
        self.deadly = 0
        self.when = "before"

    def address(self, endpoint: str) -> str:
        """The address of an endpoint of the server, through here."""
        return endpoint.replace(self.behind, urlsplit(self.root).netloc)


class _Handler(BaseHTTPRequestHandler):
    between: Between
    protocol_version = "HTTP/1.1"

    def _pass(self) -> None:
        between = self.between
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        is_update = self.headers.get("Content-Type") == "application/sparql-update"
        if urlsplit(self.path).path in between.hidden or (is_update and between.no_updates):
            self._answer(404, [], b"nothing here")
            return
        is_write = self.command in ("PUT", "DELETE") or (
            self.command == "POST" and "form-urlencoded" not in (self.headers.get("Content-Type") or "")
        )
        if is_write:
            between.writes += 1
            between.bodies.append(body)
        dies = is_write and between.victim and between.writes == between.deadly
        if dies and between.when != "after":
            os.kill(between.victim, signal.SIGKILL)
            if between.when == "half":
                self._send_on(body[: len(body) // 2], len(body))
            self.close_connection = True
            return
        status, headers, said = self._send_on(body, len(body))
        if dies:
            os.kill(between.victim, signal.SIGKILL)
        with contextlib.suppress(OSError):
            self._answer(status, headers, said)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _pass  # noqa: N815 - the names are the library's

    def _send_on(self, body: bytes, length: int) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection(self.between.behind, timeout=60)
        skipped = ("host", "content-length", "connection", "accept-encoding")
        connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", self.headers["Host"])
        for name, value in self.headers.items():
            if name.lower() not in skipped:
                connection.putheader(name, value)
        if self.command in ("PUT", "POST"):
            connection.putheader("Content-Length", str(length))
        connection.endheaders(body or None)
        if len(body) < length:
            connection.close()
            return 0, [], b""
        with contextlib.closing(connection), connection.getresponse() as answer:
            return answer.status, answer.getheaders(), answer.read()

    def _answer(self, status: int, headers: list[tuple[str, str]], said: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in ("content-length", "transfer-encoding", "connection", "date", "server"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing."""


@contextmanager
def between_us_and(root: str) -> Iterator[Between]:
    """Stand before the server at an address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    here = Between(server.server_port, root)
    server.RequestHandlerClass = type("Handler", (_Handler,), {"between": here})
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield here
    server.shutdown()
    thread.join()
    server.server_close()

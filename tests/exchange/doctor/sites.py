"""Sites under examination: a host of files with rules for negotiation, and answers made for a test."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from eugraph.publish.media_types import MEDIA_TYPES, VOID, with_charset
from eugraph.serve.negotiation import negotiate

_FORMS = {"text/turtle": ".ttl", "application/ld+json": ".jsonld", "text/html": ".html", "application/rdf+xml": ".rdf"}


@dataclass(frozen=True, kw_only=True)
class Given:
    """An answer; the body may be made while it is sent."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | Iterator[bytes] = b""


Answering = Callable[[str, Mapping[str, str]], Given | None]  # (path with query, headers) -> an answer, or None


@dataclass
class Host:
    """A server that runs."""

    root: str
    asked: list[str] = field(default_factory=list)  # methods and paths

    @property
    def port(self) -> int:
        return int(self.root.rstrip("/").rpartition(":")[2])


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    answering: Answering
    host: Host

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:  # the doctor has gone
            self.close_connection = True

    def do_GET(self) -> None:
        self.host.asked.append(f"{self.command} {self.path}")
        given = self.answering(self.path, {name.lower(): value for name, value in self.headers.items()})
        given = given or Given(status=404, body=b"nothing here", headers={"Content-Type": "text/plain"})
        self.send_response(given.status)
        for name, value in given.headers.items():
            self.send_header(name, value)
        if isinstance(given.body, bytes):
            self._send_whole(given.body, has_body=given.status != 304)
        else:
            self._send_on(given.body)

    do_HEAD = do_GET  # noqa: N815 - as the library has it

    def _send_whole(self, body: bytes, *, has_body: bool) -> None:
        if has_body:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if has_body and self.command == "GET":
            self.wfile.write(body)

    def _send_on(self, blocks: Iterator[bytes]) -> None:
        self.close_connection = True
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "GET":
            for block in blocks:
                self.wfile.write(block)
                self.wfile.flush()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def hosted(answering: Answering) -> Iterator[Host]:
    """Serve what `answering` gives; what it does not know is 404."""
    host = Host("")
    handler = type("Handler", (_Handler,), {"answering": staticmethod(answering), "host": host})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    host.root = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()


def files(folder: Path) -> Answering:
    """Give the files of a folder as a well-behaved host does."""

    def answering(path: str, headers: Mapping[str, str]) -> Given | None:
        name = unquote(urlsplit(path).path).lstrip("/")
        if not name or name.endswith("/"):
            name += "index.html"
        file, vary = folder / name, {}
        if not file.is_file():
            offers = {t: e for t, e in _FORMS.items() if (folder / f"{name}{e}").is_file()}
            if not offers:
                return None
            chosen = negotiate(headers.get("accept"), list(offers))
            if chosen is None:
                return Given(status=406, headers={"Vary": "Accept"})
            file, vary = folder / f"{name}{offers[chosen]}", {"Vary": "Accept"}
        body = file.read_bytes()
        ending = file.suffix[1:]
        media_type = (
            "text/turtle; charset=utf-8" if name == VOID else with_charset(ending) if ending in MEDIA_TYPES else ""
        )
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        told = {"Content-Type": media_type or "application/octet-stream", "ETag": tag, **vary}
        if headers.get("if-none-match") == tag:
            return Given(status=304, headers=told)
        return Given(headers=told, body=body)

    return answering


def but(answering: Answering, path: str, change: Callable[[Given], Given]) -> Answering:
    """Change what one address gives."""

    def changed(asked: str, headers: Mapping[str, str]) -> Given | None:
        given = answering(asked, headers)
        return change(given or Given(status=404)) if asked.partition("?")[0] == path else given

    return changed


def with_headers(**headers: str) -> Callable[[Given], Given]:
    """Set headers, named with `_` for `-`; an empty one is taken out."""

    def change(given: Given) -> Given:
        told = {name.title(): value for name, value in given.headers.items()}
        told.update({name.replace("_", "-").title(): value for name, value in headers.items()})
        return replace(given, headers={name: value for name, value in told.items() if value})

    return change


def always(given: Given) -> Callable[[Given], Given]:
    return lambda _: given


def table(answers: Mapping[str, Given]) -> Answering:
    """Give what a table says, by path with query."""
    return lambda path, _: answers.get(path)


def turtle(text: str) -> Given:
    return Given(headers={"Content-Type": "text/turtle; charset=utf-8"}, body=text.encode())

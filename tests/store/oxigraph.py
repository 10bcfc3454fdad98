"""Oxigraph servers on loopback: SPARQL endpoints of somebody else's making."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sysconfig
import threading
import time
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Triple, serialize


class Server:
    """What tests do to a server before they ask it."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.endpoint = f"{self.root}/query"

    def put(self, quads: Iterable[Quad] | Iterable[Triple]) -> None:
        """Hold these statements and no others."""
        body = serialize(quads, format=RdfFormat.N_QUADS)
        assert body is not None
        self._send("PUT", body, "application/n-quads")

    def _send(self, method: str, body: bytes, media_type: str) -> None:
        request = urllib.request.Request(
            f"{self.root}/store", data=body, method=method, headers={"Content-Type": media_type}
        )
        urllib.request.urlopen(request, timeout=60).close()


@contextmanager
def oxigraph_server(*options: str) -> Iterator[Server]:
    """A server with nothing in it, ended when the tests are through."""
    with _started("serve", *options) as port:
        yield Server(port)


@contextmanager
def serving(*loads: Sequence[Path], store: Path) -> Iterator[str]:
    """Give the address of an endpoint that holds what the files say, its default graph the union of all.

    Args:
        loads: files of one format each.
        store: folder for its database.
    """
    for files in loads:
        subprocess.run([_program(), "load", "--location", store, "--file", *files], check=True, capture_output=True)
    with _started("serve-read-only", "--location", str(store), "--union-default-graph") as port:
        yield f"http://127.0.0.1:{port}/query"


def _program() -> str:
    program = shutil.which("oxigraph", path=sysconfig.get_path("scripts")) or shutil.which("oxigraph")
    assert program, "the package oxigraph of the test group brings the server"
    return program


@contextmanager
def _started(*arguments: str) -> Iterator[int]:
    """Give the port of a server that answers."""
    port = free_port()
    command = [_program(), *arguments, "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=10)


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
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

"""A real endpoint on loopback: `oxigraph serve`, with a store that tests fill."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sysconfig
import threading
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from pyoxigraph import Quad, RdfFormat, Triple, serialize


class Server:
    """What tests do to the server before they ask it."""

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
def oxigraph_server() -> Iterator[Server]:
    """A server with nothing in it, ended when the tests are through."""
    program = shutil.which("oxigraph", path=sysconfig.get_path("scripts")) or shutil.which("oxigraph")
    assert program, "the package oxigraph of the test group brings the server"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port, server)
        yield Server(port)
    finally:
        server.terminate()
        server.wait(timeout=10)


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

"""An Oxigraph server on loopback: a SPARQL endpoint of somebody else's making."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sysconfig
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def serving(*loads: Sequence[Path], store: Path) -> Iterator[str]:
    """Give the address of an endpoint that holds what the files say, its default graph the union of all.

    Args:
        loads: files of one format each.
        store: folder for its database.
    """
    program = shutil.which("oxigraph", path=sysconfig.get_path("scripts")) or shutil.which("oxigraph")
    assert program, "the package oxigraph of the test group brings the server"
    for files in loads:
        subprocess.run([program, "load", "--location", store, "--file", *files], check=True, capture_output=True)
    port = free_port()
    server = subprocess.Popen(
        [program, "serve-read-only", "--location", store, "--bind", f"127.0.0.1:{port}", "--union-default-graph"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, server)
        yield f"http://127.0.0.1:{port}/query"
    finally:
        server.terminate()
        server.wait(timeout=10)


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


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

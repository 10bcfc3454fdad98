"""The servers that are compared: ours, `oxigraph serve-read-only` on the same store, rdflib-endpoint."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.timing import ROOT, SCRIPTS

RDFLIB = ROOT / ".venv" / "bench-serve" / "bin" / "rdflib-endpoint"  # of an environment of its own
_START_S = 600


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers."""

    port: int
    path: str  # of its SPARQL endpoint
    process: subprocess.Popen[bytes]

    def processor_s(self) -> float:
        """Processor time of the server and of the processes that it started and that run."""
        ticks = os.sysconf("SC_CLK_TCK")
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        taken = 0.0
        for pid in (str(self.process.pid), *children.split()):
            try:
                fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:  # it has ended in the meantime
                continue
            taken += sum(map(int, fields[11:15])) / ticks
        return taken


@contextmanager
def ours(release: Path, *options: str) -> Iterator[Server]:
    """`eugraph serve` without a limit of requests, as there is one client address."""
    port = _free_port()
    limits = ("--rate", "0", "--timeout-s", "600", "--log", "none")
    command = [sys.executable, "-m", "eugraph", "serve", "--release", str(release), "--port", str(port)]
    with _running([*command, *limits, *options], port, "/health") as process:
        yield Server(port, "/sparql", process)


@contextmanager
def oxigraph(store: Path) -> Iterator[Server]:
    """`oxigraph serve-read-only` on a store, its default graph the union as ours is."""
    port = _free_port()
    program = str(SCRIPTS / "oxigraph")
    options = ("--location", str(store), "--union-default-graph", "--bind", f"127.0.0.1:{port}")
    with _running([program, "serve-read-only", *options], port, "/") as process:
        yield Server(port, "/query", process)


@contextmanager
def rdflib_endpoint(file: Path) -> Iterator[Server]:
    """rdflib-endpoint over a file, held in memory."""
    port = _free_port()
    command = [str(RDFLIB), "serve", "--host", "127.0.0.1", "--port", str(port), str(file)]
    with _running(command, port, "/?query=ASK%7B%7D") as process:
        yield Server(port, "/", process)


@contextmanager
def _running(command: Sequence[str], port: int, path: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, cwd=ROOT)
    try:
        _wait_for(port, path, process)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait_for(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with status {process.returncode}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10).close()
        except urllib.error.HTTPError:
            return  # it answers, whatever
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"{process.args!r} does not answer")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])

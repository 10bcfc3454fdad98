"""Servers under test: `eugraph serve` as a process of its own, and small releases for it to serve."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import orjson
from pyoxigraph import Quad

from conftest import ROOT
from eugraph.rdf.nquads import gzipped, write_nquads

BASE = "https://example.org/id/"
_SERVING = re.compile(r"^serving .* at (http://\S+)/$", re.MULTILINE)


class Server:
    """A server that answers, its process, and what it wrote to standard error."""

    def __init__(self, root: str, process: subprocess.Popen[bytes], said: Path) -> None:
        self.root, self.process, self._said = root, process, said
        self.sparql = f"{root}/sparql"

    @property
    def temporary(self) -> list[str]:
        """What it put into the folder for temporary files."""
        return [path.name for path in self._said.parent.iterdir() if path != self._said]

    @property
    def port(self) -> int:
        return int(self.root.rpartition(":")[2])

    def said(self) -> str:
        return self._said.read_text(encoding="utf-8")

    def events(self) -> list[dict[str, Any]]:
        """The lines of the log, where it is JSON."""
        return [orjson.loads(line) for line in self.said().splitlines() if line.startswith("{")]

    def ask(self, query: str, accept: str = "application/sparql-results+json") -> httpx.Response:
        return httpx.post(self.sparql, data={"query": query}, headers={"Accept": accept}, timeout=60)

    def get(self, path: str, **options: Any) -> httpx.Response:
        return httpx.get(self.root + path, timeout=60, **options)

    def value(self, metric: str) -> float:
        """A value at /metrics, 0 where it is not there yet."""
        found = re.search(rf"^eugraph_{re.escape(metric)} ([0-9.]+)$", self.get("/metrics").text, re.MULTILINE)
        return float(found[1]) if found else 0

    def workers(self) -> list[int]:
        """The numbers of the processes that the server started."""
        found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, check=False)
        return [int(pid) for pid in found.stdout.split()]


_WITH_LIMITS = """
import sys
from pathlib import Path
from eugraph.serve.limits import Limits
from eugraph.serve.running import Address, run
from eugraph.serve.served import open_served

def say(line):
    print(line, file=sys.stderr, flush=True)

run(lambda: open_served(Path({release!r}), Limits(**{limits!r}), say=say), Address(host="127.0.0.1", port=0), log="json", say=say)
"""


@contextmanager
def serving(release: Path, *options: str, **limits: float) -> Iterator[Server]:
    """A server over a release, ended when the test is through.

    Args:
        release: its folder.
        options: of the command.
        limits: those that the command has no options for; then there are no options.
    """
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder, "stderr")
        command = [sys.executable, "-m", "eugraph", "serve", "--release", str(release), "--port", "0", *options]
        if limits:
            command = [sys.executable, "-c", _WITH_LIMITS.format(release=str(release), limits=limits)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "TMPDIR": folder}
        with said.open("wb") as stderr:
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=stderr, env=environment)
        try:
            yield Server(_root(process, said), process, said)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def _root(process: subprocess.Popen[bytes], said: Path) -> str:
    root: list[str] = []

    def is_serving() -> bool:
        assert process.poll() is None, said.read_text(encoding="utf-8")
        root.extend(_SERVING.findall(said.read_text(encoding="utf-8")))
        return bool(root)

    until(is_serving)
    return root[0]


def until(holds: Any, within_s: float = 30) -> None:
    """Wait until something holds."""
    deadline, never = time.monotonic() + within_s, threading.Event()
    while not holds():
        assert time.monotonic() < deadline, "it never came so far"
        never.wait(0.05)


def make_release(folder: Path, quads: Iterable[Quad], *, base: str = BASE, date: str = "2026-01-02") -> Path:
    """A release of a dump alone, without documents and reports; where one is there, it is replaced at once."""
    dump = gzipped(write_nquads(quads))
    digest = hashlib.sha256(dump).hexdigest()
    (folder / "dump").mkdir(parents=True, exist_ok=True)
    _replace(folder / "dump" / "all.nq.gz", dump)
    manifest = {
        "title": "A release for tests",
        "date": date,
        "base": base,
        "graph": {"sha256": digest},
        "files": {"dump/all.nq.gz": {"size": len(dump), "sha256": digest}},
    }
    _replace(folder / "release.json", orjson.dumps(manifest))
    return folder


def _replace(path: Path, data: bytes) -> None:
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(data)
    beside.replace(path)

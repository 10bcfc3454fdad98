"""A real endpoint on loopback: Virtuoso, as Debian's virtuoso-opensource brings it, with a database in a folder."""

from __future__ import annotations

import resource
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Triple, serialize

_MOST = 6 << 30  # bytes of memory of the server

_GRAPH = "urn:x-eugraph:data"
_SETTINGS = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
LockFile = {folder}/virtuoso.lck
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = 20000
MaxDirtyBuffers = 10000
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 10000
"""


class Virtuoso:
    """What tests do to the server before they ask it."""

    def __init__(self, folder: Path, sql: int, http: int) -> None:
        self._folder, self._sql = folder, sql
        # Its default graph is the union of all graphs, among them some that it brings along.
        self.endpoint = f"http://127.0.0.1:{http}/sparql?default-graph-uri={_GRAPH}"

    def put(self, statements: Iterable[Quad] | Iterable[Triple]) -> None:
        """Hold these statements and no others."""
        path = self._folder / "data.nt"
        serialize((Triple(s, p, o) for s, p, o, *_ in statements), str(path), format=RdfFormat.N_TRIPLES)
        self.tell(
            f"SPARQL CLEAR GRAPH <{_GRAPH}>;\n"
            f"DB.DBA.TTLP(file_to_string_output('{path}'), '', '{_GRAPH}', 0);\ncheckpoint;\n"
        )

    def tell(self, commands: str) -> None:
        """Run commands of its own."""
        done = subprocess.run(
            ["isql-vt", f"127.0.0.1:{self._sql}", "dba", "dba"],
            input=commands,
            text=True,
            capture_output=True,
            timeout=120,
            check=True,
        )
        assert "*** Error" not in done.stdout + done.stderr, done.stdout + done.stderr


@contextmanager
def virtuoso_server(folder: Path) -> Iterator[Virtuoso]:
    """A server with nothing in it, ended when the tests are through."""
    program = shutil.which("virtuoso-t")
    assert program, "Debian's virtuoso-opensource brings the server"
    sql, http = _free_ports(2)
    (folder / "virtuoso.ini").write_text(_SETTINGS.format(folder=folder, sql=sql, http=http))
    server = subprocess.Popen(
        [program, "+foreground", "+configfile", str(folder / "virtuoso.ini")],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    resource.prlimit(server.pid, resource.RLIMIT_AS, (_MOST, _MOST))  # some queries make it take all that there is
    try:
        _wait_for(http, server)
        yield Virtuoso(folder, sql, http)
    finally:
        server.terminate()
        server.wait(timeout=60)


def _free_ports(number: int) -> list[int]:
    sockets = [socket.socket() for _ in range(number)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    ready = threading.Event()
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended"
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D", timeout=2).close()
        except OSError:
            ready.wait(0.2)
        else:
            return
    raise AssertionError("the server did not start")

"""Real web servers over a folder, started for a test and ended after it."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_MODULES = ("authz_core", "mime", "negotiation", "dir", "headers", "rewrite", "alias", "mpm_event")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def apache(root: Path, home: Path) -> Iterator[str]:
    """Apache over the folder `root`, with its own files in `home`."""
    port = free_port()
    home.mkdir(parents=True)
    lines = [f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in _MODULES]
    lines += [
        f"ServerRoot {home}",
        "ServerName localhost",
        f"Listen 127.0.0.1:{port}",
        f"PidFile {home}/pid",
        f"ErrorLog {home}/error.log",
        "TypesConfig /dev/null",
        f"DocumentRoot {root}",
        f"<Directory {root}>\n    AllowOverride All\n    Require all granted\n</Directory>",
    ]
    config = home / "apache.conf"
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with _running(["apache2", "-X", "-f", str(config)], port, home):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def nginx(root: Path, conf: str, home: Path) -> Iterator[str]:
    """nginx with the server that `conf` describes, over the folder `root`, with its own files in `home`."""
    port = free_port()
    home.mkdir(parents=True)
    for old, new in (("listen 80;", f"listen 127.0.0.1:{port};"), ("root /var/www/current;", f"root {root};")):
        assert conf.count(old) == 1, old
        conf = conf.replace(old, new)
    paths = "".join(
        f"{name}_temp_path {home}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = home / "nginx.conf"
    config.write_text(
        f"user root;\ndaemon off;\npid {home}/pid;\nerror_log {home}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{paths}{conf}}}\n",
        encoding="utf-8",
    )
    with _running(["nginx", "-p", str(home), "-c", str(config)], port, home):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _running(command: Sequence[str], port: int, home: Path) -> Iterator[None]:
    said = home / "said.txt"
    with said.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file)
    try:
        deadline = time.monotonic() + 20
        while not _answers(port):
            assert process.poll() is None, said.read_text(encoding="utf-8")
            assert time.monotonic() < deadline, said.read_text(encoding="utf-8")
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def _answers(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0

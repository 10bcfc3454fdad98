"""Release under test on a plain web server, and scripts that run where the harvesters are installed."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PYTHON = os.environ.get("EUGRAPH_HARVEST", "")
WITHOUT = "EUGRAPH_HARVEST names no Python with harvesters: make harvest"


class _Quiet(SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012
        ".html": "text/html",
        ".json": "application/linkset+json",
        ".jsonld": "application/ld+json",
        ".rdf": "application/rdf+xml",
        ".ttl": "text/turtle",
    }

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a server of Python's library has a folder; what is in it may come later."""
    folder.mkdir(exist_ok=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def run(script: str, *arguments: str) -> dict[str, Any]:
    """What a script beside this one prints."""
    path = Path(__file__).with_name(script)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [PYTHON, str(path), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def check(dataset: dict[str, Any], site: str) -> None:
    """Check that a dataset of CKAN has all that a portal shows."""
    extras = {extra["key"]: extra["value"] for extra in dataset["extras"]}
    assert dataset["title"]
    assert dataset["notes"]
    assert extras["publisher_name"] == "The eugraph contributors"
    assert extras["contact_email"] == "data@example.org"
    assert (extras["issued"], extras["modified"]) == ("2025-01-31", "2026-11-23")
    assert {tag["name"] for tag in dataset["tags"]} >= {"blood", "EU projects"}
    assert dataset["resources"]
    for resource in dataset["resources"]:
        assert resource["url"].startswith(site)
        assert resource["format"]
        assert resource["license"]
        if resource["url"] != f"{site}feed/stream.ttl":  # which grows
            assert resource["hash"]
            assert resource["size"] > 0

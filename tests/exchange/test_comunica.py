"""Comunica gives the rows of the embedded engine for every report, over an endpoint. `make comunica` installs it.

The endpoint is that of EUGRAPH_ENDPOINT, which must hold the release of this workspace and show the union of its graphs;
without it, an Oxigraph server is started and pushed to.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.runner import run
from eugraph.loading import Loaded
from exchange.asking import Rows, in_one_form, reports, rows_of
from exchange.stores import store_at_hand

pytestmark = pytest.mark.skipif(
    "EUGRAPH_COMUNICA" not in os.environ, reason="it needs Comunica and Node: `make comunica` installs them"
)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory, release: Path) -> Iterator[str]:
    if given := os.environ.get("EUGRAPH_ENDPOINT"):
        yield given
        return
    with store_at_hand("oxigraph", tmp_path_factory.mktemp("store"), "--union-default-graph") as store:
        assert run(release, "push", store.endpoint, "--release", str(release)).status == 0
        yield store.endpoint


def asked(endpoint: str, query: str, columns: int) -> Rows:
    modules = Path(os.environ["EUGRAPH_COMUNICA"])
    node, program = modules / "node/bin/node", modules / "@comunica/query-sparql/bin/query.js"
    how = ["--query", query, "-t", "application/sparql-results+json"]
    command = [str(node), str(program), f"sparql@{endpoint}", *how]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[:2000]
    said = json.loads(done.stdout)
    names = said["head"]["vars"]
    assert len(names) == columns or not said["results"]["bindings"]
    return [tuple(row[name]["value"] if name in row else "" for name in names) for row in said["results"]["bindings"]]


def test_every_report_gives_the_same_rows(endpoint: str, loaded: Loaded) -> None:
    differing = {}
    for name, query in reports(loaded):
        wanted = rows_of(loaded.store, query)
        found = asked(endpoint, query, len(wanted[0]) if wanted else 0)
        if in_one_form(found) != in_one_form(wanted):
            differing[name] = (wanted[:2], found[:2])
    assert not differing

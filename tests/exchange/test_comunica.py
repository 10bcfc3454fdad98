"""Comunica gives the rows of the embedded engine for every report, over an endpoint. `make comunica` installs it.

The endpoints are an Oxigraph server that was pushed to, and our own server.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.runner import run
from eugraph.loading import Loaded
from exchange.asking import in_one_form, reports, rows_of
from exchange.clients import comunica
from exchange.stores import store_at_hand
from serve.running import serving

pytestmark = pytest.mark.skipif(
    "EUGRAPH_COMUNICA" not in os.environ, reason="it needs Comunica and Node: `make comunica` installs them"
)


@pytest.fixture(scope="module", params=["oxigraph", "eugraph"])
def endpoint(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, release: Path) -> Iterator[str]:
    if request.param == "eugraph":
        with serving(release, "--rate", "0", "--log", "none") as server:
            yield server.sparql
        return
    with store_at_hand("oxigraph", tmp_path_factory.mktemp("store"), "--union-default-graph") as store:
        assert run(release, "push", store.endpoint, "--release", str(release)).status == 0
        yield store.endpoint


def test_every_report_gives_the_same_rows(endpoint: str, loaded: Loaded) -> None:
    differing = {}
    for name, query in reports(loaded):
        wanted = in_one_form(rows_of(loaded.store, query))
        found = in_one_form(comunica(endpoint, query))
        if found != wanted:
            differing[name] = (wanted[:2], found[:2])
    assert not differing

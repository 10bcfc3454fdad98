"""Comunica gives the rows of the embedded engine for every report, asked of our own server. `make comunica` installs it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from eugraph.loading import Loaded
from exchange.asking import in_one_form, reports, rows_of
from exchange.clients import comunica
from serve.running import serving

pytestmark = pytest.mark.skipif(
    "EUGRAPH_COMUNICA" not in os.environ, reason="it needs Comunica and Node: `make comunica` installs them"
)


@pytest.fixture(scope="module")
def endpoint(release: Path) -> Iterator[str]:
    with serving(release, "--rate", "0", "--log", "none") as server:
        yield server.sparql


def test_every_report_gives_the_same_rows(endpoint: str, loaded: Loaded) -> None:
    differing = {}
    for name, query in reports(loaded):
        if name.endswith("narrowed"):
            continue  # each answer takes seconds, of which Comunica needs most to start
        wanted = in_one_form(rows_of(loaded.store, query))
        found = in_one_form(comunica(endpoint, query))
        if found != wanted:
            differing[name] = (wanted[:2], found[:2])
    assert not differing

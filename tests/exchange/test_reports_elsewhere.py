"""Every report gives the same rows of the embedded engine, of stores that were pushed to, and by other clients."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.runner import run
from eugraph.errors import EndpointError, QuerySyntaxError
from eugraph.loading import Loaded
from eugraph.store.union import union_store
from exchange.asking import in_one_form, reports, rows_of
from exchange.clients import CLIENTS, Client
from exchange.stores import NAMES, StoreAtHand, store_at_hand


@pytest.fixture(scope="module", params=NAMES)
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, release: Path
) -> Iterator[StoreAtHand]:
    with store_at_hand(request.param, tmp_path_factory.mktemp("store"), "--union-default-graph") as running:
        outcome = run(release, "push", running.endpoint, "--release", str(release), *running.options)
        assert outcome.status == 0, outcome.err
        yield running


def test_every_report_gives_the_same_rows(store: StoreAtHand, loaded: Loaded) -> None:
    there = union_store(store.endpoint, timeout_s=20)
    differing = set()
    for name, query in reports(loaded):
        wanted = in_one_form(rows_of(loaded.store, query))
        try:
            if in_one_form(rows_of(there, query)) != wanted:
                differing.add(name)
        except (EndpointError, QuerySyntaxError):
            differing.add(name)
    assert not differing


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: str(client.__name__))
def test_other_clients_give_the_same_rows(store: StoreAtHand, loaded: Loaded, client: Client) -> None:
    if store.virtuoso:
        pytest.skip("what it gives is looked at above; the clients are the same")
    for name, query in reports(loaded):
        assert in_one_form(client(store.endpoint, query)) == in_one_form(rows_of(loaded.store, query)), name

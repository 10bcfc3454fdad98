"""Programs of others get the rows of the embedded engine from the server, for every report."""

from __future__ import annotations

import pytest

from eugraph.loading import Loaded
from exchange.asking import in_one_form, reports, rows_of
from exchange.clients import CLIENTS, Client
from serve.running import Server


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: str(client.__name__))
def test_every_report_gives_the_same_rows(reference: Server, loaded: Loaded, client: Client) -> None:
    for name, query in reports(loaded):
        assert in_one_form(client(reference.sparql, query)) == in_one_form(rows_of(loaded.store, query)), name

"""The clients of the benchmark: what they count, against a server of ours."""

from __future__ import annotations

import pytest

from benchmarks.load import Load, ask_always, get, percentile, post
from serve.conftest import large_release, server, small_release  # noqa: F401 - fixtures
from serve.running import Server


def test_a_percentile_is_the_least_time_that_so_many_keep() -> None:
    times = [float(number) for number in range(1, 101)]
    assert [percentile(times, share) for share in (0.5, 0.95, 0.99, 1)] == [50, 95, 99, 100]
    assert percentile([3.0], 0.99) == 3
    assert percentile([], 0.5) == 0


def test_clients_count_each_answer_and_its_status(server: Server) -> None:  # noqa: F811 - the fixture
    body = b"query=ASK%7B%7D"
    requests = [
        get("/sparql?query=ASK%7B%7D", Accept="application/sparql-results+json"),
        post("/sparql", body, Content_Type="application/x-www-form-urlencoded"),
        get("/nothing-is-here"),
    ]
    load = ask_always(server.port, requests, clients=3, for_s=0.5)
    assert sum(load.statuses.values()) == len(load.times) > 8
    assert set(load.statuses) == {200, 404}
    assert load.bad == load.statuses[404]
    assert len(load.inside) == load.statuses[200]
    assert load.rate == pytest.approx(len(load.times) / load.seconds)
    assert 0 < load.percentile(0.5) <= load.percentile(0.99)


def test_without_an_answer_there_is_no_rate() -> None:
    assert Load().rate == 0

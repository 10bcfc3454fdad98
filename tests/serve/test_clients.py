"""How often one client may ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.serve.clients import Buckets, client_of


def test_a_client_may_ask_at_once_and_then_at_a_steady_rate() -> None:
    now = [0.0]
    buckets = Buckets(rate=2, burst=3, clock=lambda: now[0])
    assert [buckets.wait_s("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert buckets.wait_s("b") == 0
    now[0] = 0.5
    assert buckets.wait_s("a") == 0
    assert buckets.wait_s("a") == 0.5
    now[0] = 100
    assert [buckets.wait_s("a") for _ in range(4)] == [0, 0, 0, 0.5]


def test_a_rate_of_zero_is_none() -> None:
    buckets = Buckets(rate=0, burst=1)
    assert {buckets.wait_s("a") for _ in range(100)} == {0}


@given(st.lists(st.floats(min_value=0, max_value=1), min_size=1, max_size=200))
def test_never_more_than_rate_and_burst_allow(pauses: list[float]) -> None:
    now = [0.0]
    buckets, granted = Buckets(rate=5, burst=10, clock=lambda: now[0]), 0
    for pause in pauses:
        now[0] += pause
        granted += buckets.wait_s("a") == 0
        assert granted <= 10 + 5 * now[0] + 1e-6


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("a name", "another", False),
    ],
)
def test_of_ipv6_one_client_has_half_an_address(one: str, other: str, same: bool) -> None:
    assert (client_of(one) == client_of(other)) is same

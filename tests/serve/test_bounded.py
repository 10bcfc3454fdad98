"""The cache of answers keeps within its bound."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eugraph.serve.bounded import Bounded

MOST = 1600


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 200)), max_size=200))
def test_what_is_kept_is_never_more_than_the_bound_and_what_was_put_last_is_there(puts: list[tuple[int, int]]) -> None:
    cache: Bounded[int, int] = Bounded(MOST)
    sizes: dict[int, int] = {}
    for key, size in puts:
        cache.put(key, size, size)
        sizes[key] = size
        assert cache.get(key) == (size if size <= MOST // 16 else None)
        kept = {key: value for key in sizes if (value := cache.get(key)) is not None}
        assert all(sizes[key] == value for key, value in kept.items())
        assert cache.size == sum(kept.values()) <= MOST
    cache.clear()
    assert cache.size == 0
    assert not any(cache.get(key) for key in sizes)


def test_what_was_not_asked_for_the_longest_goes_first() -> None:
    cache: Bounded[str, int] = Bounded(160)
    for number in range(16):
        cache.put(str(number), number, 10)
    assert cache.get("0") == 0
    cache.put("new", 1, 10)
    assert cache.get("0") == 0
    assert cache.get("1") is None

"""Pages of a feed by themselves: whatever comes in which portions, each member stands once, and closed pages stay."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from eugraph.publish.composing import Settings
from eugraph.publish.feed.events import Event, Happened, moment_of
from eugraph.publish.feed.pages import Last, paged
from eugraph.publish.feed.state import Feed
from eugraph.publish.feed.vocabulary import TREE

BASE = "https://example.org/id/"
NOTHING: Any = None  # of what pages need nothing
SETTINGS = Settings(BASE, None, NOTHING, NOTHING)


def gone(number: int, portion: int) -> Event:
    return Event(Happened.DELETE, f"{BASE}thing/{number}", "", f"2026-11-23T00:00:{portion:02}Z")


def members_on(data: bytes) -> list[str]:
    quads = parse(data, format=RdfFormat.TRIG, base_iri="https://host.example.org/1.trig")
    return [str(quad.object)[1:-1] for quad in quads if quad.predicate.value == f"{TREE}member"]


def is_closed(data: bytes) -> bool:
    quads = parse(data, format=RdfFormat.TRIG, base_iri="https://host.example.org/1.trig")
    said = [quad for quad in quads if quad.predicate.value.endswith("#immutable")]
    assert all(str(quad.subject) == "<https://host.example.org/1.trig>" for quad in said)
    return bool(said)


@given(st.lists(st.integers(0, 7), max_size=6), st.integers(1, 4), st.sampled_from([1, 700, 10**6]))
def test_whatever_comes_each_member_stands_once_and_closed_pages_stay(
    portions: list[int], members: int, size: int
) -> None:
    pages: dict[int, bytes] = {}
    last: Last | None = None
    wanted, number = list[str](), 0
    for portion, many in enumerate(portions):
        events = [gone(number + n, portion) for n in range(many)]
        number += many
        wanted += [event.member for event in events]
        closed = {n: data for n, data in pages.items() if last and n != last.number}
        for n, page, data in paged(last, ((event, None) for event in events), SETTINGS, members=members, size=size):
            pages[n] = data
            last = Last(n, page, data)
            assert len(members_on(data)) == page.members <= members
            assert size > 1 or page.members == 1
        assert {n: pages[n] for n in closed} == closed
    assert sorted(member for data in pages.values() for member in members_on(data)) == sorted(wanted)
    assert [is_closed(data) for _, data in sorted(pages.items())] == [n < len(pages) for n in range(1, len(pages) + 1)]


def test_a_thing_whose_address_has_a_fragment_has_versions_with_valid_addresses() -> None:
    event = Event(Happened.UPDATE, f"{BASE}x#y", "a" * 64, "2026-11-23T00:00:00Z")
    assert event.member == f"{BASE}x#y-2026-11-23T00:00:00Z-aaaaaaaa"


@pytest.mark.parametrize(
    ("last", "moment"),
    [
        ("", "2026-11-23T00:00:00Z"),
        ("2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z"),
        ("2026-11-23T00:00:00Z", "2026-11-23T00:00:01Z"),
        ("2026-11-23T23:59:59Z", "2026-11-24T00:00:00Z"),
        ("2027-01-01T00:00:00Z", "2027-01-01T00:00:01Z"),
    ],
)
def test_a_release_comes_after_the_one_before(last: str, moment: str) -> None:
    assert moment_of(dt.date(2026, 11, 23), last) == moment


PAGES = """
{"began": "0a", "versions": {},
 "pages": [{"path": "%s", "first": "%s", "last": "2026-11-23T00:00:00Z", "members": 1, "size": 1}]}
"""


BROKEN = f'"versions": {{"https://example.org/ > <x>": {{"sha256": "{"a" * 64}", "member": "https://example.org/"}}}}'


def test_a_state_reads_back_as_it_was_written() -> None:
    state = Feed.load((PAGES % ("feed/0a/1.trig", "2026-11-23T00:00:00Z")).encode())
    assert Feed.load(state.dump()) == state


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"began": "0a", "pages": [], "versions": {"https://example.org/id/a": {}}}',
        (PAGES % ("feed/0a/1.trig", "2026-11-23T00:00:00Z")).replace('"versions": {}', BROKEN),
        PAGES % ("feed/0b/1.trig", "2026-11-23T00:00:00Z"),
        PAGES % ("feed/0a/1.trig", "yesterday"),
        PAGES % ("feed/0a/1.trig", "2026-11-23T00:00:00"),
    ],
)
def test_a_state_that_does_not_hold_together_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Feed.load(text.encode())

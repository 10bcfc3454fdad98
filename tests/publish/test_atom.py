"""The feed of changes: only where a previous release is known, and safe whatever the names are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lxml import etree

from eugraph.publish import Change, ChangeKind, publish
from publish.test_release import BASE, given

ATOM = "{http://www.w3.org/2005/Atom}"
CHANGES = [
    Change(iri=f"{BASE}project/a", name="A <b> & \x01", kind=ChangeKind.CHANGED, path="project/a", summary="end: 2023"),
    Change(iri=f"{BASE}organisation/gone", name="Gone", kind=ChangeKind.REMOVED, path=""),
]


def test_there_is_no_feed_where_no_previous_release_is_known(tmp_path: Path) -> None:
    publish(given(), tmp_path / "dist")
    assert not (tmp_path / "dist/changes.atom").exists()


def test_a_feed_says_what_changed(tmp_path: Path) -> None:
    publish(replace(given(), changes=CHANGES, address="https://data.example.org/"), tmp_path / "dist")
    feed = etree.fromstring((tmp_path / "dist/changes.atom").read_bytes())
    assert feed.findtext(f"{ATOM}updated") == "2026-11-23T00:00:00Z"
    gone, changed = feed.findall(f"{ATOM}entry")
    assert gone.findtext(f"{ATOM}title") == "Gone: removed"
    assert gone.find(f"{ATOM}link") is None
    assert changed.findtext(f"{ATOM}title") == "A <b> & \ufffd: changed"
    assert changed.findtext(f"{ATOM}summary") == "end: 2023"
    assert changed.find(f"{ATOM}link").get("href") == "https://data.example.org/project/a.html"
    identifiers = [entry.findtext(f"{ATOM}id") for entry in (gone, changed)]
    assert len(set(identifiers)) == 2


def test_an_empty_feed_says_that_nothing_changed(tmp_path: Path) -> None:
    publish(replace(given(), changes=[]), tmp_path / "dist")
    feed = etree.fromstring((tmp_path / "dist/changes.atom").read_bytes())
    assert feed.findall(f"{ATOM}entry") == []

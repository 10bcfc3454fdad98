"""The feed of news: only where a previous release is known, and safe whatever the names are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from eugraph.publish import open_previous, publish
from publish.test_release import BASE, DATA, given

ATOM = "{http://www.w3.org/2005/Atom}"
BEFORE = DATA + '<project/gone> a eug:Project ; skos:prefLabel "Gone"@en .\n'
AFTER = DATA.replace('"A <script>', '"A \\u0001 <script>')


@pytest.fixture
def news(tmp_path: Path) -> etree._Element:
    """The feed of a release in which a project went and another one got a name that nobody would give it."""
    publish(given(BEFORE), tmp_path / "before")
    before = open_previous(tmp_path / "before", BASE, with_feed=False)
    release = replace(given(AFTER), previous=before, address="https://data.example.org/")
    publish(release, tmp_path / "dist")
    return etree.fromstring((tmp_path / "dist/changes.atom").read_bytes())


def test_there_is_no_feed_where_no_previous_release_is_known(tmp_path: Path) -> None:
    publish(given(), tmp_path / "dist")
    assert not (tmp_path / "dist/changes.atom").exists()


def test_a_feed_says_what_changed(news: etree._Element) -> None:
    assert news.findtext(f"{ATOM}updated") == "2026-11-23T00:00:00Z"
    changed, gone = news.findall(f"{ATOM}entry")
    assert gone.findtext(f"{ATOM}title") == "Gone (project): removed"
    assert gone.find(f"{ATOM}link") is None
    assert changed.findtext(f"{ATOM}title") == 'A \ufffd <script>alert(1)</script> & "b" (project): changed'
    assert changed.find(f"{ATOM}link").get("href") == "https://data.example.org/project/a.html"
    assert " -> " in changed.findtext(f"{ATOM}summary")
    identifiers = [entry.findtext(f"{ATOM}id") for entry in (gone, changed)]
    assert len(set(identifiers)) == 2


def test_an_empty_feed_says_that_nothing_changed(tmp_path: Path) -> None:
    publish(given(), tmp_path / "dist")
    before = open_previous(tmp_path / "dist", BASE, with_feed=False)
    publish(replace(given(), previous=before), tmp_path / "dist")
    feed = etree.fromstring((tmp_path / "dist/changes.atom").read_bytes())
    assert feed.findall(f"{ATOM}entry") == []

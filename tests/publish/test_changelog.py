"""What changed since the previous release: said by `eugraph diff`, by the release itself, and by its pages and catalogue."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.runner import run
from feed.releases import ALPHA, BASE, OTHERS, Series, contents
from feed.test_feed import EARLIER_END, LAB, LATER_END
from pages.checking import broken_links, read_pages
from publish.catalogues import read, values

ADDRESS = 'address = "https://data.example.org/"\n'


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two releases: a date changed, an organisation came, and with it a finding."""
    series = Series(tmp_path_factory.mktemp("changelog"))
    series.settings(ADDRESS)
    before = series.release()
    series.edit(ALPHA, (EARLIER_END, LATER_END))
    series.add(OTHERS, LAB.replace("Example Lab", "Lab & <Sons>"))
    return before, series.release("2026-12-01")


@pytest.mark.parametrize("form", ["md", "json", "patch"])
def test_the_release_says_what_diff_says(both: tuple[Path, Path], form: str) -> None:
    before, after = map(str, both)
    file = {"patch": "changes.rdfp"}.get(form, f"changes.{form}")
    said = run(both[0].parent, "diff", before, after, "--format", form)
    assert said.out == (both[1] / file).read_text(encoding="utf-8")


def test_it_does_not_depend_on_names_of_folders(both: tuple[Path, Path]) -> None:
    for path, data in contents(both[1]).items():
        if path.startswith("changes."):
            assert b"release-1" not in data
            assert str(both[0].parent).encode() not in data


def test_the_page_tells_what_changed_and_leads_to_it(both: tuple[Path, Path]) -> None:
    page = (both[1] / "changes.html").read_text(encoding="utf-8")
    assert "From 0.1.0 of 2026-11-23 to 0.1.0 of 2026-12-01." in page
    assert '<a href="project/alpha.html">Alpha (project)</a>' in page
    assert "<li>end date: 2023-06 -&gt; 2023-09</li>" in page
    assert '<a href="organisation/lab.html">Lab &amp; &lt;Sons&gt; (organisation)</a>: added' in page


def test_the_start_page_leads_there_and_to_the_feeds(both: tuple[Path, Path]) -> None:
    before, after = ((release / "index.html").read_text(encoding="utf-8") for release in both)
    assert "changes.html" not in before
    assert '<a href="changes.html">' in after
    assert '<link rel="alternate" type="application/atom+xml" title="Atom" href="changes.atom">' in after
    for page in (before, after):
        assert '<a href="feed/stream.html">' in page
    assert broken_links(both[1], read_pages(both[1])) == []


def test_the_page_of_the_feed_says_where_to_begin(both: tuple[Path, Path]) -> None:
    page = (both[1] / "feed/stream.html").read_text(encoding="utf-8")
    assert "ldes-client https://data.example.org/feed/stream.ttl" in page
    assert page.count(".trig") == 1


def test_harvesters_are_told(both: tuple[Path, Path]) -> None:
    statements = read(both[1] / "catalog.ttl")
    whole = f"{BASE}dataset/all"
    (notes,) = values(statements, whole, "http://www.w3.org/ns/adms#versionNotes")
    assert notes.startswith("Since 0.1.0 of 2026-11-23: 1 added, 1 changed. ")
    assert f"{whole}#stream" in values(statements, whole, "http://www.w3.org/ns/dcat#distribution")
    accessed = values(statements, f"{whole}#stream", "http://www.w3.org/ns/dcat#accessURL")
    assert accessed == ["https://data.example.org/feed/stream.ttl"]
    assert b"https://data.example.org/changes.html" in (both[1] / "sitemap/1.xml").read_bytes()
    listed = json.loads((both[1] / "release.json").read_bytes())["files"]
    assert {"changes.md", "changes.json", "changes.rdfp", "changes.atom", "feed/stream.ttl"} <= listed.keys()


def test_the_first_release_tells_of_no_change(both: tuple[Path, Path]) -> None:
    assert not [path for path in contents(both[0]) if path.startswith("changes.")]
    notes = values(read(both[0] / "catalog.ttl"), f"{BASE}dataset/all", "http://www.w3.org/ns/adms#versionNotes")
    assert notes == []

"""Sitemaps: every page once, in files that are not too long, with the day of its last change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from eugraph.config import open_workspace
from eugraph.pipeline import build
from eugraph.publish.sitemap import sitemap
from publish.catalogues import ADDRESS, tiny_release

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def entries(data: bytes) -> list[tuple[str, str]]:
    """(address, day) of each entry of a sitemap or an index."""
    root = etree.fromstring(data)
    return [(entry.findtext(f"{SPACE}loc"), entry.findtext(f"{SPACE}lastmod")) for entry in root]


def test_every_page_is_listed_once_but_those_of_former_addresses(tmp_path: Path) -> None:
    folder = tiny_release(tmp_path)
    (index,) = entries((folder / "sitemap.xml").read_bytes())
    assert index == (f"{ADDRESS}sitemap/1.xml", "2026-11-23")
    found = entries((folder / "sitemap/1.xml").read_bytes())
    pages = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    listed = [address.removeprefix(ADDRESS) for address, _ in found]
    unlisted = {name for name in pages if 'name="robots" content="noindex"' in (folder / name).read_text("utf-8")}
    assert sorted(listed) == sorted(pages - unlisted)
    assert f"Sitemap: {ADDRESS}sitemap.xml\n" in (folder / "robots.txt").read_text(encoding="utf-8")


def test_a_page_has_the_day_that_its_description_says(tmp_path: Path) -> None:
    folder = tiny_release(tmp_path)
    before = dict(entries((folder / "sitemap/1.xml").read_bytes()))
    assert before[f"{ADDRESS}project/beta.html"] == "2026-11-23"
    path = tmp_path / "tiny/data/projects/beta.ttl"
    text = path.read_text(encoding="utf-8")
    text += '\n<project/beta> dcterms:modified "2025-02-03"^^xsd:date .\n'
    path.write_text(text, encoding="utf-8")
    build(open_workspace(tmp_path / "tiny"), folder, date="2026-11-23")
    after = dict(entries((folder / "sitemap/1.xml").read_bytes()))
    assert after[f"{ADDRESS}project/beta.html"] == "2025-02-03"
    assert {a for a in after if after[a] != before.get(a)} == {f"{ADDRESS}project/beta.html"}


@pytest.mark.parametrize(("count", "files"), [(1, 1), (3, 1), (4, 2), (7, 3)])
def test_no_file_holds_more_than_it_may(count: int, files: int) -> None:
    pages = [f"project/{number}.html" for number in range(count)]
    made = dict(sitemap(pages, lambda _: "2026-01-01", "https://example.org/", longest=3))
    parts = [data for path, data in made.items() if path.startswith("sitemap/")]
    assert len(parts) == files == len(entries(made["sitemap.xml"]))
    assert all(1 <= len(entries(part)) <= 3 for part in parts)
    assert sorted(address for part in parts for address, _ in entries(part)) == [
        f"https://example.org/{page}" for page in pages
    ]


def test_an_address_is_ascii_and_escaped() -> None:
    made = dict(sitemap(["a~26.html"], lambda _: "2026-01-01", "https://exämple.org/a&b/"))
    text = made["sitemap/1.xml"].decode()
    assert re.search(r"<loc>https://ex%C3%A4mple\.org/a&amp;b/a~26\.html</loc>", text)

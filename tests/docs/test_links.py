"""Every link leads somewhere, and every page can be reached."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import ROOT
from docs.pages_apart import DOCS, PAGES, anchors, links


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in links(path):
        if re.match(r"[a-z][a-z0-9+.-]*:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), link
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), link


def test_every_page_can_be_reached_from_the_first() -> None:
    seen, waiting = {DOCS / "index.md"}, [DOCS / "index.md"]
    while waiting:
        path = waiting.pop()
        names = {link.partition("#")[0] for link in links(path) if not re.match(r"[a-z]+:", link)}
        found = {(path.parent / name).resolve() for name in names if name.endswith(".md")} - seen
        seen |= found
        waiting += found
    assert set(DOCS.rglob("*.md")) <= seen


def test_pages_name_no_machine() -> None:
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"/work/|/home/|/tmp/|/Users/", text), path

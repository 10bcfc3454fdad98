"""A page taken apart, as strictly as the pages are written: every tag closed in order, every id once."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

VOID = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}
RAW = {"script", "style"}
ONCE = {"html", "head", "body", "main", "title", "h1"}


class Page(HTMLParser):
    """What stands in a page. Raises AssertionError where its tags are not in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[tuple[str, str, str]] = []  # tag, attribute, address
        self.signs: list[str] = []  # addresses elsewhere that a link in the head names and nobody loads
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.scripts: list[str] = []
        self.pairs: list[tuple[str, str, str]] = []  # data and time: tag, value, shown text
        self.title = ""
        assert text.startswith("<!DOCTYPE html>\n")
        self.feed(text)
        self.close()
        assert not self.open, f"never closed: {self.open}"
        assert len(self.ids) == len(set(self.ids)), sorted(i for i in self.ids if self.ids.count(i) > 1)
        for tag in ONCE:
            assert sum(name == tag for name, _ in self.tags) == 1, tag

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice: {self.get_starttag_text()}"
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        for name in ("href", "src", "srcset", "action", "poster", "data"):
            if name in found:
                self.links.append((tag, name, found[name]))
        assert not [name for name in names if name.startswith("on") or name == "style"]
        if tag == "link" and found["rel"] in ("cite-as", "license", "type"):
            self.signs.append(found["href"])
        if "id" in found:
            self.ids.append(found["id"])
        if tag in ("data", "time"):
            self.pairs.append((tag, found.get("value", found.get("datetime", "")), ""))
        if tag == "p":
            assert "p" not in self.open, "a paragraph in a paragraph"
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert "svg" in self.open, f"only SVG closes a tag at once: {self.get_starttag_text()}"
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert tag not in VOID
        last = self.open.pop() if self.open else "nothing"
        assert last == tag, f"</{tag}> closes {last} at {self.getpos()}"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts.append(data)
            return
        if self.open and self.open[-1] == "title":
            self.title += data
        self.texts.append(data)
        if self.pairs and self.open and self.open[-1] in ("data", "time"):
            tag, value, shown = self.pairs[-1]
            self.pairs[-1] = tag, value, shown + data

    @property
    def text(self) -> str:
        """All that is to be read."""
        return "".join(self.texts)

    @property
    def json_ld(self) -> list[Any]:
        """The JSON documents that the page embeds."""
        return [json.loads(script) for script in self.scripts]

"""What a harvester reads of an HTML page: typed links, hyperlinks, what it loads, and embedded JSON-LD.

Spec: HTML, <https://html.spec.whatwg.org/multipage/semantics.html#the-link-element>.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from eugraph.exchange.doctor.reading.links import Link
from eugraph.exchange.doctor.reading.media import JSON_LD
from eugraph.exchange.doctor.site.address import resolved

LONGEST = 4 << 20  # bytes of a page that are looked at
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_LOADED = {"img": "src", "script": "src", "iframe": "src", "source": "src", "audio": "src", "video": "src"}
_LOADING_RELATIONS = {"stylesheet", "icon", "preload"}


@dataclass(slots=True)
class Page:
    """An HTML page."""

    links: list[Link] = field(default_factory=list)  # of <link>, in the order of the page
    hrefs: list[str] = field(default_factory=list)  # of <a>, absolute
    loaded: list[str] = field(default_factory=list)  # images, scripts and styles, absolute
    json_ld: list[str] = field(default_factory=list)  # the text of each script of that type
    is_utf_8: bool = True


def read_page(body: bytes, content_type: str, address: str) -> Page:
    """Return what stands in a page; what is broken is read as far as it goes."""
    text, is_utf_8 = _decoded(body[:LONGEST], content_type)
    parser = _Parser(address)
    parser.feed(text)
    parser.close()
    parser.page.is_utf_8 = is_utf_8
    return parser.page


def _decoded(body: bytes, content_type: str) -> tuple[str, bool]:
    """Return the text, and whether its bytes are the charset that is told, else UTF-8."""
    told = _CHARSET.search(content_type) or _CHARSET.search(body[:1024].decode("ascii", "replace"))
    charset = told[1] if told else "utf-8"
    for end in range(len(body), max(len(body) - 4, -1), -1):  # the last character may have been cut
        try:
            return body[:end].decode(charset), True
        except LookupError:
            break
        except ValueError:
            if len(body) < LONGEST:
                break
    return body.decode("utf-8", "replace"), False


class _Parser(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._base = address
        self._script: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in reversed(attrs)}  # the first of a name counts
        if tag == "base" and said.get("href"):
            self._base = resolved(said["href"], self._base) or self._base
        elif tag == "link" and said.get("href"):
            self._link(said)
        elif tag in ("a", "area") and said.get("href"):
            self._add(self.page.hrefs, said["href"])
        elif tag == "script" and said.get("type", "").partition(";")[0].strip().lower() == JSON_LD:
            self._script = []
        elif tag in _LOADED and said.get(_LOADED[tag]):
            self._add(self.page.loaded, said[_LOADED[tag]])

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self.page.json_ld.append("".join(self._script))
            self._script = None

    def _link(self, said: dict[str, str]) -> None:
        target = resolved(said["href"], self._base)
        media_type = said.get("type", "").partition(";")[0].strip().lower()
        for rel in said.get("rel", "").lower().split():
            self.page.links.append(Link(rel, target, media_type, said.get("profile", "")))
            if rel in _LOADING_RELATIONS:
                self._add(self.page.loaded, said["href"])

    def _add(self, to: list[str], reference: str) -> None:
        if target := resolved(reference, self._base):
            to.append(target)

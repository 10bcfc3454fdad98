"""What a harvester reads of an HTML page: typed links, hyperlinks, what it loads, and embedded JSON-LD.

Spec: HTML, <https://html.spec.whatwg.org/multipage/semantics.html#the-link-element>.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from eugraph.exchange.doctor.reading.links import Link
from eugraph.exchange.doctor.reading.media import JSON_LD
from eugraph.exchange.doctor.reading.tags import tags
from eugraph.exchange.doctor.site.address import resolved

LONGEST = 4 << 20  # bytes of a page that are looked at
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_LOADED = {"img", "script", "iframe", "source", "audio", "video"}
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
    page, base = Page(is_utf_8=is_utf_8), address
    for tag in tags(text):
        said = tag.attributes
        if tag.name == "base" and said.get("href"):
            base = resolved(said["href"], base) or base
        elif tag.name == "link" and said.get("href"):
            _add_links(page, said, base)
        elif tag.name in ("a", "area") and said.get("href"):
            _add(page.hrefs, said["href"], base)
        elif tag.name == "script" and _media_type(said) == JSON_LD:
            page.json_ld.append(tag.text)
        elif tag.name in _LOADED and said.get("src"):
            _add(page.loaded, said["src"], base)
    return page


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


def _add_links(page: Page, said: Mapping[str, str], base: str) -> None:
    target = resolved(said["href"], base)
    for rel in said.get("rel", "").lower().split():
        page.links.append(Link(rel, target, _media_type(said), said.get("profile", "")))
        if rel in _LOADING_RELATIONS:
            _add(page.loaded, said["href"], base)


def _media_type(said: Mapping[str, str]) -> str:
    return said.get("type", "").partition(";")[0].strip().lower()


def _add(to: list[str], reference: str, base: str) -> None:
    if target := resolved(reference, base):
        to.append(target)

"""A sitemap or an index of sitemaps, read as far as the protocol lets it be.

Spec: <https://www.sitemaps.org/protocol.html>.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 50_000  # entries of one file
LARGEST = 50 << 20  # bytes of one file, unpacked


@dataclass(frozen=True, slots=True)
class Entry:
    """What one entry says; "" where it says nothing."""

    location: str
    modified: str


@dataclass(slots=True)
class Sitemap:
    """One file."""

    entries: list[Entry] = field(default_factory=list)
    is_index: bool = False
    fault: str = ""  # why it is none; "" where it is one


def read_sitemap(body: bytes) -> Sitemap:
    """Return what a sitemap says; packed by gzip or not."""
    if body.startswith(b"\x1f\x8b"):
        try:
            body = zlib.decompressobj(31).decompress(body, LARGEST + 1)
        except zlib.error as error:
            return Sitemap(fault=f"its gzip is damaged: {error}")
    if len(body) > LARGEST:
        return Sitemap(fault="it is larger than 50 MB")
    reader = _Reader()
    try:
        reader.parser.Parse(body, True)  # noqa: FBT003 - "this is all", by position only
    except expat.ExpatError as error:
        reader.sitemap.fault = f"it is no well-formed XML: line {error.lineno}, {expat.ErrorString(error.code)}"
    except (LookupError, ValueError) as error:
        reader.sitemap.fault = reader.sitemap.fault or f"it cannot be read: {error}"
    return reader.sitemap


class _Reader:
    def __init__(self) -> None:
        self.sitemap = Sitemap()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._path: list[str] = []
        self._said: dict[str, str] = {}

    def _refuse(self, *_: object) -> None:
        self.sitemap.fault = "it has a DTD, which is not read"
        raise ValueError

    def _start(self, name: str, _: object) -> None:
        namespace, _, local = name.rpartition(" ")
        if not self._path:
            self.sitemap.is_index = local == "sitemapindex"
            if local not in ("urlset", "sitemapindex"):
                self.sitemap.fault = f"its root is <{local}>, and not <urlset> or <sitemapindex>"
                raise ValueError
            if namespace != NAMESPACE:
                self.sitemap.fault = f"its namespace is not {NAMESPACE}"
        self._path.append(local if namespace == NAMESPACE else "")
        if len(self._path) == 2:
            self._said = {}

    def _text(self, text: str) -> None:
        if len(self._path) == 3 and self._path[2] in ("loc", "lastmod"):
            self._said[self._path[2]] = (self._said.get(self._path[2], "") + text)[:4096]

    def _end(self, _: str) -> None:
        if len(self._path) == 2 and self._path[1] in ("url", "sitemap"):
            location, modified = self._said.get("loc", ""), self._said.get("lastmod", "")
            self.sitemap.entries.append(Entry(location.strip(), modified.strip()))
        self._path.pop()

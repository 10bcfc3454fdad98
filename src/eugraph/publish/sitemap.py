"""The pages of a release as sitemaps, with an index, and robots.txt that leads there.

Spec: <https://www.sitemaps.org/protocol.html>: 50,000 addresses a file; RFC 9309, <https://www.rfc-editor.org/rfc/rfc9309>.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote
from xml.sax.saxutils import escape

LONGEST = 50_000  # addresses in a file
INDEX = "sitemap.xml"
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PLAIN = re.compile(r"[A-Za-z0-9:/._~-]*")  # written as it is, as most addresses are
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def sitemap(
    pages: Sequence[str], modified: Callable[[str], str], url: Callable[[str], str], *, longest: int = LONGEST
) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of the index, the sitemaps and robots.txt.

    Args:
        pages: paths of the pages that are to be found.
        modified: the day of the last change of a page, YYYY-MM-DD.
        url: where a path of the release can be fetched.
        longest: how many addresses a file may hold.
    """
    ordered = sorted(pages)
    parts = [ordered[start : start + longest] for start in range(0, len(ordered), longest)]
    rows = []
    for number, part in enumerate(parts, 1):
        path = f"sitemap/{number}.xml"
        days = [modified(page) for page in part]
        lines = (_entry("url", url(page), day) for page, day in zip(part, days, strict=True))
        yield path, _document("urlset", lines)
        rows.append(_entry("sitemap", url(path), max(days)))
    yield INDEX, _document("sitemapindex", rows)
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {_address(url(INDEX))}\n".encode()


def _document(tag: str, lines: Iterator[str] | Sequence[str]) -> bytes:
    return f'{_HEAD}<{tag} xmlns="{_SPACE}">\n{"".join(lines)}</{tag}>\n'.encode()


def _entry(tag: str, address: str, day: str) -> str:
    shown = address if _PLAIN.fullmatch(address) else escape(_address(address))
    return f"<{tag}><loc>{shown}</loc><lastmod>{day}</lastmod></{tag}>\n"


def _address(address: str) -> str:
    """Return an IRI as a URI: what is not ASCII is percent-encoded."""
    return quote(address, safe=":/?#[]@!$&'()*+,;=%~")

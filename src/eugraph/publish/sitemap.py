"""The pages of a release as sitemaps, with an index, and robots.txt that leads there.

Spec: <https://www.sitemaps.org/protocol.html>: 50,000 addresses a file; RFC 9309, <https://www.rfc-editor.org/rfc/rfc9309>.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from urllib.parse import quote

from eugraph.xml_text import escaped

LONGEST = 50_000  # addresses in a file
INDEX, _ROBOTS = "sitemap.xml", "robots.txt"
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PLAIN = re.compile(r"[A-Za-z0-9:/._~-]*")  # written as it is, as most paths are
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def sitemap(
    pages: Sequence[str], modified: Callable[[str], str], root: str, *, longest: int = LONGEST
) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of the index, the sitemaps and robots.txt.

    Args:
        pages: paths of the pages that are to be found.
        modified: the day of the last change of a page, YYYY-MM-DD.
        root: where the release can be fetched, "/" last.
        longest: how many addresses a file may hold.
    """
    ordered = sorted(pages)
    parts = [ordered[start : start + longest] for start in range(0, len(ordered), longest)]
    rows = []
    for number, part in enumerate(parts, 1):
        path = f"sitemap/{number}.xml"
        days = [modified(page) for page in part]
        yield path, _document("urlset", "url", root, zip(part, days, strict=True))
        rows.append((path, max(days)))
    yield INDEX, _document("sitemapindex", "sitemap", root, rows)
    yield _ROBOTS, f"User-agent: *\nAllow: /\nSitemap: {_address(root + INDEX)}\n".encode()


def is_part(path: str) -> bool:
    """Say whether a file is one of these."""
    return path in (INDEX, _ROBOTS) or path.startswith("sitemap/")


def _document(tag: str, entry: str, root: str, rows: Iterable[tuple[str, str]]) -> bytes:
    start = escaped(_address(root))
    shown = ((path if _PLAIN.fullmatch(path) else escaped(_address(path)), day) for path, day in rows)
    lines = [f"<{entry}><loc>{start}{path}</loc><lastmod>{day}</lastmod></{entry}>\n" for path, day in shown]
    return f'{_HEAD}<{tag} xmlns="{_SPACE}">\n{"".join(lines)}</{tag}>\n'.encode()


def _address(address: str) -> str:
    """Return an IRI as a URI: what is not ASCII is percent-encoded."""
    return quote(address, safe=":/?#[]@!$&'()*+,;=%~")

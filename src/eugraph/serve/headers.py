"""Headers that answers share: entity tags and conditions, links, and what lets pages elsewhere read an answer.

Spec: RFC 9110 §8.8 and §13, <https://www.rfc-editor.org/rfc/rfc9110#section-13>; RFC 8288,
<https://www.rfc-editor.org/rfc/rfc8288>; Fetch §3.2, <https://fetch.spec.whatwg.org/#http-cors-protocol>.
"""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Mapping
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from eugraph.serve.negotiation import GZIP, elements

Raw = list[tuple[bytes, bytes]]  # headers as ASGI has them

_TAG = re.compile(r'[ \t]*(W/)?("[\x21\x23-\x7e\x80-\xff]*")[ \t]*')
_PLAIN = re.compile(r"[A-Za-z0-9!#$%&'()*+,/:;=?@\[\]~._-]*")  # what needs no quoting in an address
_EXPOSED = ", ".join(
    (
        *("Content-Location", "Content-Profile", "ETag", "Link", "Location", "Retry-After", "Vary"),
        *("Eugraph-Problem", "Eugraph-Release", "Eugraph-Rows", "Eugraph-Truncated", "Repr-Digest", "Server-Timing"),
        *("Eugraph-Query-SHA256", "Eugraph-Result-SHA256"),
    )
)
_OPEN: Raw = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", _EXPOSED.encode()),
    (b"x-content-type-options", b"nosniff"),
]
_POSTED_TO = ("/sparql",)
_PREFLIGHT: Raw = [
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (b"access-control-allow-headers", b"*, Accept, Accept-Profile, Content-Type, If-None-Match"),
    (b"access-control-max-age", b"86400"),
]


def entity_tag(sha256: str, coding: str = "", form: str = "") -> str:
    """Return the strong entity tag of a representation.

    Args:
        sha256: of the file that it is, or is made from.
        coding: its content coding; another version of the library may pack the same otherwise.
        form: what the file was turned into; empty where it is as it is.
    """
    packed = f"-gzip-{zlib.ZLIB_RUNTIME_VERSION}" if coding == GZIP else ""
    return f'"{sha256}{form and "-"}{form}{packed}"'


def http_date(day: str) -> str:
    """Return the first moment of a day in UTC as headers have it."""
    return format_datetime(dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), dt.UTC), usegmt=True)


def condition(given: Mapping[bytes, str], tag: str, modified: str) -> int:
    """Return the status that a condition of a request leads to: 304, 412, or 200 where it is to be answered.

    Args:
        given: headers of the request, names in small letters.
        tag: entity tag of what would be answered.
        modified: its `Last-Modified`.

    Spec: RFC 9110 §13.2.2, <https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2>.
    """
    if (wanted := given.get(b"if-match")) is not None:
        if not _has(wanted, tag, strongly=True):
            return 412
    elif (then := given.get(b"if-unmodified-since")) is not None and _is_later(modified, then):
        return 412
    if (known := given.get(b"if-none-match")) is not None:
        return 304 if _has(known, tag) else 200
    since = given.get(b"if-modified-since")
    return 304 if since is not None and _is_later(modified, since) is False else 200


def _has(tags: str, tag: str, *, strongly: bool = False) -> bool:
    """Say whether a list of entity tags has one. What is none stands for nothing."""
    if tags.strip(" \t") == "*":
        return True
    found = (_TAG.fullmatch(element) for element in elements(tags))
    return any(match[2] == tag and not (strongly and match[1]) for match in found if match)


def _is_later(modified: str, since: str) -> bool | None:
    """Say whether something was modified after a moment; None where that is no date, and so says nothing."""
    try:
        return parsedate_to_datetime(modified) > parsedate_to_datetime(since)
    except (ValueError, TypeError):  # TypeError: the one has a time zone, the other none
        return None


def link(target: str, rel: str, **attributes: str) -> str:
    """Return one link of a `Link` header. Values are IRIs, media types and names of our own."""
    more = "".join(f'; {name}="{_quoted(value)}"' for name, value in attributes.items() if value)
    return f'<{address(target)}>; rel="{rel}"{more}'


def address(iri: str) -> str:
    """Return an IRI or a path as headers can carry it.

    Spec: RFC 3987 §3.1, <https://www.rfc-editor.org/rfc/rfc3987#section-3.1>.
    """
    if _PLAIN.fullmatch(iri):
        return iri
    return quote(iri, safe="!#$%&'()*+,/:;=?@[]~-._", errors="surrogatepass")


def _quoted(value: str) -> str:
    return address(value).replace('"', "%22") if ":" in value else value.replace("\\", "\\\\").replace('"', '\\"')


class Open:
    """Lets pages of other sites read every answer of an application, errors as well, and answers `OPTIONS`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS":
            allowed = b"GET, HEAD, OPTIONS, POST" if scope["path"] in _POSTED_TO else b"GET, HEAD, OPTIONS"
            headers = [*_OPEN, *_PREFLIGHT, (b"allow", allowed), (b"content-length", b"0")]
            await send({"type": "http.response.start", "status": 204, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return

        async def opened(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_OPEN]
            await send(message)

        await self._app(scope, receive, opened)

"""Pages and what they load, as answers of HTTP that let nothing else be loaded or run.

Spec: Content Security Policy Level 3, <https://www.w3.org/TR/CSP3/>.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from eugraph.serve.methods import address

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_SAFE = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


def html_response(page: bytes, headers: Mapping[str, str] | None = None, status: int = 200) -> Response:
    """Return a page as an answer."""
    return Response(page, status, {**_SAFE, "Vary": "Accept", **(headers or {})}, "text/html; charset=utf-8")


def routes() -> list[BaseRoute]:
    """Return the addresses of stylesheets and scripts, which lie at the top as no document has a dot in its path."""
    names = sorted(
        entry.name for entry in (files(__package__) / "assets").iterdir() if entry.name.endswith(tuple(_TYPES))
    )
    return [address(f"/{name}", asset) for name in names]


async def asset(request: Request) -> Response:
    """Answer with a stylesheet or a script."""
    name = request.url.path.rpartition("/")[2]
    body, tag = _asset(name)
    headers = {"ETag": tag, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, _TYPES[name.rpartition(".")[2]])


@cache
def _asset(name: str) -> tuple[bytes, str]:
    body = (files(__package__) / "assets" / name).read_bytes()
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'

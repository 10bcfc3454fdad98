"""An answer that is an error, in the form that the client reads: JSON, a page, or plain text.

Spec: RFC 9457, <https://www.rfc-editor.org/rfc/rfc9457>.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from http import HTTPStatus

import orjson
from starlette.requests import Request
from starlette.responses import Response

from eugraph.errors import visible
from eugraph.serve.errors import ProblemError
from eugraph.serve.negotiation import negotiate

_PROBLEM, _JSON, _HTML, _TEXT = "application/problem+json", "application/json", "text/html", "text/plain"
_TITLES = {499: "Client Closed Request"}  # nobody reads it; the log shows the status
_OFFERS = (_TEXT, _PROBLEM, _JSON, _HTML)
CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
_STYLE = "body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto}pre{white-space:pre-wrap}"


def problem(request: Request, fault: ProblemError) -> Response:
    """Return the answer for a fault."""
    title = _TITLES.get(fault.status) or HTTPStatus(fault.status).phrase
    media_type = negotiate(request.headers.get("accept"), _OFFERS) or _TEXT
    headers = {**fault.headers, "Eugraph-Problem": fault.code, "Vary": "Accept", "Cache-Control": "no-store"}
    if media_type in (_PROBLEM, _JSON):
        said: Mapping[str, object] = {
            "type": f"https://w3id.org/eugraph/problem#{fault.code}",
            "title": title,
            "status": fault.status,
            "detail": fault.detail,
        }
        return Response(orjson.dumps(said), fault.status, headers, _PROBLEM)
    if media_type == _HTML:
        headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        return Response(_page(title, fault), fault.status, headers, f"{_HTML}; charset=utf-8")
    return Response(f"{fault.status} {title}: {visible(fault.detail)}\n", fault.status, headers, _TEXT)


def _page(title: str, fault: ProblemError) -> str:
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{fault.status} {title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n<pre>{html.escape(visible(fault.detail))}</pre>\n"
        f'<p>Status {fault.status}, {html.escape(fault.code)}. <a href="/">Start page</a></p>\n'
        "</main>\n</body>\n</html>\n"
    )

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
from eugraph.serve.pages.responses import html_response

_PROBLEM, _JSON, _HTML, _TEXT = "application/problem+json", "application/json", "text/html", "text/plain"
_TITLES = {499: "Client Closed Request"}  # nobody reads it; the log shows the status
_OFFERS = (_TEXT, _PROBLEM, _JSON, _HTML)
_LINKS = (("", "Start page"), ("search", "Search"), ("query/", "Reports"), ("sparql", "SPARQL"))


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
        root = "../" * (request.url.path.count("/") - 1)
        return html_response(_page(title, fault, root or "./").encode(), headers, fault.status)
    return Response(f"{fault.status} {title}: {visible(fault.detail)}\n", fault.status, headers, _TEXT)


def _page(title: str, fault: ProblemError, root: str) -> str:
    """A page that needs nothing but the stylesheet: whatever is wrong, it can be shown."""
    links = "".join(f'<a class="button" href="{root}{path}">{label}</a>' for path, label in _LINKS)
    detail = visible(fault.detail)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{fault.status} {title}</title>\n<meta name="color-scheme" content="light dark">\n'
        f'<link rel="icon" href="data:,">\n<link rel="stylesheet" href="{root}style.css">\n'
        f'<link rel="stylesheet" href="{root}serve.css">\n</head>\n<body>\n<main>\n'
        f'<header class="title">\n<p class="kind">Status {fault.status}</p>\n<h1>{title}</h1>\n</header>\n'
        f'<p class="fault">{html.escape(detail[:1].upper() + detail[1:])}</p>\n<p>{links}</p>\n'
        f'<p class="quiet">For programs this is the problem <code>{html.escape(fault.code)}</code>.</p>\n'
        "</main>\n</body>\n</html>\n"
    )

"""The answer of a report as an answer of HTTP: in its format, with what it is cited by in headers and beside the rows.

JSON gets members `link` and `eugraph` in its head, which readers of the format pass over, XML, Turtle and N-Triples a
comment. The hashes are in headers of every format.
"""

from __future__ import annotations

import base64
import hashlib
import json
from urllib.parse import quote, urlencode

from starlette.responses import Response

from eugraph.reports.citing import Citation, link, write_citation
from eugraph.reports.citing.formats import MEDIA_TYPES
from eugraph.reports.library import Report
from eugraph.serve.answers import PlainResponse
from eugraph.serve.errors import ProblemError
from eugraph.serve.library.asking import Reported
from eugraph.serve.library.forms import forms_of
from eugraph.serve.served import Served


def written(reported: Reported, form: str) -> bytes:
    """Return an answer in its format, with what it is cited by."""
    body, comment = reported.body, _in_a_line(reported.citation)
    if form == "json":
        said = json.dumps({"link": [link(reported.citation)], "eugraph": _said(reported.citation)}, ensure_ascii=False)
        head, _, rest = body.partition(b"}")  # of the head, in which no braces are
        return head + (b"" if head.endswith(b"{") else b", ") + said[1:].encode() + rest
    if form == "xml":
        return body.rstrip() + f"\n<!-- {comment} -->\n".encode()
    return f"# {comment}\n".encode() + body if form in ("ttl", "nt") else body


def response(now: Served, report: Report, reported: Reported, form: str, tag: str) -> Response:
    """Return an answer in a format, with its headers."""
    body = written(reported, form)
    media_type = forms_of(report, reported.head.kind)[form]
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    headers = headers_of(now, report, reported) | {"ETag": tag, "Repr-Digest": f"sha-256=:{digest}:"}
    return PlainResponse(body, 200, headers, media_type)


def headers_of(now: Served, report: Report, reported: Reported) -> dict[str, str]:
    """Return the headers of an answer in any format."""
    citation, head = reported.citation, reported.head
    return {
        "Eugraph-Release": now.name,
        "Eugraph-Truncated": head.truncated or "no",
        "Eugraph-Rows": str(citation.rows),
        "Eugraph-Query-SHA256": citation.query_sha256,
        "Eugraph-Result-SHA256": citation.result_sha256,
        "Server-Timing": f"query;dur={head.seconds * 1000:.1f}",
        "Vary": "Accept",
        "Cache-Control": "no-cache",
        "Link": _links(report, reported),
    }


def cited_response(citation: Citation, form: str) -> Response:
    """Return a citation in one of its formats.

    Raises:
        ProblemError: there is no such format.
    """
    if form not in MEDIA_TYPES:
        raise ProblemError(400, "unknown-format", f"a citation has no format {form!r}. Use {', '.join(MEDIA_TYPES)}.")
    return PlainResponse(write_citation(citation, form).encode(), 200, {"Cache-Control": "no-cache"}, MEDIA_TYPES[form])


def query_string(given: dict[str, str], **said: str) -> str:
    """Return parameters as they stand in an address, with the `?` where there are some."""
    pairs = [*sorted(given.items()), *said.items()]
    return f"?{urlencode(pairs, quote_via=quote, safe='/')}" if pairs else ""


def _links(report: Report, reported: Reported) -> str:
    """Spec: RFC 8288; `cite-as`: RFC 8574, <https://www.rfc-editor.org/rfc/rfc8574>."""
    given = dict(reported.citation.parameters)
    name = quote(report.name.rpartition("/")[2])
    root = "../" * (1 + report.name.count("/"))
    links = [
        f'<{link(reported.citation)}>; rel="cite-as"',
        f'<{name}{query_string(given, cite="json")}>; rel="describedby"; type="application/json"',
        f'<{root}openapi.json>; rel="service-desc"; type="application/vnd.oai.openapi+json"',
    ]
    for form, media_type in forms_of(report, reported.head.kind).items():
        address = f"{name}{query_string(given, format=form)}"
        links.append(f'<{address}>; rel="alternate"; type="{media_type.partition(";")[0]}"')
    return ", ".join(links)


def _said(citation: Citation) -> dict[str, object]:
    release = citation.release
    return {
        "release": {"version": release.version, "date": release.date, "sha256": release.sha256},
        "query": {"name": citation.name, "sha256": citation.query_sha256, "parameters": dict(citation.parameters)},
        "result": {"sha256": citation.result_sha256, "rows": citation.rows, "truncated": citation.truncated},
        "cite": link(citation),
    }


def _in_a_line(citation: Citation) -> str:
    """Hashes and numbers alone: nothing that could end a comment."""
    more = ", cut at a limit" if citation.truncated else ""
    return (
        f"graph {citation.release.sha256}, query {citation.query_sha256}, "
        f"result {citation.result_sha256}, rows {citation.rows}{more}"
    )

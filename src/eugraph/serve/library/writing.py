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

from eugraph.reports.answer import Answer
from eugraph.reports.citing import Citation, link, write_citation
from eugraph.reports.citing.formats import MEDIA_TYPES
from eugraph.reports.library import Report
from eugraph.serve.answers import PlainResponse
from eugraph.serve.errors import ProblemError
from eugraph.serve.library.asking import Reported
from eugraph.serve.library.forms import forms_of
from eugraph.serve.served import Served
from eugraph.serve.workers.blocks import write_blocks
from eugraph.store import Graph

_COMMENT = {"ttl": "# {}\n", "nt": "# {}\n"}  # before the statements


def written(now: Served, report: Report, reported: Reported, form: str) -> bytes:
    """Return an answer in a format."""
    if isinstance(reported.result, Graph) and form == "rdf":
        parts: list[bytes] = []
        write_blocks(sorted(set(reported.result.triples), key=str), form, parts.append)
        return b"".join(parts)
    text = Answer(result=reported.result, base_iri=now.base_iri, edges=report.edges).write(form)
    if form == "json":
        note = {"link": [link(reported.citation)], "eugraph": _said(reported.citation)}
        head, _, rest = text.partition("}")  # of the head, which has no braces in it
        text = f"{head}{', ' if not head.endswith('{') else ''}{json.dumps(note, ensure_ascii=False)[1:]}{rest}"
    if form == "xml":
        text = f"{text.rstrip()}\n<!-- {_in_a_line(reported.citation)} -->\n"
    return (_COMMENT.get(form, "").format(_in_a_line(reported.citation)) + text).encode()


def response(now: Served, report: Report, reported: Reported, form: str, tag: str) -> Response:
    """Return an answer in a format, with its headers."""
    body = written(now, report, reported, form)
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
    name = quote(report.name)
    links = [
        f'<{link(reported.citation)}>; rel="cite-as"',
        f'<{name}{query_string(given, cite="json")}>; rel="describedby"; type="application/json"',
        '<../openapi.json>; rel="service-desc"; type="application/vnd.oai.openapi+json"',
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

"""`/sparql`: the SPARQL 1.1 Protocol's query operation. Updates are refused: a release is read only.

Spec: SPARQL 1.1 Protocol §2.1, <https://www.w3.org/TR/sparql11-protocol/#query-operation>.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from eugraph.serve.answers import accepted_forms, answer_response, until_gone
from eugraph.serve.beside import Beside
from eugraph.serve.bodies import FORM, Pairs, body_of, media_type_of, pairs_of
from eugraph.serve.description import describe
from eugraph.serve.errors import ProblemError
from eugraph.serve.forms import BOOLEAN, GRAPH, KINDS, ROWS, Kind
from eugraph.serve.methods import address
from eugraph.serve.negotiation import negotiate
from eugraph.serve.pages import Frames
from eugraph.serve.served import Served
from eugraph.serve.sparql_page import sparql_page
from eugraph.serve.workers import Question

PATH = "/sparql"
PAGE = "text/html; charset=utf-8"
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
_READ_ONLY = "this endpoint is read only: a release is changed by building it anew. Ask with query=…."


def routes(served: Callable[[], Served], frames: Beside[Frames]) -> list[BaseRoute]:
    """Return the addresses of this part."""

    async def ask(request: Request) -> Response:
        now = served()
        pairs = pairs_of(request.scope["query_string"])
        text = None
        if request.method == "POST":
            text, pairs = await _posted(request, pairs, now.limits.max_request_bytes)
        queries = [value for name, value in pairs if name == "query"] + ([] if text is None else [text])
        if any(name == "update" for name, _ in pairs):
            raise ProblemError(403, "read-only", _READ_ONLY)
        if request.method != "POST" and len(queries) < 2:
            if _wants_page(request, pairs):
                return await sparql_page(frames, "".join(queries))
            if not queries:
                return describe(now, request)
        if len(queries) != 1:
            raise ProblemError(400, "one-query", f"there are {len(queries)} queries. Give one, as the parameter query.")
        question = _question(now, request, pairs, queries[0])
        return answer_response(now, await until_gone(request, now.queries.ask(question)))

    return [address(PATH, ask, methods=("GET", "POST"))]


def _wants_page(request: Request, pairs: Pairs) -> bool:
    """Tell whether a browser asks, which likes a page better than every format of answers."""
    offers = (*GRAPH.values(), *ROWS.values(), *BOOLEAN.values(), PAGE)
    is_named = any(name == "format" for name, _ in pairs)
    return not is_named and negotiate(request.headers.get("accept"), offers) == PAGE


async def _posted(request: Request, pairs: Pairs, most: int) -> tuple[str | None, Pairs]:
    """Return the query that is the body of a request, else None, and all parameters."""
    media_type, charset = media_type_of(request)
    if media_type == UPDATE:
        raise ProblemError(403, "read-only", _READ_ONLY)
    if media_type not in (FORM, QUERY):
        known = f"{FORM}, with the query as the parameter query, or {QUERY}"
        raise ProblemError(415, "media-type", f"the body is sent as {media_type or 'nothing'}. Send it as {known}.")
    if charset not in ("", "utf-8", "utf8"):
        raise ProblemError(415, "charset", f"the body is sent in {charset}. Send it in UTF-8.")
    body = await body_of(request, most)
    if media_type == FORM:
        return None, pairs + pairs_of(body)
    try:
        return body.decode("utf-8-sig"), pairs
    except UnicodeDecodeError as error:
        raise ProblemError(400, "encoding", f"the query is not UTF-8 (byte {error.start}). Send it as UTF-8.") from None


def _question(served: Served, request: Request, pairs: Pairs, text: str) -> Question:
    return Question(
        text=text,
        forms=_named_form(pairs) or accepted_forms(request.headers.get("accept")),
        default_graphs=tuple(value for name, value in pairs if name == "default-graph-uri"),
        named_graphs=tuple(value for name, value in pairs if name == "named-graph-uri"),
        max_rows=served.limits.max_rows,
        max_bytes=served.limits.max_result_bytes,
    )


def _named_form(pairs: Pairs) -> dict[Kind, str]:
    """The formats where the parameter `format` names one, by its short name or media type, as a link in a page can."""
    wanted = [value for name, value in pairs if name == "format"]
    if not wanted:
        return {}
    forms = {
        kind: form
        for kind, offers in KINDS.items()
        for form, media_type in offers.items()
        if wanted[-1].lower() in (form, media_type.partition(";")[0])
    }
    if not forms:
        known = sorted({form for offers in KINDS.values() for form in offers})
        raise ProblemError(400, "unknown-format", f"there is no format {wanted[-1]!r}. Use one of {', '.join(known)}.")
    return forms

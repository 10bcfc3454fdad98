"""The addresses of the query library: `/query/`, `/query/<name>`, and with the endings of formats."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace

import orjson
from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from eugraph.errors import ParameterError, did_you_mean
from eugraph.reports.library import Report
from eugraph.reports.parameters import Term, put_in
from eugraph.serve.answers import PlainResponse
from eugraph.serve.beside import Beside
from eugraph.serve.bodies import pairs_of
from eugraph.serve.errors import ProblemError
from eugraph.serve.library.asking import Wanted, answered, kind_of, wanted
from eugraph.serve.library.forms import HTML, LABELS, ON_PAGES, QUERY, SHORTEST, chosen_form, forms_of, not_acceptable
from eugraph.serve.library.page import library_page, report_page
from eugraph.serve.library.writing import cited_response, headers_of, response
from eugraph.serve.methods import address
from eugraph.serve.negotiation import negotiate
from eugraph.serve.pages import Frames, html_response
from eugraph.serve.served import Served

_LIST = ("application/json", "text/html; charset=utf-8")


def routes(served: Callable[[], Served], frames: Beside[Frames]) -> list[BaseRoute]:
    """Return the addresses of this part."""

    async def list_reports(request: Request) -> Response:
        now = served()
        media_type = negotiate(request.headers.get("accept"), _LIST)
        if media_type is None:
            raise ProblemError(406, "not-acceptable", f"the list can be had as {' or '.join(_LIST)}. Accept one.")
        if media_type == _LIST[1] or request.url.path.endswith(".html"):
            return html_response(library_page(await frames(), now))
        return PlainResponse(_listed(now), 200, {"Vary": "Accept"}, _LIST[0])

    async def ask_report(request: Request) -> Response:
        return await _answer(served(), frames, request)

    return [
        address("/query/", list_reports),
        address("/query", list_reports),
        address("/query/index.html", list_reports),
        address("/query/{name:path}", ask_report),
    ]


async def _answer(now: Served, frames: Beside[Frames], request: Request) -> Response:
    report, ending = _named(now, request.path_params["name"])
    asked = wanted(report, pairs_of(request.scope["query_string"]))
    if QUERY in (ending, asked.form):
        text = put_in(report.text, report.terms(asked.given, now.base_iri)) if asked.given else report.text
        return PlainResponse(text.encode(), 200, {}, "application/sparql-query")
    released = f"query/{report.name}.{ending}"
    if ending == "json" and not request.scope["query_string"] and released in now.site.files:
        return await _file(now, released, forms_of(report, kind_of(report))[ending], request)
    if ending and not asked.given:
        asked = replace(asked, given=report.example())  # as in the folder of the release
    kind = kind_of(report)
    form = chosen_form(report, kind, ending or asked.form, request.headers.get("accept"))
    if form == HTML and not asked.cite:
        return await _page(now, await frames(), request, report, asked)
    terms = report.terms(asked.given, now.base_iri)
    if asked.cite:
        reported = await answered(now, request, report, asked.given, terms, SHORTEST[kind])
        return cited_response(reported.citation, asked.cite)
    if not form:
        raise not_acceptable(report, kind)
    tag = _tag(now, report, asked.given, form)
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"ETag": tag, "Vary": "Accept"})
    reported = await answered(now, request, report, asked.given, terms, form)
    return response(now, report, reported, form, tag)


async def _file(now: Served, path: str, media_type: str, request: Request) -> Response:
    """Return the file of the release: the catalogue tells its size and checksum, so no byte may be another."""
    tag = f'"{now.site.files.sha256(path)}"'
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"ETag": tag})
    body = await asyncio.to_thread(now.site.files.read, path)
    return PlainResponse(body, 200, {"ETag": tag}, media_type)


async def _page(now: Served, frames: Frames, request: Request, report: Report, asked: Wanted) -> Response:
    kind = kind_of(report)
    if not asked.given and any(parameter.required for parameter in report.parameters):
        return html_response(report_page(frames, now, report, kind, asked.given, None))
    try:
        terms = report.terms(asked.given, now.base_iri)
    except ParameterError as error:
        return html_response(report_page(frames, now, report, kind, asked.given, None, fault=str(error)), status=400)
    reported = await answered(now, request, report, asked.given, terms, ON_PAGES[kind])
    note = _unknown(now, terms)
    page = await asyncio.to_thread(report_page, frames, now, report, kind, asked.given, reported, note=note)
    return html_response(page, headers_of(now, report, reported))


def _named(now: Served, name: str) -> tuple[Report, str]:
    """Return a report or profile by its name, and the format that the ending of the name tells, "" for none.

    Raises:
        ProblemError: there is none of that name.
    """
    known = {**now.library.reports, **now.library.profiles}
    start, dot, ending = name.rpartition(".")
    if dot and ending in (HTML, *LABELS) and name not in known:
        name = start
    else:
        ending = ""
    if name not in known:
        near = did_you_mean(name, known)
        raise ProblemError(404, "unknown-query", f"no report is called {name[:80]!r}{near or '.'} /query/ lists all.")
    return known[name], ending


def _tag(now: Served, report: Report, given: Mapping[str, str], form: str) -> str:
    """Return what stands for the bytes of an answer: an equal request to an equal release gives equal ones."""
    parts = [now.manifest["graph"]["sha256"], now.base_iri, report.text, form, now.limits.max_rows]
    parts += [now.limits.max_result_bytes, *sorted(given.items())]
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def _unknown(now: Served, terms: Mapping[str, Term]) -> str:
    """A sentence where a parameter names a thing that is not described: it may be a slip."""
    if now.found is None:
        return ""
    iris = [term.value for term in terms.values() if isinstance(term, NamedNode)]
    asked = {iri for iri in iris if iri.startswith(now.base_iri)}
    missing = sorted(asked - now.found.labels(asked).keys())
    if not missing:
        return ""
    path = missing[0].removeprefix(now.base_iri)
    near = now.found.find(path.rpartition("/")[2], limit=1).hits
    may_be = f" Did you mean {near[0].iri.removeprefix(now.base_iri)}?" if near else ""
    return f"Nothing is described at {path}.{may_be}"


def _listed(now: Served) -> bytes:
    manifest = now.manifest
    return orjson.dumps(
        {
            "release": {
                "title": manifest.get("title", ""),
                "version": manifest.get("version", ""),
                "date": manifest["date"],
                "sha256": manifest["graph"]["sha256"],
            },
            "queries": [_described(report) for _, report in sorted(now.library.reports.items())],
        },
        option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE,
    )


def _described(report: Report) -> dict[str, object]:
    return {
        "name": report.name,
        "title": report.title,
        "asks": report.asks,
        "columns": report.columns,
        "limit": None if report.limit is None else f"{report.limit.rows} {report.limit.which}",
        "parameters": [
            {"name": p.name, "type": p.type, "required": p.required, "example": p.example} for p in report.parameters
        ],
        "formats": [*forms_of(report, kind_of(report)), HTML, QUERY],
    }

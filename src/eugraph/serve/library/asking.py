"""What a request asks of the query library, and the answer to it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from starlette.requests import Request

from eugraph.errors import ParameterError
from eugraph.reports.citing import Citation, cited
from eugraph.reports.citing.citation import address_of
from eugraph.reports.library import Report
from eugraph.reports.parameters import Term
from eugraph.serve.answers import until_gone
from eugraph.serve.bodies import Pairs
from eugraph.serve.errors import ProblemError
from eugraph.serve.forms import Kind
from eugraph.serve.served import Served
from eugraph.serve.workers import Head, Question
from eugraph.store import Graph, Solutions
from eugraph.store.tokens import tokens

FORMAT, CITE = "format", "cite"  # parameters that say how to answer, where the report has none of that name
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_ASKED_AS: Mapping[Kind, str] = {"rows": "json", "boolean": "json", "graph": "nt"}
_KINDS: Mapping[str, Kind] = {"SELECT": "rows", "ASK": "boolean", "CONSTRUCT": "graph", "DESCRIBE": "graph"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for: parameters, and how to answer. What is left empty, as in a form, is not given."""

    given: Mapping[str, str]
    form: str  # format that is named, "" where it is negotiated
    cite: str  # format of a citation, "" where none is asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """An answer, with what it is cited by."""

    result: Solutions | Graph | bool
    head: Head
    citation: Citation


def kind_of(report: Report) -> Kind:
    """Return what a report answers with, by the first word of its query that tells."""
    words = (token.text.upper() for token in tokens(report.text) if token.kind == "word")
    return next((_KINDS[word] for word in words if word in _KINDS), "rows")


def wanted(report: Report, pairs: Pairs) -> Wanted:
    """Read the parameters of a request.

    Raises:
        ParameterError: one is given twice.
    """
    own = {parameter.name for parameter in report.parameters}
    given: dict[str, str] = {}
    said = {FORMAT: "", CITE: ""}
    for name, value in pairs:
        target = said if name in said and name not in own else given
        if target.get(name):
            raise ParameterError(f"report {report.name}: the parameter {name} is given twice. Give it once.")
        target[name] = value
    return Wanted(given={name: value for name, value in given.items() if value}, form=said[FORMAT], cite=said[CITE])


async def answered(
    now: Served, request: Request, report: Report, given: Mapping[str, str], terms: Mapping[str, Term]
) -> Reported:
    """Ask a report.

    Raises:
        ProblemError: it cannot be answered within the limits.
    """
    question = Question(
        text=report.text,
        terms=terms,
        forms=_ASKED_AS,
        max_rows=now.limits.max_rows,
        max_bytes=now.limits.max_result_bytes,
    )
    found = await until_gone(request, now.queries.ask(question))
    if found.blocks is not None:
        await found.blocks.aclose()
        raise ProblemError(
            413,
            "too-many-statements",
            f"{report.name} answers with more than {now.limits.max_rows} statements. Take the dump of the release, or "
            "ask its query at /sparql, where a graph is sent whole.",
        )
    address = address_of(site_of(request, now), report.name, given)
    return await asyncio.to_thread(_read, now, report, given, found.head, found.body, address)


def _read(now: Served, report: Report, given: Mapping[str, str], head: Head, body: bytes, address: str) -> Reported:
    result: Solutions | Graph | bool
    if head.kind == "graph":
        result = Graph([quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES, lenient=True)])
    else:
        read = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        if isinstance(read, ox.QueryBoolean):
            result = bool(read)
        else:
            result = Solutions(tuple(variable.value for variable in read.variables), [tuple(row) for row in read])
    citation = cited(report, given, result, now.manifest, address, truncated=bool(head.truncated))
    return Reported(result=result, head=head, citation=citation)


def site_of(request: Request, now: Served) -> str:
    """Return the address of the server as the client wrote it; where that is odd, the base of the release."""
    host = request.headers.get("host", "")
    return str(request.base_url) if _HOST.fullmatch(host) else now.base_iri

"""What a request asks of the query library, and the answer to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

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
from eugraph.serve.workers import Answered, Head, Question
from eugraph.store.tokens import tokens

FORMAT, CITE = "format", "cite"  # parameters that say how to answer, where the report has none of that name
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
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

    head: Head
    body: bytes  # in the format that was asked for
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
    now: Served, request: Request, report: Report, given: Mapping[str, str], terms: Mapping[str, Term], form: str
) -> Reported:
    """Ask a report, for an answer in a format.

    Raises:
        ProblemError: it cannot be answered within the limits.
    """
    question = Question(
        text=report.text,
        terms=terms,
        forms={kind_of(report): form},
        max_rows=now.limits.max_rows,
        max_bytes=now.limits.max_result_bytes,
        edges=report.edges,
        is_cited=True,
    )
    found = await until_gone(request, now.queries.ask(question))
    if found.head.digest is None:
        raise await _too_many(found, report, now.limits.max_rows)
    citation = cited(
        report,
        given,
        found.head.digest,
        now.manifest,
        address_of(site_of(request, now), report.name, given),
        truncated=bool(found.head.truncated),
    )
    return Reported(head=found.head, body=found.body, citation=citation)


async def _too_many(found: Answered, report: Report, most: int) -> ProblemError:
    """Stop a graph that is sent while it is read: it has no hash beforehand."""
    if found.blocks is not None:
        await found.blocks.aclose()
    return ProblemError(
        413,
        "too-many-statements",
        f"{report.name} answers with more than {most} statements. Take the dump of the release, or ask its query at "
        "/sparql, where a graph is sent whole.",
    )


def site_of(request: Request, now: Served) -> str:
    """Return the address of the server as the client wrote it; where that is odd, the base of the release."""
    host = request.headers.get("host", "")
    return str(request.base_url) if _HOST.fullmatch(host) else now.base_iri

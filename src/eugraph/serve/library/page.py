"""A report as a page: a form for its parameters, the answer as a table, and how to take and cite it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from eugraph.publish.given import AnsweredReport
from eugraph.publish.pages.frame import Crumb, Frame
from eugraph.publish.pages.report import FEW_COLUMNS, Table, highlighted, table
from eugraph.publish.pages.words import capital, label_of, one_line
from eugraph.reports.citing import link, write_citation
from eugraph.reports.library import Report
from eugraph.reports.parameters import Parameter
from eugraph.serve.forms import Kind
from eugraph.serve.library.asking import Reported
from eugraph.serve.library.forms import LABELS, QUERY, forms_of
from eugraph.serve.library.writing import query_string
from eugraph.serve.pages import Frames
from eugraph.serve.served import Served

CITATIONS = {"text": "Text", "bibtex": "BibTeX", "csl": "CSL-JSON", "json": "JSON"}
_INPUTS = {"date": "date", "integer": "number"}  # types of fields; all others are texts
_HINTS = {
    "iri": "A path or a whole IRI. Type part of a name to be offered things.",
    "date": "A day, as year, month and day.",
    "integer": "A whole number.",
    "string": "A text.",
    "country": "Three letters, such as NLD.",
    "lang": "The tag of a language, such as en.",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form."""

    name: str
    label: str
    type: str  # of the input element
    value: str
    example: str
    hint: str
    kind: str  # of the things that may be meant, "" where none are
    required: bool


def report_page(
    frames: Frames,
    now: Served,
    report: Report,
    kind: Kind,
    given: Mapping[str, str],
    reported: Reported | None,
    *,
    fault: str = "",
    note: str = "",
) -> bytes:
    """Return the page of a report.

    Args:
        frames: of the release.
        now: what is served.
        report: what may be asked.
        kind: what it answers with.
        given: parameters, as they were given.
        reported: the answer, None where nothing was asked yet.
        fault: what is wrong with the parameters.
        note: what there is to tell of them besides.
    """
    path, here = f"query/{report.name}", report.name.rpartition("/")[2]
    frame = Frame(
        path=path,
        title=one_line(report.title),
        description=report.asks,
        crumbs=[Crumb("Reports", "query/index.html")],
        section="reports",
    )
    return frames.page(
        "query.html",
        frame,
        report=report,
        here=here,
        fields=[_field(parameter, given.get(parameter.name, "")) for parameter in report.parameters],
        given=given,
        reported=reported,
        fault=fault,
        note=note,
        cut="" if reported is None else _cut(report, reported, now),
        table=None if reported is None else _table(frames, report, given, reported),
        text="" if reported is None else _text(reported),
        forms=[
            (LABELS[form], f"{here}{query_string(dict(given), format=form)}")
            for form in (*forms_of(report, kind), QUERY)
        ],
        citation="" if reported is None else write_citation(reported.citation, "text").strip(),
        cite_as="" if reported is None else link(reported.citation),
        citations=[(CITATIONS[form], f"{here}{query_string(dict(given), cite=form)}") for form in CITATIONS],
        query=highlighted(report.text),
        narrowest=FEW_COLUMNS,
    )


def library_page(frames: Frames, now: Served) -> bytes:
    """Return the page that lists the reports."""
    reports = sorted(now.library.reports.values(), key=lambda report: (report.title, report.name))
    frame = Frame(
        path="query/index.html",
        title="Reports",
        description="Questions to the graph, to be asked with values of your own.",
        section="reports",
    )
    return frames.page("library.html", frame, reports=reports)


def _field(parameter: Parameter, value: str) -> Field:
    kind, slash, _ = parameter.example.partition("/")
    return Field(
        name=parameter.name,
        label=capital(label_of(parameter.name)),
        type=_INPUTS.get(parameter.type, "text"),
        value=value,
        example=parameter.example,
        hint=_HINTS[parameter.type],
        kind=kind if parameter.type == "iri" and slash and ":" not in kind else "",
        required=parameter.required,
    )


def _table(frames: Frames, report: Report, given: Mapping[str, str], reported: Reported) -> Table | None:
    if reported.head.kind != "rows":
        return None
    answered = AnsweredReport(
        title=report.title,
        asks=report.asks,
        columns=report.columns,
        params=given,
        query=report.text,
        csv=b"",
        json=reported.body,
    )
    rows = orjson.loads(reported.body)["results"]["bindings"]
    iris = {cell["value"] for row in rows for cell in row.values() if cell["type"] == "uri"}
    return table(answered, frames.pen(f"query/{report.name}", iris))


def _text(reported: Reported) -> str:
    """What is shown of an answer that has no rows."""
    if reported.head.kind == "boolean":
        return "Yes." if orjson.loads(reported.body)["boolean"] else "No."
    return reported.body.decode() if reported.head.kind == "graph" else ""


def _cut(report: Report, reported: Reported, now: Served) -> str:
    """A sentence that says so where there may be more rows."""
    if reported.head.truncated:
        return f"Cut at the limit of this server, {now.limits.max_rows:,} rows."
    return capital(report.limit.reached(reported.head.rows)) if report.limit else ""

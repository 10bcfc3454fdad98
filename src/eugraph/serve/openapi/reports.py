"""The reports as operations, each with its parameters and their types."""

from __future__ import annotations

from typing import Any

from eugraph.reports.citing import FORMATS as CITATIONS
from eugraph.reports.library import Report
from eugraph.reports.parameters import Parameter
from eugraph.serve.library.asking import CITE, FORMAT, kind_of
from eugraph.serve.library.forms import HTML, QUERY, forms_of
from eugraph.serve.openapi.parts import ANSWER_HEADERS, FAULTS, answer, one_of
from eugraph.serve.served import Served

_SCHEMAS: dict[str, dict[str, Any]] = {
    "iri": {"type": "string", "description": "A whole IRI, the path of a thing, or its name where the kind is known."},
    "date": {"type": "string", "description": "YYYY-MM-DD, perhaps with a time zone."},
    "integer": {"type": "string", "pattern": "^[+-]?[0-9]+$"},
    "string": {"type": "string"},
    "country": {"type": "string", "description": "Three letters, such as NLD, or the whole IRI."},
    "lang": {"type": "string", "pattern": "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$"},
}


def report_paths(now: Served) -> dict[str, Any]:
    """Return the path of each report."""
    return {f"/query/{report.name}": {"get": _operation(report)} for report in now.library.reports.values()}


def _operation(report: Report) -> dict[str, Any]:
    forms = forms_of(report, kind_of(report))
    own = {parameter.name for parameter in report.parameters}
    parameters = [_parameter(parameter) for parameter in report.parameters]
    if FORMAT not in own:
        parameters.append(one_of(FORMAT, [*forms, HTML, QUERY], "The format; otherwise by the header Accept."))
    if CITE not in own:
        parameters.append(one_of(CITE, list(CITATIONS), "A citation of the answer in place of the answer."))
    limit = "" if report.limit is None else f" At most {report.limit.rows} {report.limit.which}."
    content: dict[str, Any] = {media_type.partition(";")[0]: {} for media_type in (*forms.values(), "text/html")}
    return {
        "operationId": f"query.{report.name}",
        "tags": ["reports"],
        "summary": report.title,
        "description": f"{report.asks}{limit}\n\nColumns: {report.columns}" if report.columns else report.asks,
        "parameters": parameters,
        "responses": {"200": answer("The answer.", content, ANSWER_HEADERS), **FAULTS},
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "schema": _SCHEMAS[parameter.type],
        "example": parameter.example,
    }

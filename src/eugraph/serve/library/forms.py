"""The formats in which a report can be had, by the name of its ending, and the media type of each."""

from __future__ import annotations

from collections.abc import Mapping

from eugraph.reports.library import Report
from eugraph.serve.errors import ProblemError
from eugraph.serve.forms import BOOLEAN, GRAPH, ROWS, Kind
from eugraph.serve.negotiation import negotiate

HTML = "html"
QUERY = "rq"  # the query itself
_PAGE = {HTML: "text/html; charset=utf-8"}
_ROWS = {**ROWS, "md": "text/markdown; charset=utf-8", "table": "text/plain; charset=utf-8"}
_GRAPHML = {"graphml": "application/graphml+xml"}
ON_PAGES: Mapping[Kind, str] = {"rows": "json", "boolean": "json", "graph": "ttl"}  # what a page is made from
SHORTEST: Mapping[Kind, str] = {"rows": "csv", "boolean": "json", "graph": "nt"}  # where only the hash is wanted
LABELS = {
    "csv": "CSV",
    "tsv": "TSV",
    "json": "JSON",
    "xml": "XML",
    "md": "Markdown",
    "table": "Text",
    "graphml": "GraphML",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "jsonld": "JSON-LD",
    "rdf": "RDF/XML",
    "rq": "SPARQL",
}


def forms_of(report: Report, kind: Kind) -> Mapping[str, str]:
    """Return the formats of a report's answer, and their media types; the first is the default."""
    if kind == "graph":
        return GRAPH
    return BOOLEAN if kind == "boolean" else {**_ROWS, **(_GRAPHML if report.edges else {})}


def chosen_form(report: Report, kind: Kind, named: str, accept: str | None) -> str:
    """Return the format of an answer: the one that is named, else what the client likes best, "" where it takes none.

    Raises:
        ProblemError: there is no such format.
    """
    offers = {**forms_of(report, kind), **_PAGE}
    if named:
        if named not in offers:
            raise ProblemError(
                400,
                "unknown-format",
                f"{report.name} has no format {named!r}. Use one of {', '.join(offers)}, {QUERY}.",
            )
        return named
    by_type = {media_type: form for form, media_type in offers.items()}
    chosen = negotiate(accept, list(by_type))
    return by_type[chosen] if chosen else ""


def not_acceptable(report: Report, kind: Kind) -> ProblemError:
    """Return what to answer to a client that takes none of the formats."""
    known = ", ".join(media_type.partition(";")[0] for media_type in {**forms_of(report, kind), **_PAGE}.values())
    return ProblemError(406, "not-acceptable", f"{report.name} can be had as {known}. Accept one of them.")

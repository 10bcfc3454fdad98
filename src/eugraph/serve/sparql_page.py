"""The SPARQL page for browsers, and what it offers while one types: prefixes, terms, concepts and reports."""

from __future__ import annotations

from collections.abc import Callable

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from eugraph.publish.pages.frame import Frame
from eugraph.serve.answers import PlainResponse
from eugraph.serve.beside import Beside
from eugraph.serve.methods import address
from eugraph.serve.pages import Frames, html_response
from eugraph.serve.served import Served
from eugraph.vocab import PREFIXES

_EXAMPLE = """\
PREFIX eug: <https://w3id.org/eugraph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?organisation ?name (COUNT(DISTINCT ?undertaking) AS ?undertakings)
WHERE {
  ?organisation eug:takesPartIn ?undertaking ;
      skos:prefLabel ?name .
  FILTER(LANG(?name) = "en")
}
GROUP BY ?organisation ?name
ORDER BY DESC(?undertakings) ?name
LIMIT 20
"""


def routes(served: Callable[[], Served], frames: Beside[Frames]) -> list[BaseRoute]:
    """Return the address of what the page offers; the page itself is at that of the endpoint."""

    async def terms(request: Request) -> Response:  # noqa: ARG001 - the signature is starlette's
        made = await frames()
        return PlainResponse(_offered(served(), made), 200, {"Cache-Control": "no-cache"}, "application/json")

    return [address("/sparql-terms.json", terms)]


async def sparql_page(frames: Beside[Frames], query: str = "") -> Response:
    """Answer with the page, and a query in it: the one of the address, else an example."""
    frame = Frame(path="sparql", title="SPARQL", description="Ask the graph anything.", section="sparql")
    return html_response((await frames()).page("sparql.html", frame, query=query or _EXAMPLE))


def _offered(now: Served, frames: Frames) -> bytes:
    return orjson.dumps(
        {
            "base": now.base_iri,
            "prefixes": PREFIXES,
            "terms": [{"name": name, "about": about} for name, about in frames.terms.items()],
            "reports": [
                {
                    "name": report.name,
                    "title": report.title,
                    "parameters": [
                        {"name": p.name, "required": p.required, "example": p.example} for p in report.parameters
                    ],
                }
                for report in sorted(now.library.reports.values(), key=lambda report: (report.title, report.name))
            ],
        }
    )

"""What the endpoint says of itself to those who ask nothing: its Service Description.

Spec: SPARQL 1.1 Service Description, <https://www.w3.org/TR/sparql11-service-description/>.
"""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from starlette.requests import Request
from starlette.responses import Response

from eugraph.rdf.turtle import write_turtle
from eugraph.serve.answers import PlainResponse
from eugraph.serve.errors import ProblemError
from eugraph.serve.forms import GRAPH, ROWS
from eugraph.serve.negotiation import negotiate
from eugraph.serve.served import Served
from eugraph.serve.workers.blocks import write_blocks
from eugraph.vocab import PREFIXES, RDF_TYPE, term

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMAT = "http://www.w3.org/ns/formats/"
_FORMATS = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "jsonld": "JSON-LD",
    "rdf": "RDF_XML",
}


def describe(served: Served, request: Request) -> Response:
    """Answer with the Service Description, in the format of graphs that the client likes best.

    Raises:
        ProblemError: it accepts none.
    """
    by_type = {media_type: form for form, media_type in GRAPH.items()}
    media_type = negotiate(request.headers.get("accept"), list(by_type))
    if media_type is None:
        raise ProblemError(
            406, "not-acceptable", f"the description can be had as {', '.join(by_type)}. Accept one of them."
        )
    endpoint = str(request.url.replace(query="", fragment=""))
    triples = sorted(description(served, endpoint), key=str)
    form = by_type[media_type]
    headers = {"Eugraph-Release": served.name, "Vary": "Accept"}
    if form == "ttl":
        return PlainResponse(write_turtle(triples, {**PREFIXES, "sd": _SD}).encode(), 200, headers, media_type)
    parts: list[bytes] = []
    write_blocks(triples, form, parts.append)
    return PlainResponse(b"".join(parts), 200, headers, media_type)


def description(served: Served, endpoint: str) -> list[Triple]:
    """Return the statements about an endpoint.

    Args:
        served: what it answers from.
        endpoint: its address.
    """
    service, dataset, graph = NamedNode(endpoint), BlankNode("dataset"), BlankNode("default")
    said: list[tuple[NamedNode | BlankNode, NamedNode, NamedNode | BlankNode | Literal]] = [
        (service, RDF_TYPE, _sd("Service")),
        (service, _sd("endpoint"), service),
        (service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        (service, _sd("feature"), _sd("UnionDefaultGraph")),
        (service, _sd("defaultDataset"), dataset),
        (dataset, RDF_TYPE, _sd("Dataset")),
        (dataset, _sd("defaultGraph"), graph),
        (graph, RDF_TYPE, _sd("Graph")),
        *((service, _sd("resultFormat"), NamedNode(_FORMAT + _FORMATS[form])) for form in (*ROWS, *GRAPH)),
    ]
    if title := served.manifest.get("title"):
        said.append((dataset, term("dcterms:title"), Literal(str(title))))
    if served.queries.source.allowed_services:
        said.append((service, _sd("feature"), _sd("BasicFederatedQuery")))
    return [Triple(*each) for each in said]


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)

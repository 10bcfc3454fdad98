"""`/graph-store`: the reading half of the Graph Store Protocol: `?graph=IRI`, `?default`, or the graph's own path.

What is written there is refused with 405: a release is changed by building it anew.

Spec: SPARQL 1.1 Graph Store HTTP Protocol §4 and §5, <https://www.w3.org/TR/sparql11-http-rdf-update/>.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from eugraph.serve.answers import accepted_forms, answer_response, until_gone
from eugraph.serve.bodies import pairs_of
from eugraph.serve.errors import ProblemError
from eugraph.serve.forms import GRAPH
from eugraph.serve.methods import address
from eugraph.serve.served import Served
from eugraph.serve.workers import WholeGraph

PATH = "/graph-store"


def routes(served: Callable[[], Served]) -> list[BaseRoute]:
    """Return the addresses of this part."""

    async def graph(request: Request) -> Response:
        now = served()
        form = accepted_forms(request.headers.get("accept")).get("graph")
        if form is None:
            offered = ", ".join(media_type.partition(";")[0] for media_type in GRAPH.values())
            raise ProblemError(406, "not-acceptable", f"a graph can be had as {offered}. Accept one of them.")
        asked = WholeGraph(
            graph=_named(now, request),
            form=form,
            max_rows=now.limits.max_rows,
            max_bytes=now.limits.max_result_bytes,
        )
        return answer_response(now, await until_gone(request, now.queries.ask(asked)))

    return [address(PATH, graph), address(PATH + "/{path:path}", graph)]


def _named(served: Served, request: Request) -> str | None:
    """The graph that a request names, None for the default graph.

    Raises:
        ProblemError: it names none, or several.
    """
    pairs = pairs_of(request.scope["query_string"])
    graphs = [value for name, value in pairs if name == "graph"]
    default = any(name == "default" for name, _ in pairs)
    path = request.path_params.get("path", "")
    if path:
        graphs.append(f"{served.base_iri}graph/{path}")
    if len(graphs) + default != 1:
        told = f"name one graph, as {PATH}?graph=IRI, or the union of all graphs, as {PATH}?default."
        raise ProblemError(400, "one-graph", told)
    return None if default else graphs[0]

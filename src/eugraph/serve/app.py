"""The parts of the server put together: fixed addresses first, then documents, which take every other path."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from eugraph.errors import EugraphError
from eugraph.serve import (
    graph_store,
    health,
    library,
    metrics,
    openapi,
    pages,
    protocol,
    search,
    sparql_page,
)
from eugraph.serve.access import Access
from eugraph.serve.beside import Beside
from eugraph.serve.documents import Documents, EveryPath, Kept
from eugraph.serve.errors import ProblemError, problem_of
from eugraph.serve.gate import Gate
from eugraph.serve.headers import Open
from eugraph.serve.limits import Limits
from eugraph.serve.log import Log
from eugraph.serve.metrics import Metrics
from eugraph.serve.pages import Frames
from eugraph.serve.problems import problem
from eugraph.serve.served import Served

Current = Callable[[], Served]  # the release as it is served now


def routes(served: Current, documents: Documents, counted: Metrics) -> list[BaseRoute]:
    """Return all addresses, in the order in which they are tried."""
    frames = Beside(served, Frames)
    return [
        *protocol.routes(served, frames),
        *sparql_page.routes(served, frames),
        *library.routes(served, frames),
        *search.routes(served, frames),
        *openapi.routes(served),
        *pages.routes(),
        *graph_store.routes(served),
        *health.routes(served),
        *metrics.routes(served, counted),
        EveryPath(documents),
    ]


def application(
    served: Current,
    lifespan: Callable[[], AbstractAsyncContextManager[None]],
    *,
    limits: Limits,
    log: Log,
    counted: Metrics,
) -> ASGIApp:
    """Return the server as an ASGI application.

    Args:
        served: gives the release as it is served now.
        lifespan: gives what lasts as long as the server does.
        limits: how much may be asked.
        log: takes a line on each request.
        counted: takes the figures of each request.
    """

    @asynccontextmanager
    async def lasting(_: Starlette) -> AsyncIterator[None]:
        async with lifespan():
            yield

    documents = Documents(served)
    app = Starlette(
        routes=routes(served, documents, counted),
        lifespan=lasting,
        exception_handlers={ProblemError: _fault, EugraphError: _refused, HTTPException: _http, Exception: _unforeseen},
    )
    app.router.redirect_slashes = False
    return Access(Open(Gate(Kept(documents, app), limits)), log, counted)


def _fault(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return problem(request, error)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, EugraphError)
    return problem(request, problem_of(error))


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    details = {
        404: "nothing is at this address.",
        405: f"{request.method} is not answered here. Use {headers.get('Allow', 'GET')}.",
    }
    return problem(
        request, ProblemError(error.status_code, "http", details.get(error.status_code, error.detail), headers)
    )


def _unforeseen(request: Request, _: Exception) -> Response:
    return problem(request, ProblemError(500, "unforeseen", "the server failed over this request. Its log says where."))

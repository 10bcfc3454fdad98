"""`/health`: whether the server answers, and from which release."""

from __future__ import annotations

import time
from collections.abc import Callable

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from eugraph import __version__
from eugraph.serve.methods import address
from eugraph.serve.served import Served


def routes(served: Callable[[], Served]) -> list[BaseRoute]:
    """Return the addresses of this part."""

    async def health(_: Request) -> Response:
        now = served()
        workers = now.queries.size
        said = {
            "status": "ok" if workers else "no process answers queries",
            "version": __version__,
            "release": now.name,
            "date": now.manifest["date"],
            "graph": now.manifest["graph"],
            "servedSinceSeconds": round(time.time() - now.since),
            "workers": workers,
        }
        return Response(
            orjson.dumps(said), 200 if workers else 503, {"Cache-Control": "no-store"}, media_type="application/json"
        )

    return [address("/health", health)]

"""The whole description of a server, made from the release that it serves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from eugraph import __version__
from eugraph.serve.answers import PlainResponse
from eugraph.serve.methods import address
from eugraph.serve.openapi.parts import COMPONENTS, PATHS, TAGS
from eugraph.serve.openapi.reports import report_paths
from eugraph.serve.served import Served

MEDIA_TYPE = "application/vnd.oai.openapi+json;version=3.1"


def routes(served: Callable[[], Served]) -> list[BaseRoute]:
    """Return the address of this part."""

    async def openapi(_: Request) -> Response:
        body = orjson.dumps(describe(served()), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        return PlainResponse(body, 200, {"Cache-Control": "no-cache"}, MEDIA_TYPE)

    return [address("/openapi.json", openapi)]


def describe(now: Served) -> dict[str, Any]:
    """Return the description of a server."""
    manifest = now.manifest
    licence = manifest.get("licence", "")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": manifest.get("title", ""),
            "version": f"{manifest.get('version', '')} ({manifest['date']})",
            "summary": "A release of a linked-data knowledge graph, read-only.",
            "description": (
                f"Served by eugraph {__version__}. Every answer names the release that it is of. Limits: "
                f"{now.limits.timeout_s:g} s and {now.limits.max_rows:,} rows a query."
            ),
            **({"license": {"name": licence, "url": licence}} if licence else {}),
        },
        "servers": [{"url": "."}],  # the folder that this document is in
        "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
        "paths": {**PATHS, **report_paths(now)},
        "components": COMPONENTS,
    }

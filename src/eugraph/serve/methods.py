"""An address with the methods that it answers. Others are refused there, with those that it does answer.

A route of starlette leaves a method that it does not answer to the routes behind it, and the last one takes every path.

Spec: RFC 9110 §15.5.6, <https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6>.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, request_response
from starlette.types import Receive, Scope, Send

Endpoint = Callable[[Request], Awaitable[Response]]


def address(path: str, endpoint: Endpoint, *, methods: Sequence[str] = ("GET",)) -> Route:
    """Return the route of an address that answers some methods; one that answers GET answers HEAD as well."""
    return Route(path, _Methods(endpoint, methods))


class _Methods:
    def __init__(self, endpoint: Endpoint, methods: Sequence[str]) -> None:
        self._answer = request_response(endpoint)
        self._methods = frozenset(methods) | (frozenset(("HEAD",)) if "GET" in methods else frozenset())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in self._methods:
            raise HTTPException(405, headers={"Allow": ", ".join(sorted(self._methods))})
        await self._answer(scope, receive, send)

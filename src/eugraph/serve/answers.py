"""Answers of queries as answers of HTTP, with the headers by which they can be checked and cited.

`Eugraph-Release` names the release, `Eugraph-Truncated` the limit that cut the answer (`no` where it is whole),
`Eugraph-Rows` counts rows or statements, and `Repr-Digest` is the SHA-256 of the bytes. The last three are known before
the first byte but for a graph that is larger than the limit of rows: that is sent while it is read, and a connection
that breaks off tells that it is not whole.

Spec: RFC 9530, <https://www.rfc-editor.org/rfc/rfc9530>; Server Timing, <https://www.w3.org/TR/server-timing/>.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Awaitable, Mapping
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from eugraph.serve.errors import ProblemError
from eugraph.serve.forms import KINDS, Kind
from eugraph.serve.negotiation import negotiate
from eugraph.serve.served import Served
from eugraph.serve.workers import Answered

EXPOSED = (
    "Eugraph-Problem",
    "Eugraph-Release",
    "Eugraph-Truncated",
    "Eugraph-Rows",
    "Repr-Digest",
    "Server-Timing",
    "Retry-After",
)
_BLOCK = 1 << 18  # bytes that are sent at once
_T = TypeVar("_T")


def accepted_forms(accept: str | None) -> dict[Kind, str]:
    """Return the format for each kind of answer that a client accepts; a kind that it does not is left out."""
    forms: dict[Kind, str] = {}
    for kind, offers in KINDS.items():
        by_type = {media_type: form for form, media_type in offers.items()}
        if chosen := negotiate(accept, list(by_type)):
            forms[kind] = by_type[chosen]
    return forms


async def until_gone(request: Request, work: Awaitable[_T]) -> _T:
    """Return what `work` returns, and stop it where the client goes away. The body of the request has been read.

    Raises:
        ClientGoneError: the client has gone; nobody sees what is answered now.
    """
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((task, gone), return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ClientGoneError
        return task.result()
    finally:
        gone.cancel()
        task.cancel()


class ClientGoneError(ProblemError):
    """The one who asked has closed the connection."""

    def __init__(self) -> None:
        super().__init__(499, "client-gone", "the client closed the connection.")


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def answer_response(served: Served, answered: Answered, headers: Mapping[str, str] | None = None) -> Response:
    """Return the answer of HTTP for an answer of a query."""
    head = answered.head
    media_type = KINDS[head.kind][head.form]
    shown = {
        "Eugraph-Release": served.name,
        "Server-Timing": f"query;dur={head.seconds * 1000:.1f}",
        "Vary": "Accept",
        **(headers or {}),
    }
    if answered.blocks is not None:
        return StreamedResponse(answered, media_type, shown)
    digest = base64.b64encode(hashlib.sha256(answered.body).digest()).decode()
    shown |= {
        "Eugraph-Truncated": head.truncated or "no",
        "Eugraph-Rows": str(head.rows),
        "Repr-Digest": f"sha-256=:{digest}:",
    }
    return PlainResponse(answered.body, 200, shown, media_type)


class PlainResponse(Response):
    """A response whose media type is sent as it is written."""

    charset = ""

    def init_headers(self, headers: Mapping[str, str] | None = None) -> None:
        """Leave the media type alone, where starlette would add a charset to some."""
        super().init_headers({**(headers or {}), "content-type": self.media_type or ""})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's
        """Send the body in blocks, so that a slow client is noticed however much it is."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        body = bytes(self.body)
        for at in range(0, max(len(body), 1), _BLOCK):
            block = body[at : at + _BLOCK]
            await send({"type": "http.response.body", "body": block, "more_body": at + _BLOCK < len(body)})


class StreamedResponse(PlainResponse):
    """Blocks as they come. Where they break off, so does the connection: what arrived is not whole."""

    def __init__(self, answered: Answered, media_type: str, headers: Mapping[str, str]) -> None:
        super().__init__(b"", 200, headers, media_type)
        del self.headers["content-length"]
        self._blocks = answered.blocks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send head and blocks; where the client goes away, the query is stopped."""
        assert self._blocks is not None
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        sending = asyncio.ensure_future(self._send(send))
        gone = asyncio.ensure_future(_gone(Request(scope, receive)))
        try:
            await asyncio.wait((sending, gone), return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        finally:
            gone.cancel()
            sending.cancel()

    async def _send(self, send: Send) -> None:
        assert self._blocks is not None
        try:
            async for block in self._blocks:
                await send({"type": "http.response.body", "body": block, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        except ProblemError:
            return  # the connection is closed before the end of the answer, which tells that it is none
        finally:
            await self._blocks.aclose()

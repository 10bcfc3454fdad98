"""The release as linked data: every path that no other part of the server takes.

Answers are put together once for each way to ask, and kept while there is room: most requests are two look-ups.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from eugraph.serve.bodies import pairs_of
from eugraph.serve.bounded import Bounded
from eugraph.serve.choosing import Asked
from eugraph.serve.errors import ProblemError
from eugraph.serve.headers import condition
from eugraph.serve.released import CHANGED
from eugraph.serve.replies import Replies, Reply
from eugraph.serve.served import Served

_KEPT = 96 << 20  # bytes of answers
_PATIENCE_S, _LOOK_S = 20.0, 0.1  # that a request waits for a new release, and between two looks
_HEAD = 2000  # bytes that an answer takes beside its body
_CONDITIONS = (b"if-none-match", b"if-modified-since", b"if-match", b"if-unmodified-since")
_LOOKED_AT = frozenset((b"accept", b"accept-encoding", b"accept-profile", *_CONDITIONS))
_METHODS = ("GET", "HEAD")
Key = tuple[bytes, bytes, str | None, str | None, str | None]


def routes(served: Callable[[], Served]) -> list[BaseRoute]:
    """Return the addresses of this part: all of them. They come last."""
    return [EveryPath(Documents(served))]


class EveryPath(BaseRoute):
    """A route that takes what no other one does."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Take every request."""
        return (Match.FULL, {}) if scope["type"] == "http" else (Match.NONE, {})

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self._documents(scope, receive, send)


class Documents:
    """Answers requests for what lies in the release."""

    def __init__(self, served: Callable[[], Served]) -> None:
        self._served = served
        self._replies: Replies | None = None
        self._kept: Bounded[Key, Reply] = Bounded(_KEPT)

    async def __call__(self, scope: Scope, _: Receive, send: Send) -> None:
        """Answer one request.

        Raises:
            ProblemError: there is no answer.
        """
        if scope["method"] not in _METHODS:
            allowed = ", ".join((*_METHODS, "OPTIONS"))
            told = f"{scope['method']} is not answered here: a release is read only. Use {allowed}."
            raise ProblemError(405, "method", told, {"Allow": allowed})
        given = _given(scope)
        raw: bytes = scope.get("raw_path") or scope["path"].encode()
        accept = (given.get(b"accept"), given.get(b"accept-encoding"), given.get(b"accept-profile"))
        key = (raw, scope["query_string"], *accept)
        replies = self._of(self._served())
        reply = self._kept.get(key)
        if reply is None:
            parameters = dict(pairs_of(scope["query_string"])) if scope["query_string"] else {}
            asked = Asked(scope["path"].removeprefix("/"), raw, scope["query_string"], parameters, *accept)
            reply = await self._reply(replies, asked)
            if reply.large is None and replies is self._replies:  # no new release came meanwhile
                asked_with = sum(map(len, (raw, scope["query_string"], *filter(None, accept))))
                self._kept.put(key, reply, len(reply.body) + _HEAD + asked_with)
        await _answer(reply, given, scope["method"] == "HEAD", send)

    async def _reply(self, replies: Replies, asked: Asked) -> Reply:
        """Return an answer. Where files are not there because a new release takes their place, wait for that one."""
        try:
            return await replies.reply(asked)
        except ProblemError as fault:
            if fault.code != CHANGED or not replies.served.site.files.is_replaced():
                raise
        for _ in range(round(_PATIENCE_S / _LOOK_S)):
            if self._served() is not replies.served:
                break
            await asyncio.sleep(_LOOK_S)
        return await self._of(self._served()).reply(asked)

    def _of(self, served: Served) -> Replies:
        """Return what answers for a release; of the one before, everything is forgotten."""
        if self._replies is None or self._replies.served is not served:
            self._replies = Replies(served)
            self._kept.clear()
        return self._replies


def _given(scope: Scope) -> dict[bytes, str]:
    """Return the headers that are looked at; those that come twice are joined."""
    given: dict[bytes, str] = {}
    for name, value in scope["headers"]:
        if name in _LOOKED_AT:
            text = value.decode("latin-1")
            given[name] = f"{given[name]}, {text}" if name in given else text
    return given


async def _answer(reply: Reply, given: Mapping[bytes, str], is_head: bool, send: Send) -> None:
    if reply.tag and any(name in given for name in _CONDITIONS):
        status = condition(given, reply.tag, reply.modified)
        if status == 412:
            raise ProblemError(412, "changed", "the document is not, or no longer, the one that the condition names.")
        if status == 304:
            await send({"type": "http.response.start", "status": 304, "headers": reply.unchanged})
            await send({"type": "http.response.body", "body": b""})
            return
    await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
    if is_head or reply.large is None:
        await send({"type": "http.response.body", "body": b"" if is_head else reply.body})
    else:
        await reply.large.send(send)

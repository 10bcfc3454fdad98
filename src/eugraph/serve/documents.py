"""The release as linked data: every path that no other part of the server takes.

Answers are put together once for each way to ask, and kept while there is room. `Kept` gives them before any address is
compared with the routes, since most requests ask for what was asked before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

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
_CONDITIONS = frozenset((b"if-none-match", b"if-modified-since", b"if-match", b"if-unmodified-since"))
_LOOKED_AT = frozenset((b"accept", b"accept-encoding", b"accept-profile", *_CONDITIONS))
_METHODS = ("GET", "HEAD")
Key = tuple[bytes, bytes, str | None, str | None, str | None]


class EveryPath(BaseRoute):
    """A route that takes what no other one does. It comes last."""

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
        key = raw, query, *accept = _key(scope, given)
        replies = self._of(self._served())
        reply = self._kept.get(key)
        if reply is None:
            parameters = dict(pairs_of(query)) if query else {}
            reply = await self._reply(replies, Asked(scope["path"].removeprefix("/"), raw, query, parameters, *accept))
            if reply.large is None and replies is self._replies:  # no new release came meanwhile
                asked_with = sum(map(len, (raw, query, *filter(None, accept))))
                self._kept.put(key, reply, len(reply.body) + _HEAD + asked_with)
        status = _status(reply, given)
        if status == 412:
            raise ProblemError(412, "changed", "the document is not, or no longer, the one that the condition names.")
        await _answer(reply, status, scope["method"] == "HEAD", send)

    def kept(self, scope: Scope) -> tuple[Reply, int] | None:
        """Return an answer that was given before and its status; None where it is still to be made, or is an error."""
        if scope["type"] != "http" or scope["method"] not in _METHODS:
            return None
        given = _given(scope)
        self._of(self._served())
        reply = self._kept.get(_key(scope, given))
        if reply is None or (status := _status(reply, given)) == 412:
            return None
        return reply, status

    async def _reply(self, replies: Replies, asked: Asked) -> Reply:
        """Return an answer. Where files are not there because a new release takes their place, wait for that one."""
        for _ in range(round(_PATIENCE_S / _LOOK_S)):
            try:
                return await replies.reply(asked)
            except ProblemError as fault:
                if fault.code != CHANGED or not replies.served.site.files.is_replaced():
                    raise
            await asyncio.sleep(_LOOK_S)
            replies = self._of(self._served())
        return await replies.reply(asked)

    def _of(self, served: Served) -> Replies:
        """Return what answers for a release; of the one before, everything is forgotten."""
        if self._replies is None or self._replies.served is not served:
            self._replies = Replies(served)
            self._kept.clear()
        return self._replies


class Kept:
    """Gives answers that documents gave before, and leaves all other requests to an application."""

    def __init__(self, documents: Documents, app: ASGIApp) -> None:
        self._documents, self._app = documents, app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        kept = self._documents.kept(scope)
        if kept is None:
            await self._app(scope, receive, send)
        else:
            await _answer(*kept, scope["method"] == "HEAD", send)


def _given(scope: Scope) -> dict[bytes, str]:
    """Return the headers that are looked at; those that come twice are joined."""
    given: dict[bytes, str] = {}
    for name, value in scope["headers"]:
        if name in _LOOKED_AT:
            text = value.decode("latin-1")
            given[name] = f"{given[name]}, {text}" if name in given else text
    return given


def _key(scope: Scope, given: Mapping[bytes, str]) -> Key:
    """Return all that an answer depends on, but for conditions: raw path, query, and the three `Accept` headers."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    accept = given.get(b"accept"), given.get(b"accept-encoding"), given.get(b"accept-profile")
    return (raw, scope["query_string"], *accept)


def _status(reply: Reply, given: Mapping[bytes, str]) -> int:
    """Return the status of an answer under the conditions of a request: its own, 304 or 412."""
    if not reply.tag or _CONDITIONS.isdisjoint(given):
        return reply.status
    return condition(given, reply.tag, reply.modified)


async def _answer(reply: Reply, status: int, is_head: bool, send: Send) -> None:
    headers = reply.unchanged if status == 304 else reply.headers
    await send({"type": "http.response.start", "status": status, "headers": headers})
    if is_head or status == 304 or reply.large is None:
        await send({"type": "http.response.body", "body": b"" if is_head or status == 304 else reply.body})
    else:
        await reply.large.send(send)

"""Every answer is counted and logged: what it was, how long it took, how much it was."""

from __future__ import annotations

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from eugraph.serve.log import Log
from eugraph.serve.metrics import Metrics

_PARTS = frozenset(("sparql", "graph-store", "query", "search", "health", "metrics"))
_LONGEST = 500  # characters of a path or of a client's name for itself
_HEADERS = {b"eugraph-rows": "rows", b"eugraph-truncated": "truncated", b"eugraph-problem": "problem"}


class Access:
    """Looks on while an application answers."""

    def __init__(self, app: ASGIApp, log: Log, metrics: Metrics) -> None:
        self._app, self._log, self._metrics = app, log, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        seen = _Seen(send)
        start = time.perf_counter()
        try:
            await self._app(scope, receive, seen.send)
        finally:
            self._note(scope, seen, time.perf_counter() - start)

    def _note(self, scope: Scope, seen: _Seen, seconds: float) -> None:
        first = scope["path"].split("/", 2)[1] if "/" in scope["path"] else ""
        part = first if first in _PARTS else "documents"
        self._metrics.request(method=scope["method"], part=part, status=seen.status, size=seen.size, seconds=seconds)
        self._metrics.truncated += seen.said.get("truncated", "no") != "no"
        self._metrics.broken_off += not seen.whole
        agent = next((value for name, value in scope["headers"] if name == b"user-agent"), b"")
        self._log.event(
            "request",
            client=(scope.get("client") or ("", 0))[0],
            method=scope["method"],
            path=scope["path"][:_LONGEST],
            status=seen.status,
            bytes=seen.size,
            ms=round(seconds * 1000, 2),
            **seen.said,
            whole=None if seen.whole else False,
            agent=agent.decode("latin-1")[:_LONGEST],
        )


class _Seen:
    """What of an answer went by."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status, self.size, self.whole = 499, 0, False  # as long as nothing was sent
        self.said: dict[str, str] = {}

    async def send(self, message: Message) -> None:
        """Send a part on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.said = {
                _HEADERS[name]: value.decode("latin-1") for name, value in message["headers"] if name in _HEADERS
            }
        elif message["type"] == "http.response.body":
            self.size += len(message.get("body", b""))
            self.whole = not message.get("more_body", False)
        await self._send(message)

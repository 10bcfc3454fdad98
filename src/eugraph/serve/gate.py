"""What every request passes first: how long its address is, whether its path is odd, how often its client asks."""

from __future__ import annotations

import math
import re
from urllib.parse import unquote_to_bytes

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from eugraph.serve.clients import Buckets, client_of
from eugraph.serve.errors import ProblemError
from eugraph.serve.limits import Limits
from eugraph.serve.problems import problem

_PLAIN = re.compile(rb"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?")  # most paths
_UNLIMITED = ("/health", "/metrics")  # asked by those who look after the server


class Gate:
    """Lets requests through to an application, or answers them itself."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app, self._limits = app, limits
        self._buckets = Buckets(limits.rate, limits.burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        fault = self._fault(scope) if scope["type"] == "http" else None
        if fault is None:
            await self._app(scope, receive, send)
        else:
            await problem(Request(scope, receive), fault)(scope, receive, send)

    def _fault(self, scope: Scope) -> ProblemError | None:
        raw: bytes = scope.get("raw_path") or scope["path"].encode()
        most = self._limits.max_uri_bytes
        if len(raw) + len(scope["query_string"]) > most:
            told = f"the address is longer than {most} bytes. Send a long query in the body of a POST request."
            return ProblemError(414, "long-address", told)
        if fault := _path_fault(raw):
            return ProblemError(400, "path", fault)
        wait_s = 0.0
        if scope["path"] not in _UNLIMITED:
            wait_s = self._buckets.wait_s(client_of((scope.get("client") or ("", 0))[0]))
        if wait_s:
            seconds = math.ceil(wait_s)
            told = f"more is asked from your address than one client may. Ask again in {seconds} s, and less often."
            return ProblemError(429, "too-often", told, {"Retry-After": str(seconds)})
        return None


def _path_fault(raw: bytes) -> str:
    """What is wrong with a path, in percent-encoding, whatever is at it; "" where nothing is."""
    if _PLAIN.fullmatch(raw):
        return ""
    try:
        path = unquote_to_bytes(raw).decode()
    except UnicodeDecodeError:
        return "the path is not UTF-8 in percent-encoding."
    if any(character < " " or "\x7f" <= character < "\xa0" for character in path):
        return "the path holds a control character."
    if b"%2f" in raw.lower() or "\\" in path:
        return "the path holds a slash in percent-encoding, or a backslash. No address here has one."
    if not path.startswith("/") or any(segment in (".", "..") for segment in path.split("/")):
        return "the path leads through . or .. or does not begin with a slash. Write it plainly."
    return ""

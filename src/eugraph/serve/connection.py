"""A connection that nobody can hold open for nothing: not by a slow request, nor by not taking in the answer.

uvicorn itself limits only how long a connection waits for its next request, and puts no limit on a request's head.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from eugraph.serve.limits import Limits


def connection_with(limits: Limits) -> Any:  # noqa: ANN401 - what uvicorn calls for each connection
    """Return what makes the protocol of a new connection."""
    return partial(Connection, limits=limits)


class Connection(HttpToolsProtocol):
    """HTTP/1.1 on one connection, within limits."""

    def __init__(self, *args: Any, limits: Limits, **options: Any) -> None:  # noqa: ANN401 - those of uvicorn
        super().__init__(*args, **options)
        self._limits = limits
        self._in_head = True
        self._head_bytes = 0  # of a head that is not whole
        self._arrival: asyncio.TimerHandle | None = None  # until the request is whole
        self._sending: asyncio.TimerHandle | None = None  # until what waits to be sent was taken in

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Take a connection, unless there are too many."""
        super().connection_made(transport)
        if len(self.connections) > self._limits.max_connections:
            self._refuse(503, "There are too many connections. Try again later.")
        else:
            self._await_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of the timers."""
        self._stop_waiting()
        self._stop_sending()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, unless the head is too long."""
        super().data_received(data)
        if self._in_head and not self.transport.is_closing():
            self._head_bytes += len(data)
            if self._head_bytes > self._limits.max_header_bytes:
                self._refuse(431, "The head of the request is too long. Send fewer or shorter headers.")

    def on_message_begin(self) -> None:
        """Give a request its time."""
        self._in_head, self._head_bytes = True, 0
        self._await_request()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Note that the head is whole."""
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note that the request is whole."""
        self._stop_waiting()
        super().on_message_complete()

    def pause_writing(self) -> None:
        """Give the client its time to take in what waits."""
        super().pause_writing()
        if self._sending is None:
            self._sending = self.loop.call_later(self._limits.send_timeout_s, self.transport.abort)

    def resume_writing(self) -> None:
        """Note that it took it in."""
        self._stop_sending()
        super().resume_writing()

    def _await_request(self) -> None:
        if self._arrival is None:
            self._arrival = self.loop.call_later(self._limits.request_timeout_s, self._too_slow)

    def _too_slow(self) -> None:
        self._arrival = None
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete and (cycle.response_started or not cycle.more_body):
            self.transport.abort()  # this would be no answer to the request that is being answered
        else:
            self._refuse(408, f"The request was not whole within {self._limits.request_timeout_s:g} s.")

    def _stop_waiting(self) -> None:
        if self._arrival is not None:
            self._arrival.cancel()
            self._arrival = None

    def _stop_sending(self) -> None:
        if self._sending is not None:
            self._sending.cancel()
            self._sending = None

    def _refuse(self, status: int, text: str) -> None:
        if self.transport.is_closing():
            return
        head = (
            b"content-type: text/plain; charset=utf-8\r\naccess-control-allow-origin: *\r\n"
            b"content-length: %d\r\nconnection: close\r\n\r\n" % len(text)
        )
        self.transport.write(STATUS_LINE[status] + head + text.encode())
        self.transport.close()

"""Clients that ask a server over HTTP, each its next question as soon as it has the answer to the last one.

All run in one process, on raw connections and with a parser in C, so that they leave most of the machine to the server.
"""

from __future__ import annotations

import asyncio
import math
import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

import httptools
import uvloop

_TIMING = re.compile(rb"dur=([0-9.]+)")


@dataclass(slots=True)
class Load:
    """What clients saw of a server."""

    seconds: float = 0  # that the clients asked
    times: list[float] = field(default_factory=list)  # of each answer, in seconds
    inside: list[float] = field(default_factory=list)  # of each answer that tells it: how long the query took
    statuses: dict[int, int] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds if self.seconds else 0

    def percentile(self, share: float) -> float:
        """The time in which so many of the answers came, in seconds."""
        return percentile(self.times, share)

    @property
    def bad(self) -> int:
        """How many answers were no success."""
        return sum(count for status, count in self.statuses.items() if status != 200)


def percentile(times: Sequence[float], share: float) -> float:
    """Return the least time that at least a `share` of the times do not go beyond; 0 where there are none."""
    ordered = sorted(times)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0


def ask_always(port: int, requests: Sequence[bytes], *, clients: int, for_s: float, pause_s: float = 0) -> Load:
    """Have clients ask for some seconds, and for as long as their last answers take.

    Args:
        port: of the server, on loopback.
        requests: whole requests, of which each client takes one after the other in an order of its own.
        clients: how many ask at once.
        for_s: how long they begin new requests, in seconds.
        pause_s: how long each waits between an answer and its next request.
    """
    return uvloop.run(_all(port, requests, clients, for_s, pause_s))


async def _all(port: int, requests: Sequence[bytes], clients: int, for_s: float, pause_s: float) -> Load:
    load = Load()
    loop = asyncio.get_running_loop()
    start = time.perf_counter()
    asking = [_Client(requests, start + for_s, pause_s, random.Random(number), load) for number in range(clients)]
    for client in asking:
        await loop.create_connection(lambda client=client: client, "127.0.0.1", port)  # type: ignore[misc]  # bound at once
    await asyncio.gather(*(client.ended for client in asking))
    load.seconds = time.perf_counter() - start
    return load


class _Client(asyncio.Protocol):
    """One connection, on which the next request follows the last answer."""

    def __init__(
        self, requests: Sequence[bytes], end: float, pause_s: float, chance: random.Random, load: Load
    ) -> None:
        self._requests, self._end, self._pause_s, self._chance, self._load = requests, end, pause_s, chance, load
        self._order: list[bytes] = []
        self._parser = httptools.HttpResponseParser(self)
        self._begun = 0.0
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_exception(exc or ConnectionError("the server closed the connection before its answer"))

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self.ended.set_exception(error)
            self._transport.close()

    def on_header(self, name: bytes, value: bytes) -> None:
        if name.lower() == b"server-timing" and (found := _TIMING.search(value)):
            self._load.inside.append(float(found[1]) / 1000)

    def on_message_complete(self) -> None:
        load, status = self._load, self._parser.get_status_code()
        load.times.append(time.perf_counter() - self._begun)
        load.statuses[status] = load.statuses.get(status, 0) + 1
        if self._pause_s:
            asyncio.get_running_loop().call_later(self._pause_s, self._ask)
        else:
            self._ask()

    def _ask(self) -> None:
        if self.ended.done():
            return
        self._begun = time.perf_counter()
        if self._begun >= self._end:
            self.ended.set_result(None)
            self._transport.close()
            return
        if not self._order:
            self._order = self._chance.sample(self._requests, len(self._requests))
        self._transport.write(self._order.pop())


def get(path: str, **headers: str) -> bytes:
    """Return the bytes of a GET request."""
    return _request("GET", path, headers, b"")


def post(path: str, body: bytes, **headers: str) -> bytes:
    """Return the bytes of a POST request."""
    return _request("POST", path, {**headers, "Content_Length": str(len(body))}, body)


def _request(method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join((*lines, "", "")).encode() + body

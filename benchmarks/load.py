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
    start = time.perf_counter()
    await asyncio.gather(*(_one(port, requests, start + for_s, pause_s, number, load) for number in range(clients)))
    load.seconds = time.perf_counter() - start
    return load


async def _one(port: int, requests: Sequence[bytes], end: float, pause_s: float, number: int, load: Load) -> None:
    chance = random.Random(number)
    order: list[bytes] = []
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < end:
        if not order:
            order = chance.sample(requests, len(requests))
        answer = _Answer()
        begun = time.perf_counter()
        writer.write(order.pop())
        while not answer.whole:
            data = await reader.read(1 << 18)
            if not data:
                raise ConnectionError("the server closed the connection in the middle of an answer")
            answer.feed(data)
        load.times.append(time.perf_counter() - begun)
        load.statuses[answer.status] = load.statuses.get(answer.status, 0) + 1
        if answer.inside is not None:
            load.inside.append(answer.inside)
        if pause_s:
            await asyncio.sleep(pause_s)
    writer.close()


class _Answer:
    def __init__(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self.whole, self.status = False, 0
        self.inside: float | None = None

    def feed(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_header(self, name: bytes, value: bytes) -> None:
        if name.lower() == b"server-timing" and (found := _TIMING.search(value)):
            self.inside = float(found[1]) / 1000

    def on_message_complete(self) -> None:
        self.whole, self.status = True, self._parser.get_status_code()


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

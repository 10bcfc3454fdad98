"""How much one request may cost, and how many there may be. All limits are on unless the operator says otherwise."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

MIB = 1 << 20


def default_workers() -> int:
    """Return how many queries are answered at once: two for each processor, so that a long one holds up no other."""
    allowed = getattr(os, "sched_getaffinity", None)
    return 2 * (len(allowed(0)) if allowed else os.cpu_count() or 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of a server. Times are in seconds, sizes in bytes."""

    timeout_s: float = 30  # for one query; its process is ended
    stream_timeout_s: float = 600  # for a whole graph, which is sent while it is read
    max_rows: int = 10_000  # of an answer; further ones are cut, which the answer says
    max_result_bytes: int = 64 * MIB  # of an answer; likewise
    max_request_bytes: int = MIB  # of a request's body
    max_uri_bytes: int = 16 << 10  # of a request's target
    max_header_bytes: int = 64 << 10  # of a request's head
    max_memory_bytes: int = 2048 * MIB  # of one process that answers queries
    workers: int = field(default_factory=default_workers)  # queries that are answered at once
    max_waiting: int = 128  # queries that wait for their turn
    rate: float = 100  # requests a second from one client, over a longer time; 0 for any number
    burst: int = 500  # requests of one client that may come at once
    max_connections: int = 1000  # open at once
    request_timeout_s: float = 15  # for a request to arrive whole
    idle_timeout_s: float = 15  # between requests on one connection
    send_timeout_s: float = 60  # for a client to take in what waits for it

"""How often one client may ask: a bucket for each, which fills at a steady rate and from which each request takes one.

Spec: token bucket, RFC 2697 §3, <https://www.rfc-editor.org/rfc/rfc2697#section-3>.
"""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache

_MOST_CLIENTS = 20_000  # that are remembered; the one that asked longest ago is forgotten first


class Buckets:
    """The buckets of all clients."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Take requests a second (0 for any number), requests at once, and a clock in seconds."""
        self._rate, self._burst, self._clock = rate, burst, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # client -> requests left, when

    def wait_s(self, client: str) -> float:
        """Count a request, and return after how many seconds the client may ask: 0 for now."""
        if not self._rate:
            return 0
        now = self._clock()
        left, since = self._buckets.pop(client, (float(self._burst), now))
        left = min(self._burst, left + (now - since) * self._rate)
        wait_s = max(0.0, (1 - left) / self._rate)
        self._buckets[client] = (left if wait_s else left - 1, now)
        if len(self._buckets) > _MOST_CLIENTS:
            self._buckets.popitem(last=False)
        return wait_s


@lru_cache(maxsize=4096)
def client_of(address: str) -> str:
    """Return who is behind an address: of IPv6 the first half, which one client has all of."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
    return address

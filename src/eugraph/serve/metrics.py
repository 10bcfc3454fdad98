"""Counters of what the server does, in the text format of Prometheus, at `/metrics`.

Spec: <https://prometheus.io/docs/instrumenting/exposition_formats/>.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from eugraph.serve.methods import address
from eugraph.serve.served import Served

_MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)  # seconds
_METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"))

Labels = tuple[tuple[str, str], ...]


class Metrics:
    """What was counted since the server started."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, int]] = Counter()
        self._bytes = 0
        self._within: Counter[tuple[str, int]] = Counter()  # part, number of the least bound -> requests
        self._seconds: Counter[str] = Counter()
        self._count: Counter[str] = Counter()
        self.truncated = 0
        self.reloads: Counter[str] = Counter()  # outcome -> how many
        self.broken_off = 0

    def request(self, *, method: str, part: str, status: int, size: int, seconds: float) -> None:
        """Count a request that was answered, by the part of the server that did so."""
        self._requests[method if method in _METHODS else "other", status] += 1
        self._bytes += size
        self._count[part] += 1
        self._seconds[part] += seconds  # type: ignore[assignment]  # counters add floats as well
        self._within[part, bisect_left(_BOUNDS, seconds)] += 1

    def text(self, served: Served) -> str:
        """Return all values."""
        return "".join(self._lines(served))

    def _lines(self, served: Served) -> Iterator[str]:
        pool = served.queries
        yield from _family("requests_total", "counter", "Requests that were answered.", {
            (("method", method), ("status", str(status))): count
            for (method, status), count in sorted(self._requests.items())
        })  # fmt: skip
        yield from self._histogram()
        yield from _family("sent_bytes_total", "counter", "Bytes of bodies that were sent.", {(): self._bytes})
        yield from _family("truncated_total", "counter", "Answers that a limit cut.", {(): self.truncated})
        yield from _family("broken_off_total", "counter", "Answers that broke off.", {(): self.broken_off})
        yield from _family("queries_busy", "gauge", "Queries that are being answered.", {(): pool.busy})
        yield from _family("queries_waiting", "gauge", "Queries that wait for their turn.", {(): pool.waiting})
        yield from _family("workers", "gauge", "Processes that answer queries.", {(): pool.size})
        yield from _family("workers_ended_total", "counter", "Processes ended, since the release is served.", {
            (("why", why),): count for why, count in sorted(pool.ended.items())
        })  # fmt: skip
        yield from _family("reloads_total", "counter", "New releases that were taken in.", {
            (("outcome", outcome),): count for outcome, count in sorted(self.reloads.items())
        })  # fmt: skip
        yield from _family("release_info", "gauge", "The release that is served.", {(("release", served.name),): 1})

    def _histogram(self) -> Iterator[str]:
        name = "eugraph_request_seconds"
        yield f"# HELP {name} Time to answer a request.\n# TYPE {name} histogram\n"
        for part, count in sorted(self._count.items()):
            within = 0
            for number, bound in enumerate(_BOUNDS):
                within += self._within[part, number]
                yield f'{name}_bucket{{part="{part}",le="{bound:g}"}} {within}\n'
            yield f'{name}_bucket{{part="{part}",le="+Inf"}} {count}\n'
            yield f'{name}_sum{{part="{part}"}} {self._seconds[part]:.6f}\n{name}_count{{part="{part}"}} {count}\n'


def _family(name: str, kind: str, about: str, values: Mapping[Labels, float]) -> Iterator[str]:
    yield f"# HELP eugraph_{name} {about}\n# TYPE eugraph_{name} {kind}\n"
    for labels, value in values.items():
        inside = ",".join(f'{key}="{text}"' for key, text in labels)
        yield f"eugraph_{name}{'{' + inside + '}' if inside else ''} {value}\n"


def routes(served: Callable[[], Served], metrics: Metrics) -> list[BaseRoute]:
    """Return the addresses of this part."""

    async def show(_: Request) -> Response:
        return Response(metrics.text(served()), 200, {"Cache-Control": "no-store"}, _MEDIA_TYPE)

    return [address("/metrics", show)]

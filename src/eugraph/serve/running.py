"""The server as a process: it listens, takes in a new release when there is one, and stops when it is told to."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath

import uvicorn

from eugraph.errors import OutputError
from eugraph.serve.app import application
from eugraph.serve.connection import connection_with
from eugraph.serve.log import Log, LogForm
from eugraph.serve.metrics import Metrics
from eugraph.serve.reload import Serving
from eugraph.serve.served import Served

_WAITING = 512  # connections that the system holds until we take them


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a server listens."""

    host: str
    port: int
    proxies: str = ""  # addresses of proxies whose word on the client is taken, separated by commas; "*" for any


def run(open_release: Callable[[], Served], address: Address, *, log: LogForm, say: Callable[[str], object]) -> None:
    """Serve a release until the process is told to stop.

    Args:
        open_release: opens the release as it is now; asked again where there is a new one.
        address: where to listen.
        log: the form of the access log.
        say: takes a line when the server listens.

    Raises:
        InputError: the release cannot be read.
        OutputError: its store cannot be written, or the address cannot be listened at.
    """
    lines, counted = Log(log), Metrics()
    listening = _listening(address)
    serving = Serving(open_release, lines, counted)
    limits = serving().limits
    config = uvicorn.Config(
        application(serving, serving.lasting, limits=limits, log=lines, counted=counted),
        log_level="critical",
        access_log=False,
        http=connection_with(limits),
        ws="none",
        server_header=False,
        proxy_headers=bool(address.proxies),
        forwarded_allow_ips=address.proxies or None,
        timeout_keep_alive=max(1, round(limits.idle_timeout_s)),
        timeout_graceful_shutdown=round(limits.timeout_s) + 2,
    )
    server = _Server(config)

    async def serve() -> None:
        if hasattr(signal, "SIGHUP"):
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, serving.reload_soon)
        task = asyncio.ensure_future(server.serve([listening]))
        while not server.started and not task.done():
            await asyncio.sleep(0.01)
        if server.started:
            port = listening.getsockname()[1]
            host = f"[{address.host}]" if ":" in address.host else address.host
            say(f"serving   {serving().release} at http://{host}:{port}/")
        await task

    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(serve())


class _Server(uvicorn.Server):
    """uvicorn, but it ends with status 0 when it has stopped in peace, and not by the signal that it was told by."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Have signals stop the server; a second one stops it at once."""
        if sys.platform == "win32":  # whose loops take no signals
            with super().capture_signals():
                yield
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


def _listening(address: Address) -> socket.socket:
    try:
        family = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((address.host, address.port), family=family, backlog=_WAITING)
    except (OSError, UnicodeError) as error:
        where = PurePath(f"{address.host}:{address.port}")
        remedy = "Name another address with --host or --port; --port 0 takes one that is free."
        raise OutputError(where, f"nothing can listen there ({error})", remedy, kept="nothing is served") from error

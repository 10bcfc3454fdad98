"""The server as a process: it listens, takes in a new release when there is one, and stops when it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import uvicorn

from eugraph.serve.app import application
from eugraph.serve.served import Served


class Serving:
    """What is served now."""

    def __init__(self, open_release: Callable[[], Served]) -> None:
        self._open = open_release
        self._now = open_release()

    def __call__(self) -> Served:
        """Return the release as it is served now."""
        return self._now

    @asynccontextmanager
    async def lasting(self) -> AsyncIterator[None]:
        """Serve while the block lasts."""
        await self._now.queries.start()
        try:
            yield
        finally:
            self._now.queries.kill()
            self._now.kept.close()


def run(open_release: Callable[[], Served], host: str, port: int, say: Callable[[str], object]) -> None:
    """Serve a release until the process is told to stop."""
    serving = Serving(open_release)
    config = uvicorn.Config(
        application(serving, serving.lasting),
        host=host,
        port=port,
        log_level="error",
        access_log=False,
        http="httptools",
        ws="none",
        server_header=False,
        timeout_keep_alive=int(serving().limits.idle_timeout_s),
    )
    server = uvicorn.Server(config)

    async def serve() -> None:
        task = asyncio.ensure_future(server.serve())
        while not server.started and not task.done():
            await asyncio.sleep(0.01)
        if server.started:
            say(f"serving   {serving().release} at http://{host}:{port}/")
        await task

    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(serve())

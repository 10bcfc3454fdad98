"""`eugraph serve`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from eugraph.cli.query import LONGEST_S
from eugraph.cli.terminal import tell

_MOST_MIB = 1 << 20  # 1 TiB


@click.command(name="serve")
@click.option(
    "--release",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the release.  [default: dist in the workspace]",
)
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL 1.1 endpoint in place of the release's own graph.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen at; 0 for a free one.",
)
@click.option(
    "--timeout-s",
    type=click.FloatRange(min=0.1, max=LONGEST_S),
    default=30,
    show_default=True,
    help="Longest time of one query, in seconds.",
)
@click.option(
    "--max-rows", type=click.IntRange(min=1), default=10_000, show_default=True, help="Most rows of one answer."
)
@click.option(
    "--max-answer-mib",
    type=click.IntRange(1, _MOST_MIB),
    default=64,
    show_default=True,
    help="Largest answer that is no whole graph, in MiB.",
)
@click.option(
    "--max-memory-mib",
    type=click.IntRange(256, _MOST_MIB),
    default=2048,
    show_default=True,
    help="Most memory of one process that answers queries, in MiB.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 1000),
    metavar="N",
    help="Queries that are answered at once.  [default: two for each processor]",
)
@click.option(
    "--rate",
    type=click.FloatRange(min=0),
    default=100,
    show_default=True,
    help="Requests a second from one client; 0 for any number.",
)
@click.option(
    "--allow-service", "services", multiple=True, metavar="URL", help="Let queries ask this endpoint with SERVICE."
)
@click.option(
    "--proxy", "proxies", multiple=True, metavar="ADDRESS", help="Believe this proxy's X-Forwarded-For and -Proto."
)
@click.option(
    "--log",
    type=click.Choice(("json", "text", "none")),
    default="text",
    show_default=True,
    help="Form of the access log, on standard error.",
)
@click.pass_obj
def command(folder: Path, /, release: Path | None, **given: Any) -> None:  # noqa: ANN401 - one for each option
    r"""Serve a release over HTTP, read-only: SPARQL endpoint and linked data.

    \b
    Examples:
        eugraph serve --port 8080
        eugraph serve --release public --host 0.0.0.0 --log json
    """
    from eugraph.config import open_workspace
    from eugraph.serve.limits import MIB, Limits, default_workers
    from eugraph.serve.running import Address, run
    from eugraph.serve.served import open_served

    limits = Limits(
        timeout_s=given["timeout_s"],
        max_rows=given["max_rows"],
        max_result_bytes=given["max_answer_mib"] * MIB,
        max_memory_bytes=given["max_memory_mib"] * MIB,
        workers=given["workers"] or default_workers(),
        rate=given["rate"],
    )
    target = (release or open_workspace(folder).release).absolute()
    run(
        lambda: open_served(
            target,
            limits,
            endpoint=given["endpoint"] or "",
            allowed_services=frozenset(given["services"]),
            say=tell,
        ),
        Address(host=given["host"], port=given["port"], proxies=",".join(given["proxies"])),
        log=given["log"],
        say=tell,
    )

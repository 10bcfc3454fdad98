"""One release as it is served. It is never changed: a new release is another one, and the two change places."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eugraph.errors import EmptyFolderError, EugraphError, InputError, QueryError
from eugraph.publish.staging import MANIFEST
from eugraph.reports import Library
from eugraph.reports.search import SearchIndex
from eugraph.serve.found import index_of
from eugraph.serve.limits import Limits
from eugraph.serve.released import Mark, mark_of
from eugraph.serve.site import Site
from eugraph.serve.stored import read_manifest, stored
from eugraph.serve.workers import QueryPool, Source
from eugraph.store.calling import check_address

_TRIES = 5  # to read a release that others take the place of meanwhile


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One release, and the processes that answer queries from it."""

    release: Path  # its folder
    manifest: Mapping[str, Any]  # its release.json
    base_iri: str
    library: Library  # its report queries
    limits: Limits
    queries: QueryPool
    site: Site  # its addresses
    found: SearchIndex | None = None  # what can be looked for; None where an endpoint does not tell
    since: float = field(default_factory=time.time)  # Unix time
    kept: ExitStack = field(default_factory=ExitStack)  # what is let go of when nobody asks any more

    @property
    def name(self) -> str:
        """What answers call the release: its date and the beginning of its graph's hash."""
        return f"{self.manifest['date']}-{str(self.manifest['graph']['sha256'])[:12]}"

    async def close(self) -> None:
        """Answer what was asked, then let go of processes and store."""
        await self.queries.close()
        self.kept.close()


def open_served(
    release: Path,
    limits: Limits,
    *,
    endpoint: str = "",
    allowed_services: frozenset[str] = frozenset(),
    say: Callable[[str], object] = lambda _: None,
) -> Served:
    """Make everything ready to serve a release; its processes are still to be started.

    Where another release takes its place meanwhile, that one is opened: parts of two are never mixed.

    Args:
        release: its folder.
        limits: how much may be asked.
        endpoint: a SPARQL endpoint that queries are answered from, in place of the release.
        allowed_services: endpoints that queries may ask with SERVICE.
        say: takes a line on each step that takes long.

    Raises:
        InputError: the release cannot be read.
        OutputError: its store cannot be written.
        EndpointRefusedError: the endpoint's address is none.
    """
    if endpoint:
        check_address(endpoint)
    for _ in range(_TRIES):
        mark = mark_of(release)
        try:
            served = _opened(release, mark, limits, endpoint, allowed_services, say)
        except (EugraphError, OSError):
            if mark_of(release) == mark:
                raise
            continue
        if not served.site.files.is_replaced():
            return served
        served.kept.close()
    raise InputError(release / MANIFEST, "release after release takes the place of the one that is read. Try again.")


def _opened(
    release: Path,
    mark: Mark | None,
    limits: Limits,
    endpoint: str,
    allowed_services: frozenset[str],
    say: Callable[[str], object],
) -> Served:
    manifest = read_manifest(release)
    base_iri = str(manifest["base"])
    kept = ExitStack()
    try:
        folder = None if endpoint else kept.enter_context(stored(release, manifest, say))
        source = Source(
            folder=folder,
            endpoint=endpoint,
            base_iri=base_iri,
            allowed_services=allowed_services,
            timeout_s=limits.timeout_s,
            max_memory_bytes=limits.max_memory_bytes,
        )
        return Served(
            release=release,
            manifest=manifest,
            base_iri=base_iri,
            library=_library(release),
            limits=limits,
            queries=QueryPool(source, limits),
            site=Site(release, manifest, mark),
            found=index_of(source, say),
            kept=kept,
        )
    except BaseException:
        kept.close()
        raise


def _library(release: Path) -> Library:
    try:
        return Library.open(release / "query")
    except EmptyFolderError:
        return Library({})
    except QueryError:
        if (release / "query").is_dir():
            raise
        return Library({})

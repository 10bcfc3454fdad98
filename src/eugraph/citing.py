"""Citing the answer of a report, and asking again what was cited: of a release, of an endpoint, or of a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from eugraph import __version__
from eugraph.errors import CitationError, EndpointRefusedError, EndpointUnavailableError
from eugraph.reports import Answer, Library, ask, prepare
from eugraph.reports.citing import Citation, Comparison, cited, compare, digest_of, read_citation
from eugraph.reports.citing.citation import address_of
from eugraph.serve.stored import read_manifest, stored
from eugraph.store import Store, TimedStore
from eugraph.store.on_disk import open_store

_MOST_BYTES = 16 << 20  # of a citation that a server sends
_SAID = 300  # characters of a server's own words


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Who is asked: a server, or else a release, or else an endpoint with the reports of a release."""

    release: Path
    endpoint: str = ""
    server: str = ""
    timeout_s: float = 30


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation, and the answer where it is at hand."""

    citation: Citation
    answer: Answer | None


def cite(
    where: Where, name: str, given: Mapping[str, str], *, rows: int = 0, say: Callable[[str], object] = lambda _: None
) -> Cited:
    """Ask a report, and return a citation of its answer.

    Args:
        where: who is asked.
        name: of the report.
        given: its parameters.
        rows: how many of the first rows are cited; 0 for all.
        say: takes a line on each step that takes long.

    Raises:
        QueryError: the report cannot be asked, or was not answered in time.
        InputError: the release cannot be read.
        EndpointError: the server or the endpoint did not answer as it should.
    """
    if where.server:
        return Cited(_from_server(where, name, given), None)
    manifest = read_manifest(where.release)
    report = Library.open(where.release / "query")[name]
    base = str(manifest["base"])
    filled = prepare(report.text, report.terms(given, base), base_iri=base)
    with _store(where, manifest, say) as store:
        answer = ask(store, filled, base_iri=base)
    if rows:
        answer = answer.cut(rows)
    address = address_of(base, name, given)
    return Cited(cited(report, given, digest_of(answer.result), manifest, address, truncated=bool(rows)), answer)


def verify(where: Where, text: str, say: Callable[[str], object] = lambda _: None) -> tuple[Comparison, Cited]:
    """Ask again what a citation says, and compare. Return what became of it, and what there is now.

    Raises:
        CitationError: the text is no citation.
        QueryError: its query cannot be asked any more.
    """
    before = read_citation(text)
    now = cite(where, before.name, before.parameters, rows=before.rows if before.truncated else 0, say=say)
    return compare(before, now.citation), now


@contextmanager
def _store(where: Where, manifest: Mapping[str, Any], say: Callable[[str], object]) -> Iterator[Store]:
    if where.endpoint:
        from eugraph.store.remote import RemoteStore  # SPARQLWrapper brings rdflib along

        yield RemoteStore(where.endpoint, timeout_s=where.timeout_s)
        return
    with stored(where.release, manifest, say) as folder:
        yield TimedStore(open_store(folder), where.timeout_s)


def _from_server(where: Where, name: str, given: Mapping[str, str]) -> Citation:
    if urlsplit(where.server).scheme not in ("http", "https"):
        raise EndpointRefusedError(f"{where.server}: this is no http or https address. Give that of a server.")
    address = address_of(where.server, name, given)
    said = f"{address}{'&' if given else '?'}{urlencode({'cite': 'json'})}"
    request = Request(said, headers={"Accept": "application/json", "User-Agent": f"eugraph/{__version__}"})  # noqa: S310 - the scheme is looked at
    try:
        with build_opener(_NoRedirects).open(request, timeout=where.timeout_s) as response:
            body = response.read(_MOST_BYTES + 1)
    except HTTPError as error:
        with error:
            words = error.read(_SAID).decode("utf-8", "replace")
        if error.code >= 500:
            raise EndpointUnavailableError(f"{said}: status {error.code}: {words}") from error
        raise EndpointRefusedError(f"{said}: status {error.code}: {words}") from error
    except (OSError, HTTPException, ValueError) as error:
        raise EndpointUnavailableError(f"{said}: no answer ({error}). Is the server running?") from error
    if len(body) > _MOST_BYTES:
        raise CitationError(f"{said}: the citation is longer than {_MOST_BYTES} bytes.")
    return replace(read_citation(body.decode("utf-8", "replace")), address=address)


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing: what is asked is what was named."""

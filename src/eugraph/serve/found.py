"""The search index of what is served: kept in the folder of the release's store, as it lasts as long as that does."""

from __future__ import annotations

from collections.abc import Callable

from eugraph.errors import EndpointError
from eugraph.imported.keys import code_of
from eugraph.reports.search import SearchIndex, read_entries
from eugraph.serve.workers import Source
from eugraph.store.on_disk import open_store


def index_of(source: Source, say: Callable[[str], object] = lambda _: None) -> SearchIndex | None:
    """Return the index of a source, which is made where it is not there.

    Args:
        source: a store on disk, or an endpoint, which is asked for all names each time.
        say: takes a line on what takes long or fails.

    Returns:
        The index; None where the endpoint does not tell what is needed.

    Raises:
        OutputError: the index cannot be written.
    """
    if source.folder is None:
        return _of_endpoint(source, say)
    path = source.folder / f"search-{code_of('reports/search')}.sqlite"
    if not path.is_file():
        say("indexing  names, identifiers and topics")
        SearchIndex.of(read_entries(open_store(source.folder), source.base_iri)).save(path)
    return SearchIndex.open(path)


def _of_endpoint(source: Source, say: Callable[[str], object]) -> SearchIndex | None:
    from eugraph.store.remote import RemoteStore  # SPARQLWrapper brings rdflib along

    say(f"indexing  names, identifiers and topics at {source.endpoint}")
    try:
        return SearchIndex.of(read_entries(RemoteStore(source.endpoint, timeout_s=source.timeout_s), source.base_iri))
    except EndpointError as error:
        say(f"eugraph: nothing can be searched for: {error}")
        return None

"""Looking for things in a workspace, or at an endpoint."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import Literal, NamedNode

from eugraph.config import Workspace
from eugraph.loading import load, readable
from eugraph.reports import Answer
from eugraph.reports.search import Found, SearchIndex, read_entries
from eugraph.store import EmbeddedStore, Row, Solutions

COLUMNS = ("thing", "kind", "name", "fullName", "matched")
_INDEX = "index.sqlite"


def search(
    workspace: Workspace,
    question: str,
    *,
    kind: str = "",
    limit: int = 20,
    offset: int = 0,
    endpoint: str | None = None,
    timeout_s: float = 30,
    say: Callable[[str], object] = lambda _: None,
) -> Found:
    """Return what a question finds in a workspace, or at an endpoint that holds its graph.

    Args:
        workspace: where to look.
        question: words, how they begin, or an identifier.
        kind: the one kind that is wanted, such as project; "" for all.
        limit: how many hits are given at most.
        offset: how many of the first are left out.
        endpoint: address of a SPARQL endpoint to look at in place of the workspace.
        timeout_s: longest wait for each answer of the endpoint, in seconds.
        say: takes a line on each step that takes long.

    Raises:
        EndpointError: the endpoint did not answer as it should.
    """
    if endpoint is not None:
        from eugraph.store.remote import RemoteStore  # SPARQLWrapper brings rdflib along

        remote = RemoteStore(endpoint, timeout_s=timeout_s)
        index = SearchIndex.of(read_entries(remote, workspace.base_iri))
    else:
        index = _index(readable(load(workspace, say=say)).store, workspace, say)
    return index.find(question, kind=kind, limit=limit, offset=offset)


def as_answer(found: Found, base_iri: str) -> Answer:
    """Return hits as rows, which can be written in every format of rows."""
    rows: list[Row] = [
        (
            NamedNode(hit.iri),
            *(Literal(text) if text else None for text in (hit.kind, hit.label, hit.full, hit.matched)),
        )
        for hit in found.hits
    ]
    return Answer(result=Solutions(COLUMNS, rows), base_iri=base_iri)


def _index(store: EmbeddedStore, workspace: Workspace, say: Callable[[str], object]) -> SearchIndex:
    """Return the index of a store. That of one in a folder is kept, as long as the store is."""
    if store.folder is None:
        return SearchIndex.of(read_entries(store, workspace.base_iri))
    from eugraph.imported.keeping import making, remove_others
    from eugraph.imported.keys import code_of, key_of

    folder = workspace.kept / "search" / key_of(store.folder.name, code_of("reports/search"))
    if not folder.is_dir():
        say("indexing  names, identifiers and topics")
        with making(folder) as beside:
            SearchIndex.of(read_entries(store, workspace.base_iri)).save(beside / _INDEX)
    remove_others(folder)
    return SearchIndex.open(folder / _INDEX)

"""A long answer in pages, from endpoints that give only so many rows at once and may not say that they cut.

Pages of a graph are by subject, not by number of rows: Virtuoso sorts 10,000 rows and no more, whatever is asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from eugraph.errors import EndpointRefusedError
from eugraph.store import Graph, Row, Solutions, Store

_PAGE = 5_000  # statements


def read_graph(store: Store, graph: str, *, page: int = _PAGE) -> Iterator[Triple]:
    """Yield the statements of a named graph, whole, in an order that the store chooses.

    Args:
        store: whom to ask.
        graph: its name.
        page: about how many statements are asked for at once.

    Raises:
        EndpointRefusedError: the store gives fewer than it counts.
    """
    counted = count_in(store, graph)
    if counted <= page:
        yield from _triples(store, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", counted)
        return
    given, last = 0, ""
    while batch := _subjects(store, graph, last, page):
        number, after, last = sum(count for _, count in batch), last, batch[-1][0]
        between = f"FILTER(STR(?s) > {Literal(after)} && STR(?s) <= {Literal(last)})"
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} {between} }}"
        yield from _triples(store, text, number)
        given += number
    if given != counted:
        raise EndpointRefusedError(f"<{graph}>: {counted} statements are counted there, and {given} were given.")


def _subjects(store: Store, graph: str, last: str, page: int) -> list[tuple[str, int]]:
    """The next subjects, each with the number of its statements, so many that they fit into a page; one at least."""
    rows = _rows(
        store,
        f"SELECT ?s (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} FILTER(STR(?s) > {Literal(last)}) }} "
        f"GROUP BY ?s ORDER BY STR(?s) LIMIT {page}",
    )
    batch: list[tuple[str, int]] = []
    room = page
    for subject, count in rows:
        assert isinstance(count, Literal)
        room -= int(count.value)
        if batch and room < 0:
            break
        if not isinstance(subject, NamedNode):
            raise EndpointRefusedError(f"<{graph}> has blank nodes, and is too long to be read at once.")
        batch.append((subject.value, int(count.value)))
    return batch


def _triples(store: Store, text: str, expected: int) -> Iterator[Triple]:
    answer = store.query(text)
    assert isinstance(answer, Graph)
    found = set(answer.triples)
    if len(found) != expected:
        raise EndpointRefusedError(f"{expected} statements are counted, and {len(found)} were given.")
    yield from found


def count_in(store: Store, graph: str) -> int:
    """Return how many statements a named graph has, as the store counts them."""
    [(count,)] = _rows(store, f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    assert isinstance(count, Literal)
    return int(count.value)


def _rows(store: Store, text: str) -> list[Row]:
    answer = store.query(text)
    assert isinstance(answer, Solutions)
    return list(answer.rows)

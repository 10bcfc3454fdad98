"""What is put to every endpoint: a graph, shapes, and the results that the embedded engine has for what the store holds."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence

from pyoxigraph import Quad, RdfFormat, Triple, parse

from conformance.suite import Key, key_of
from eugraph.shacl import Plan, Result
from eugraph.shacl.remote import Endpoint, run_remote
from eugraph.store import Solutions, Store
from eugraph.store.protocol import Row

_MOST = 10_000  # rows that Virtuoso gives

Told = tuple[Key, tuple[str, ...], tuple[object, ...]]


def told(result: Result) -> Told:
    """All that a result says, apart from the labels of blank nodes."""
    return key_of(result), tuple(map(str, result.messages)), tuple(sorted(map(told, result.details), key=str))


def read(turtle: str) -> list[Quad]:
    return list(parse(io.BytesIO(turtle.encode()), format=RdfFormat.TURTLE))


def held_by(store: Store) -> list[Triple]:
    """The statements as a store gives them back, predicate by predicate."""
    held: list[Triple] = []
    for (predicate,) in _rows(store, "SELECT DISTINCT ?p WHERE { ?s ?p ?o }"):
        rows = _rows(store, f"SELECT ?s ?o WHERE {{ ?s {predicate} ?o }}")
        held += [Triple(s, predicate, o) for s, o in rows]  # type: ignore[arg-type]  # the parts of statements
    return held


def _rows(store: Store, text: str) -> Sequence[Row]:
    answer = store.query(text)
    assert isinstance(answer, Solutions)
    assert len(answer.rows) < _MOST, "the answer may have been cut"
    return answer.rows


def embedded(plan: Plan, statements: Iterable[Quad] | Iterable[Triple]) -> Counter[Told]:
    return Counter(map(told, plan.run(plan.graph(statements))))


def remote(plan: Plan, store: Store) -> tuple[Counter[Told], Endpoint]:
    endpoint = Endpoint(store)
    return Counter(map(told, run_remote(plan, endpoint))), endpoint

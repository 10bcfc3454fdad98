"""What is put to every endpoint: a graph, shapes, and the results that the embedded engine has for what the store holds."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, Quad, RdfFormat, Triple, parse

from conformance.suite import Key, key_of
from eugraph.shacl import Plan, Result
from eugraph.shacl.remote import Endpoint, run_remote
from eugraph.store import Solutions, Store

_AT_ONCE = 9_000  # rows; Virtuoso gives 10,000 at most

Told = tuple[Key, tuple[str, ...], tuple[object, ...]]


def told(result: Result) -> Told:
    """All that a result says, apart from the labels of blank nodes."""
    return key_of(result), tuple(map(str, result.messages)), tuple(sorted(map(told, result.details), key=str))


def read(turtle: str) -> list[Quad]:
    return list(parse(io.BytesIO(turtle.encode()), format=RdfFormat.TURTLE))


def held_by(store: Store) -> list[Triple]:
    """The statements as a store gives them back."""
    held: list[Triple] = []
    while len(held) % _AT_ONCE == 0:
        answer = store.query(f"SELECT ?s ?p ?o WHERE {{ ?s ?p ?o }} LIMIT {_AT_ONCE} OFFSET {len(held)}")
        assert isinstance(answer, Solutions)
        if not answer.rows:
            break
        held += [Triple(*row) for row in answer.rows]  # type: ignore[arg-type]  # the parts of statements
    return held


def literals(statements: Iterable[Quad | Triple]) -> set[Literal]:
    return {statement.object for statement in statements if isinstance(statement.object, Literal)}


def embedded(plan: Plan, statements: Iterable[Quad] | Iterable[Triple]) -> Counter[Told]:
    return Counter(map(told, plan.run(plan.graph(statements))))


def remote(plan: Plan, store: Store) -> tuple[Counter[Told], Endpoint]:
    endpoint = Endpoint(store)
    return Counter(map(told, run_remote(plan, endpoint))), endpoint


def speaks_of(told_: Told, rewritten: Sequence[str]) -> bool:
    """Tell whether a result, or what is behind it, has one of some literals."""
    text = str(told_)
    return any(literal in text for literal in rewritten)

"""The embedded store: the graphs that FROM names, its own belt against SERVICE, and the time it may take."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from eugraph.errors import QueryError, QuerySyntaxError, QueryTimeoutError, RefusedQueryError
from eugraph.store import EmbeddedStore, Solutions, TimedStore
from eugraph.store.embedded import Dataset, OpenSolutions
from eugraph.store.limits import within

A, P = NamedNode("a:a"), NamedNode("a:p")
STORE = EmbeddedStore(
    [Quad(A, P, Literal(1), NamedNode("a:one")), Quad(A, P, Literal("service from"), NamedNode("a:two"))]
)


def values(query: str) -> list[str]:
    answer = STORE.query(query)
    assert isinstance(answer, Solutions)
    return sorted(row[answer.columns.index("o")].value for row in answer.rows)  # type: ignore[union-attr]  # literals


@pytest.mark.parametrize(
    ("dataset", "pattern", "found"),
    [
        ("", "?s ?p ?o", ["1", "service from"]),
        ("FROM <a:one>", "?s ?p ?o", ["1"]),
        ("FROM<a:one>FROM <a:two>", "?s ?p ?o", ["1", "service from"]),
        ("FROM <a:none>", "?s ?p ?o", []),
        ("FROM NAMED <a:two>", "?s ?p ?o", []),
        ("FROM NAMED <a:two>", "GRAPH ?g { ?s ?p ?o }", ["service from"]),
    ],
)
def test_from_names_the_graphs_that_are_seen(dataset: str, pattern: str, found: list[str]) -> None:
    assert values(f"SELECT * {dataset} {{ {pattern} }}") == found


def test_the_words_service_and_from_may_stand_where_they_are_no_keywords() -> None:
    names = "PREFIX service: <a:> PREFIX Service: <b:>"
    assert values(f"{names} SELECT ?o {{ ?service service:p ?o FILTER(?o = 'service from') }} # SERVICE") == [
        "service from"
    ]
    assert values("PREFIX from: <a:> SELECT * { ?from from:p ?o FILTER(?o != 'qqqqqqq') }") == ["1", "service from"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { VALUES ?o { 1 } FILTER(1<2)SERVICE#>\n<http://127.0.0.1:9/> { ?s ?p ?o } }",
        "PREFIX a: <http://h:80> SELECT * { ?s ?p a:SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_service_is_refused_without_the_guard_too(query: str) -> None:
    with pytest.raises(RefusedQueryError, match="asks another endpoint with SERVICE"):
        STORE.query(query)


def test_what_cannot_be_read_or_answered_is_told() -> None:
    with pytest.raises(QuerySyntaxError, match=r"this is not SPARQL 1\.1"):
        STORE.query("SELECT * {")
    with pytest.raises(QueryError, match=r"cannot be answered: .*custom function"):
        STORE.query("SELECT * { ?s ?p ?o FILTER(<a:f>(?o)) }")


def test_a_query_that_takes_too_long_is_given_up() -> None:
    many = EmbeddedStore(Quad(A, P, Literal(number)) for number in range(300))
    start = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"not answered within 0\.3 s") as caught:
        TimedStore(many, 0.3).query("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    assert time.monotonic() - start < 5
    assert caught.value.exit_status == 3
    assert TimedStore(STORE, 30).query("ASK { ?s ?p 1 }") is True


def test_what_fails_in_time_fails_as_it_would_without_limit() -> None:
    with pytest.raises(QuerySyntaxError):
        TimedStore(STORE, 30).query("SELECT")


def test_the_work_is_told_that_nobody_waits_any_more() -> None:
    told = threading.Event()

    def work(stop: threading.Event) -> None:
        if stop.wait(10):
            told.set()

    with pytest.raises(TimeoutError):
        within(work, 0.05, TimeoutError)
    assert told.wait(5)


def test_a_dataset_comes_before_the_graphs_that_a_query_names() -> None:
    graphs = [NamedNode(f"urn:g{number}") for number in range(3)]
    store = EmbeddedStore([Quad(graph, NamedNode("urn:p"), graph, graph) for graph in graphs])

    def found(text: str, default: Sequence[str] = (), named: Sequence[str] = ()) -> int:
        answer = store.open(text, dataset=Dataset(default, named))
        assert isinstance(answer, OpenSolutions)
        return len(list(answer.rows))

    assert found("SELECT * { ?s ?p ?o }", default=["urn:g0", "urn:g1"]) == 2
    assert found("SELECT * { ?s ?p ?o }", named=["urn:g0"]) == 0
    assert found("SELECT * { GRAPH ?g { ?s ?p ?o } }", named=["urn:g0"]) == 1
    assert found("SELECT * { GRAPH ?g { ?s ?p ?o } }", default=["urn:g0"]) == 0
    assert found("SELECT * FROM <urn:g2> { ?s ?p ?o }", default=["urn:g0", "urn:g1"]) == 2


def test_rows_come_one_by_one() -> None:
    thing = NamedNode("urn:x")
    store = EmbeddedStore([Quad(thing, thing, thing, thing)])
    answer = store.open("SELECT * { ?s ?p ?o }")
    assert isinstance(answer, OpenSolutions)
    assert answer.columns == ("o", "p", "s")
    assert next(answer.rows) == (thing, thing, thing)
    assert next(answer.rows, None) is None


def test_relative_iris_stand_below_a_base() -> None:
    store = EmbeddedStore([Quad(NamedNode("http://h/a"), NamedNode("http://h/from"), Literal("x"), NamedNode("urn:g"))])
    answer = store.open("SELECT ?from { <a> <from> ?from }", base_iri="http://h/")
    assert isinstance(answer, OpenSolutions)
    assert list(answer.rows) == [(Literal("x"),)]

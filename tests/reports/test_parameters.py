"""Parameters: typed, escaped, bound as terms, never pasted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from eugraph.errors import ParameterError
from eugraph.reports import prepare
from eugraph.reports.parameters import Parameter, guess, put_in

BASE = "https://example.org/id/"
X = NamedNode("https://example.org/x")


def parameter(kind: str) -> Parameter:
    return Parameter(name="p", type=kind, required=True, example="")


@pytest.mark.parametrize(
    ("kind", "text", "term"),
    [
        ("iri", "organisation/eha", "<https://example.org/id/organisation/eha>"),
        ("iri", "organisation//eha", "<https://example.org/id/organisation//eha>"),
        ("iri", "https://example.org/x", "<https://example.org/x>"),
        ("iri", "<https://example.org/x>", "<https://example.org/x>"),
        ("date", "2020-02-29", '"2020-02-29"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("integer", "3", '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("string", 'a "b"\n', '"a \\"b\\"\\n"'),
        ("lang", "EN-gb", '"en-gb"'),
        ("country", "nld", "<http://publications.europa.eu/resource/authority/country/NLD>"),
    ],
)
def test_a_text_becomes_a_term_of_its_type(kind: str, text: str, term: str) -> None:
    assert str(parameter(kind).term(text, BASE)) == term


@pytest.mark.parametrize(
    ("example", "text", "path"),
    [
        ("organisation/eha", "eha", "organisation/eha"),
        ("organisation/eha", "network/eha", "network/eha"),
        ("programme/horizon-europe", "horizon-2-1.5", "programme/horizon-2-1.5"),
        ("https://example.org/id/x", "eha", "eha"),
        ("eha", "ebmt", "ebmt"),
    ],
)
def test_a_name_without_its_kind_is_of_the_kind_of_the_example(example: str, text: str, path: str) -> None:
    asked = Parameter(name="p", type="iri", required=True, example=example)
    assert asked.term(text, BASE) == NamedNode(BASE + path)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("iri", "a b"),
        ("iri", "x> } DELETE {"),
        ("iri", ""),
        ("iri", 'https://e.org/"'),
        ("iri", "a%zz"),
        ("iri", "http://[::1"),
        ("iri", "organisation/../eha"),
        ("iri", "organisation/eha#"),
        ("date", "2020-13-01"),
        ("date", "soon"),
        ("integer", "1.5"),
        ("lang", "en us"),
        ("country", "<>"),
    ],
)
def test_a_text_of_another_type_is_refused(kind: str, text: str) -> None:
    with pytest.raises(ParameterError, match="parameter p: "):
        parameter(kind).term(text, BASE)


def test_a_variable_is_replaced_only_where_it_is_one() -> None:
    query = 'SELECT ?x $x ?xy (COUNT(?x) AS ?n) WHERE { ?x ?p \'?x\' , """?x""" . # ?x\n <http://e.org/?x> ?q $x }'
    assert put_in(query, {"x": X}) == (
        f'SELECT ({X} AS ?x) ({X} AS $x) ?xy (COUNT({X}) AS ?n) WHERE {{ {X} ?p \'?x\' , """?x""" . # ?x\n <http://e.org/?x> ?q {X} }}'
    )


@pytest.mark.parametrize("asked", ["BOUND(?x)", "bound( ?x )", "BOUND # (\n(?x)", "(BOUND(?x) && BOUND(?p))"])
def test_a_variable_with_a_value_is_bound(asked: str) -> None:
    store = Store()
    store.extend([Quad(NamedNode("https://e.org/s"), NamedNode("https://e.org/p"), Literal("o"))])
    query = f"SELECT ?p WHERE {{ ?s ?p ?o FILTER(!{asked} || ?s = ?x) }}"
    assert _rows(store, query) == 1
    assert _rows(store, put_in(query, {"x": NamedNode("https://e.org/s")})) == 1
    assert _rows(store, put_in(query, {"x": NamedNode("https://e.org/t")})) == 0


def _rows(store: Store, query: str) -> int:
    return sum(1 for _ in store.query(query))  # type: ignore[union-attr, misc]  # a SELECT


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { BIND(1 AS ?x) }",
        "SELECT * { VALUES ?x { 1 } }",
        "SELECT ?y { ?s ?p ?y } GROUP BY ?x",
        "SELECT ?y { ?s ?p ?y } ORDER BY ?y ?x",
        "SELECT ?y { ?s ?p ?y }",
    ],
)
def test_a_variable_that_no_value_can_replace_is_told(query: str) -> None:
    with pytest.raises(ParameterError, match="x"):
        put_in(query, {"x": X})


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_no_text_becomes_syntax(text: str) -> None:
    subject, predicate = NamedNode("https://e.org/s"), NamedNode("https://e.org/p")
    store = Store()
    store.extend([Quad(subject, predicate, Literal(text)), Quad(subject, predicate, Literal(text + "!"))])
    query = put_in("SELECT ?s ?v WHERE { ?s ?q ?v FILTER(?v = ?x) }", {"x": Literal(text)})
    assert [solution["v"] for solution in store.query(query)] == [Literal(text)]  # type: ignore[union-attr]  # a SELECT


def test_the_type_of_an_ad_hoc_parameter_is_guessed() -> None:
    assert guess("p", "<organisation/eha>", BASE) == NamedNode(BASE + "organisation/eha")
    assert guess("p", "https://e.org/", BASE) == NamedNode("https://e.org/")
    assert guess("p", "2020-01-01", BASE) == Literal(
        "2020-01-01", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date")
    )
    assert guess("p", "12", BASE) == Literal(12)
    assert guess("p", "HARMONY", BASE) == Literal("HARMONY")
    assert guess("p", "organisation/eha", BASE) == NamedNode(BASE + "organisation/eha")
    assert guess("p", "Either/or", BASE) == Literal("Either/or")
    assert guess("p", '"organisation/eha"', BASE) == Literal("organisation/eha")
    with pytest.raises(ParameterError, match="is no IRI"):
        guess("p", "http://[::1", BASE)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x { { SELECT ?x { ?x ?p ?o } } }",
        "SELECT ?x { { SELECT ?x ?p { ?x ?p ?o { SELECT DISTINCT ?x { ?x ?q ?r } } } } }",
        "SELECT ?x { ?x ?p ?o FILTER(1<?o&&?x>2||?o=3) }",
        "SELECT ?x { ?x ?p ?o FILTER(1<?x&&?x>2||?o=3) }",
        "SELECT ?x { ?x<https://e.org/p>?o }",
    ],
)
def test_a_query_that_is_filled_in_stays_one(query: str) -> None:
    store = Store()
    store.add(Quad(X, NamedNode("https://e.org/p"), Literal(3)))
    found = store.query(put_in(query, {"x": X}))
    assert [solution["x"] for solution in found] == [X]  # type: ignore[union-attr]  # a SELECT


def test_a_text_is_refused_where_only_an_iri_can_stand() -> None:
    with pytest.raises(ParameterError, match=r"\?p stands where only an IRI can, as for a property"):
        prepare("SELECT * { ?s ?p ?o FILTER(?o = ?q) }", {"p": Literal("x"), "q": Literal("y")}, base_iri=BASE)

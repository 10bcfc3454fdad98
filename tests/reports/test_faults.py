"""A query that is not SPARQL is told so that its writer can mend it."""

from __future__ import annotations

import pytest

from eugraph.errors import QuerySyntaxError
from eugraph.reports import ask
from eugraph.reports.faults import explained
from eugraph.store import EmbeddedStore

EUG = "PREFIX eug: <https://w3id.org/eugraph/ontology#>\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELEC * {?s ?p ?o}", "this is not SPARQL 1.1: line 1, column 1: a query goes on with SELECT, ASK, CONSTRUCT, DESCRIBE after its prefixes, not with 'SELEC'; did you mean 'SELECT'?"),
        (f"{EUG}# one\nGIVE me", "this is not SPARQL 1.1: line 3, column 1: a query goes on with SELECT, ASK, CONSTRUCT, DESCRIBE after its prefixes, not with 'GIVE'."),
        ("SELECT *\n{ ?s eug:studies ?o }", "this is not SPARQL 1.1: line 2, column 6: no PREFIX is declared for eug:studies. Add the line PREFIX eug: <https://w3id.org/eugraph/ontology#>"),
        (f"{EUG}SELECT * {{ ?s eugg:studies ?o }}", "this is not SPARQL 1.1: line 2, column 15: no PREFIX is declared for eugg:studies; did you mean 'eug'? Declare it."),
        (f"{EUG}SELECT * {{ ?s ex:p ?o }}", "this is not SPARQL 1.1: line 2, column 15: no PREFIX is declared for ex:p. Declare it."),
        ("SELECT * {\n?s ?p ?o OPTIONAL {\n?s ?q ?r }", "this is not SPARQL 1.1: line 1, column 10: the bracket { is not closed. Close it."),
        ("SELECT * { ?s ?p ?o FILTER(?o > 1 }", "this is not SPARQL 1.1: line 1, column 27: the bracket ( is closed by }. Mend one of them."),
        ("SELECT * { ?s ?p ?o } }", "this is not SPARQL 1.1: line 1, column 23: no bracket is open that } would close. Delete it."),
        ("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }", "this is not SPARQL 1.1: line 1, column 41: The SELECT contains a variable that is unbound. Mend the query there or just before."),
        ("SELECT * {?s ?p ?o} ORDER ?s", "this is not SPARQL 1.1: line 1, column 29: expected BY. Mend the query there or just before."),
        ("SELECT * { ?s ?p }", "this is not SPARQL 1.1: line 1, column 19: expected one of LATERAL, SERVICE. Mend the query there or just before."),
        ("SELECT * {\n<project/x> ?p ?o }", "this is not SPARQL 1.1: line 2, column 1: <project/x> is no whole IRI. Write it whole, or begin the query with a line BASE <…>."),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_line(text: str, said: str) -> None:
    with pytest.raises(QuerySyntaxError) as raised:
        ask(EmbeddedStore(), text, base_iri="https://example.org/")
    assert str(raised.value) == said


def test_what_another_engine_says_is_kept_where_nothing_is_found() -> None:
    assert explained("http://localhost/: does not accept the query: 7", "SELECT * { }") == (
        "http://localhost/: does not accept the query: 7"
    )
    assert "'" not in explained("error at 1:2: expected one of ['a' ..= 'z' | '_'], [_]", "SELECT * { }")


def test_brackets_and_prefixes_in_texts_and_comments_are_not_looked_at() -> None:
    text = "SELECT * { ?s ?p '{ ex:a (' # [\n ?o }"
    assert explained("x", text) == "x"

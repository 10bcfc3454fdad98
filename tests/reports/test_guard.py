"""What leads out of the store is refused before an engine sees it, and nothing else is."""

from __future__ import annotations

import pytest

from eugraph.errors import RefusedQueryError
from eugraph.reports.guard import refuse_outward

OWN = "https://example.org/id/graph/"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }",
        "SELECT * { service silent ?where { ?s ?p ?o } }",
        "SELECT * { <a:a>SERVICE<a:b>{} }",
        "SELECT * { ?s ?p ?o . OPTIONAL { { SERVICE ex:x { ?s ?p ?o } } } }",
        "SELECT * { ?s ?p '#' SERVICE <a:b> { } }",
        "SELECT * { \\u0053ERVICE <a:b> { } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM <http://example.org/> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:x> { ?s ?p ?o }",
        "PREFIX x: <file:> SELECT * FROM x:y { ?s ?p ?o }",
        "CONSTRUCT FROM\n#\n<file:x> WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "load silent <http://example.org/> into graph <a:b>",
        "PREFIX a: <a:> INSERT DATA { a:a a:a a:a }",
        "DELETE WHERE { ?s ?p ?o }",
        "BASE <a:> CLEAR ALL",
    ],
)
def test_a_way_out_is_refused(query: str) -> None:
    with pytest.raises(RefusedQueryError, match=r"line \d+: "):
        refuse_outward(query, own_graphs=OWN)


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * FROM <{OWN}derived> FROM NAMED <{OWN}projects/harmony> {{ ?s ?p ?o }}",
        '# SERVICE\nSELECT ?service ?from { ?service ex:from \'SERVICE <x:y>\' ; ex:load """FROM""" }',
        "PREFIX service: <a:b> SELECT * { ?s service:from <http://service/load> }",
        "ASK { ?insert ?delete ?load FILTER(?a < ?b && ?c > ?d) }",
        "SELECT (COUNT(*) AS ?add) { ?with a ?clear }",
    ],
)
def test_a_query_of_the_store_is_let_through(query: str) -> None:
    refuse_outward(query, own_graphs=OWN)

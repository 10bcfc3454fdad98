"""The query operation: how a query comes in, what it is asked over, in which format the answer goes out."""

from __future__ import annotations

import base64
import hashlib
import json
from urllib.parse import urlencode

import httpx
import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results

from serve.conftest import THINGS
from serve.running import BASE, Server

NAMES = f"SELECT ?name {{ ?thing <{BASE}name> ?name }} ORDER BY ?name LIMIT 3"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
FORM = "application/x-www-form-urlencoded"


def count(response: httpx.Response) -> int:
    assert response.status_code == 200, response.text
    return int(response.json()["results"]["bindings"][0]["n"]["value"])


def test_a_query_is_the_same_by_get_by_form_and_as_a_body(server: Server) -> None:
    by_get = server.get("/sparql", params={"query": NAMES})
    by_form = httpx.post(server.sparql, data={"query": NAMES})
    as_body = httpx.post(
        server.sparql, content=NAMES, headers={"Content-Type": "application/sparql-query; charset=UTF-8"}
    )
    assert [row["name"]["value"] for row in by_get.json()["results"]["bindings"]] == ["Thing 0", "Thing 1", "Thing 10"]
    assert by_get.content == by_form.content == as_body.content


@pytest.mark.parametrize(
    ("accept", "media_type", "form"),
    [
        ("application/sparql-results+json", "application/sparql-results+json", QueryResultsFormat.JSON),
        ("application/sparql-results+xml", "application/sparql-results+xml", QueryResultsFormat.XML),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", QueryResultsFormat.TSV),
    ],
)
def test_rows_come_in_each_format(server: Server, accept: str, media_type: str, form: QueryResultsFormat) -> None:
    answer = server.ask(NAMES, accept)
    assert answer.headers["content-type"] == media_type
    rows = parse_query_results(answer.content, format=form)
    assert [row["name"].value for row in rows] == ["Thing 0", "Thing 1", "Thing 10"]  # type: ignore[union-attr]


def test_rows_come_as_csv(server: Server) -> None:
    answer = server.ask(NAMES, "text/csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert answer.text == "name\nThing 0\nThing 1\nThing 10\n"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml", RdfFormat.RDF_XML),
    ],
)
@pytest.mark.parametrize("most", [10, 100_000])  # whole before its first byte, and sent while it is read
def test_a_graph_comes_in_each_format(server: Server, accept: str, form: RdfFormat, most: int) -> None:
    answer = server.ask(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }} LIMIT {most}", accept)
    assert answer.headers["content-type"].partition(";")[0] == accept
    assert len({quad.triple for quad in parse(answer.content, format=form)}) == min(most, 2 * THINGS)
    assert ("repr-digest" in answer.headers) is (most == 10)


def test_what_was_asked_for_by_name_comes(server: Server) -> None:
    assert server.get("/sparql", params={"query": NAMES, "format": "csv"}).text.startswith("name\n")
    refused = server.get("/sparql", params={"query": NAMES, "format": "xlsx"})
    assert (refused.status_code, refused.headers["eugraph-problem"]) == (400, "unknown-format")


def test_a_format_that_cannot_hold_the_answer_is_refused_with_those_that_can(server: Server) -> None:
    answer = server.ask(NAMES, "text/turtle")
    assert answer.status_code == 406
    assert "application/sparql-results+json" in answer.text
    assert server.ask("ASK {}", "text/csv").status_code == 406
    assert server.ask("DESCRIBE <a:b>", "text/csv").status_code == 406


def test_the_default_graph_is_the_union_of_all_graphs_unless_some_are_named(server: Server) -> None:
    even, odd = f"{BASE}graph/even", f"{BASE}graph/odd"
    assert count(server.get("/sparql", params={"query": COUNT})) == 2 * THINGS
    assert count(server.get("/sparql", params={"query": COUNT, "default-graph-uri": even})) == THINGS
    assert count(server.get("/sparql", params={"query": COUNT, "default-graph-uri": [even, odd]})) == 2 * THINGS
    assert count(server.get("/sparql", params={"query": COUNT, "named-graph-uri": even})) == 0
    assert count(server.ask(COUNT.replace("{", f"FROM <{odd}> {{", 1))) == THINGS
    named = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert count(server.get("/sparql", params={"query": named})) == 2
    assert count(server.get("/sparql", params={"query": named, "named-graph-uri": odd})) == 1
    assert count(server.get("/sparql", params={"query": named, "default-graph-uri": odd})) == 0
    both = {"query": COUNT.replace("{", f"FROM <{odd}> FROM <{even}> {{", 1), "default-graph-uri": even}
    assert count(server.get("/sparql", params=both)) == THINGS  # the protocol's graphs come before those of the text


def test_a_graph_that_is_not_here_is_told_and_never_fetched(server: Server) -> None:
    wrong = server.get("/sparql", params={"query": COUNT, "default-graph-uri": f"{BASE}graph/evem"})
    assert (wrong.status_code, wrong.headers["eugraph-problem"]) == (400, "unknown-graph")
    assert f"did you mean '{BASE}graph/even'?" in wrong.text
    assert server.ask(f"SELECT * FROM <{BASE}graph/evem> {{ ?s ?p ?o }}").status_code == 400


def test_relative_iris_stand_below_the_base_of_the_release(server: Server) -> None:
    assert server.ask("SELECT ?name { <thing/7> <name> ?name }", "text/csv").text == "name\nThing 7\n"
    answer = server.ask("CONSTRUCT { <s> <p> 1 } WHERE {}", "application/n-triples")
    assert answer.text.startswith(f"<{BASE}s> <{BASE}p> ")


def test_headers_tell_release_rows_hash_and_time(server: Server) -> None:
    answer = server.ask(NAMES)
    digest = base64.b64encode(hashlib.sha256(answer.content).digest()).decode()
    assert answer.headers["repr-digest"] == f"sha-256=:{digest}:"
    assert answer.headers["eugraph-truncated"] == "no"
    assert answer.headers["eugraph-rows"] == "3"
    assert answer.headers["eugraph-release"].startswith("2026-01-02-")
    assert answer.headers["server-timing"].startswith("query;dur=")
    assert answer.headers["vary"] == "Accept"


def test_a_cut_answer_says_so_in_itself_and_in_a_header(server: Server) -> None:
    query = "SELECT * { ?s ?p ?o }"
    cut = server.ask(query)
    assert (cut.headers["eugraph-truncated"], cut.headers["eugraph-rows"]) == ("rows", "500")
    assert len(cut.json()["results"]["bindings"]) == 500
    assert cut.json()["eugraph"]["truncated"] == "rows"
    as_xml = server.ask(query, "application/sparql-results+xml")
    assert "these are the first ones" in as_xml.text
    rows = parse_query_results(as_xml.content, format=QueryResultsFormat.XML)
    assert len(list(rows)) == 500  # type: ignore[arg-type]  # rows, no yes or no
    whole = server.ask(f"{query} LIMIT 500")
    assert whole.headers["eugraph-truncated"] == "no"
    assert "eugraph" not in whole.json()


def test_equal_queries_have_equal_bytes_from_whichever_process(server: Server) -> None:
    for query in ("SELECT * { ?s ?p ?o }", "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p"):
        assert len({server.ask(query).content for _ in range(8)}) == 1


def test_head_is_get_without_a_body(server: Server) -> None:
    get = server.get("/sparql", params={"query": NAMES})
    head = httpx.head(server.sparql, params={"query": NAMES})
    assert head.content == b""
    for name in ("content-type", "content-length", "repr-digest", "eugraph-rows"):
        assert head.headers[name] == get.headers[name]


def test_without_a_query_the_endpoint_describes_itself(server: Server) -> None:
    for accept, form in (("text/turtle", RdfFormat.TURTLE), ("application/rdf+xml", RdfFormat.RDF_XML)):
        answer = server.get("/sparql", headers={"Accept": accept})
        said = {str(quad.triple) for quad in parse(answer.content, format=form)}
        sd = "http://www.w3.org/ns/sparql-service-description#"
        assert f"<{server.sparql}> <{sd}endpoint> <{server.sparql}>" in said
        assert f"<{server.sparql}> <{sd}supportedLanguage> <{sd}SPARQL11Query>" in said
    assert server.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        ("update=CLEAR+ALL", FORM),
        ("query=ASK%7B%7D&update=CLEAR+ALL", FORM),
        ("CLEAR ALL", "application/sparql-update"),
    ],
)
def test_an_update_is_refused_as_what_is_not_allowed_here(server: Server, body: str, media_type: str) -> None:
    answer = httpx.post(server.sparql, content=body, headers={"Content-Type": media_type})
    assert (answer.status_code, answer.headers["eugraph-problem"]) == (403, "read-only")
    assert count(server.ask(COUNT)) == 2 * THINGS


def test_an_update_in_the_place_of_a_query_is_refused(server: Server) -> None:
    for text in ("CLEAR ALL", "DELETE WHERE { ?s ?p ?o }", f"LOAD <{server.root}/health>"):
        answer = server.ask(text)
        assert (answer.status_code, answer.headers["eugraph-problem"]) == (400, "refused-query")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * {\n ?s ?p }", "line 2, column 9"),
        ("SELECT * {\n ?s x:y ?o }", "line 2, column 5: no PREFIX is declared for x:y"),
        ("SELECT * {\n\n { ?s ?p ?o }", "line 1, column 10: the bracket { is not closed"),
        ("SELEKT * { ?s ?p ?o }", "did you mean 'SELECT'?"),
        ("", "the query is empty"),
        ("SELECT (<x:unknown>(1) AS ?x) { }", "<x:unknown>"),
    ],
)
def test_what_is_wrong_with_a_query_is_told_with_its_place(server: Server, query: str, told: str) -> None:
    answer = server.ask(query)
    assert answer.status_code == 400
    assert told in answer.text


@pytest.mark.parametrize("accept", ["application/json", "application/problem+json"])
def test_a_problem_is_json_for_programs(server: Server, accept: str) -> None:
    answer = server.ask("SELECT", accept)
    assert answer.headers["content-type"] == "application/problem+json"
    said = json.loads(answer.content)
    assert (said["status"], said["title"]) == (400, "Bad Request")
    assert said["detail"]


def test_a_problem_is_a_page_for_browsers_and_shows_what_was_sent_as_text(server: Server) -> None:
    answer = server.ask("<script>alert(1)</script>", "text/html")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "<script" not in answer.text


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"query=ASK%7B%7D&query=ASK%7B%7D", FORM, 400),
        (b"", FORM, 400),
        (b"other=1", FORM, 400),
        (b"query=%FF%FE", FORM, 400),
        (b"\xff\xfe", "application/sparql-query", 400),
        ("ASK {}".encode("utf-16"), "application/sparql-query; charset=UTF-16", 415),
        (b"ASK {}", "text/plain", 415),
        (b"ASK {}", "", 415),
        (urlencode([(f"p{number}", "x") for number in range(2000)]).encode(), FORM, 400),
    ],
)
def test_a_body_that_is_no_query_is_refused(server: Server, content: bytes, media_type: str, status: int) -> None:
    headers = {"Content-Type": media_type} if media_type else {}
    assert httpx.post(server.sparql, content=content, headers=headers).status_code == status


def test_other_methods_are_refused_with_those_that_are_not(server: Server) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        answer = httpx.request(method, server.sparql, params={"query": "ASK {}"})
        assert answer.status_code == 405
        assert set(answer.headers["allow"].split(", ")) - {"OPTIONS"} == {"GET", "HEAD", "POST"}

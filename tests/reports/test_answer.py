"""Answers in each format: right for any term, safe for any text."""

from __future__ import annotations

import csv
import io
import json

import pytest
from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, QueryResultsFormat, Triple, parse_query_results

from eugraph.errors import QueryError
from eugraph.reports import Answer
from eugraph.store import Graph, Solutions

BASE = "https://example.org/id/"
EHA = NamedNode(BASE + "organisation/eha")
PROJECT = NamedNode("https://w3id.org/eugraph/ontology#Project")
ROWS = Solutions(
    ("thing", "text", "number"),
    [
        (EHA, Literal('a "b",\n| c', language="en"), Literal(3)),
        (PROJECT, None, Literal("1500000.50", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))),
    ],
)
ANSWER = Answer(result=ROWS, base_iri=BASE)


def test_csv_reads_back_to_the_cells() -> None:
    rows = list(csv.reader(io.StringIO(ANSWER.write("csv"))))
    assert rows == [["thing", "text", "number"], [EHA.value, 'a "b",\n| c', "3"], [PROJECT.value, "", "1500000.50"]]


@pytest.mark.parametrize(
    ("form", "results"),
    [("json", QueryResultsFormat.JSON), ("xml", QueryResultsFormat.XML), ("tsv", QueryResultsFormat.TSV)],
)
def test_the_results_formats_read_back_to_the_terms(form: str, results: QueryResultsFormat) -> None:
    read = parse_query_results(ANSWER.write(form), format=results)
    assert [tuple(row) for row in read] == list(ROWS.rows)  # type: ignore[union-attr]  # a SELECT


def test_a_table_is_aligned_with_short_names_and_numbers_to_the_right() -> None:
    assert ANSWER.write("table").splitlines() == [
        "thing             text            number",
        "----------------  ----------  ----------",
        'organisation/eha  a "b", | c           3',
        "eug:Project                   1500000.50",
    ]


def test_markdown_escapes_its_bars() -> None:
    assert ANSWER.write("md").splitlines()[2] == '| organisation/eha | a "b", \\| c | 3 |'


def test_no_rows_are_said_to_be_none() -> None:
    assert Answer(result=Solutions(("a",), []), base_iri=BASE).write("table") == "a\n(no rows)\n"


def test_a_yes_is_a_yes_in_every_format() -> None:
    answer = Answer(result=True, base_iri=BASE)
    assert answer.write("table") == "true\n"
    assert json.loads(answer.write("json"))["boolean"] is True
    assert "<boolean>true</boolean>" in answer.write("xml")


def test_a_graph_is_written_as_turtle_n_triples_or_json_ld_and_as_nothing_else() -> None:
    answer = Answer(
        result=Graph([Triple(EHA, NamedNode("http://xmlns.com/foaf/0.1/name"), Literal("EHA"))]), base_iri=BASE
    )
    assert answer.default_format == "ttl"
    assert "<organisation/eha>" in answer.write("ttl")
    assert answer.write("nt") == f'{EHA} <http://xmlns.com/foaf/0.1/name> "EHA" .\n'
    assert json.loads(answer.write("jsonld"))
    with pytest.raises(QueryError, match="a graph has no format csv"):
        answer.write("csv")


def test_rows_have_no_graph_format() -> None:
    with pytest.raises(QueryError, match="rows have no format ttl"):
        ANSWER.write("ttl")


def test_a_blank_node_is_shown_as_one() -> None:
    answer = Answer(result=Solutions(("a",), [(BlankNode("x"),)]), base_iri=BASE)
    assert answer.write("csv") == "a\n_:x\n"
    assert json.loads(answer.write("json"))["results"]["bindings"] == [{"a": {"type": "bnode", "value": "x"}}]


def one(cell: Literal) -> Answer:
    return Answer(result=Solutions(("a",), [(cell,)]), base_iri=BASE)


@pytest.mark.parametrize("form", ["table", "md"])
def test_what_a_terminal_would_obey_is_shown_as_an_escape(form: str) -> None:
    assert "\\u001b[31m\\u009b\\u202e" in one(Literal("\x1b[31m\x9b\u202e")).write(form)


def test_a_character_that_xml_cannot_hold_is_told() -> None:
    with pytest.raises(QueryError, match=r"row 1, \?a: the text holds the character U\+001B, which XML cannot hold"):
        one(Literal("\x1b")).write("xml")
    assert "\\u001b" in one(Literal("\x1b")).write("json")


@pytest.mark.parametrize("form", ["json", "tsv", "xml"])
def test_a_direction_of_writing_is_not_lost_in_silence(form: str) -> None:
    with pytest.raises(QueryError, match="has a direction of writing"):
        one(Literal("a", language="ar", direction=BaseDirection.RTL)).write(form)


def test_a_yes_has_no_format_of_rows_or_graphs() -> None:
    with pytest.raises(QueryError, match="yes or no has no format md"):
        Answer(result=True, base_iri=BASE).write("md")

"""A citation holds what is needed to ask again, in each of its formats, and tells what has changed."""

from __future__ import annotations

import dataclasses
import json
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from eugraph.errors import CitationError
from eugraph.reports import parse_report
from eugraph.reports.citing import FORMATS, Citation, cited, compare, digest_of, read_citation, write_citation
from eugraph.reports.citing.citation import address_of
from eugraph.store import Graph, Row, Solutions
from eugraph.vocab import term

REPORT = parse_report("things", "# title: Things & their {names}\n# asks: Which?\n# columns: x\nSELECT ?x { ?x ?y ?z }")
MANIFEST = {
    "title": "A graph",
    "version": "1.0",
    "date": "2026-11-23",
    "publisher": "Somebody",
    "graph": {"sha256": "a" * 64},
}
A, B, C = (NamedNode(f"https://example.org/id/{name}") for name in "abc")
GIVEN = {"of": "organisation/eha", "words": "50 % & more_or less; 'x' ~ {y} #z é"}


def rows(*values: object) -> Solutions:
    found: list[Row] = [(value if isinstance(value, NamedNode) else Literal(value), None) for value in values]  # type: ignore[arg-type] # of what Literal takes
    return Solutions(("x", "y"), found)


def citation(result: Solutions | Graph | bool, **changed: object) -> Citation:
    address = address_of("https://example.org/id/", "things", GIVEN)
    made = cited(REPORT, GIVEN, digest_of(result), MANIFEST, address, truncated=False)
    return dataclasses.replace(made, **changed)  # type: ignore[arg-type] # fields by name


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_holds_what_is_needed_to_ask_again(form: str) -> None:
    made = citation(rows(A, B))
    read = read_citation(
        f"Some text before.\n\n{write_citation(made, form)}\nand behind it.\n" if form != "json" else made.as_json()
    )
    for name in ("name", "parameters", "query_sha256", "result_sha256", "rows", "truncated", "address"):
        assert getattr(read, name) == getattr(made, name), name
    assert read.release.sha256 == made.release.sha256
    assert read.release.version == "1.0"


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}\Z"), st.text(st.characters(codec="utf-8"), max_size=30), max_size=3))
def test_parameters_come_back_from_a_link_whatever_they_hold(given_: dict[str, str]) -> None:
    address = address_of("https://example.org/id/", "things", given_)
    made = cited(REPORT, given_, digest_of(rows(A)), MANIFEST, address, truncated=False)
    assert read_citation(write_citation(made, "text")).parameters == made.parameters
    assert read_citation(write_citation(made, "bibtex")).parameters == made.parameters


def test_bibtex_is_one_entry_whose_braces_close() -> None:
    text = write_citation(citation(rows(A)), "bibtex")
    plain = text.replace("\\{", "").replace("\\}", "")
    assert plain.count("{") == plain.count("}")
    assert re.match(r"@misc\{things-2026-11-23-[0-9a-f]{8},\n", text)
    assert "Things \\& their \\{names\\}" in text


def test_csl_is_a_list_with_one_data_set() -> None:
    (item,) = json.loads(write_citation(citation(rows(A)), "csl"))
    assert (item["type"], item["issued"]) == ("dataset", {"date-parts": [[2026, 11, 23]]})
    assert item["author"] == [{"literal": "Somebody"}]


def test_the_order_of_rows_does_not_count_but_their_number_does() -> None:
    one = rows(A, B, B, C)
    turned = list(one.rows)
    random.Random(3).shuffle(turned)
    assert digest_of(one).sha256 == digest_of(Solutions(one.columns, turned)).sha256
    assert digest_of(one).sha256 != digest_of(rows(A, B, C)).sha256
    assert digest_of(rows(A)).sha256 != digest_of(Solutions(("z", "y"), rows(A).rows)).sha256


@pytest.mark.parametrize(
    ("one", "other", "datatype"),
    [
        ("0.50", "0.5", "decimal"),
        ("007", "7", "integer"),
        ("1E1", "10.0", "double"),
        ("100", "100.0", "decimal"),
        ("-0", "0", "integer"),
        ("12345678901234567890123456789012345.10", "+012345678901234567890123456789012345.1", "decimal"),
    ],
)
def test_a_number_counts_by_its_value(one: str, other: str, datatype: str) -> None:
    type_ = term(f"xsd:{datatype}")
    first, second = (Solutions(("n",), [(Literal(text, datatype=type_),)]) for text in (one, other))
    assert digest_of(first).sha256 == digest_of(second).sha256


@pytest.mark.parametrize("text", ["many", "", "1e999999999", "NaN", "9" * 5000])
def test_a_number_that_is_none_counts_as_it_is_written(text: str) -> None:
    for datatype in ("integer", "decimal", "double"):
        found = digest_of(Solutions(("n",), [(Literal(text, datatype=term(f"xsd:{datatype}")),)]))
        assert found.rows == 1


def test_a_graph_and_yes_or_no_can_be_cited() -> None:
    one, other = Triple(A, B, C), Triple(A, B, Literal("x"))
    assert digest_of(Graph([one, other])) != digest_of(Graph([one]))
    assert digest_of(Graph([one, other])).sha256 == digest_of(Graph([other, one])).sha256
    assert len({digest_of(answer).sha256 for answer in (True, False)}) == 2


def test_what_is_the_same_is_told_so() -> None:
    found = compare(citation(rows(A, B)), citation(rows(B, A)))
    assert found.is_same
    assert list(found.sentences) == ["the answer is the same: 2 rows."]


def test_new_and_lost_rows_are_counted_and_the_new_ones_named() -> None:
    found = compare(citation(rows(A, B)), citation(rows(C, B, C)))
    assert (found.same_rows, found.same_query, found.same_release) == (False, True, True)
    assert list(found.new) == [0, 2]
    assert (
        "2 rows were cited, now there are 3; 1 row of those cited is gone or changed, 2 rows of these are new"
        in found.sentences[0]
    )
    assert "another store or limit" in found.sentences[1]


def test_another_query_and_another_release_are_told() -> None:
    now = citation(rows(A), query_sha256="b" * 64)
    now = dataclasses.replace(now, release=dataclasses.replace(now.release, sha256="c" * 64, version="2.0"))
    found = compare(citation(rows(A)), now)
    assert (found.same_rows, found.is_same) == (True, False)
    told = " ".join(found.sentences)
    assert "the text of the query things has changed" in told
    assert "version 1.0 of 23 November 2026" in told
    assert "version 2.0" in told


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "nothing of the kind",
        "https://example.org/query/things",
        "https://example.org/query/things#eugraph=1&version=1",
        "https://example.org/other#eugraph=1&version=1&date=2026-01-01&graph=a&query=b&result=c&rows=1",
        '{"eugraphCitation": 1}',
        '{"eugraphCitation": 1, "release": 5}',
        '{"eugraphCitation": 1, "release": {"nonsense": 1}}',
    ],
)
def test_what_is_no_citation_is_refused_in_words(text: str) -> None:
    with pytest.raises(CitationError):
        read_citation(text)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(CitationError):
        read_citation(text)

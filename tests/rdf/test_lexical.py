"""Lexical spaces of XML Schema: every text that rdflib cannot read is found, and nothing that it reads is refused."""

from __future__ import annotations

import pytest

from eugraph.rdf.lexical import expected_form

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("date", ["2020-02-29", "2000-02-29", "1999-12-31Z", "2020-01-01+02:00", "-0044-03-15", "12020-01-01"]),
        ("gYear", ["2020", "0001", "-0001", "2020Z"]),
        ("gYearMonth", ["2020-12", "2020-01+14:00"]),
        ("dateTime", ["2020-01-01T00:00:00", "2020-01-01T24:00:00", "2020-01-01T23:59:59.999Z"]),
        ("integer", ["0", "-1", "+007"]),
        ("nonNegativeInteger", ["0", "+1", "-0"]),
        ("positiveInteger", ["1", "+01"]),
        ("decimal", ["1", "-1.", ".5", "1500000.50"]),
        ("double", ["1e6", "INF", "-INF", "NaN", "1.5E-3"]),
        ("boolean", ["true", "false", "0", "1"]),
        ("string", ["", "anything\n"]),
    ],
)
def test_what_is_in_the_lexical_space_is_right(kind: str, texts: list[str]) -> None:
    assert [text for text in texts if expected_form(text, XSD + kind)] == []


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (
            "date",
            [
                "2025-13-01",
                "2025-02-29",
                "1900-02-29",
                "2025-04-31",
                "2025-1-1",
                "01.02.2025",
                "2025-01",
                "",
                "2025-01-00",
                "2025-01-01\n",
            ],
        ),
        ("gYear", ["20", "2020-01", "abcd", "02020"]),
        ("gYearMonth", ["2020", "2020-13", "2020-00", "2020-1"]),
        ("dateTime", ["2020-01-01", "2020-01-01T25:00:00", "2020-02-30T00:00:00"]),
        ("integer", ["1.0", "1e3", "", " 1", "1 000", "٣x"]),
        ("nonNegativeInteger", ["-1"]),
        ("positiveInteger", ["0", "-1"]),
        ("decimal", ["1e6", "1,5", "1.500.000", "", "."]),
        ("double", ["1,5", "inf", ""]),
        ("boolean", ["TRUE", "yes", "", "2"]),
    ],
)
def test_what_is_not_in_the_lexical_space_is_told_with_the_form_it_needs(kind: str, texts: list[str]) -> None:
    assert [text for text in texts if not expected_form(text, XSD + kind)] == []


def test_a_datatype_that_we_do_not_know_holds_every_text() -> None:
    assert expected_form("x", "https://example.org/type") is None

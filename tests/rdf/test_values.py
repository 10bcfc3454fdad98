"""Which of two literals comes first, and of which nobody can tell."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from eugraph.rdf.values import Moment, compare, value_of
from eugraph.vocab import term


def literal(text: str) -> Literal:
    """`value^kind` as a literal of XML Schema."""
    lexical, _, kind = text.partition("^")
    return Literal(lexical, datatype=term(f"xsd:{kind}")) if kind else Literal(lexical)


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        ("1^integer", "01^integer", 0),
        ("1^integer", "1.0^decimal", 0),
        ("1^byte", "2^unsignedInt", -1),
        ("0.1^decimal", "0.1^double", 0),
        ("1e3^double", "1000^integer", 0),
        ("INF^double", "9^integer", 1),
        ("1e3^double", f"{10**400}^integer", -1),
        ("NaN^double", "NaN^double", None),
        ("a", "b", -1),
        ("a", "1^integer", None),
        ("false^boolean", "1^boolean", -1),
        ("2020-01-01^date", "2020-01-02^date", -1),
        ("2020-01-01^date", "2020-01-01T00:00:00^dateTime", None),
        ("2020-01-01Z^date", "2020-01-01+02:00^date", 1),
        ("2020-01-01^date", "2020-01-01Z^date", None),
        ("2020-01-01^date", "2020-03-01Z^date", -1),
        ("2020-01-01T24:00:00^dateTime", "2020-01-02T00:00:00^dateTime", 0),
        ("2020-06^gYearMonth", "2021-01^gYearMonth", -1),
        ("2020^gYear", "2020-01-01^date", None),
        ("-0001^gYear", "0001^gYear", -1),
        ("12:00:00^time", "13:00:00^time", -1),
        ("P1D^dayTimeDuration", "PT24H^dayTimeDuration", 0),
        ("P1Y^yearMonthDuration", "P11M^yearMonthDuration", 1),
        ("P1Y^duration", "P11M^duration", None),
        ("2020-13-01^date", "2020-01-01^date", None),
        ("x^integer", "1^integer", None),
    ],
)
def test_order(one: str, other: str, order: int | None) -> None:
    assert compare(value_of(literal(one)), value_of(literal(other))) == order
    assert compare(value_of(literal(other)), value_of(literal(one))) == (None if order is None else -order)


@given(st.dates(), st.dates())
def test_days_are_in_the_order_of_the_calendar(one: dt.date, other: dt.date) -> None:
    values = [value_of(Literal(day.isoformat(), datatype=term("xsd:date"))) for day in (one, other)]
    assert compare(*values) == (one > other) - (one < other)


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_the_next_day_is_one_day_later(day: dt.date) -> None:
    if day == dt.date.max:
        return
    one, other = (value_of(Literal(d.isoformat(), datatype=term("xsd:date"))) for d in (day, day + dt.timedelta(1)))
    assert isinstance(one, Moment)
    assert isinstance(other, Moment)
    assert other.size - one.size == 86400


def test_a_text_in_a_language_has_no_order() -> None:
    assert value_of(Literal("a", language="en")) is None

"""Dates, money and truth values in all the spellings of the programmes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.sources.cordis.values import amount, day, decimals, euros, months, point, truth


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2022-01-31", "2022-01-31"),
        ("2022-01-31 10:20:30", "2022-01-31"),
        ("2022-01-31T10:20:30Z", "2022-01-31"),
        ("2023-02-29", None),
        ("31/01/2022", None),
        ("2022-1-31", None),
        ("2022-01-31 noon", None),
        ("", None),
    ],
)
def test_a_day_is_that_of_the_calendar(text: str, found: str | None) -> None:
    assert day(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0", ("0", 0)),
        ("2555260", ("2555260", 255526000)),
        ("771225,1", ("771225.1", 77122510)),
        ("1788682.0", ("1788682.0", 178868200)),
        ("0.4400000001", ("0.4400000001", 44)),
        ("0.005", ("0.005", 0)),
        ("0.015", ("0.015", 2)),
        ("-1.5", ("-1.5", -150)),
        ("1,234,567", None),
        ("1.234,56", None),
        ("1e6", None),
        ("1 000", None),
        ("", None),
    ],
)
def test_an_amount_keeps_its_digits_and_is_counted_in_cents(text: str, found: tuple[str, int] | None) -> None:
    assert amount(text) == found


def test_decimals_are_counted_behind_point_or_comma() -> None:
    found = {text: decimals(text) for text in ("", "0", "1000", "600.5", "600,50", "1.2345678901")}
    assert found == {"": "", "0": "0", "1000": "0", "600.5": "1", "600,50": "2", "1.2345678901": "10"}


@given(st.integers(-(10**14), 10**14))
def test_cents_are_written_as_they_are_read(cents: int) -> None:
    assert amount(euros(cents)) == (euros(cents), cents)


@pytest.mark.parametrize(("text", "found"), [("True", "true"), ("false", "false"), ("perhaps", None), ("", None)])
def test_true_and_false_are_read_in_any_case(text: str, found: str | None) -> None:
    assert truth(text) == found


@pytest.mark.parametrize(
    ("start", "end", "length"),
    [("2022-01-01", "2024-12-31", 36), ("2022-01-15", "2022-02-14", 1), ("2022-01-15", "2022-02-15", 2)],
)
def test_months_that_have_begun_count_whole(start: str, end: str, length: int) -> None:
    assert months(start, end) == length


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("37.98,23.72", ("37.98", "23.72")),
        ("37.98, -23.72", ("37.98", "-23.72")),
        ("91,0", None),
        ("0,181", None),
        ("37.98", None),
        ("north,east", None),
    ],
)
def test_a_place_on_the_map_is_latitude_and_longitude(text: str, found: tuple[str, str] | None) -> None:
    assert point(text) == found

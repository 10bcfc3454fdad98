"""Numbers, dates and addresses as people read them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.publish.pages import words
from eugraph.publish.pages.links import is_web, root_of


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("42433075", "42\u202f433\u202f075"),
        ("1500000.50", "1\u202f500\u202f000.50"),
        ("4251589.2", "4\u202f251\u202f589.20"),
        ("2017", "2017"),
        ("0.5", "0.5"),
        ("-12345", "\u221212\u202f345"),
        ("00123456", "00123456"),
        ("1e6", "1e6"),
        ("", ""),
    ],
)
def test_a_number_stands_in_groups_of_three_digits(text: str, shown: str) -> None:
    assert words.number(text) == shown


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**15), max_value=10**15))
def test_a_number_keeps_its_value(value: Decimal) -> None:
    shown = words.number(f"{value:f}").replace("\u202f", "").replace("\N{MINUS SIGN}", "-")
    assert Decimal(shown) == value


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2017", "2017"),
        ("2017-01", "January 2017"),
        ("2023-06-30", "30\N{NO-BREAK SPACE}June 2023"),
        ("2017-13", "2017-13"),
        ("2017-00-10", "2017-00-10"),
        ("-0044-03-15", "-0044-03-15"),
        ("soon", "soon"),
    ],
)
def test_a_date_is_written_as_people_write_it_and_a_text_that_is_none_is_left_alone(text: str, shown: str) -> None:
    assert words.day(text) == shown


def test_a_sum_has_cents_or_none() -> None:
    assert words.amount(Decimal("42105353.2")) == "42\u202f105\u202f353.20"
    assert words.amount(Decimal("20200000.00")) == "20\u202f200\u202f000"


def test_codes_of_diseases_are_read_from_their_addresses() -> None:
    assert words.code("http://www.orpha.net/ORDO/Orphanet_519") == ("Orphanet", "ORPHA:519")
    assert words.code("https://bioregistry.io/icd10cm:C92.0") == ("ICD-10-CM", "C92.0")
    assert words.code("https://example.org/C92") is None


@pytest.mark.parametrize("address", ["https://example.org/a", "HTTP://example.org", "mailto:someone@example.org"])
def test_addresses_of_the_web_may_be_links(address: str) -> None:
    assert is_web(address)


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://example.org/", "http:", "https://"),
        *("vbscript:x", " https://example.org", "//example.org", "mailto:", "urn:isbn:1", "java\nscript:x"),
    ],
)
def test_other_addresses_are_text(address: str) -> None:
    assert not is_web(address)


def test_a_page_finds_the_top_from_any_depth() -> None:
    assert [root_of(path) for path in ("index.html", "a/b.html", "a/b/c.html")] == ["", "../", "../../"]


@given(st.text())
def test_a_line_for_a_title_is_short_and_one_line(text: str) -> None:
    line = words.one_line(text)
    assert len(line) <= 160
    assert not set(line) & set("\n\r\t\x00\u202e")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
        ("https://creativecommons.org/licenses/by-sa/3.0", "CC BY-SA 3.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ("https://example.org/licence", "https://example.org/licence"),
    ],
)
def test_a_licence_is_called_by_its_usual_name(address: str, name: str) -> None:
    assert words.licence_name(address) == name

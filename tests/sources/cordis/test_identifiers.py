"""Identifiers are checked by their form and their check digits, and addresses become IRIs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from eugraph.sources.cordis.identifiers import address, doi, doi_address, isbn, issn, issn_fits, vat_fits
from eugraph.sources.cordis.nquads_text import escaped, slug


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.3030/101072729", "10.3030/101072729"),
        ("https://doi.org/10.1234/AbC", "10.1234/abc"),
        ("doi: 10.1234/x", "10.1234/x"),
        ("10.107/s10639-023-12408-x", None),
        ("10.1234/", None),
        ("10.1234/a b", None),
    ],
)
def test_a_doi_is_bare_and_small(text: str, found: str | None) -> None:
    assert doi(text) == found


@given(st.text(min_size=1).filter(lambda text: not any(map(str.isspace, text))))
def test_the_address_of_any_doi_is_an_iri(text: str) -> None:
    if (found := doi(f"10.1234/{text}")) and found.isprintable():
        assert NamedNode(doi_address(found)).value.startswith("https://doi.org/10.1234/")


@pytest.mark.parametrize(
    ("text", "found", "fits"),
    [
        ("0378-5955", "0378-5955", True),
        ("03785955", "0378-5955", True),
        ("2434-561x", "2434-561X", True),
        ("0378-5956", "0378-5956", False),
        ("2991-51711", None, False),
    ],
)
def test_an_issn_has_a_check_digit(text: str, found: str | None, fits: bool) -> None:
    assert issn(text) == found
    assert found is None or issn_fits(found) == fits


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("978-3-16-148410-0", "9783161484100"),
        ("0-306-40615-2", "0306406152"),
        ("080442957X", "080442957X"),
        ("978-3-16-148410-1", None),
        ("0-306-40615-3", None),
        ("39529-39555", None),
    ],
)
def test_an_isbn_has_a_check_digit(text: str, found: str | None) -> None:
    assert isbn(text) == found


@pytest.mark.parametrize(
    ("number", "country", "fits"),
    [
        ("EL123456789", "EL", True),
        ("GB123456789", "UK", True),
        ("GB12345", "UK", False),
        ("FR40834941833", "MC", True),
        ("FR40834941833", "US", False),
        ("BR12345", "BR", True),
        ("DE12345678", "DE", False),
    ],
)
def test_a_vat_number_has_the_form_of_its_country(number: str, country: str, fits: bool) -> None:
    assert vat_fits(number, country) == fits


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("http://www.foi.se", "http://www.foi.se"),
        ("www.deimos.com.pt", "http://www.deimos.com.pt"),
        ("www.dcnsgroup.com.", "http://www.dcnsgroup.com."),
        ("HTTPS://a.example/a b?c=[1]#d|e", "https://a.example/a%20b?c=%5B1%5D#d%7Ce"),
        ("https://a.example/100%", "https://a.example/100%25"),
        ("http://two words.example", None),
        ("www.velti.com & www.veltiservices.com", None),
        ("ftp://a.example", None),
        ("none", None),
    ],
)
def test_a_web_address_becomes_an_iri(text: str, found: str | None) -> None:
    assert address(text) == found


@given(st.text())
def test_whatever_is_taken_for_an_address_is_an_iri(text: str) -> None:
    found = address(f"https://a.example/{text}")
    assert found is None or NamedNode(found)


@given(st.text())
def test_any_text_comes_back_from_n_quads(text: str) -> None:
    (quad,) = parse(f'<urn:a> <urn:b> "{escaped(text)}" .', format=RdfFormat.N_TRIPLES)
    assert quad.object == Literal(text)


@pytest.mark.parametrize(
    ("code", "found"),
    [("H2020-EU.1.3.", "h2020-eu-1-3"), ("ERC-2022-SyG ", "erc-2022-syg"), ("Ü/X", "u-x"), ("??", "")],
)
def test_a_slug_is_small_letters_digits_and_hyphens(code: str, found: str) -> None:
    assert slug(code) == found

"""The score: what each piece of evidence closes, and what speaks against a pair at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eugraph.likeness.descriptions import Description
from eugraph.likeness.evidence import COUNTRY, HOMEPAGE, NAME, OTHER_TOWN, TOWN, excluded, likeness

ONE = Description(iri="https://example.org/id/organisation/one", kind="organisation", names=("One",))
OTHER = replace(ONE, iri="https://example.org/id/organisation/999000001")


def test_names_alone_leave_a_tenth_open() -> None:
    assert likeness(ONE, OTHER, names=1).score == pytest.approx(NAME)
    assert likeness(ONE, OTHER, names=0).score == 0


def test_each_piece_of_evidence_closes_a_part_of_what_is_open() -> None:
    one = replace(ONE, countries=("DEU",), towns=("Köln",), hosts=("one.example",))
    other = replace(OTHER, countries=("DEU",), towns=("KOELN",), hosts=("www2.one.example",))
    found = likeness(one, other, names=1)
    assert found.score == pytest.approx(1 - (1 - NAME) * (1 - HOMEPAGE) * (1 - TOWN) * (1 - COUNTRY))
    assert found.evidence == ("names 1.00", "homepage", "town", "country")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Rome", "ROMA"), ("Munich", "Munchen"), ("Brussels", "Bruxelles / Brussel"), ("Padua", "PADOVA")],
)
def test_a_town_in_two_languages_is_one_town(one: str, other: str) -> None:
    assert "town" in likeness(replace(ONE, towns=(one,)), replace(OTHER, towns=(other,)), names=1).evidence


def test_another_town_speaks_against_a_pair() -> None:
    found = likeness(replace(ONE, towns=("Leeds",)), replace(OTHER, towns=("York",)), names=1)
    assert found.score == pytest.approx(NAME * OTHER_TOWN)
    assert found.evidence == ("names 1.00", "another town")


def test_a_town_that_is_not_known_says_nothing() -> None:
    assert likeness(replace(ONE, towns=("Leeds",)), OTHER, names=1).score == pytest.approx(NAME)


def test_an_acronym_counts_if_it_is_stated_or_made_of_the_name() -> None:
    long = replace(OTHER, names=("European Hematology Association",))
    assert "acronym" in likeness(replace(ONE, acronyms=("EHA",)), long, names=0).evidence
    assert "acronym" in likeness(replace(ONE, acronyms=("E-H-A",)), replace(OTHER, acronyms=("EHA",)), names=0).evidence
    assert likeness(replace(ONE, acronyms=("EU",)), replace(OTHER, acronyms=("EU",)), names=0).evidence == ()


def test_a_vat_number_that_several_have_is_evidence() -> None:
    found = likeness(replace(ONE, vats=("XX1",)), replace(OTHER, vats=("XX1",)), names=0)
    assert found.evidence == ("VAT number, which others have too",)


def test_country_number_and_start_must_not_disagree() -> None:
    assert not excluded(ONE, OTHER)
    assert excluded(replace(ONE, countries=("DEU",)), replace(OTHER, countries=("FRA",)))
    assert not excluded(replace(ONE, countries=("DEU",)), OTHER)
    assert excluded(replace(ONE, numbers=("900000001",)), replace(OTHER, numbers=("900000002",)))
    assert excluded(replace(ONE, years=(2017,)), replace(OTHER, years=(2022,)))
    assert not excluded(replace(ONE, years=(2021,)), replace(OTHER, years=(2022,)))

"""Names as words: what is left out, and how like two words are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.likeness.names import initials, letters, trigrams, word_likeness, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Universität Ulm", "UNIVERSITAET ULM"),
        ("Hôpital de Paris", "HOPITAL PARIS"),
        ("Invectys S.A.", "invectys"),
        ("MILTENYI BIOTEC GMBH", "Miltenyi Biotec B.V. & Co. KG"),
        ("The University of York", "University of York"),
        ("Ålesund Øst", "ALESUND OST"),
    ],
)
def test_names_that_forms_write_otherwise_have_the_same_words(one: str, other: str) -> None:
    assert words(one) == words(other)


def test_a_name_of_legal_forms_alone_keeps_its_words() -> None:
    assert words("SA") == ("sa",)
    assert words("&") == ()


def test_other_scripts_are_kept() -> None:
    assert words("Εθνικό Ίδρυμα") == words("ΕΘΝΙΚΟ ΙΔΡΥΜΑ")


def test_an_acronym_is_made_of_the_first_letters() -> None:
    assert initials("European Society for Blood and Marrow Transplantation") == "esbmt"
    assert letters("AP-HP") == letters("APHP")


@given(st.text(), st.text())
def test_likeness_is_symmetric_and_from_0_to_1(one: str, other: str) -> None:
    assert 0 <= word_likeness(one, other) == word_likeness(other, one) <= 1
    assert word_likeness(one, one) == 1


@given(st.text(min_size=1))
def test_every_word_has_its_beginning_and_end_among_its_trigrams(word: str) -> None:
    assert {f"^{word}$"[:3], f"^{word}$"[-3:]} <= trigrams(word)

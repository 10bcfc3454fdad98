"""The index of names: rare words weigh more, and a word may be spelled a little otherwise."""

from __future__ import annotations

import pytest

from eugraph.likeness.names import words
from eugraph.likeness.word_index import WordIndex

NAMES = ["Universita di Bologna", "Universita di Padova", "Universita di Pisa", "Comune di Bologna", "Works Ltd"]


@pytest.fixture
def index() -> WordIndex:
    return WordIndex(words(name) for name in NAMES)


def test_an_equal_name_is_wholly_alike(index: WordIndex) -> None:
    assert index.like(words("WORKS LIMITED"), 0.3) == {("works",): pytest.approx(1.0)}


def test_a_rare_word_weighs_more_than_one_that_many_have(index: WordIndex) -> None:
    assert index.weight("bologna") > index.weight("universita")
    assert index.weight("university") == index.weight("universita")
    assert index.weight("never") >= index.weight("works")


def test_a_word_in_another_language_counts_as_far_as_it_is_alike(index: WordIndex) -> None:
    found = index.like(words("University of Bologna"), 0.3)
    best = max(found, key=lambda name: found[name])
    assert best == ("universita", "bologna")
    assert 0.9 < found[best] < 1


def test_less_alike_than_asked_is_left_out(index: WordIndex) -> None:
    assert words("Comune di Bologna") in index.like(words("University of Bologna"), 0.3)
    assert words("Comune di Bologna") not in index.like(words("University of Bologna"), 0.8)


def test_nothing_is_like_a_name_without_words_or_in_an_empty_index(index: WordIndex) -> None:
    assert index.like((), 0.3) == {}
    assert WordIndex([]).like(words("Works"), 0.3) == {}

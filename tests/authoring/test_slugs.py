"""Slugs: safe on every system, made of any name that has a Latin letter, refused where they can be none."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.authoring.slugs import LONGEST, checked_slug, free_slug, slug_from
from eugraph.errors import SlugError

FORM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("HARMONY", "harmony"),
        ("HARMONY PLUS", "harmony-plus"),
        ("InnoCAR-T", "innocar-t"),
        ("  T2EVOLVE!  ", "t2evolve"),
        ("Universität Zürich", "universitat-zurich"),
        ("Łódź & Ærø + İstanbul ß", "lodz-and-aero-plus-istanbul-ss"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\x00b\nc", "a-b-c"),
        ('say "no" to <script>', "say-no-to-script"),
        ("CON", "con-project"),
        ("lpt1", "lpt1-project"),
        ("CONsortium", "consortium"),
        ("ﬁne ①", "fine-1"),
        ("x" * 300, "x" * LONGEST),
        ("word " * 60, "-".join(["word"] * (LONGEST // 5))),
    ],
)
def test_a_slug_is_made_of_a_name(name: str, slug: str) -> None:
    assert slug_from(name, "project") == slug


@pytest.mark.parametrize("name", ["", "   ", "…", "北京", "Ελλάδα", "\u202e", "---", "😀"])
def test_a_name_without_latin_letters_needs_a_slug_of_ones_own(name: str) -> None:
    with pytest.raises(SlugError, match="Name one with --slug"):
        slug_from(name, "project")


@given(st.text(max_size=400))
def test_a_slug_that_is_made_is_always_safe_and_is_a_slug_for_itself(name: str) -> None:
    try:
        slug = slug_from(name, "project")
    except SlugError:
        return
    assert FORM.fullmatch(slug)
    assert len(slug) <= LONGEST
    assert checked_slug(slug) == slug
    assert slug_from(slug, "project") == slug


@pytest.mark.parametrize(
    "slug", ["", "A", "a b", "a/b", "..", "a--b", "-a", "a-", "a\n", "a\x00", "ä", "x" * 121, "con", "com1", "a.ttl"]
)
def test_a_slug_that_is_written_must_be_one(slug: str) -> None:
    with pytest.raises(SlugError):
        checked_slug(slug)


def test_a_taken_slug_gets_a_number() -> None:
    assert free_slug("a", ()) == "a"
    assert free_slug("a", {"a", "a-2"}) == "a-3"

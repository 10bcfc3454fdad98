"""IRI -> path: injective, inside, legal everywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.publish.paths import OWN, is_cut, path_of, rest_of

TRICKY = st.one_of(
    st.sampled_from(["", ".", "..", "con", "CON", "Con", "con.ttl", "nul", "com1", "a", "A", "a.", "a ", "dump"]),
    st.sampled_from(["~", "~41", "~~", "%41", "\u00e9", "e\u0301", "a\\b", "a:b", "a\x00b", "\ud800"]),
    st.sampled_from(["x" * 300, "X" * 300, "y" * 119, "\U0001f600" * 80]),
)
RESTS = st.lists(st.one_of(TRICKY, st.text(max_size=5)), min_size=1, max_size=6).map("/".join)


@given(RESTS, RESTS)
def test_two_documents_never_share_a_path_even_if_letters_have_one_case(one: str, other: str) -> None:
    assert (path_of(one).casefold() == path_of(other).casefold()) == (one == other)


@given(RESTS, RESTS)
def test_no_document_lies_where_another_has_its_folder(one: str, other: str) -> None:
    folders = path_of(one).split("/")[:-1]
    assert not {"/".join(folders[: i + 1]) for i in range(len(folders))} & {f"{path_of(other)}.ttl"}


@given(RESTS)
def test_paths_are_legal_everywhere_and_stay_inside(rest: str) -> None:
    path = path_of(rest)
    assert len(path) <= 180
    for segment in path.split("/"):
        assert re.fullmatch(r"[a-z0-9_~-]{1,120}", segment)
        assert not re.fullmatch(r"con|prn|aux|nul|(?:com|lpt)\d", segment)
    assert path.split("/")[0] not in OWN


@pytest.mark.parametrize("rest", ["project/harmony", "participation/harmony/eha/participant", "field/117"])
def test_ordinary_iris_keep_their_names(rest: str) -> None:
    assert path_of(rest) == rest


def test_what_must_be_escaped_is() -> None:
    assert path_of("project/A.b") == "project/~41~2eb"
    assert path_of("dump/x") == "~64ump/x"
    assert path_of("project/con") == "project/~63on"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_a_path_that_is_not_cut_can_be_turned_back(rest: str) -> None:
    path = path_of(rest)
    if is_cut(path):
        with pytest.raises(ValueError, match="not the path"):
            rest_of(path)
    else:
        assert rest_of(path) == rest


@pytest.mark.parametrize("path", ["project/Alpha", "project/~6", "project/~61", "project/~zz", "index", "a~ff", "ü"])
def test_what_is_the_path_of_no_thing_is_not_turned_back(path: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        rest_of(path)

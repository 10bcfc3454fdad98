"""Sorted lines in which a few are changed: as if all were sorted anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eugraph.publish.entries import changed, line_at, place

LINES = st.lists(st.binary(min_size=1, max_size=4).map(lambda text: text.replace(b"\n", b"n") + b"\n"), max_size=20)


@given(LINES, LINES, LINES)
def test_lines_are_taken_out_and_put_in(stay: list[bytes], gone: list[bytes], new: list[bytes]) -> None:
    old, new = {*stay, *gone}, [line for line in new if line in gone or line not in stay]
    assert changed(b"".join(sorted(old)), gone, new) == b"".join(sorted(old.difference(gone) | {*new}))


@given(LINES, st.binary(max_size=4))
def test_a_line_is_found_by_its_beginning(lines: list[bytes], wanted: bytes) -> None:
    lines = sorted(set(lines))
    found = next((line for line in lines if line.startswith(wanted)), b"")
    assert line_at(b"".join(lines), wanted) == found


@given(LINES, st.binary(max_size=4))
def test_a_place_is_that_of_the_first_line_which_does_not_sort_before(lines: list[bytes], wanted: bytes) -> None:
    lines = sorted(set(lines))
    assert place(b"".join(lines), wanted) == sum(len(line) for line in lines if line < wanted)


def test_the_last_line_may_lack_its_line_feed() -> None:
    assert line_at(b"a\nb", b"b") == b"b"
    assert line_at(b"", b"b") == b""

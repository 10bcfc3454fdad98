"""A value that differs from one of a list of allowed values in case, blanks or kind of literal alone."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal

from eugraph.mend.change import Candidate
from eugraph.mend.wanted import Wanted
from eugraph.rdf.locate import Term


def candidates(old: Term, wanted: Wanted) -> Iterator[Candidate]:
    """Yield the members of sh:in with the same text."""
    if not isinstance(old, Literal):
        return
    for member in wanted.members:
        if isinstance(member, Literal) and _folded(member.value) == _folded(old.value):
            yield Candidate(member, f"{member.value!r} is in the list of allowed values")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())

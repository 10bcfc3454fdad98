"""Stray white space in names and codes, and small letters in codes of capitals, where the pattern then fits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal

from eugraph.mend.change import Candidate
from eugraph.mend.wanted import LANG_STRING, Wanted
from eugraph.rdf.locate import Term

_SPACES = re.compile(r"[ \t\r\n]+")
_MAY_HAVE_SPACES = re.compile(r" |\\[sSW]|(?<!\\)\.")  # in a pattern
_CAPITALS_FIRST = re.compile(r"\^\[A-Z\]\{")
_ONE_WORD = re.compile(r"[A-Za-z0-9]+\Z")


def candidates(old: Term, wanted: Wanted) -> Iterator[Candidate]:
    """Yield the first of these texts that fits: without spare spaces, without any, in capitals."""
    if not isinstance(old, Literal) or not wanted.patterns:
        return
    text = old.value
    for meant, why in _texts(text, wanted.patterns):
        value = _like(old, meant, wanted)
        if meant != text and wanted.fits(value):
            yield Candidate(value, why)
            return


def _texts(text: str, patterns: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield _SPACES.sub(" ", text).strip(" "), "spare spaces are taken out"
    joined = _SPACES.sub("", text)
    if not any(_MAY_HAVE_SPACES.search(pattern) for pattern in patterns):
        yield joined, "the code has no spaces"
    if all(_CAPITALS_FIRST.match(pattern) for pattern in patterns) and _ONE_WORD.match(joined):
        yield joined.upper(), "the code is written in capitals"


def _like(old: Literal, text: str, wanted: Wanted) -> Literal:
    """Return a text as the literal that is wanted, else as one of the old one's kind."""
    if old.language and (not wanted.datatypes or LANG_STRING in wanted.datatypes):
        return Literal(text, language=old.language)
    datatypes = [each for each in wanted.datatypes if each != LANG_STRING]
    return Literal(text, datatype=datatypes[0] if len(datatypes) == 1 else old.datatype)

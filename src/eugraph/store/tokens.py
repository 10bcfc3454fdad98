"""The tokens of a SPARQL text, so that a query can be looked at and filled in without touching strings or comments.

A text such as `<?x&&?o>` is an IRI by the lexical rules alone and a comparison to engines that know where they stand.
So brackets are followed: after an operand in the brackets of an expression `<` compares, elsewhere it begins an IRI.

Spec: SPARQL 1.1 Query §19.8, <https://www.w3.org/TR/sparql11-query/#sparqlGrammar>.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<string>\"\"\"(?:(?:\"|\"\")?(?:[^\"\\]|\\.))*\"\"\"|'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
        |\"(?:[^\"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<lang>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<name>(?:[^\W\d_][\w.·-]*)?:(?:(?:[\w:%]|\\.)(?:[\w:%·-]|\\.|\.(?=[\w:%.\\-]))*)?|_:\w[\w.-]*)
    |(?P<word>[A-Za-z_]\w*)
    |(?P<space>\s+)
    |(?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_LISTING = frozenset(
    ("SELECT", "BY", "HAVING")
)  # brackets up to the next brace or one of the next words hold expressions
_LISTED = frozenset(("WHERE", "FROM", "LIMIT", "OFFSET", "VALUES"))
_NO_EXPRESSION = frozenset(("VALUES", "A", "TRUE", "FALSE", "UNDEF"))  # words whose brackets hold something else
_CALLS = frozenset(("FILTER", "HAVING", "BY"))  # <function>(…) may follow
_NO_OPERANDS = frozenset(("IN", "NOT", "AS", "DISTINCT", "EXISTS"))


class Token(NamedTuple):
    """A piece of the text: its kind, the text itself, and its offset."""

    kind: str
    text: str
    offset: int


@lru_cache(maxsize=256)
def tokens(text: str) -> tuple[Token, ...]:
    """Return all tokens of `text`; joined again they are `text`."""
    return tuple(_read(text))


def _read(text: str) -> Iterator[Token]:
    place = _Place()
    at = 0
    while match := _TOKEN.match(text, at):
        kind, piece = str(match.lastgroup), match[0]
        if kind == "iri" and place.compares():
            kind, piece = "less", "<"
        token = Token(kind, piece, at)
        at += len(piece)
        if kind not in ("comment", "space"):
            place.step(token)
        yield token


@lru_cache(maxsize=256)
def solid(text: str) -> tuple[Token, ...]:
    """Return all tokens of `text` but spaces and comments."""
    return tuple(token for token in tokens(text) if token.kind not in ("comment", "space"))


def place_of(text: str, offset: int) -> str:
    """Return where in a text an offset is, as messages tell it: line and column, each counted from 1."""
    return f"line {text.count(chr(10), 0, offset) + 1}, column {offset - text.rfind(chr(10), 0, offset)}"


class _Place:
    """Where among brackets and clauses the next token stands."""

    def __init__(self) -> None:
        self._expressions = [False]  # one for each open bracket: does it hold an expression?
        self._listing = False
        self._last = self._before = Token("space", "", 0)

    def compares(self) -> bool:
        """Tell whether `<` is an operator here."""
        kind, piece = self._last.kind, self._last.text
        operand = kind in ("variable", "string", "lang", "name", "iri") or piece == ")" or piece.isdecimal()
        return self._expressions[-1] and (operand or (kind == "word" and piece.upper() not in _NO_OPERANDS))

    def step(self, token: Token) -> None:
        """Go past a token."""
        if token.kind == "word":
            word = token.text.upper()
            self._listing = word in _LISTING or (self._listing and word not in _LISTED)
        elif token.kind == "other":
            self._listing = self._listing and token.text not in "{}"
            if token.text == "(":
                self._expressions.append(self._opens())
            elif token.text in "{[":
                self._expressions.append(False)
            elif token.text in ")}]" and len(self._expressions) > 1:
                self._expressions.pop()
        self._before, self._last = self._last, token

    def _opens(self) -> bool:
        if self._expressions[-1] or self._listing:
            return True
        if self._last.kind == "word":
            return self._last.text.upper() not in _NO_EXPRESSION
        return self._last.kind in ("iri", "name") and self._before.text.upper() in _CALLS

"""The tokens of Turtle, each with the comments around it: what a layout works on.

A comment on the line of a token belongs to that token; a comment on lines of its own belongs to the token that follows.

Spec: Turtle §6.5, <https://www.w3.org/TR/turtle/#sec-grammar-grammar>.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TOKENS = re.compile(
    r"""(?P<space>[ \t]+)
    |(?P<newline>\r\n|\r|\n)
    |(?P<comment>\#[^\r\n]*)
    |(?P<iri><[^<>\"{}|^`\\\x00-\x20]*(?:\\[uU][0-9A-Fa-f]+[^<>\"{}|^`\\\x00-\x20]*)*>)
    |(?P<string>\"\"\"(?:\"{0,2}(?:[^\"\\]|\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''
        |\"(?:[^\"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<directive>@prefix\b|@base\b|(?i:PREFIX|BASE)(?=[\s<\#]))
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?!-))
    |(?P<datatype>\^\^)
    |(?P<number>[+-]?(?:\d+\.\d*[eE][+-]?\d+|\.?\d+[eE][+-]?\d+|\d*\.\d+|\d+)(?![\w:]))
    |(?P<blank>_:[^\s,;()\[\]{}<>"'\#]*[^\s,;()\[\]{}<>"'\#.])
    |(?P<name>(?:[^\s,;()\[\]{}<>"'\#:@^\\]*[^\s,;()\[\]{}<>"'\#:@^\\.])?
        :(?:(?:[^\s,;()\[\]{}<>"'\#\\]|\\.)*(?:[^\s,;()\[\]{}<>"'\#\\.]|\\.))?)
    |(?P<word>true\b|false\b|a(?=[\s<\[("'\#]))
    |(?P<mark>[.;,()\[\]])
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(slots=True)
class Comment:
    """A comment on lines of its own, from its # to the end of the line."""

    text: str
    spaced: bool = False  # a blank line stands before it


@dataclass(slots=True)
class Token:
    """A piece of the text as written."""

    kind: str
    text: str
    offset: int
    before: list[Comment] = field(default_factory=list)
    after: str = ""  # the comment on the same line
    spaced: bool = False  # a blank line stands before it


class UnknownTokenError(Exception):
    """Something stands in the text that Turtle 1.1 does not know; `offset` says where."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def token_at(text: str, offset: int) -> Token | None:
    """Return the token, blank or comment that begins at an offset; None where Turtle 1.1 has none that begins so."""
    match = _TOKENS.match(text, offset)
    return Token(str(match.lastgroup), match[0], offset) if match else None


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text, the last of which is "end".

    Raises:
        UnknownTokenError: the text is not Turtle 1.1.
    """
    found: list[Token] = []
    waiting: list[Comment] = []
    at = newlines = 0
    while at < len(text):
        match = _TOKENS.match(text, at)
        if match is None:
            raise UnknownTokenError(at)
        kind, piece = str(match.lastgroup), match[0]
        if kind == "newline":
            newlines += 1
        elif kind == "comment":
            comment = piece.rstrip(" \t")
            if newlines == 0 and found and not waiting:
                found[-1].after = comment
            else:
                waiting.append(Comment(comment, newlines > 1))
            newlines = 0
        elif kind != "space":
            found.append(Token(kind, piece, at, waiting, spaced=newlines > 1))
            waiting, newlines = [], 0
        at = match.end()
    found.append(Token("end", "", at, waiting))
    return found

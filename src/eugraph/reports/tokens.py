"""The tokens of a SPARQL text, so that a query can be looked at and filled in without touching strings or comments.

Spec: SPARQL 1.1 Query §19.8, <https://www.w3.org/TR/sparql11-query/#sparqlGrammar>.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<string>\"\"\"(?:(?:\"|\"\")?(?:[^\"\\]|\\.))*\"\"\"|'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
        |\"(?:[^\"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<lang>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<name>(?:[^\W\d_][\w.·-]*)?:(?:[\w:%·-]|\\.|\.(?=[\w:%.\\-]))*|_:[\w.-]+)
    |(?P<word>[A-Za-z_]\w*)
    |(?P<space>\s+)
    |(?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A piece of the text: its kind, the text itself, and its offset."""

    kind: str
    text: str
    offset: int


def tokens(text: str) -> Iterator[Token]:
    """Yield all tokens of `text`; joined again they are `text`."""
    for match in _TOKEN.finditer(text):
        yield Token(str(match.lastgroup), match[0], match.start())

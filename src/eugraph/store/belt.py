"""Whether the embedded engine reads a keyword in a query: asked of its own parser, with the word made harmless.

The engine has no switch that keeps it off the network, so nothing but the text can. Every "service" in it, in whatever
place, is replaced by letters that no keyword has. In a text, IRI, variable or name that changes nothing for the
grammar. Where the engine took it for the keyword, the text is no query any more. No opinion of ours on where a token
ends comes in, and the text that is tried cannot reach the network: it does not hold the word.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

_HARMLESS = ("qqqqqqq", "qqqqjqq", "qqjqqqq", "jqqqqqj", "qjqjqjq")


def keyword_fault(text: str, word: str, base_iri: str | None = None) -> str:
    """Return what the engine's parser says of `text` where it holds `word` as a keyword, or is no query at all.

    Args:
        text: a query.
        word: a keyword in small letters, 7 of them at most.
        base_iri: what relative IRIs in it stand below.

    Returns:
        "" where `word` is nowhere or is never a keyword.
    """
    found = re.compile(word, re.IGNORECASE | re.ASCII)
    if not found.search(text):
        return ""
    letters = next((letters for letters in _HARMLESS if letters[: len(word)] not in text.lower()), None)
    if letters is None:
        return "it holds letters that are kept for looking at it"
    try:
        ox.Store().query(found.sub(lambda match: _like(match[0], letters), text), base_iri=base_iri)
    except SyntaxError as error:
        return str(error.msg)
    except (RuntimeError, OSError):  # it was read, and failed in being answered
        return ""
    return ""


def _like(word: str, letters: str) -> str:
    """The letters, capitals where the word has them: two words that differ stay apart."""
    return "".join(new.upper() if old.isupper() else new for old, new in zip(word, letters, strict=False))

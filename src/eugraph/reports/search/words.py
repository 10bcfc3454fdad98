"""What of a text counts when things are looked for: words without case and accents, and the keys of identifiers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import unquote

from eugraph.reports.find import fold

_WORD = re.compile(r"[^\W_]+")
_WEB = re.compile(r"https?://[^/\s]+/", re.IGNORECASE)
_SCHEME = re.compile(r"(doi|ror|pic|vat|rcn|grant(?: agreement)?)\s*:\s*", re.IGNORECASE)
_CALLED = {"orphanet": "orpha"}  # what people write of a vocabulary, for what stands in addresses
MOST_WORDS = 10  # of a question; what follows is not looked at
LONGEST = 200  # characters of a question


@lru_cache(maxsize=100)
def words_of(text: str) -> Sequence[str]:
    """Return the words of a text, folded."""
    return _WORD.findall(fold(text))


def spellings(word: str) -> Sequence[str]:
    """Return a folded word, and how it is written on the other side of the Atlantic where that differs."""
    other = american(word)
    return (word,) if other == word else (word, other)


def american(text: str) -> str:
    """Return a folded text in the spelling of America."""
    return text.replace("ae", "e").replace("oe", "e")  # haematology, oedema


def name_keys(name: str) -> Sequence[str]:
    """Return what has to be typed to mean exactly this name: its words, in every spelling, with and without spaces."""
    plain = " ".join(words_of(name))
    return tuple(dict.fromkeys((plain, american(plain), plain.replace(" ", "")))) if plain else ()


@lru_cache(maxsize=100)
def identifier_keys(text: str) -> Sequence[str]:
    """Return what may be typed for an identifier, the whole of it first: letters and digits alone.

    An address stands for its path, for its last part, and for the code in that, with or without the name of the
    vocabulary: `http://www.orpha.net/ORDO/Orphanet_97992` for ORPHA:97992 and for 97992.
    """
    path = _SCHEME.sub("", unquote(_WEB.sub("", text.strip())), count=1)
    last = path.rstrip("/").rpartition("/")[2]
    vocabulary, mark, code = _parted(last)
    parts = [path, last]
    if mark:
        parts += [f"{_CALLED.get(vocabulary.casefold(), vocabulary)}{code}", code]
    return tuple(dict.fromkeys(key for part in parts if (key := "".join(words_of(part)))))


def _parted(last: str) -> tuple[str, str, str]:
    for mark in (":", "_"):
        vocabulary, found, code = last.rpartition(mark)
        if found and vocabulary and code:
            return vocabulary, found, code
    return last, "", ""

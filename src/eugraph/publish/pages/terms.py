"""Terms as the writers keep them, N-Triples text, taken apart for reading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from eugraph.rdf.turtle_blanks import Properties
from eugraph.rdf.turtle_terms import object_key, unescape
from eugraph.vocab import PREFIXES

STRING = f"{PREFIXES['xsd']}string"


class Text(NamedTuple):
    """A literal: its text, its language ("" for none) and its datatype ("" with a language)."""

    value: str
    language: str
    datatype: str


def literal(term: str) -> Text:
    """Take a literal apart."""
    quote = term.rindex('"')
    value = unescape(term[1:quote]) if "\\" in term else term[1:quote]
    tail = term[quote + 1 :]
    if not tail:
        return Text(value, "", STRING)
    if tail[0] == "^":
        return Text(value, "", tail[3:-1])
    return Text(value, tail[1:].partition("--")[0], "")


def plain(term: str) -> str:
    """Return the IRI or the text of a term."""
    return term[1:-1] if term[0] == "<" else literal(term).value if term[0] == '"' else term


def values(properties: Properties, curie: str) -> list[str]:
    """Return the objects of a property, in the order in which Turtle shows them."""
    found = properties.get(key(curie))
    return ordered(found) if found else []


def first(properties: Properties, curie: str) -> str:
    """Return the first object of a property as plain text, or "" where there is none."""
    found = properties.get(key(curie))
    return plain(min(found, key=object_key) if len(found) > 1 else next(iter(found))) if found else ""


def ordered(terms: Iterable[str]) -> list[str]:
    """Return terms in the order in which Turtle shows them: English before other languages."""
    return sorted(terms, key=object_key)


def key(curie: str, _known: dict[str, str] = {}) -> str:  # noqa: B006 - a cache
    """Return the N-Triples text of `prefix:name`, by the prefixes of `vocab`."""
    text = _known.get(curie)
    if text is None:
        prefix, _, name = curie.partition(":")
        text = _known[curie] = f"<{PREFIXES[prefix]}{name}>"
    return text

"""The vocabularies of a catalogue, and how its statements are gathered: each once, none with a blank node."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache

from pyoxigraph import Literal, NamedNode, Triple

from eugraph import vocab
from eugraph.publish.pages.words import clean

PREFIXES: dict[str, str] = {
    **vocab.PREFIXES,
    "adms": "http://www.w3.org/ns/adms#",
    "dcatap": "http://data.europa.eu/r5r/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
}


@cache
def term(curie: str) -> NamedNode:
    """Return the term that `prefix:name` stands for, by the prefixes of this module."""
    prefix, _, name = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


def en(text: str) -> Literal:
    """Return an English text; characters that XML cannot hold are replaced."""
    return Literal(clean(text), language="en")


def plain(text: str) -> Literal:
    """Return a text in no language."""
    return Literal(clean(text))


def day(date: dt.date | str) -> Literal:
    """Return a day; a text has the form YYYY-MM-DD."""
    return Literal(date if isinstance(date, str) else date.isoformat(), datatype=term("xsd:date"))


def count(number: int) -> Literal:
    """Return a number of things."""
    return Literal(str(number), datatype=term("xsd:nonNegativeInteger"))


def integer(number: int) -> Literal:
    """Return a number as VoID has them."""
    return Literal(str(number), datatype=term("xsd:integer"))


class Statements:
    """Gathers statements; one that comes twice counts once."""

    def __init__(self) -> None:
        self._triples: dict[Triple, None] = {}

    def add(self, subject: str, curie: str, *values: NamedNode | Literal) -> None:
        """Say of a subject, given as IRI, that it has each of these values."""
        for value in values:
            self._triples[Triple(NamedNode(subject), term(curie), value)] = None

    def type(self, subject: str, *curies: str) -> None:
        """Say of a subject that it is of each of these classes."""
        self.add(subject, "rdf:type", *map(term, curies))

    def include(self, other: Statements) -> None:
        """Say what others say."""
        self._triples |= other._triples

    def __iter__(self) -> Iterator[Triple]:
        return iter(self._triples)

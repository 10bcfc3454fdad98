"""A misspelt term of the ontology, a misspelt address, and an address that was given up for another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pyoxigraph import NamedNode

from eugraph.mend.change import Candidate
from eugraph.mend.knowledge import Knowledge
from eugraph.vocab import EUG, SCHEME, shorten, term

_PROPERTIES = frozenset(term(name) for name in ("rdf:Property", "owl:ObjectProperty", "owl:DatatypeProperty"))
_CLASSES = frozenset(term(name) for name in ("rdfs:Class", "owl:Class"))
_SHORT, _MIDDLE, _LONG = 4, 6, 12  # letters of a name: from here on it may have one slip, be an address with one, two
_DIGITS = re.compile(r"[0-9]+")


def is_unknown_term(node: NamedNode, known: Knowledge) -> bool:
    """Tell whether an IRI in our own namespaces is none of the ontology's."""
    return node.value.startswith((EUG, SCHEME)) and node not in known.kinds


def near_terms(node: NamedNode, known: Knowledge, role: str) -> Iterator[Candidate]:
    """Yield the terms of the ontology that a misspelt one may be.

    Args:
        node: the misspelt term.
        known: what the ontology declares.
        role: "property", "class" or "value": how it is used.
    """
    space, _, name = node.value.rpartition("#")
    for iri, kinds in sorted(known.kinds.items(), key=lambda pair: pair[0].value):
        if not iri.value.startswith(f"{space}#"):
            continue
        used_as = "property" if kinds & _PROPERTIES else "class" if kinds & _CLASSES else "value"
        if used_as == role and is_near(name, iri.value[len(space) + 1 :]):
            yield Candidate(iri, f"the ontology has one term that is spelt nearly so, {shorten(iri.value)}")


def near_things(node: NamedNode, known: Knowledge) -> Iterator[Candidate]:
    """Yield the described things that an address that leads nowhere may mean: of its kind, and with its digits."""
    path = node.value.removeprefix(known.base_iri)
    kind, _, name = path.partition("/")
    digits = _DIGITS.findall(name)
    for other in known.things.get(kind, ()):
        there = other.partition("/")[2]
        if _DIGITS.findall(there) != digits:
            continue
        if folded(there) == folded(name) or (len(name) >= _MIDDLE and is_near(name, there)):
            thing = NamedNode(known.base_iri + other)
            yield Candidate(thing, f"one thing that is described is called nearly so, <{other}>")


def successors(node: NamedNode, known: Knowledge) -> Iterator[Candidate]:
    """Yield the address that a withdrawn one was given up for."""
    former = known.former.get(node.value)
    if former and former.successor:
        yield Candidate(NamedNode(former.successor), f"the thing has this address since {former.day}")


def is_near(word: str, other: str) -> bool:
    """Tell whether two names are the same but for case, or for one slip; for two in a long name.

    A slip is a letter too many, too few, wrong, or changed with its neighbour.
    """
    one, two = word.casefold(), other.casefold()
    most = 0 if len(one) < _SHORT else 1 if len(one) < _LONG else 2
    return one == two or distance(one, two, most) <= most


def folded(text: str) -> str:
    """Return a name without case, accents, and marks between its words."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return re.sub(r"[-_. ]", "", plain.casefold())


def distance(one: str, two: str, most: int) -> int:
    """Return how many slips lie between two words (optimal string alignment); more than `most` may be cut short."""
    if abs(len(one) - len(two)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(two, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]

"""Statements as the text of a Turtle file that people go on with, or at the end of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from pyoxigraph import NamedNode, Triple

from eugraph.errors import EugraphError
from eugraph.rdf.layout import lay_out, lay_out_turtle
from eugraph.rdf.turtle import write_turtle
from eugraph.vocab import PREFIXES

_BASE = re.compile(r"^[ \t]*(?:@base|BASE)[ \t]*<([^<>\s]*)>.*\n?", re.MULTILINE | re.IGNORECASE)


def turtle_of(
    triples: Iterable[Triple], base_iri: str, first: Sequence[NamedNode] = (), *, names_base: bool = True
) -> str:
    """Return statements as a Turtle file in the house layout.

    Args:
        triples: what it states.
        base_iri: addresses below it are written relative to it.
        first: the things to begin with, in this order.
        names_base: whether the file says the base; one that does not takes it from its workspace.
    """
    text = lay_out(write_turtle(triples, PREFIXES, base_iri, first=first))
    return text if names_base else _BASE.sub("", text, count=1).lstrip("\n")


def names_a_base(text: str) -> bool:
    """Tell whether a Turtle file says a base of its own."""
    return _BASE.search(text) is not None


def appended(before: str, triples: Iterable[Triple], base_iri: str, *, names_base: bool = True) -> str:
    """Return a Turtle file with statements added at its end. What stands keeps its words.

    In a file that is in the house layout new prefixes go to their place among the others; of another file nothing but
    the end changes. `names_base` is for a file that is new.
    """
    if not before.strip():
        return turtle_of(triples, base_iri, names_base=names_base)
    bases = _BASE.findall(before)
    added = turtle_of(triples, base_iri, names_base=bool(bases) and bases[-1] != base_iri)
    whole = f"{before.rstrip()}\n\n{added}"
    try:
        is_house = lay_out_turtle(before.encode(), PurePath("before.ttl"), base_iri=base_iri) == before
    except EugraphError:  # it may hold what the layout does not know
        is_house = False
    return lay_out(whole) if is_house else whole

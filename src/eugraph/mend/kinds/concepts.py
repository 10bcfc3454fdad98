"""A country or another concept that is named by a code, a label or the last part of its IRI in place of the IRI.

The ontology says what concepts are called; for countries it has the ISO codes and those of the EU (EL, UK).
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from eugraph.mend.change import Candidate
from eugraph.mend.knowledge import Knowledge, last_part
from eugraph.mend.wanted import Wanted
from eugraph.rdf.locate import Term
from eugraph.vocab import shorten


def candidates(old: Term, wanted: Wanted, known: Knowledge) -> Iterator[Candidate]:
    """Yield the concepts that are called what the value says, of those that the shapes allow."""
    if not wanted.is_node or not wanted.patterns:
        return
    if isinstance(old, Literal):
        name = old.value.strip()
    elif isinstance(old, NamedNode):
        name = last_part(old.value)
    else:
        return
    for concept in sorted(known.concepts.get(name.casefold(), ()), key=str):
        if wanted.fits(concept):
            yield Candidate(concept, f"{name!r} is what {shorten(concept.value)} is called")

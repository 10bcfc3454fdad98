"""What a release has for addresses that are no longer used: small documents, and a list for redirects.

The document of such an address stands at its path as any other, and says the day, the reason and the new address. It is
not counted and not listed among the things that are described.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import Quad

from eugraph.publish.documents import Contents, Document, Outline
from eugraph.publish.statements import Statements, read_triples
from eugraph.sources.gone import WITHDRAWN, Gone, gone


class Kind(StrEnum):
    """Why an address is no longer used."""

    RENAMED = "renamed"  # a web server answers 301 Moved Permanently
    WITHDRAWN = "withdrawn"  # a web server answers 410 Gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """An address that is no longer used, as pages and web servers need it."""

    outline: Outline
    document: Document
    kind: Kind
    successor: str  # IRI of the new address; empty for a withdrawn thing
    target: str  # path of the document to go to; an IRI where that is elsewhere; empty for a withdrawn thing
    day: str  # from which the address is not used
    name: str  # former name, else the path
    note: str  # the reason; may be empty

    @property
    def path(self) -> str:
        """Where the document lies below the release, without an ending."""
        return self.document.path


def part(contents: Contents, statements: Statements) -> tuple[list[Outline], list[Former]]:
    """Return the documents of what is described, and the addresses that are no longer used.

    A new address leads to the document that it stands in: that of a participation to the one of its project.
    """
    found = gone(_quads_of_withdrawn(statements))
    living = [outline for outline in contents.outlines if outline.iri not in found]
    homes = {thing: outline.path for outline in contents.outlines for thing in outline.things} if found else {}
    former = [
        _former(outline, contents.document(outline), found[outline.iri], homes)
        for outline in contents.outlines
        if outline.iri in found
    ]
    return living, former


def _quads_of_withdrawn(statements: Statements) -> list[Quad]:
    """Return all that is said of things that are said to be withdrawn, which no source that is imported says."""
    line = f"{WITHDRAWN} "
    found = [s for s, texts in statements.taken() if any(f"\n{line}" in f"\n{text}" for text in texts.values())]
    lines = (f"{subject} {line} .\n" for subject in found for line in statements.of(subject).split("\n"))
    return [Quad(triple.subject, triple.predicate, triple.object) for triple in read_triples(lines)]


def _former(outline: Outline, document: Document, said: Gone, homes: Mapping[str, str]) -> Former:
    return Former(
        outline=outline,
        document=document,
        kind=Kind.RENAMED if said.successor else Kind.WITHDRAWN,
        successor=said.successor,
        target=homes.get(said.successor, said.successor),
        day=said.day,
        name=said.name or document.path,
        note=said.note,
    )

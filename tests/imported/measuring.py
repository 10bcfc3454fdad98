"""Measuring proposed matches: the identifiers of things that meet by them are hidden, and who comes back?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pyoxigraph import NamedNode

from conftest import ROOT
from eugraph.derive import derived_graph
from eugraph.imported.matching import matches
from eugraph.likeness import proposals
from eugraph.loading import Loaded
from eugraph.store import EmbeddedStore
from eugraph.vocab import term

SCORES = ("0.9", "0.8", "0.7", "0.6")
_IDENTIFIERS = ("eug:pic", "eug:ror", "eug:vat", "eug:grantNumber")
_COPIED = ("eug:legalName", "skos:altLabel")  # in curated files they are often those of CORDIS
_PLACES = ("eug:city", "foaf:homepage")
_HIDDEN = {
    "identifiers": _IDENTIFIERS,
    "and legal and other names": (*_IDENTIFIERS, *_COPIED),
    "and towns and homepages": (*_IDENTIFIERS, *_COPIED, *_PLACES),
}


class Measured(NamedTuple):
    """Of the things whose counterpart is known: what is proposed from a score on."""

    hidden: str
    score: str
    proposed: int  # pairs
    right: int


def measured(loaded: Loaded, store: EmbeddedStore) -> tuple[int, list[Measured]]:
    """Return how many things have a known counterpart, and what is proposed of them.

    Args:
        loaded: the reference workspace.
        store: what is imported, with what follows from it.
    """
    joined = matches(loaded.quads, store, derived_graph(loaded.workspace.base_iri))
    known = {
        (quad.subject.value, quad.object.value)
        for quad in joined
        if isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
        and "/grant/" not in quad.subject.value
    }
    things = {one for one, _ in known}
    return len(things), list(_measured(loaded, store, known, things))


def _measured(
    loaded: Loaded, store: EmbeddedStore, known: set[tuple[str, str]], things: set[str]
) -> Iterator[Measured]:
    for hidden, names in _HIDDEN.items():
        properties = set(map(term, names))
        curated = EmbeddedStore([quad for quad in loaded.quads if quad.predicate not in properties])
        found = [each for each in proposals(curated, store, joined=()) if each.one.iri in things]
        for score in SCORES:
            likely = [(each.one.iri, each.other.iri) for each in found if each.score >= float(score)]
            yield Measured(hidden, score, len(likely), sum(pair in known for pair in likely))


def documented(first: int) -> list[Measured]:
    """Return what docs/match.md says, of the two columns that begin with `first`."""
    page = (ROOT / "docs" / "match.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if line.startswith("| ")]
    table = [row for row in rows if len(row) == 6 and row[1] in SCORES]
    return [Measured(row[0], row[1], *map(int, row[first : first + 2])) for row in table]

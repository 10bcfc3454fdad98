"""Pages of a catalogue with many datasets: which dataset is on which page, and how pages lead to each other.

The first page has what is made of everything: the whole graph, the ontology and the answers to reports. A part of the
graph, such as a programme, has its page by a hash of its name and the number of pages. The number of pages grows with
that of the parts, and each new one takes from a single page (linear hashing). So one more dataset changes its own page,
and sometimes the page that is divided, the new one and the last one before it; beside the first.

Spec: Hydra Core Vocabulary §4.4, <https://www.hydra-cg.com/spec/latest/core/#collections>; W. Litwin, "Linear hashing:
a new tool for file and table addressing", VLDB 1980.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from eugraph.publish.catalogue.model import Catalogue, Dataset, Role
from eugraph.publish.catalogue.words import Statements, integer
from eugraph.rdf.nquads import gzipped, write_nquads

PATH = "catalog"  # of the first page, below the release and without ending
PATHS = rf"{PATH}(?:-[0-9]+)?"  # of all pages, as a regular expression
WHOLE = "dump/catalog.nt.gz"  # all pages in one file, where there are several


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A part of the catalogue that lies in a file of its own; the whole catalogue, where that is its only page."""

    path: str  # below the release, without ending
    datasets: Sequence[Dataset]
    previous: str = ""  # paths of its neighbours; empty where there are none
    following: str = ""
    last: str = ""  # of the last page; only the first page tells it, so that not all change with it
    of: int = 0  # datasets on all pages; as above

    @property
    def number(self) -> int:
        """Its number, from 1. One that would be empty is left out."""
        return int(self.path[len(PATH) + 1 :] or "1")

    @property
    def is_first(self) -> bool:
        """Whether harvesting begins here."""
        return self.path == PATH

    @property
    def is_paged(self) -> bool:
        """Whether there are other pages."""
        return bool(self.previous or self.following)


def pages(catalogue: Catalogue) -> list[Page]:
    """Return the pages of a catalogue: each dataset is on one of them."""
    datasets, size = catalogue.datasets, catalogue.settings.page_size
    parts = [one for one in datasets if one.role is Role.PART]
    if len(datasets) <= size or not parts:
        return [Page(path=PATH, datasets=datasets)]
    buckets: list[list[Dataset]] = [[] for _ in range(-(-len(parts) // size))]
    for one in parts:
        buckets[_bucket(one.slug, len(buckets))].append(one)
    first = [one for one in datasets if one.role is not Role.PART]
    filled = [(PATH, first), *((f"{PATH}-{number}", found) for number, found in enumerate(buckets, 2) if found)]
    paths = [path for path, _ in filled]
    return [
        Page(
            path=path,
            datasets=found,
            previous=before,
            following=after,
            last=paths[-1] if path == PATH else "",
            of=len(datasets) if path == PATH else 0,
        )
        for (path, found), before, after in zip(filled, ["", *paths], [*paths[1:], ""], strict=False)
    ]


def _bucket(name: str, count: int) -> int:
    """Return which of `count` buckets a name is in: with one bucket more, all stay but half of one bucket."""
    level = 1 << (count.bit_length() - 1)
    number = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big")
    found = number % (2 * level)
    return found if found < count else found - level


def links(catalogue: Catalogue, page: Page, ending: str) -> Statements:
    """Return how a page leads to the others: by the addresses of files in the same format. Nothing for an only page.

    Harvesters take the format of the first page for all, and many hosts do not negotiate. `hydra:PagedCollection` is
    what Hydra called a page in former times: harvesters that are older than the new name look for that.
    """
    said, here = Statements(), catalogue.url(f"{page.path}.{ending}")
    if not page.is_paged:
        return said
    said.type(catalogue.iri, "hydra:Collection")
    said.add(catalogue.iri, "hydra:view", NamedNode(here))
    said.type(here, "hydra:PartialCollectionView", "hydra:PagedCollection")
    for name, path in (("first", PATH), ("previous", page.previous), ("next", page.following), ("last", page.last)):
        if path:
            said.add(here, f"hydra:{name}", NamedNode(catalogue.url(f"{path}.{ending}")))
    if page.of:
        said.add(catalogue.iri, "hydra:totalItems", integer(page.of))
    return said


class Whole:
    """All pages in one file, as N-Triples packed with gzip, without what leads from page to page.

    It grows page by page, so that the statements are never held together. Each stands in it once.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._datasets = f"{catalogue.base}dataset/"
        self._shared: set[Triple] = set()  # what may be on other pages as well
        self.packed = b""

    def add(self, said: Iterable[Triple]) -> None:
        """Add what a page says."""
        new = [triple for triple in said if triple not in self._shared]
        self._shared.update(triple for triple in new if not self._is_of_dataset(triple))
        self.packed += gzipped(write_nquads(new, moved=self._catalogue.moved))

    def _is_of_dataset(self, triple: Triple) -> bool:
        return isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(self._datasets)

"""The lists of a kind: pages for people, and the collection for programs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from eugraph.publish.collections import Filled
from eugraph.publish.pages.lists import Listing, Telling, listings
from eugraph.publish.paging import ENDINGS, Page, pages
from eugraph.publish.remembered import Memory


@dataclass(frozen=True, slots=True)
class Listed:
    """Lists of one kind, or what has changed of them. What stands on a page is looked up when it is made."""

    listings: Sequence[Listing]
    collection: Sequence[tuple[Page, str]]  # with what stands for all that is on it
    told: Telling

    @property
    def digests(self) -> dict[str, str]:
        """Path of each file -> another text whenever something in it is."""
        found = {listing.path: listing.digest for listing in self.listings}
        for page, digest in self.collection:
            found |= dict.fromkeys(map(page.file, ENDINGS), digest)
        return found

    def unlike(self, known: Mapping[str, str]) -> Listed:
        """Return what differs from a release with these digests."""
        return replace(
            self,
            listings=[listing for listing in self.listings if known.get(listing.path) != listing.digest],
            collection=[(p, digest) for p, digest in self.collection if known.get(p.file(ENDINGS[0])) != digest],
        )

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield (path, content) of the files of the collection."""
        for page, _ in self.collection:
            filled = Filled(page, [told.member for told in self.told(page.stems)])
            yield from ((page.file(ending), filled.write(ending)) for ending in ENDINGS)


def listed(kind: str, memory: Memory) -> Listed:
    """Return the lists of a kind, from what is remembered of its documents."""
    entries = memory.by_path(kind)
    collection = [(page, _digest(page, entries)) for page in pages([*entries], kind)]
    return Listed([*listings(kind, memory.by_name(kind), memory.told)], collection, memory.told)


def _digest(page: Page, entries: Mapping[str, str]) -> str:
    said = repr((page, [entries[stem] for stem in page.stems]))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()

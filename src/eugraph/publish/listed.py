"""The lists of a kind: pages for people, and the collection for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eugraph.publish.collections import Filled, filled
from eugraph.publish.pages.lists import Listing, listings
from eugraph.publish.pages.summary import Told
from eugraph.publish.paging import ENDINGS


@dataclass(frozen=True, slots=True)
class Listed:
    """Lists of one kind, or what has changed of them."""

    listings: Sequence[Listing]
    collection: Sequence[Filled]

    @property
    def digests(self) -> dict[str, str]:
        """Path of each file -> another text whenever something in it is."""
        found = {listing.path: listing.digest for listing in self.listings}
        for page in self.collection:
            found |= dict.fromkeys(map(page.page.file, ENDINGS), page.digest)
        return found

    def unlike(self, known: Mapping[str, str]) -> Listed:
        """Return what differs from a release with these digests."""
        return Listed(
            [listing for listing in self.listings if known.get(listing.path) != listing.digest],
            [page for page in self.collection if known.get(page.page.file(ENDINGS[0])) != page.digest],
        )

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield (path, content) of the files of the collection."""
        for page in self.collection:
            yield from ((page.page.file(ending), page.write(ending)) for ending in ENDINGS)


def listed(kind: str, told: Mapping[str, Told]) -> Listed:
    """Return the lists of a kind, given what is told of each of its documents, by path."""
    return Listed([*listings(kind, told.values())], [*filled(kind, {path: one.member for path, one in told.items()})])

"""What a release has for those who harvest it: catalogue, VoID, sitemap, links between its parts.

All of it is made last, because it tells the sizes and checksums of the files that there are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from eugraph.changes import Changes
from eugraph.publish.addresses import Addresses
from eugraph.publish.atom import ATOM, atom
from eugraph.publish.catalogue import making
from eugraph.publish.catalogue.model import Catalogue
from eugraph.publish.composing import Sink
from eugraph.publish.figures import Figures
from eugraph.publish.given import ReleaseInput
from eugraph.publish.linkset import linkset
from eugraph.publish.media_types import LINKSET
from eugraph.publish.preparing import Prepared
from eugraph.publish.sitemap import is_part, sitemap
from eugraph.publish.staging import Kept
from eugraph.publish.statements import Statements
from eugraph.publish.sums import Sums
from eugraph.publish.void import describe


def examples(documents: Iterable[tuple[str, str]]) -> list[str]:
    """Return a thing of each kind, given path and IRI of each document: that whose path begins the alphabet."""
    first: dict[str, tuple[str, str]] = {}
    for path, iri in documents:
        kind = path.partition("/")[0]
        first[kind] = min((path, iri), first.get(kind, (path, iri)))
    return sorted(iri for _, iri in first.values())


class Harvested(NamedTuple):
    """The files that describe a release."""

    files: Sequence[Kept] = ()
    digests: Mapping[str, str] = {}  # of each dataset: path -> another text whenever something in its files is
    listed: str = ""  # stands for all that the sitemap lists, but for documents


_NOTHING = Harvested()


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """A release that has every other file but the manifest, as it is described to those who harvest it."""

    release: ReleaseInput
    ready: Prepared
    statements: Statements  # all of them; those in `ready` may be a part
    sums: Sums
    figures: Figures
    addresses: Addresses
    folder: Path  # of the release
    files: Mapping[str, Kept]  # that it has, by path
    others: Iterable[str]  # the paths of those that belong to no document
    pages: Callable[[], Iterable[str]]  # gives the paths of all that are HTML; there may be others among them
    days: Callable[[], Mapping[str, str]]  # path of a document -> the last day on which its description was changed
    examples: Sequence[str]  # IRIs of some things that are described
    changes: Changes | None = None  # since the previous release; None where none is known
    before: Harvested = _NOTHING  # what described the release that `sink` starts from
    touched: Container[str] | None = None  # IRIs of documents that may have changed since; None where all may
    same_days: bool = False  # whether there are documents at the same paths since, with the same days

    def write(self, sink: Sink) -> Harvested:
        """Write the files that describe the release, and those that are made for the catalogue alone.

        Raises:
            OutputError: the data describes something at the address of the catalogue or of a dataset.
        """
        kept, known = list[Kept](), {file.path: file for file in self.before.files}

        def write(path: str, data: bytes | None) -> None:
            kept.append(known[path] if data is None else sink.write(path, data))

        catalogue = making.make(
            self.release,
            self.ready,
            statements=self.statements,
            extent=self.sums.extent,
            figures=self.figures,
            addresses=self.addresses,
            folder=self.folder,
            files=self.files,
            write=write,
            changes=self.changes,
            before=known,
            touched=self.touched,
        )
        digests = making.digests(catalogue)
        same = {path for path, digest in digests.items() if self.before.digests.get(path) == digest}
        for path, data in making.documents(catalogue, self.ready.site, same):
            write(path, data)
        void = describe(catalogue, self.sums.statistics, self.examples)
        links = linkset(catalogue, self.figures.things)
        for path, data in ((LINKSET, links), (".well-known/void", void), ("void.ttl", void)):
            write(path, data)
        more = [file.path for file in kept if file.path.endswith(".html")]
        listed = self._listed(catalogue, more)
        if self.same_days and listed == self.before.listed:
            kept += [file for file in self.before.files if is_part(file.path)]
        else:
            for path, data in self._sitemap(catalogue, more):
                write(path, data)
        if self.changes is not None:
            write(ATOM, atom(catalogue, self.changes, self.files))
        return Harvested(kept, digests, listed)

    def _listed(self, catalogue: Catalogue, more: Iterable[str]) -> str:
        others = sorted({path for path in chain(self.others, more) if path.endswith(".html")})
        former = [address.path for address in self.ready.former]
        told = (catalogue.date, catalogue.public(catalogue.url("")), others, former)
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def _sitemap(self, catalogue: Catalogue, more: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        former = {f"{address.path}.html" for address in self.ready.former}
        pages = {path for path in chain(self.pages(), more) if path.endswith(".html")} - former
        release, days = catalogue.date.isoformat(), self.days()
        return sitemap(
            sorted(pages),
            lambda path: days.get(path.removesuffix(".html"), release),
            catalogue.public(catalogue.url("")),
        )

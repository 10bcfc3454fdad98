"""A visit to a site: what the checks ask it, what was met on the way, and which of many documents are looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from pyoxigraph import Quad

from eugraph.exchange.doctor.reading.graph import Statements
from eugraph.exchange.doctor.reading.links import Link, header_links
from eugraph.exchange.doctor.reading.media import ACCEPT_PAGE, ACCEPT_RDF, HTML, expected, is_rdf, registered
from eugraph.exchange.doctor.reading.page import Page, read_page
from eugraph.exchange.doctor.site.address import without_fragment
from eugraph.exchange.doctor.site.answer import Answer, Failure
from eugraph.exchange.doctor.site.site import Site

_KEPT = 64 << 20  # bytes of answers that are kept whole


@dataclass(frozen=True, slots=True, kw_only=True)
class CataloguePage:
    """One page of a catalogue: all of it, where it is in one."""

    address: str
    media_type: str
    quads: list[Quad]
    following: str = ""  # the page that comes next, as the header says; "" where it says nothing


@dataclass(slots=True)
class Catalogue:
    """The catalogue of a site."""

    pages: list[CataloguePage]
    statements: Statements = field(init=False)

    def __post_init__(self) -> None:
        self.statements = Statements(self.quads)

    @property
    def address(self) -> str:
        """The address of the first page."""
        return self.pages[0].address

    @property
    def quads(self) -> list[Quad]:
        """The statements of all pages."""
        return [quad for page in self.pages for quad in page.quads]


@dataclass(frozen=True, slots=True)
class Visited:
    """An address that may give a page."""

    answer: Answer  # without its body
    page: Page | None  # None where it gives no HTML
    links: tuple[Link, ...]  # of the header, then of the page


class Visit:
    """What is known of a site while it is looked at."""

    def __init__(
        self,
        site: Site,
        start: str,
        *,
        sample: int = 200,
        outside: Callable[[str], Answer] | None = None,
        progress: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Begin at an address.

        Args:
            site: whom to ask.
            start: the published address to begin at.
            sample: how many documents of a kind are looked at where there are more (> 0).
            outside: asks an address of another host; None where none is to be asked.
            progress: is told each address that is asked.
        """
        self.site, self.start = site, start
        self.sample, self._outside = sample, outside
        self.catalogue: Catalogue | None = None
        self.documents: list[str] = []  # pages for people: of datasets, and as the sitemap lists them
        self.things: list[str] = []  # what the dump describes
        self.met: dict[tuple[str, str], Answer] = {}  # (address, what was accepted) -> a good answer without body
        self._progress = progress
        self._heads: dict[tuple[str, str], Answer] = {}
        self._visited: dict[str, Visited] = {}
        self._whole: dict[tuple[str, str], Answer] = {}
        self._size = 0  # bytes of these

    def get(self, address: str, accept: str = "") -> Answer:
        """Return the answer of an address; the last ones are remembered."""
        address = without_fragment(address)
        key = (address, accept)
        if key not in self._whole:
            self._progress(address)
            answer = self.site.get(address, accept)
            if answer.is_good:
                self.met[key] = replace(answer, body=b"")
            self._whole[key] = answer
            self._size += len(answer.body)
            while self._size > _KEPT:
                self._size -= len(self._whole.pop(next(iter(self._whole))).body)
            return answer
        return self._whole[key]

    def open(self, address: str) -> tuple[Answer, BinaryIO]:
        """Return an answer without its body, and the body to be read once; it is not remembered."""
        self._progress(address)
        answer, body = self.site.open(address)
        if answer.is_good:
            self.met[(without_fragment(address), "")] = answer
        return answer, body

    def head(self, address: str, accept: str = ACCEPT_PAGE) -> Answer:
        """Return whether and as what an address stands, without its body; for a browser, if nothing else is said."""
        address = without_fragment(address)
        key = (address, accept)
        if key not in self._heads:
            known = self.met.get(key)
            if known is None and expected(address):  # its name tells the form: nothing is negotiated
                known = next((met for ask in ("", ACCEPT_RDF) if (met := self.met.get((address, ask)))), None)
            if known is None:
                self._progress(address)
                known = self.site.head(address, accept)
                if known.is_good:
                    self.met[key] = known
            self._heads[key] = known
        return self._heads[key]

    def statuses(self) -> dict[str, int]:
        """Return the status that each address had in the end for a browser, of those that were asked; 0 for no answer.

        What is larger than is read, or wants to know who asks, answers all the same.
        """
        return {
            address: 200 if head.failure is Failure.TOO_LARGE else head.status
            for (address, _), head in self._heads.items()
        }

    def ask_outside(self, address: str) -> Answer | None:
        """Return the answer of another host; None where none is to be asked."""
        if self._outside is None:
            return None
        key = (without_fragment(address), ACCEPT_PAGE)
        if key not in self._heads:
            self._progress(address)
            self._heads[key] = self._outside(address)
        return self._heads[key]

    def visited(self, address: str) -> Visited:
        """Return the page that a browser gets, and its links."""
        address = without_fragment(address)
        if address not in self._visited:
            answer = self.get(address, ACCEPT_PAGE)
            links = tuple(header_links(answer.headers.get("link", ""), answer.url))
            page = None
            if answer.is_good and registered(answer.media_type) == HTML:
                page = read_page(answer.body, answer.headers.get("content-type", ""), answer.url)
                links += tuple(page.links)
            self._visited[address] = Visited(replace(answer, body=b""), page, links)
        return self._visited[address]

    def described_by(self, address: str) -> list[Link]:
        """Return the links of a page to statements about it."""
        links = self.visited(address).links
        return [link for link in links if link.rel in ("describedby", "alternate") and is_rdf(link.type)]

    def chosen(self, addresses: Iterable[str], most: int = 0) -> list[str]:
        """Return so many of the addresses as are looked at, in their order and each once.

        Which ones they are depends on nothing but the addresses: another visit looks at the same. `most` stands in
        place of the sample.
        """
        every = list(dict.fromkeys(map(without_fragment, addresses)))
        most = most or self.sample
        if len(every) <= most:
            return every
        ranked = sorted(every, key=lambda address: hashlib.sha256(address.encode("utf-8", "replace")).digest())
        picked = set(ranked[:most])
        return [address for address in every if address in picked]

"""Pages of a feed in TriG: what stands in a page stays, what is new comes after it, and one that is full is closed.

A page is closed when it is full and there is something for the next one. Then it says so in its first line, and no
release changes it any more.

Spec: RDF 1.1 TriG, <https://www.w3.org/TR/trig/>; Linked Data Event Streams, <https://w3id.org/ldes/server-primer>.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from eugraph.publish.composing import Settings
from eugraph.publish.documents import Document
from eugraph.publish.feed.events import Event
from eugraph.publish.feed.state import Page
from eugraph.publish.feed.vocabulary import AS, PREFIXES, STREAM, TREE
from eugraph.rdf.turtle import turtle_blocks
from eugraph.rdf.turtle_blanks import grouped_lines
from eugraph.rdf.turtle_terms import Names

MEMBERS, SIZE = 100, 1_000_000  # members and characters from which on a page is full
_CLOSED = f"<> <{PREFIXES['ldes']}immutable> true .\n\n".encode()  # "<>" is the page while no base is set
_TYPE, _DATE_TIME = f"<{PREFIXES['rdf']}type>", f"<{PREFIXES['xsd']}dateTime>"

Entry = tuple[Event, Document | None]  # a document that is no more may have one that says why


@dataclass(frozen=True, slots=True)
class Last:
    """The last page of a feed so far, which may take more."""

    number: int  # counted from 1
    page: Page
    data: bytes


@dataclass(slots=True)
class _Part:
    """What a release adds to a page."""

    names: Names  # of what documents say, perhaps moved to another base
    words: Names  # of what is said of members
    blocks: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)

    def add(self, entry: Entry) -> int:
        """Add a member, and return how many characters it takes."""
        event, document = entry
        said = (
            f"{_TYPE} <{AS}{event.happened}>",
            f"<{AS}object> <{event.thing}>",
            f'<{AS}published> "{event.moment}"^^{_DATE_TIME}',
        )
        blocks = [*turtle_blocks([grouped_lines({f"<{event.member}>": "\n".join(said)})], self.words)]
        if document is not None:
            inside = "\n".join(turtle_blocks([document.graph()], self.names, first=document.things))
            blocks.append(f"{self.words.node(f'<{event.member}>')} {{\n\n{inside}\n}}\n")
        self.blocks += blocks
        self.members.append(event.member)
        return sum(map(len, blocks))

    def text(self, stream: str) -> str:
        """Return all of it, beginning with prefixes."""
        listed = "\n".join(f"<{TREE}member> <{member}>" for member in self.members)
        head = [*turtle_blocks([grouped_lines({f"<{stream}>": listed})], self.words)]
        self.names.used |= self.words.used
        self.names.base_used |= self.words.base_used
        return "\n".join([self.names.head(), *head, *self.blocks])


def paged(
    last: Last | None, entries: Iterable[Entry], settings: Settings, *, members: int = MEMBERS, size: int = SIZE
) -> Iterator[tuple[int, Page, bytes]]:
    """Yield (number, page, content) of each page that is not as it was, in their order.

    Args:
        last: the last page so far; None where the feed begins.
        entries: what is to be added, in order.
        settings: of the release.
        members: how many members fill a page.
        size: how many characters do.

    Raises:
        CanonicalisationTimeoutError: blank nodes of a document could not be named in time.
    """
    page = _Growing(last or _empty(1), settings)
    for entry in entries:
        if page.page.members >= members or page.page.size >= size:
            yield page.closed()
            page = _Growing(_empty(page.number + 1), settings)
        page.add(entry)
    if page.part.members:
        yield page.open()


def _empty(number: int) -> Last:
    return Last(number, Page(first="", last="", members=0, size=0), b"")


class _Growing:
    """A page that takes members."""

    def __init__(self, last: Last, settings: Settings) -> None:
        moved = settings.moved
        self._base = settings.base_iri if moved is None else moved.new
        self.number, self.page, self._before = last.number, last.page, last.data
        self.part = _Part(Names(PREFIXES, settings.base_iri, moved), Names(PREFIXES, self._base))

    def add(self, entry: Entry) -> None:
        """Add a member to the page."""
        moment, page = entry[0].moment, self.page
        self.page = replace(
            page,
            first=page.first or moment,
            last=moment,
            members=page.members + 1,
            size=page.size + self.part.add(entry),
        )

    def open(self) -> tuple[int, Page, bytes]:
        """Return the page, which may grow further."""
        added = self.part.text(self._base + STREAM).encode() if self.part.members else b""
        between = b"\n" if self._before and added else b""
        return self.number, self.page, self._before + between + added

    def closed(self) -> tuple[int, Page, bytes]:
        """Return the page as it will stay."""
        number, page, data = self.open()
        return number, page, _CLOSED + data

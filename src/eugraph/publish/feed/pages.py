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

    number: int  # counted from 1; 0 where there is none
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
    last: Last, entries: Iterable[Entry], settings: Settings, *, members: int = MEMBERS, size: int = SIZE
) -> Iterator[tuple[int, Page, bytes]]:
    """Yield (number, page, content) of each page that is not as it was, in their order.

    Args:
        last: the last page so far.
        entries: what is to be added, in order.
        settings: of the release.
        members: how many members fill a page.
        size: how many characters do.

    Raises:
        CanonicalisationTimeoutError: blank nodes of a document could not be named in time.
    """
    writer, waiting = _Writer(last, settings), iter(entries)
    for entry in waiting:
        if writer.page.members >= members or writer.page.size >= size or not writer.number:
            if writer.number:
                yield writer.done(closed=True)
            writer.begin()
        writer.add(entry)
    if writer.part.members:
        yield writer.done()


class _Writer:
    def __init__(self, last: Last, settings: Settings) -> None:
        self._settings = settings
        moved = settings.moved
        self._base = settings.base_iri if moved is None else moved.new
        self.number, self.page, self._before = last.number, last.page, last.data
        self.part = self._part()

    def _part(self) -> _Part:
        names = Names(PREFIXES, self._settings.base_iri, self._settings.moved)
        return _Part(names, Names(PREFIXES, self._base))

    def begin(self) -> None:
        """Begin another page."""
        self.number += 1
        self.page, self._before, self.part = Page(first="", last="", members=0, size=0), b"", self._part()

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

    def done(self, *, closed: bool = False) -> tuple[int, Page, bytes]:
        """Return the page."""
        added = self.part.text(self._base + STREAM).encode() if self.part.members else b""
        between = b"\n" if self._before and added else b""
        return self.number, self.page, (_CLOSED if closed else b"") + self._before + between + added

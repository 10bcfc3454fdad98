"""Which documents came, changed and went since the last release that the feed knows.

A document changed where the hash of its graph is another one. So a new layout, template or address of a page is no
change. The documents of named graphs have no versions: they tell the day of the release, and so differ each time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from eugraph.publish.feed.state import Feed, read_moment, write_moment

WITHOUT_VERSIONS = "graph"  # kind of documents


class Happened(StrEnum):
    """What happened to a document: a class of ActivityStreams."""

    CREATE = "Create"
    UPDATE = "Update"
    DELETE = "Delete"


@dataclass(frozen=True, slots=True)
class Event:
    """A member of the stream, but for the statements of its document."""

    happened: Happened
    thing: str  # IRI, as published
    sha256: str  # of the graph of the document; "" where it is no more
    moment: str  # xsd:dateTime

    @property
    def member(self) -> str:
        """The IRI of the member: that of the thing with moment and hash, so that no other version ever has it."""
        mark = "-" if "#" in self.thing else "#"
        return f"{self.thing}{mark}{self.moment}-{self.sha256[:8] or 'gone'}"


def events(known: Feed | None, hashes: Mapping[str, str], date: dt.date) -> Iterator[Event]:
    """Yield what happened, in the order of the things' IRIs; all at one moment.

    Args:
        known: the feed so far; None where it begins.
        hashes: IRI of each thing that has a document now -> hash of its graph.
        date: of the release.
    """
    before = known.versions if known else {}
    moment = moment_of(date, known.last if known else "")
    for thing in sorted(before.keys() | hashes.keys()):
        sha256 = hashes.get(thing, "")
        if not sha256:
            yield Event(Happened.DELETE, thing, "", moment)
        elif thing not in before:
            yield Event(Happened.CREATE, thing, sha256, moment)
        elif before[thing].sha256 != sha256:
            yield Event(Happened.UPDATE, thing, sha256, moment)


def moment_of(date: dt.date, last: str) -> str:
    """Return the moment of a release: the beginning of its day, or a second after the last one, whichever is later."""
    start = dt.datetime.combine(date, dt.time(), dt.UTC)
    if last:
        start = max(start, read_moment(last) + dt.timedelta(seconds=1))
    return write_moment(start)

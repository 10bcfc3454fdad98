"""What a feed holds: its pages, and which version of each document is the last. `feed/state.json` tells it.

The next release reads it to find out what changed; a harvester can compare it with what it holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import orjson
from pyoxigraph import NamedNode

from eugraph.publish.feed.vocabulary import page_path

_DIGEST_LENGTH = 64  # of SHA-256 in hexadecimal digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a feed."""

    first: str  # moment of its first member, an xsd:dateTime
    last: str  # of its last member
    members: int
    size: int  # characters of its members


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The last version of a document."""

    sha256: str  # of the document's graph, as in `eugraph.rdf.hashing`
    member: str  # IRI


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as a whole. Moments are xsd:dateTime in UTC, and so are in order as text."""

    began: str  # tells it from a feed that began otherwise
    pages: Sequence[Page]  # at least one, unless nothing was ever described
    versions: Mapping[str, Version]  # by IRI of the thing, as published

    @property
    def last(self) -> str:
        """The moment of its last member; "" where there is none."""
        return self.pages[-1].last if self.pages else ""

    @property
    def members(self) -> int:
        """How many members it has."""
        return sum(page.members for page in self.pages)

    def path(self, number: int) -> str:
        """Return where a page lies; counted from 1."""
        return page_path(self.began, number)

    @property
    def paths(self) -> Sequence[str]:
        """Where the pages lie, in their order."""
        return [self.path(number) for number in range(1, len(self.pages) + 1)]

    def dump(self) -> bytes:
        """Return the feed as its file."""
        document = {
            "began": self.began,
            "pages": [{"path": path, **asdict(page)} for path, page in zip(self.paths, self.pages, strict=True)],
            "versions": {thing: asdict(version) for thing, version in sorted(self.versions.items())},
        }
        return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

    @classmethod
    def load(cls, data: bytes) -> Feed:
        """Read the file of a feed.

        Raises:
            ValueError: it is none, or does not hold together.
        """
        try:
            document = orjson.loads(data)
            feed = cls(
                began=bytes.fromhex(document["began"]).hex(),
                pages=[_page(page) for page in document["pages"]],
                versions={NamedNode(thing).value: _version(found) for thing, found in document["versions"].items()},
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"it does not say what a feed holds ({error})") from None
        if [page["path"] for page in document["pages"]] != feed.paths:
            raise ValueError("its pages are not named one after the other")
        if bool(feed.versions) and not feed.pages:
            raise ValueError("it names versions and no page")
        return feed


def _page(found: Mapping[str, Any]) -> Page:
    first, last = (write_moment(read_moment(found[key])) for key in ("first", "last"))
    return Page(first=first, last=last, members=int(found["members"]), size=int(found["size"]))


def _version(found: Mapping[str, Any]) -> Version:
    if len(bytes.fromhex(found["sha256"])) * 2 != _DIGEST_LENGTH:
        raise ValueError("a hash is no SHA-256")
    return Version(sha256=found["sha256"], member=str(found["member"]))


def read_moment(text: str) -> dt.datetime:
    """Return the moment that an xsd:dateTime with a time zone means.

    Raises:
        ValueError: it is none.
    """
    found = dt.datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"{text} has no time zone")
    return found.astimezone(dt.UTC)


def write_moment(moment: dt.datetime) -> str:
    """Return a moment in UTC as xsd:dateTime."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")

"""The feed of one release: what the previous one has of it, and what happened since."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from eugraph.publish.composing import Sink
from eugraph.publish.documents import Document
from eugraph.publish.feed.events import WITHOUT_VERSIONS, Event, events, moment_of
from eugraph.publish.feed.pages import Entry, Last, paged
from eugraph.publish.feed.state import Feed, Version
from eugraph.publish.feed.stream import stream_files
from eugraph.publish.feed.vocabulary import STATE
from eugraph.publish.given import ReleaseInput
from eugraph.publish.preparing import Prepared
from eugraph.publish.previous import Previous
from eugraph.rdf.hashing import joint_hash

_SHORT = 12  # hexadecimal digits that tell one feed from another


def continued(release: ReleaseInput, ready: Prepared, hashes: Mapping[str, str], sink: Sink) -> Feed:
    """Write the feed: that of the previous release with what happened since; without one it begins.

    Args:
        release: what is published.
        ready: the same, looked through.
        hashes: of the graph of each document, by path.
        sink: takes the files.

    Raises:
        PreviousReleaseError: a page of the previous release is not as it was published.
        CanonicalisationTimeoutError: blank nodes of a document could not be named in time.
    """
    known = release.previous.feed if release.previous else None
    outlines = {release.public(each.iri): each for each in ready.living if each.kind != WITHOUT_VERSIONS}
    found = {iri: hashes[each.path] for iri, each in outlines.items()}
    feed = known or Feed(began=_beginning(release, found), pages=[], versions={})
    happened = [*events(known, found, release.date)]
    former = {release.public(each.outline.iri): each.document for each in ready.former}

    def document(thing: str) -> Document | None:
        outline = outlines.get(thing)
        return former.get(thing) if outline is None else ready.contents.document(outline)

    pages, written = [*feed.pages], set[int]()
    for number, page, data in paged(_last(release.previous, feed), _entries(happened, document), ready.settings):
        pages[number - 1 :] = [page]
        written.add(number)
        sink.write(feed.path(number), data)
    for number, path in enumerate(feed.paths, 1):
        if release.previous and number not in written:
            sink.write(path, release.previous.read(path))
    feed = replace(feed, pages=pages, versions=_versions(feed.versions, happened))
    for path, data in stream_files(feed, release.public(release.base_iri), release.title, release.licence):
        sink.write(path, data)
    sink.write(STATE, feed.dump())
    return feed


def _last(previous: Previous | None, feed: Feed) -> Last | None:
    """Return the last page of a feed as it was published."""
    if previous is None or not feed.pages:
        return None
    return Last(len(feed.pages), feed.pages[-1], previous.read(feed.paths[-1]))


def _entries(happened: Iterable[Event], document: Callable[[str], Document | None]) -> Iterator[Entry]:
    return ((event, document(event.thing)) for event in happened)


def _beginning(release: ReleaseInput, hashes: Mapping[str, str]) -> str:
    """Return what tells this feed from others, so that no page ever has the address of another one."""
    parts = f"{moment_of(release.date, '')} {joint_hash(hashes.items())}"
    return hashlib.sha256(parts.encode()).hexdigest()[:_SHORT]


def _versions(before: Mapping[str, Version], happened: Iterable[Event]) -> Mapping[str, Version]:
    """Return the last version of each document that there is."""
    found = dict(before)
    for event in happened:
        if event.sha256:
            found[event.thing] = Version(sha256=event.sha256, member=event.member)
        else:
            del found[event.thing]
    return found

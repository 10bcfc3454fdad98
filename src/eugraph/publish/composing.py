"""The files of a document, made from a job that holds all that they depend on.

A job says nothing of where it is done: here, or in another process. Equal jobs give equal files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from eugraph.publish.collections import member_of
from eugraph.publish.documents import Document
from eugraph.publish.pages.cards import Card, Own
from eugraph.publish.pages.summary import Entry, Told
from eugraph.publish.pages.things import Known, ThingPages
from eugraph.publish.staging import Kept, Piece
from eugraph.rdf.hashing import graph_hash, hash_of_lines
from eugraph.rdf.jsonld import write_jsonld
from eugraph.rdf.jsonld_context import Context
from eugraph.rdf.nquads import BaseMove
from eugraph.rdf.turtle import write_turtle
from eugraph.rdf.turtle_blanks import Grouped
from eugraph.vocab import PREFIXES


@dataclass(frozen=True, slots=True)
class Settings:
    """What all documents of a release share."""

    base_iri: str
    moved: BaseMove | None
    context: Context
    known: Known

    @property
    def published_base(self) -> str:
        """What the addresses of things begin with, as published."""
        return self.base_iri if self.moved is None else self.moved.new


@dataclass(frozen=True, slots=True)
class Job:
    """A document to be made, and what the old release has of it."""

    document: Document
    own: Own
    profile: bytes | None  # its schema.org document
    key: str = ""  # stands for all that its files depend on; "" where nobody remembers
    kept: Made | None = None  # its files in the old release, where they were made with the same key


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents that are made in one go, with the cards of all their neighbours."""

    jobs: Sequence[Job]
    cards: Mapping[str, Card]


@dataclass(frozen=True, slots=True)
class Made:
    """A document that was written."""

    path: str
    key: str
    graph_hash: str
    files: Sequence[Kept]
    text: str  # of what is told of it: as objects it takes five times as much memory
    modified: str  # the last day on which its description was changed, as it says itself; "" where it does not
    entry: Entry

    @property
    def told(self) -> Told:
        """What pages that sum up tell of it."""
        return Told.loads(self.text)


@dataclass(slots=True)
class Done:
    """What became of a batch."""

    made: list[Made] = field(default_factory=list)
    composed: int = 0  # documents that were not as before


class Sink(Protocol):
    """What takes the files of a release."""

    def write(self, path: str, *pieces: Piece) -> Kept:
        """Add a file; `path` is relative to the release."""

    def keep(self, files: Sequence[Kept]) -> bool:
        """Add files of the old release as they are; False, and nothing is added, where one is not as it was written."""


class Composer:
    """Makes documents and writes them."""

    def __init__(self, settings: Settings, staging: Sink) -> None:
        self._settings, self._staging = settings, staging
        self._pages = ThingPages(settings.known)

    def do(self, batch: Batch) -> Done:
        """Write the files of a batch.

        Raises:
            CanonicalisationTimeoutError: blank nodes of a document could not be named in time.
            OSError: a file cannot be written.
        """
        done = Done()
        self._pages.learn(batch.cards)
        for job in batch.jobs:
            if job.kept is not None and self._staging.keep(job.kept.files):
                done.made.append(job.kept)
                continue
            graph = job.document.graph()
            self._pages.learn_own(job.document, job.own)
            contents = dict(self._files(job, graph))
            files = [self._staging.write(path, data) for path, data in contents.items()]
            digest = document_hash(graph, job.document, self._settings.moved)
            member = member_of(contents[f"{job.document.path}.jsonld"], self._settings.published_base)
            told = self._pages.told(job.document, graph)._replace(member=member)
            done.made.append(
                Made(job.document.path, job.key, digest, files, told.dumps(), job.document.modified, told.entry)
            )
            done.composed += 1
        return done

    def _files(self, job: Job, graph: Grouped) -> Iterator[tuple[str, bytes]]:
        path = job.document.path
        yield from forms(graph, job.document, self._settings)
        if job.profile is not None:
            yield f"{path}.schema.jsonld", job.profile
        yield f"{path}.html", self._pages.page(job.document, graph, job.profile)


def forms(graph: Grouped, document: Document, settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of a document as Turtle and as JSON-LD."""
    base, moved = settings.base_iri, settings.moved
    text = write_turtle(graph, PREFIXES, base, first=document.things, moved=moved)
    yield f"{document.path}.ttl", text.encode()
    yield f"{document.path}.jsonld", write_jsonld(graph, document.iri, settings.context, base, moved=moved)


def document_hash(graph: Grouped, document: Document, moved: BaseMove | None) -> str:
    """Return the hash of a document's graph; where nothing is to be named or moved, of the lines that are there."""
    if moved is None and not graph.blanks:
        return hash_of_lines(graph.lines())
    return graph_hash(document.triples, moved=moved)

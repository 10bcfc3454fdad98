"""What a release is made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pyoxigraph import Quad, Triple

from eugraph.catalogue_settings import CatalogueSettings
from eugraph.publish.previous import Previous
from eugraph.publish.statements import Said
from eugraph.rdf.nquads import BaseMove


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredReport:
    """A report query with its answer."""

    title: str
    asks: str  # the question
    columns: str
    params: Mapping[str, str]  # that it was answered for
    query: str  # SPARQL, with header
    csv: bytes
    json: bytes  # SPARQL 1.1 Query Results JSON Format
    more: str = ""  # a sentence that says so where there may be more rows


class Imports(Protocol):
    """What is imported, with what follows from it: it may be large, and lies on disk."""

    @property
    def key(self) -> str:
        """Another one whenever a statement is."""

    @property
    def graphs(self) -> Collection[str]:
        """The graphs of the imported sources, as N-Triples text; without that of what follows."""

    @property
    def all_graphs(self) -> Collection[str]:
        """The graphs that hold a statement."""

    @property
    def said(self) -> Said:
        """All statements by subject."""

    @property
    def size(self) -> int:
        """Bytes of all statements, as N-Quads."""

    def pointing_to(self, iri: str, properties: Collection[str] = ()) -> Iterable[tuple[str, str]]:
        """Yield (property, thing) for each statement that points to something, by any property or by some."""

    def is_property(self, iri: str) -> bool:
        """Say whether a statement has this property."""

    def kept(self, name: str, key: str, make: Callable[[Path], object]) -> Path:
        """Return a folder that `make` fills, unless there is one; it depends on imports and key. One a name is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseInput:
    """Everything that a release is made from."""

    quads: Iterable[Quad]  # curated, derived and of provenance; gone through once, best subject by subject
    ontology: Mapping[str, Sequence[Triple]]  # path without ending -> statements
    shapes: Mapping[str, Sequence[Triple]]
    reports: Mapping[str, AnsweredReport]
    validation: Mapping[str, bytes]  # form ("json", "ttl", "text") -> report
    title: str
    description: str
    base_iri: str  # that the quads are in
    moved: BaseMove | None  # to the base that they are published in
    date: dt.date
    version: str
    publisher: str
    licence: str  # IRI
    profile: Sequence[Triple] = ()  # of schema.org, over the whole graph
    profiles: Mapping[str, str] = field(default_factory=dict)  # name of each profile -> its query
    address: str = ""  # URL at which the release is hosted, "/" last; empty where that is the base
    catalogue: CatalogueSettings = field(default_factory=CatalogueSettings)
    sources: Sequence[str] = ()  # names of imported sources; each has a graph of its own
    previous: Previous | None = None  # what was published before; None where none is known
    feed: bool = False  # whether it has a change feed
    imported: Imports | None = None  # what is not among the quads
    vocabulary: str = ""  # another one whenever ontology or shapes are; needed beside imports

    def public(self, iri: str) -> str:
        """Return an IRI as the release publishes it."""
        return iri if self.moved is None else self.moved.iri(iri)

    @property
    def stamp(self) -> Mapping[str, str]:
        """What tells it from other releases, as its release.json says it."""
        return {"version": self.version, "date": self.date.isoformat(), "base": self.public(self.base_iri)}

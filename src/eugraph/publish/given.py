"""What a release is made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pyoxigraph import Quad, Triple

from eugraph.catalogue_settings import CatalogueSettings
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


class ChangeKind(StrEnum):
    """What became of a thing since the previous release."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A thing that is not as it was in the previous release."""

    iri: str
    name: str
    kind: ChangeKind
    path: str  # of its document below the release, without ending; empty where there is none any more
    summary: str = ""  # what changed, in people's words


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
    imported: Sequence[str] = ()  # names of imported sources; each has a graph of its own
    changes: Sequence[Change] | None = None  # since the previous release; None where none is known

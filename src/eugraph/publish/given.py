"""What a release is made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Quad, Triple

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
    imported: Collection[str] = ()  # the graphs of imported sources, as N-Triples text

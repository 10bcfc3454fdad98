"""What a catalogue lists, before it is written in any vocabulary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from eugraph.catalogue_settings import CatalogueSettings
from eugraph.publish.pages.words import licence_name
from eugraph.rdf.nquads import BaseMove


@dataclass(frozen=True, slots=True)
class Form:
    """A format in which data is offered."""

    name: str
    file_type: str  # code of `eugraph.authority.FILE_TYPES`
    media: str  # media type of what is in the file, packed or not
    ending: str  # of the name of the file


NQUADS = Form("N-Quads", "RDF_N_QUADS", "application/n-quads", "nq")
TURTLE = Form("Turtle", "RDF_TURTLE", "text/turtle", "ttl")
TRIG = Form("TriG", "RDF_TRIG", "application/trig", "trig")
JSON_LD = Form("JSON-LD", "JSON_LD", "application/ld+json", "jsonld")
CSV = Form("CSV", "CSV", "text/csv", "csv")
RESULTS = Form("JSON", "JSON", "application/sparql-results+json", "json")


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of the release that holds a dataset."""

    path: str  # below the release
    form: Form
    description: str
    is_packed: bool  # with gzip
    size: int  # bytes
    sha256: str

    @property
    def name(self) -> str:
        """Its name among the files of a dataset, for an address."""
        stem = self.path.rpartition("/")[2].partition(".")[0]
        return f"{stem}-{self.form.ending}"

    @property
    def title(self) -> str:
        """What the file is, for people."""
        return f"{self.form.name}, packed with gzip" if self.is_packed else self.form.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The first and the last day that a dataset speaks of, YYYY-MM-DD."""

    start: str
    end: str = ""  # empty where it is still open


class Role(Enum):
    """What a dataset is to the whole graph."""

    WHOLE = "whole"
    PART = "part"  # some of its statements, as they are
    RESULT = "result"  # made of all of it
    VOCABULARY = "vocabulary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A part of the release that can be taken by itself."""

    slug: str
    name: str  # within the catalogue
    title: str  # by itself, where nobody sees the catalogue
    description: str
    role: Role
    files: Sequence[File]
    keywords: Sequence[str] = ()
    period: Period | None = None
    provenance: str = ""
    licence: str = ""  # IRI; empty for that of the release
    rights: str = ""  # how it asks to be cited; empty for what the release says
    stream: str = ""  # path of the root of its change feed; empty where it has none
    notes: str = ""  # what is other than in the version before

    @property
    def path(self) -> str:
        """Where its page lies below the release, without ending."""
        return f"dataset/{self.slug}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """A vocabulary that data keeps to."""

    iri: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All datasets of a release, with what they have in common."""

    title: str
    description: str
    publisher: str
    licence: str  # IRI
    version: str
    date: dt.date
    base: str  # IRIs of the catalogue and of its datasets begin with it
    address: str  # URL of the release's folder, "/" last
    settings: CatalogueSettings
    places: Mapping[str, str]  # code of a country or continent -> its name in English
    standard: Standard | None  # the ontology
    datasets: Sequence[Dataset]
    moved: BaseMove | None = None  # to the base that all is published under

    def public(self, iri: str) -> str:
        """Return an IRI as the release publishes it."""
        return iri if self.moved is None else self.moved.iri(iri)

    @property
    def iri(self) -> str:
        """The address of the catalogue itself, as a thing."""
        return f"{self.base}catalog"

    def dataset_iri(self, dataset: Dataset) -> str:
        """Return the address of a dataset, as a thing."""
        return f"{self.base}{dataset.path}"

    @property
    def whole_iri(self) -> str:
        """The address of the whole graph as a dataset."""
        return f"{self.base}dataset/all"

    def url(self, path: str) -> str:
        """Return where a file of the release can be fetched."""
        return self.address + path

    @property
    def publisher_iri(self) -> str:
        """The address of the publisher."""
        return self.settings.publisher_iri or f"{self.iri}#publisher"

    @property
    def issued(self) -> dt.date:
        """The day when it was first published, as far as that is known: else the day of this release."""
        return min(self.settings.issued or self.date, self.date)

    @property
    def licence_name(self) -> str:
        """What people call the licence."""
        return licence_name(self.licence)

"""A file as the distribution of a dataset.

Spec: DCAT-AP 3.0.1, <https://semiceu.github.io/DCAT-AP/releases/3.0.1/#Distribution>.
"""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode

from eugraph.authority import AVAILABILITIES, FILE_TYPES, LANGUAGES
from eugraph.publish.catalogue.checksum import checksum
from eugraph.publish.catalogue.concepts import concept, media_type
from eugraph.publish.catalogue.licence import RIGHTS, licence, rights
from eugraph.publish.catalogue.model import TRIG, Catalogue, Dataset, File, Form, Standard
from eugraph.publish.catalogue.words import Statements, count, day, en

_LDES = Standard(iri="https://w3id.org/ldes/specification", title="Linked Data Event Streams")


def distribution(said: Statements, catalogue: Catalogue, dataset: Dataset, file: File) -> NamedNode:
    """Say what a file is, and return the distribution."""
    home = catalogue.dataset_iri(dataset)
    iri = f"{home}#{file.name}"
    _say(said, catalogue, dataset, iri, file.form)
    said.add(iri, "dcterms:title", en(f"{dataset.title}: {file.title}"))
    said.add(iri, "dcterms:description", en(file.description))
    said.add(iri, "dcat:accessURL", NamedNode(catalogue.url(file.path)))
    said.add(iri, "dcat:downloadURL", NamedNode(catalogue.url(file.path)))
    if file.is_packed:
        said.add(iri, "dcat:compressFormat", media_type(said, "application/gzip"))
    said.add(iri, "dcat:byteSize", count(file.size))
    said.add(iri, "spdx:checksum", checksum(said, f"{iri}-sha256", file.sha256))
    return NamedNode(iri)


def event_stream(said: Statements, catalogue: Catalogue, dataset: Dataset) -> Sequence[NamedNode]:
    """Say what the change feed of a dataset is, and return the distribution, if it has one. It is no file to fetch."""
    if not dataset.stream:
        return ()
    iri = f"{catalogue.dataset_iri(dataset)}#stream"
    _say(said, catalogue, dataset, iri, TRIG)
    said.add(iri, "dcterms:title", en(f"{dataset.title}: change feed"))
    said.add(iri, "dcterms:description", en("Every version of every description, as a Linked Data Event Stream."))
    said.add(iri, "dcat:accessURL", NamedNode(catalogue.url(dataset.stream)))
    said.add(iri, "dcterms:conformsTo", standard(said, _LDES))
    return (NamedNode(iri),)


def standard(said: Statements, one: Standard) -> NamedNode:
    """Say what a standard is, and return it."""
    said.type(one.iri, "dcterms:Standard")
    said.add(one.iri, "dcterms:title", en(one.title))
    return NamedNode(one.iri)


def _say(said: Statements, catalogue: Catalogue, dataset: Dataset, iri: str, form: Form) -> None:
    """Say what all distributions tell: class, format, licence, days and the like."""
    home, settings = catalogue.dataset_iri(dataset), catalogue.settings
    said.type(iri, "dcat:Distribution")
    said.add(iri, "dcat:mediaType", media_type(said, form.media))
    said.add(iri, "dcterms:format", concept(said, FILE_TYPES, form.file_type, "dcterms:MediaTypeOrExtent"))
    said.add(iri, "dcterms:license", licence(said, dataset.licence or catalogue.licence))
    home_of_rights = home if dataset.rights else catalogue.iri
    said.add(iri, "dcterms:rights", rights(said, f"{home_of_rights}#rights", dataset.rights or RIGHTS))
    said.add(iri, "dcterms:issued", day(catalogue.issued))
    said.add(iri, "dcterms:modified", day(catalogue.date))
    for code in settings.languages:
        said.add(iri, "dcterms:language", concept(said, LANGUAGES, code, "dcterms:LinguisticSystem"))
    if settings.availability:
        said.add(iri, "dcatap:availability", concept(said, AVAILABILITIES, settings.availability))

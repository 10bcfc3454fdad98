"""A file as the distribution of a dataset.

Spec: DCAT-AP 3.0.1, <https://semiceu.github.io/DCAT-AP/releases/3.0.1/#Distribution>.
"""

from __future__ import annotations

from pyoxigraph import NamedNode

from eugraph.authority import AVAILABILITIES, FILE_TYPES, LANGUAGES
from eugraph.publish.catalogue.checksum import checksum
from eugraph.publish.catalogue.concepts import concept, media_type
from eugraph.publish.catalogue.licence import RIGHTS, licence, rights
from eugraph.publish.catalogue.model import Catalogue, Dataset, File
from eugraph.publish.catalogue.words import Statements, count, day, en


def distribution(said: Statements, catalogue: Catalogue, dataset: Dataset, file: File) -> NamedNode:
    """Say what a file is, and return the distribution."""
    home, settings = catalogue.dataset_iri(dataset), catalogue.settings
    iri, url = f"{home}#{file.name}", NamedNode(catalogue.url(file.path))
    said.type(iri, "dcat:Distribution")
    said.add(iri, "dcterms:title", en(f"{dataset.title}: {file.title}"))
    said.add(iri, "dcterms:description", en(file.description))
    said.add(iri, "dcat:accessURL", url)
    said.add(iri, "dcat:downloadURL", url)
    said.add(iri, "dcat:mediaType", media_type(said, file.form.media))
    if file.is_packed:
        said.add(iri, "dcat:compressFormat", media_type(said, "application/gzip"))
    said.add(iri, "dcterms:format", concept(said, FILE_TYPES, file.form.file_type, "dcterms:MediaTypeOrExtent"))
    said.add(iri, "dcat:byteSize", count(file.size))
    said.add(iri, "spdx:checksum", checksum(said, f"{iri}-sha256", file.sha256))
    said.add(iri, "dcterms:license", licence(said, dataset.licence or catalogue.licence))
    home_of_rights = home if dataset.rights else catalogue.iri
    said.add(iri, "dcterms:rights", rights(said, f"{home_of_rights}#rights", dataset.rights or RIGHTS))
    said.add(iri, "dcterms:issued", day(catalogue.issued))
    said.add(iri, "dcterms:modified", day(catalogue.date))
    for code in settings.languages:
        said.add(iri, "dcterms:language", concept(said, LANGUAGES, code, "dcterms:LinguisticSystem"))
    if settings.availability:
        said.add(iri, "dcatap:availability", concept(said, AVAILABILITIES, settings.availability))
    return NamedNode(iri)

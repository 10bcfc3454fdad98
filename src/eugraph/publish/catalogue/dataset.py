"""A dataset: what it is about, whose it is, how it came about, and its distributions.

Spec: DCAT-AP 3.0.1, <https://semiceu.github.io/DCAT-AP/releases/3.0.1/#Dataset>.
"""

from __future__ import annotations

from pyoxigraph import NamedNode

from eugraph.authority import ACCESS_RIGHTS, DATASET_TYPES, FREQUENCIES, LANGUAGES, THEMES
from eugraph.publish.catalogue.agent import contact, document, publisher
from eugraph.publish.catalogue.concepts import concept, place
from eugraph.publish.catalogue.distribution import distribution, event_stream, standard
from eugraph.publish.catalogue.model import Catalogue, Dataset, Period, Role
from eugraph.publish.catalogue.words import Statements, day, en, plain


def dataset(said: Statements, catalogue: Catalogue, one: Dataset) -> NamedNode:
    """Say what a dataset is, and return it."""
    iri, settings = catalogue.dataset_iri(one), catalogue.settings
    said.type(iri, "dcat:Dataset")
    said.add(iri, "dcterms:title", en(one.title))
    said.add(iri, "dcterms:description", en(one.description))
    said.add(iri, "dcterms:identifier", plain(catalogue.public(iri)))
    said.add(iri, "dcterms:publisher", publisher(said, catalogue))
    said.add(iri, "dcterms:creator", publisher(said, catalogue))
    said.add(iri, "dcat:contactPoint", *contact(said, catalogue))
    said.add(iri, "dcat:landingPage", document(said, catalogue.url(f"{one.path}.html")))
    said.add(iri, "dcterms:issued", day(catalogue.issued))
    said.add(iri, "dcterms:modified", day(catalogue.date))
    said.add(iri, "dcat:version", plain(catalogue.version))
    said.add(iri, "dcat:keyword", *map(en, dict.fromkeys((*one.keywords, *settings.keywords))))
    said.add(iri, "dcat:theme", *(concept(said, THEMES, code) for code in settings.themes))
    said.add(iri, "dcterms:spatial", *(place(said, code, name) for code, name in catalogue.places.items()))
    for code in settings.languages:
        said.add(iri, "dcterms:language", concept(said, LANGUAGES, code, "dcterms:LinguisticSystem"))
    if settings.frequency:
        frequency = concept(said, FREQUENCIES, settings.frequency, "dcterms:Frequency")
        said.add(iri, "dcterms:accrualPeriodicity", frequency)
    if settings.access_rights:
        access = concept(said, ACCESS_RIGHTS, settings.access_rights, "dcterms:RightsStatement")
        said.add(iri, "dcterms:accessRights", access)
    if one.role is Role.VOCABULARY:
        said.add(iri, "dcterms:type", concept(said, DATASET_TYPES, "ONTOLOGY"))
    elif catalogue.standard is not None:
        said.add(iri, "dcterms:conformsTo", standard(said, catalogue.standard))
    if one.period is not None:
        said.add(iri, "dcterms:temporal", _period(said, f"{iri}#period", one.period))
    _origin(said, catalogue, one)
    said.add(iri, "adms:versionNotes", *([en(one.notes)] if one.notes else ()))
    said.add(iri, "dcat:distribution", *(distribution(said, catalogue, one, file) for file in one.files))
    said.add(iri, "dcat:distribution", *event_stream(said, catalogue, one))
    return NamedNode(iri)


def _origin(said: Statements, catalogue: Catalogue, one: Dataset) -> None:
    iri, settings = catalogue.dataset_iri(one), catalogue.settings
    if one.provenance:
        said.type(f"{iri}#provenance", "dcterms:ProvenanceStatement")
        said.add(f"{iri}#provenance", "rdfs:label", en(one.provenance))
        said.add(iri, "dcterms:provenance", NamedNode(f"{iri}#provenance"))
    if one.role is Role.PART:
        said.add(iri, "dcterms:isPartOf", NamedNode(catalogue.whole_iri))
    elif one.role is Role.RESULT:
        said.add(iri, "dcterms:source", NamedNode(catalogue.whole_iri))
    elif one.role is Role.WHOLE and settings.previous_version:
        said.add(iri, "dcat:previousVersion", NamedNode(settings.previous_version))


def _period(said: Statements, iri: str, period: Period) -> NamedNode:
    said.type(iri, "dcterms:PeriodOfTime")
    said.add(iri, "dcat:startDate", day(period.start))
    said.add(iri, "dcat:endDate", *([day(period.end)] if period.end else ()))
    return NamedNode(iri)

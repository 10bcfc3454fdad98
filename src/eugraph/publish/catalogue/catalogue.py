"""The catalogue itself: whose it is, and which datasets and services it lists.

Spec: DCAT-AP 3.0.1, <https://semiceu.github.io/DCAT-AP/releases/3.0.1/#Catalogue>.
"""

from __future__ import annotations

from eugraph.authority import LANGUAGES, THEMES
from eugraph.publish.catalogue.agent import contact, document, publisher
from eugraph.publish.catalogue.concepts import concept, place, scheme
from eugraph.publish.catalogue.dataset import dataset
from eugraph.publish.catalogue.distribution import standard
from eugraph.publish.catalogue.licence import RIGHTS, licence, rights
from eugraph.publish.catalogue.model import Catalogue, Dataset, Standard
from eugraph.publish.catalogue.paging import Page
from eugraph.publish.catalogue.service import service
from eugraph.publish.catalogue.words import Statements, day, en, plain

_PROFILE = Standard(iri="https://semiceu.github.io/DCAT-AP/releases/3.0.1/", title="DCAT-AP 3.0.1")


def statements(catalogue: Catalogue, page: Page) -> Statements:
    """Return what a page says of the catalogue itself.

    Services are on the first page, where the dataset is that they serve.
    """
    said = Statements()
    iri, settings = catalogue.iri, catalogue.settings
    said.type(iri, "dcat:Catalog")
    said.add(iri, "dcterms:title", en(catalogue.title))
    said.add(iri, "dcterms:description", en(catalogue.description))
    said.add(iri, "dcterms:identifier", plain(catalogue.public(iri)))
    said.add(iri, "dcterms:publisher", publisher(said, catalogue))
    said.add(iri, "dcat:contactPoint", *contact(said, catalogue))
    said.add(iri, "dcterms:license", licence(said, catalogue.licence))
    said.add(iri, "dcterms:rights", rights(said, f"{iri}#rights", RIGHTS))
    said.add(iri, "dcterms:issued", day(catalogue.issued))
    said.add(iri, "dcterms:modified", day(catalogue.date))
    said.add(iri, "dcat:version", plain(catalogue.version))
    said.add(iri, "foaf:homepage", document(said, catalogue.url("index.html")))
    said.add(iri, "dcat:themeTaxonomy", scheme(said, THEMES))
    said.add(iri, "dcterms:conformsTo", standard(said, _PROFILE))
    said.add(iri, "dcterms:spatial", *(place(said, code, name) for code, name in catalogue.places.items()))
    for code in settings.languages:
        said.add(iri, "dcterms:language", concept(said, LANGUAGES, code, "dcterms:LinguisticSystem"))
    if page.is_first:
        said.add(iri, "dcat:service", *(service(said, catalogue, one) for one in settings.services))
    return said


def statements_of(catalogue: Catalogue, one: Dataset) -> Statements:
    """Return all that there is to say of one dataset and its distributions."""
    said = Statements()
    said.add(catalogue.iri, "dcat:dataset", dataset(said, catalogue, one))
    return said

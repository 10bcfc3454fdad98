"""The VoID description itself.

Spec: VoID, <https://www.w3.org/TR/void/>; where it lies, §7.2, <https://www.w3.org/TR/void/#well-known>.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from pyoxigraph import NamedNode

from eugraph.catalogue_settings import ServiceKind
from eugraph.publish.catalogue.model import Catalogue
from eugraph.publish.catalogue.words import PREFIXES, Statements, day, en, integer, plain
from eugraph.publish.void.statistics import Statistics
from eugraph.rdf.turtle import write_turtle

_TARGETS = {  # name of a target -> title, page
    "ror": ("Research Organization Registry", "https://ror.org/"),
    "doi": ("Digital Object Identifiers", "https://www.doi.org/"),
    "orpha": ("Orphanet Rare Disease Ontology", "https://www.orphadata.com/ordo/"),
    "eu-authority": ("EU authority tables", "https://op.europa.eu/en/web/eu-vocabularies/authority-tables"),
    "cordis": ("CORDIS", "https://cordis.europa.eu/"),
    "cordis-graph": ("CORDIS knowledge graph", "https://cordis.europa.eu/datalab"),
    "mondo": ("Mondo Disease Ontology", "https://mondo.monarchinitiative.org/"),
    "mesh": ("Medical Subject Headings", "https://id.nlm.nih.gov/mesh/"),
}


def describe(catalogue: Catalogue, found: Statistics, examples: Sequence[str]) -> bytes:
    """Return the description as Turtle.

    Args:
        catalogue: the catalogue of the release, whose first dataset is the whole graph.
        found: how much there is.
        examples: IRIs of some things that are described.
    """
    said = Statements()
    base, whole = catalogue.base, catalogue.datasets[0]
    document, iri = f"{base}void", catalogue.dataset_iri(whole)
    said.type(document, "void:DatasetDescription")
    said.add(document, "dcterms:title", en(f"VoID description of {catalogue.title}"))
    said.add(document, "foaf:primaryTopic", NamedNode(iri))
    said.type(iri, "void:Dataset")
    said.add(iri, "dcterms:title", en(whole.title))
    said.add(iri, "dcterms:description", en(whole.description))
    said.add(iri, "dcterms:license", NamedNode(catalogue.licence))
    said.add(iri, "dcterms:modified", day(catalogue.date))
    said.add(iri, "dcterms:publisher", NamedNode(catalogue.publisher_iri))
    said.type(catalogue.publisher_iri, "foaf:Agent", "foaf:Organization")
    said.add(catalogue.publisher_iri, "foaf:name", plain(catalogue.publisher))
    said.add(iri, "foaf:homepage", NamedNode(catalogue.url("index.html")))
    said.add(iri, "void:uriSpace", plain(catalogue.public(base)))
    said.add(iri, "void:dataDump", *(NamedNode(catalogue.url(file.path)) for file in whole.files))
    said.add(iri, "void:exampleResource", *map(NamedNode, examples))
    endpoints = [one.endpoint for one in catalogue.settings.services if one.kind is ServiceKind.SPARQL]
    said.add(iri, "void:sparqlEndpoint", *map(NamedNode, endpoints))
    said.add(iri, "void:vocabulary", *map(NamedNode, _vocabularies(found)))
    _statistics(said, iri, found)
    for (target, predicate), number in sorted(found.links.items()):
        _linkset(said, iri, document, target, predicate, number)
    return write_turtle(said, PREFIXES, first=[NamedNode(document), NamedNode(iri)], moved=catalogue.moved).encode()


def _vocabularies(found: Statistics) -> list[str]:
    """Return the namespaces of the classes and properties that are used, as far as they have a prefix."""
    used = {*found.classes, *found.properties}
    return sorted({space for space in PREFIXES.values() if any(iri.startswith(space) for iri in used)})


def _statistics(said: Statements, iri: str, found: Statistics) -> None:
    said.add(iri, "void:triples", integer(found.triples))
    said.add(iri, "void:distinctSubjects", integer(found.subjects))
    said.add(iri, "void:classes", integer(len(found.classes)))
    said.add(iri, "void:properties", integer(len(found.properties)))
    for class_, number in sorted(found.classes.items()):
        part = f"{iri}#class-{_digest(class_)}"
        said.add(iri, "void:classPartition", NamedNode(part))
        said.add(part, "void:class", NamedNode(class_))
        said.add(part, "void:entities", integer(number))
    for predicate, number in sorted(found.properties.items()):
        part = f"{iri}#property-{_digest(predicate)}"
        said.add(iri, "void:propertyPartition", NamedNode(part))
        said.add(part, "void:property", NamedNode(predicate))
        said.add(part, "void:triples", integer(number))


def _linkset(said: Statements, iri: str, document: str, target: str, predicate: str, number: int) -> None:
    other = f"{document}#{target}"
    title, page = _TARGETS[target]
    said.type(other, "void:Dataset")
    said.add(other, "dcterms:title", en(title))
    said.add(other, "foaf:homepage", NamedNode(page))
    linkset = f"{document}#links-{target}-{_digest(predicate)}"
    said.type(linkset, "void:Linkset")
    said.add(linkset, "void:subjectsTarget", NamedNode(iri))
    said.add(linkset, "void:objectsTarget", NamedNode(other))
    said.add(linkset, "void:linkPredicate", NamedNode(predicate))
    said.add(linkset, "void:triples", integer(number))
    said.add(iri, "void:subset", NamedNode(linkset))


def _digest(iri: str) -> str:
    """Return a short name for a class or property: the end of its IRI, and a few digits that tell it from others."""
    end = re.sub(r"[^A-Za-z0-9]", "", re.split(r"[/#]", iri)[-1])
    return f"{end}-{hashlib.sha256(iri.encode()).hexdigest()[:8]}"

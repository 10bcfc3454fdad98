"""A service that answers questions to the graph.

Spec: DCAT-AP 3.0.1, <https://semiceu.github.io/DCAT-AP/releases/3.0.1/#DataService>.
"""

from __future__ import annotations

from pyoxigraph import NamedNode

from eugraph.authority import ACCESS_RIGHTS, THEMES
from eugraph.catalogue_settings import Service, ServiceKind
from eugraph.publish.catalogue.agent import contact, publisher
from eugraph.publish.catalogue.concepts import concept
from eugraph.publish.catalogue.distribution import standard
from eugraph.publish.catalogue.licence import licence
from eugraph.publish.catalogue.model import Catalogue, Standard
from eugraph.publish.catalogue.words import Statements, en

_PROTOCOL = Standard(iri="https://www.w3.org/TR/sparql11-protocol/", title="SPARQL 1.1 Protocol")


def service(said: Statements, catalogue: Catalogue, one: Service) -> NamedNode:
    """Say what a service is, and return it."""
    iri, settings = f"{catalogue.iri}#service-{one.name}", catalogue.settings
    said.type(iri, "dcat:DataService")
    said.add(iri, "dcterms:title", en(one.title))
    said.add(iri, "dcat:endpointURL", NamedNode(one.endpoint))
    if one.description:
        said.add(iri, "dcat:endpointDescription", NamedNode(one.description))
    said.add(iri, "dcat:servesDataset", NamedNode(catalogue.whole_iri))
    said.add(iri, "dcterms:publisher", publisher(said, catalogue))
    said.add(iri, "dcat:contactPoint", *contact(said, catalogue))
    said.add(iri, "dcterms:license", licence(said, catalogue.licence))
    if one.kind is ServiceKind.SPARQL:
        said.add(iri, "dcterms:conformsTo", standard(said, _PROTOCOL))
    said.add(iri, "dcat:keyword", *map(en, settings.keywords))
    said.add(iri, "dcat:theme", *(concept(said, THEMES, code) for code in settings.themes))
    if settings.access_rights:
        access = concept(said, ACCESS_RIGHTS, settings.access_rights, "dcterms:RightsStatement")
        said.add(iri, "dcterms:accessRights", access)
    return NamedNode(iri)

"""The publisher of a catalogue, and whom to write to.

Spec: DCAT-AP 3.0.1, <https://semiceu.github.io/DCAT-AP/releases/3.0.1/#Agent> and #Kind.
"""

from __future__ import annotations

from urllib.parse import quote

from pyoxigraph import NamedNode

from eugraph.authority import PUBLISHER_TYPES
from eugraph.publish.catalogue.concepts import concept
from eugraph.publish.catalogue.model import Catalogue
from eugraph.publish.catalogue.words import Statements, en, plain


def publisher(said: Statements, catalogue: Catalogue) -> NamedNode:
    """Say who publishes, and return that."""
    iri, settings = catalogue.publisher_iri, catalogue.settings
    said.type(iri, "foaf:Agent", "foaf:Organization")
    said.add(iri, "foaf:name", plain(catalogue.publisher))
    if settings.publisher_page:
        said.add(iri, "foaf:homepage", document(said, settings.publisher_page))
    if settings.publisher_type:
        said.add(iri, "dcterms:type", concept(said, PUBLISHER_TYPES, settings.publisher_type))
    return NamedNode(iri)


def contact(said: Statements, catalogue: Catalogue) -> list[NamedNode]:
    """Say whom to write to, and return that; nothing where no setting tells."""
    settings = catalogue.settings
    if not (settings.contact_email or settings.contact_page):
        return []
    iri = f"{catalogue.iri}#contact"
    said.type(iri, "vcard:Kind", "vcard:Organization")
    said.add(iri, "vcard:fn", en(settings.contact_name or catalogue.publisher))
    if settings.contact_email:
        said.add(iri, "vcard:hasEmail", NamedNode(mailto(settings.contact_email)))
    if settings.contact_page:
        said.add(iri, "vcard:hasURL", NamedNode(settings.contact_page))
    return [NamedNode(iri)]


def mailto(email: str) -> str:
    """Return the address that opens a letter to someone."""
    return f"mailto:{quote(email, safe='@+')}"


def document(said: Statements, iri: str) -> NamedNode:
    """Say that something is a page, and return it."""
    said.type(iri, "foaf:Document")
    return NamedNode(iri)

"""Background knowledge of each authority concept that a catalogue names: class, name and scheme.

A check of a catalogue by itself knows nothing of the authority tables, so what it asks of a concept must be beside.

Spec: DCAT-AP 3.0.1 §A, <https://semiceu.github.io/DCAT-AP/releases/3.0.1/#controlled-vocs>.
"""

from __future__ import annotations

from pyoxigraph import NamedNode

from eugraph.authority import CONTINENTS, COUNTRIES, Table
from eugraph.publish.catalogue.words import Statements, en


def concept(said: Statements, table: Table, code: str, *classes: str, name: str = "") -> NamedNode:
    """Say what a concept is, and return it.

    Args:
        said: takes the statements.
        table: where it is.
        code: which it is.
        classes: what it is besides a concept, such as "dcterms:Frequency".
        name: its English name, where the table does not hold it.
    """
    iri = table.iri(code)
    said.type(iri, "skos:Concept", *classes)
    said.add(iri, "skos:prefLabel", en(name or table.names.get(code, code)))
    said.add(iri, "skos:inScheme", scheme(said, table))
    return NamedNode(iri)


def scheme(said: Statements, table: Table) -> NamedNode:
    """Say what a table is, and return its IRI."""
    said.type(table.scheme, "skos:ConceptScheme")
    said.add(table.scheme, "dcterms:title", en(table.title))
    return NamedNode(table.scheme)


def place(said: Statements, code: str, name: str) -> NamedNode:
    """Say what a country or a continent is, and return it."""
    table = CONTINENTS if code in CONTINENTS.names else COUNTRIES
    return concept(said, table, code, "dcterms:Location", name=name)


def media_type(said: Statements, name: str) -> NamedNode:
    """Say what a media type is, and return its address at IANA."""
    iri = f"http://www.iana.org/assignments/media-types/{name}"
    said.type(iri, "dcterms:MediaType")
    return NamedNode(iri)

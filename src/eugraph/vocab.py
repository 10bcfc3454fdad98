"""Prefixes, our own namespaces, and the terms that the code itself speaks of.

Every name below is a term of `ontology/`, of a concept scheme or of a vocabulary that they reuse; a test compares.
"""

from __future__ import annotations

from functools import cache

from pyoxigraph import NamedNode

ONTOLOGY = "https://w3id.org/eugraph/ontology"
EUG = f"{ONTOLOGY}#"
SHAPES = "https://w3id.org/eugraph/shapes#"
SCHEME = "https://w3id.org/eugraph/scheme/"
COUNTRY = "http://publications.europa.eu/resource/authority/country/"

_SCHEMES = {
    "actkind": "activity-kind",
    "acttype": "activity-type",
    "comparator": "comparator",
    "confidence": "confidence",
    "fscheme": "funding-scheme",
    "orgtype": "organisation-type",
    "reskind": "result-kind",
    "role": "role",
    "srckind": "source-kind",
    "status": "status",
}

PREFIXES: dict[str, str] = {
    "country": COUNTRY,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eug": EUG,
    "eugsh": SHAPES,
    "eurio": "http://data.europa.eu/s66#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{prefix: f"{SCHEME}{name}#" for prefix, name in _SCHEMES.items()},
}


@cache
def term(curie: str) -> NamedNode:
    """Return the term that `prefix:name` stands for, by the prefixes of this module."""
    prefix, _, name = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


def shorten(iri: str) -> str:
    """Return `prefix:name` for an IRI of a known namespace, else `<iri>`, for messages and tables."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            name = iri[len(namespace) :]
            if "/" not in name and "#" not in name:
                return f"{prefix}:{name}"
    return f"<{iri}>"


RDF_TYPE = term("rdf:type")
PREF_LABEL = term("skos:prefLabel")

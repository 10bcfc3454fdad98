"""The names that catalogues are written in, as `prefix:name`."""

from __future__ import annotations

from functools import cache

from pyoxigraph import NamedNode

from eugraph import vocab

PREFIXES: dict[str, str] = {
    **vocab.PREFIXES,
    "adms": "http://www.w3.org/ns/adms#",
    "dcatap": "http://data.europa.eu/r5r/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "locn": "http://www.w3.org/ns/locn#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "spdx": "http://spdx.org/rdf/terms#",
    "time": "http://www.w3.org/2006/time#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}


@cache
def term(curie: str) -> NamedNode:
    """Return the term that `prefix:name` stands for, by the prefixes of this module."""
    prefix, _, name = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


def an(name: str) -> str:
    """Return a name with its article, as it is read out: "an adms:Identifier", "a foaf:Agent"."""
    vowel = name.startswith(("a", "e", "o", "rdf", "spdx", "xsd"))
    return f"{'an' if vowel else 'a'} {name}"


@cache
def short(iri: str) -> str:
    """Return `prefix:name` for an IRI of a known namespace, else `<iri>`."""
    for prefix, namespace in PREFIXES.items():
        name = iri.removeprefix(namespace)
        if name not in ("", iri) and "/" not in name and "#" not in name:
            return f"{prefix}:{name}"
    return f"<{iri}>"

"""The checksum of a file.

Spec: DCAT-AP 3.0.1, <https://semiceu.github.io/DCAT-AP/releases/3.0.1/#Checksum>.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from eugraph.publish.catalogue.words import Statements, term

# The official shapes ask for this address with https, although the vocabulary's own has http.
_SHA256 = "https://spdx.org/rdf/terms#checksumAlgorithm_sha256"


def checksum(said: Statements, iri: str, sha256: str) -> NamedNode:
    """Say what the SHA-256 of a file is, in hexadecimal digits, and return the checksum."""
    said.type(_SHA256, "spdx:ChecksumAlgorithm")
    said.type(iri, "spdx:Checksum")
    said.add(iri, "spdx:algorithm", NamedNode(_SHA256))
    said.add(iri, "spdx:checksumValue", Literal(sha256, datatype=term("xsd:hexBinary")))
    return NamedNode(iri)

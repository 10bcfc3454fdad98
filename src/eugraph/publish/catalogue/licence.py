"""The licence of a dataset, and what else is to be said of rights.

Spec: DCAT-AP 3.0.1, <https://semiceu.github.io/DCAT-AP/releases/3.0.1/#LicenceDocument>.
"""

from __future__ import annotations

from pyoxigraph import NamedNode

from eugraph.authority import LICENCE_TYPES
from eugraph.publish.catalogue.concepts import concept
from eugraph.publish.catalogue.words import Statements, en
from eugraph.publish.pages.words import licence_name

_TYPES = (  # what the address of a licence holds -> its type; the first that fits
    ("creativecommons.org/publicdomain/", "PublicDomain"),
    ("creativecommons.org/licenses/by-nd/", "NoDerivativeWork"),
    ("creativecommons.org/licenses/by-nc", "NonCommercialUseOnly"),
    ("creativecommons.org/licenses/by-sa/", "ViralEffect-ShareAlike"),
    ("creativecommons.org/licenses/by/", "Attribution"),
    ("opendatacommons.org/licenses/odbl/", "ViralEffect-ShareAlike"),
    ("opendatacommons.org/licenses/by/", "Attribution"),
    ("opendatacommons.org/licenses/pddl/", "PublicDomain"),
)
RIGHTS = (
    "Facts come from sources, which every description names. Some sources have licences of their own, "
    "and ask to be cited where what they say is used."
)


def licence(said: Statements, iri: str) -> NamedNode:
    """Say what a licence is, and return it. Its type is told for licences that are widely known."""
    said.type(iri, "dcterms:LicenseDocument")
    said.add(iri, "rdfs:label", en(licence_name(iri)))
    for part, code in _TYPES:
        if part in iri:
            said.add(iri, "dcterms:type", concept(said, LICENCE_TYPES, code))
            break
    return NamedNode(iri)


def rights(said: Statements, iri: str, text: str) -> NamedNode:
    """Say what a statement of rights says, and return it."""
    said.type(iri, "dcterms:RightsStatement")
    said.add(iri, "rdfs:label", en(text))
    return NamedNode(iri)

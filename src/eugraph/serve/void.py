"""What the release is as a dataset, in the words of VoID: at `/.well-known/void`, and at the root for who wants RDF.

It is what lies in the release, and that there is a SPARQL endpoint.

Spec: VoID §6 and §7, <https://www.w3.org/TR/void/#well-known>.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from eugraph.serve.conversions import read_turtle, written
from eugraph.serve.representation import JSON, JSONLD, NTRIPLES, RDFXML, TURTLE, Representation
from eugraph.vocab import term

if TYPE_CHECKING:
    from eugraph.serve.served import Served
    from eugraph.serve.site import Site

PATH = ".well-known/void"
FILE = "void.ttl"
_ENDPOINT = NamedNode("http://rdfs.org/ns/void#sparqlEndpoint")
_FORMS = {"ttl": TURTLE, "jsonld": JSONLD, "nt": NTRIPLES, "rdf": RDFXML}


def representations(site: Site, stem: str) -> list[Representation]:
    """Return the description in each format, each at a path with an ending; none where the release has none."""
    if FILE not in site.files:
        return []
    forms = [
        Representation(f"{stem}.{form}", media_type, None, "", partial(_made, site, form))
        for form, media_type in _FORMS.items()
    ]
    return [*forms, Representation(f"{stem}.jsonld", JSON, None, "", partial(_made, site, "jsonld"))]


async def _made(site: Site, form: str, _: Served) -> bytes:
    return written(description(site), form, site.base_iri)


def description(site: Site) -> list[Triple]:
    """Return what is said of the dataset.

    The endpoint's address stands below the place of the base that terms and things share, and so leads where
    identifiers do.
    """
    said = list(read_turtle(site.files.read(FILE)))
    if not any(triple.predicate == _ENDPOINT for triple in said):
        endpoint = NamedNode(f"{site.base_iri.removesuffix('id/')}sparql")
        topics = (t.object for t in said if t.predicate == term("foaf:primaryTopic"))
        said += [Triple(topic, _ENDPOINT, endpoint) for topic in topics if isinstance(topic, NamedNode)]
    return said

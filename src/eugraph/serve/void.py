"""What the release is as a dataset, in the words of VoID: at `/.well-known/void`, and at the root for who wants RDF.

Spec: VoID §6 and §7, <https://www.w3.org/TR/void/#well-known>.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from eugraph.serve.conversions import written
from eugraph.serve.representation import JSON, JSONLD, NTRIPLES, RDFXML, TURTLE, Representation
from eugraph.vocab import ONTOLOGY, PREFIXES, RDF_TYPE, term

if TYPE_CHECKING:
    from eugraph.serve.served import Served
    from eugraph.serve.site import Site

PATH = ".well-known/void"
_VOID, _FORMATS = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/formats/"
_FORMS = {"ttl": TURTLE, "jsonld": JSONLD, "nt": NTRIPLES, "rdf": RDFXML}
_FEATURES = ("Turtle", "JSON-LD", "N-Triples", "RDF_XML")
_VOCABULARIES = (ONTOLOGY + "#", *(PREFIXES[name] for name in ("skos", "dcterms", "foaf", "org", "prov", "schema")))
_EXAMPLES = 3


def representations(site: Site, stem: str) -> list[Representation]:
    """Return the description in each format, each at a path with an ending."""
    forms = [
        Representation(f"{stem}.{form}", media_type, None, "", partial(_made, site, form))
        for form, media_type in _FORMS.items()
    ]
    return [*forms, Representation(f"{stem}.jsonld", JSON, None, "", partial(_made, site, "jsonld"))]


async def _made(site: Site, form: str, served: Served) -> bytes:
    return written(description(site, served), form, site.base_iri)


def description(site: Site, served: Served) -> list[Triple]:
    """Return what is said of the dataset.

    Its addresses stand below the place of the base that terms and things share, and so lead where identifiers do.
    """
    manifest = served.manifest
    root = site.base_iri.removesuffix("id/")
    dataset, document = NamedNode(f"{root}{PATH}#dataset"), NamedNode(f"{root}{PATH}")
    day = Literal(str(manifest["date"]), datatype=term("xsd:date"))
    said: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (document, RDF_TYPE, _void("DatasetDescription")),
        (document, term("foaf:primaryTopic"), dataset),
        (dataset, RDF_TYPE, _void("Dataset")),
        (dataset, term("dcterms:modified"), day),
        (dataset, _void("uriSpace"), Literal(site.base_iri)),
        (dataset, _void("sparqlEndpoint"), NamedNode(f"{root}sparql")),
        *((dataset, _void("vocabulary"), NamedNode(iri)) for iri in _VOCABULARIES),
        *((dataset, _void("feature"), NamedNode(_FORMATS + name)) for name in _FEATURES),
    ]
    texts = {"title": "dcterms:title", "publisher": "dcterms:publisher", "version": "owl:versionInfo"}
    said += [(dataset, term(curie), Literal(str(manifest[key]))) for key, curie in texts.items() if manifest.get(key)]
    if licence := manifest.get("licence"):
        said.append((dataset, term("dcterms:license"), NamedNode(str(licence))))
    counts = manifest.get("counts", {})
    said += [
        (dataset, _void(name), Literal(counts[key]))
        for key, name in (("quads", "triples"), ("documents", "documents"))
        if key in counts
    ]
    dumps = [f"dump/all.{ending}.gz" for ending in ("nq", "ttl", "jsonld") if f"dump/all.{ending}.gz" in site.files]
    said += [(dataset, _void("dataDump"), NamedNode(root + path)) for path in dumps]
    examples = site.members.get("project", [])[:_EXAMPLES]
    said += [(dataset, _void("exampleResource"), NamedNode(site.base_iri + stem)) for stem in examples]
    return [Triple(*each) for each in said]


def _void(name: str) -> NamedNode:
    return NamedNode(_VOID + name)

"""A catalogue's statements as files: Turtle, JSON-LD with plain names, RDF/XML. Equal statements give equal bytes.

Spec: RDF 1.1 XML Syntax, <https://www.w3.org/TR/rdf-syntax-grammar/>.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from pyoxigraph import NamedNode, RdfFormat, Triple, parse, serialize

from eugraph.publish.catalogue.words import PREFIXES, term
from eugraph.rdf.jsonld import write_jsonld
from eugraph.rdf.jsonld_context import Context, Term
from eugraph.rdf.nquads import BaseMove, write_nquads
from eugraph.rdf.turtle import write_turtle
from eugraph.rdf.turtle_blanks import grouped
from eugraph.rdf.turtle_terms import Prefixes

_ID, _TEXT, _PLAIN = "@id", "@language", ""
_DATE = f"{PREFIXES['xsd']}date"
_ONE, _MANY = False, True
_NAMES = (
    *(("title", "dcterms:title", _TEXT, _ONE), ("description", "dcterms:description", _TEXT, _ONE)),
    *(("label", "rdfs:label", _TEXT, _ONE), ("prefLabel", "skos:prefLabel", _TEXT, _ONE)),
    *(("name", "foaf:name", _PLAIN, _ONE), ("fn", "vcard:fn", _TEXT, _ONE), ("keyword", "dcat:keyword", _TEXT, _MANY)),
    *(("identifier", "dcterms:identifier", _PLAIN, _ONE), ("version", "dcat:version", _PLAIN, _ONE)),
    *(("issued", "dcterms:issued", _DATE, _ONE), ("modified", "dcterms:modified", _DATE, _ONE)),
    *(("startDate", "dcat:startDate", _DATE, _ONE), ("endDate", "dcat:endDate", _DATE, _ONE)),
    ("byteSize", "dcat:byteSize", f"{PREFIXES['xsd']}nonNegativeInteger", _ONE),
    ("checksumValue", "spdx:checksumValue", f"{PREFIXES['xsd']}hexBinary", _ONE),
    *((name, f"dcterms:{name}", _ID, _ONE) for name in ("publisher", "license", "rights", "accessRights", "format")),
    *((name, f"dcterms:{name}", _ID, _ONE) for name in ("accrualPeriodicity", "provenance", "temporal")),
    *((name, f"dcterms:{name}", _ID, _ONE) for name in ("source", "isPartOf")),
    *((name, f"dcterms:{name}", _ID, _MANY) for name in ("creator", "spatial", "language", "conformsTo")),
    ("kind", "dcterms:type", _ID, _ONE),
    *((name, f"dcat:{name}", _ID, _ONE) for name in ("accessURL", "downloadURL", "mediaType", "compressFormat")),
    ("versionNotes", "adms:versionNotes", _TEXT, _ONE),
    *((name, f"dcat:{name}", _ID, _ONE) for name in ("landingPage", "previousVersion", "endpointURL")),
    *((name, f"dcat:{name}", _ID, _ONE) for name in ("endpointDescription", "themeTaxonomy")),
    *((name, f"dcat:{name}", _ID, _MANY) for name in ("contactPoint", "dataset", "service", "distribution", "theme")),
    ("servesDataset", "dcat:servesDataset", _ID, _MANY),
    ("homepage", "foaf:homepage", _ID, _ONE),
    ("availability", "dcatap:availability", _ID, _ONE),
    *(("checksum", "spdx:checksum", _ID, _ONE), ("algorithm", "spdx:algorithm", _ID, _ONE)),
    *(("hasEmail", "vcard:hasEmail", _ID, _ONE), ("hasURL", "vcard:hasURL", _ID, _ONE)),
    ("inScheme", "skos:inScheme", _ID, _ONE),
    *((name, f"hydra:{name}", _ID, _ONE) for name in ("view", "first", "previous", "next", "last")),
    ("totalItems", "hydra:totalItems", f"{PREFIXES['xsd']}integer", _ONE),
)
CONTEXT = Context(
    {name: Term(name, term(curie).value, kind, many) for name, curie, kind, many in _NAMES}, Prefixes(PREFIXES)
)

_PARTS = frozenset(
    str(term(curie))
    for curie in (
        *("dcat:dataset", "dcat:service", "dcat:distribution", "dcat:contactPoint", "spdx:checksum"),
        *("dcterms:temporal", "dcterms:provenance", "hydra:view"),
    )
)


def forms(
    path: str, endings: Sequence[str], triples: Iterable[Triple], root: NamedNode, moved: BaseMove | None
) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of statements as Turtle or JSON-LD.

    Args:
        path: where they lie, without ending.
        endings: of the files: "ttl", "jsonld".
        triples: in any order; none has a blank node.
        root: what they are about, and begin with.
        moved: print things under another base.
    """
    graph = grouped(triples)
    for ending in endings:
        if ending == "ttl":
            data = write_turtle(graph, PREFIXES, first=[root], moved=moved).encode()
        else:
            data = write_jsonld(graph, root, CONTEXT, moved=moved, parts=_PARTS)
        yield f"{path}.{ending}", data


def rdf_xml(triples: Iterable[Triple], moved: BaseMove | None) -> bytes:
    """Return statements as RDF/XML, sorted as N-Triples are before they are moved."""
    triples = sorted(triples, key=str)
    if moved is not None:
        lines = write_nquads(triples, moved=moved)
        triples = [quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES)]
    predicates = {triple.predicate.value for triple in triples}
    used = {space: prefix for prefix, space in PREFIXES.items() if any(iri.startswith(space) for iri in predicates)}
    sink = BytesIO()
    serialize(triples, sink, format=RdfFormat.RDF_XML, prefixes={p: s for s, p in sorted(used.items())})
    return sink.getvalue().rstrip(b"\n") + b"\n"

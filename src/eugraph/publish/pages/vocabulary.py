"""The ontology and the concept schemes as reference pages, from which a researcher can write a query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from pyoxigraph import Triple

from eugraph.publish.pages.links import anchor
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.terms import Text, first, key, literal, plain, values
from eugraph.publish.pages.words import capital
from eugraph.rdf.turtle_blanks import Grouped, Properties, Subjects, grouped
from eugraph.vocab import PREFIXES, shorten

_TYPE = key("rdf:type")
_CLASS = {key("owl:Class"), key("rdfs:Class")}
_PROPERTY = {key("owl:ObjectProperty"), key("owl:DatatypeProperty"), key("owl:AnnotationProperty"), key("rdf:Property")}
_SINGLE = key("eug:SingleValuedProperty")
_CONCEPT, _SCHEME = key("skos:Concept"), key("skos:ConceptScheme")
_ALIGNMENTS = {
    "rdfs:subClassOf": "is a kind of",
    "rdfs:subPropertyOf": "is a kind of",
    "owl:equivalentClass": "equals",
    "owl:equivalentProperty": "equals",
    **{f"skos:{name}Match": f"{name} match:" for name in ("exact", "close", "broad", "narrow", "related")},
}


@dataclass(frozen=True, slots=True)
class Term:
    """A class or a property."""

    anchor: str
    curie: str
    iri: str
    label: str
    definitions: Sequence[Text]
    parents: Markup  # of our own
    domain: Markup
    range: Markup
    inverse: Markup
    traits: Sequence[str]
    alignments: Sequence[tuple[str, Markup]]
    examples: Sequence[str]
    source: Markup


@dataclass(frozen=True, slots=True)
class Ontology:
    """Everything on the page of the ontology."""

    title: str
    descriptions: Sequence[Text]
    version: str
    classes: Sequence[Term]
    properties: Sequence[Term]
    reused: Sequence[Term]
    prefixes: Sequence[tuple[str, str]]


def ontology(graphs: Mapping[str, Iterable[Triple]], pen: Pen) -> Ontology:
    """Return classes and properties of all files of the ontology, by name."""
    graph = grouped(triple for triples in graphs.values() for triple in triples)
    terms = {node: own for node, own in graph.subjects.items() if node[0] == "<"}
    head = next((own for _, own in sorted(terms.items()) if key("owl:Ontology") in own.get(_TYPE, ())), {})
    classes = {node for node, own in terms.items() if own.get(_TYPE, set()) & _CLASS}
    properties = {node for node, own in terms.items() if own.get(_TYPE, set()) & _PROPERTY} - classes
    reused = {node for node, own in terms.items() if _SINGLE in own.get(_TYPE, ())} - classes - properties
    return Ontology(
        title=first(head, "dcterms:title") or "Ontology",
        descriptions=[literal(text) for text in values(head, "dcterms:description") if text[0] == '"'],
        version=first(head, "owl:versionInfo"),
        classes=_terms(classes, terms, pen),
        properties=_terms(properties, terms, pen),
        reused=_terms(reused, terms, pen),
        prefixes=sorted(PREFIXES.items()),
    )


def _terms(nodes: set[str], terms: Subjects, pen: Pen) -> list[Term]:
    found = [_term(node, terms[node], pen) for node in nodes]
    return sorted(found, key=lambda term: (term.label.casefold(), term.curie))


def _term(node: str, own: Properties, pen: Pen) -> Term:
    iri = node[1:-1]
    types = own.get(_TYPE, ())
    traits = []
    if key("owl:ObjectProperty") in types:
        traits.append("leads to a thing or an address")
    if key("owl:DatatypeProperty") in types:
        traits.append("has a text, number or date")
    if _SINGLE in types:
        traits.append("at most one value")
    parents = [*values(own, "rdfs:subClassOf"), *values(own, "rdfs:subPropertyOf")]
    house = [parent for parent in parents if parent[1:-1] in pen.names]
    alignments = [
        (word, code(plain(value), pen))
        for curie, word in _ALIGNMENTS.items()
        for value in values(own, curie)
        if value[0] == "<" and value not in house
    ]
    return Term(
        anchor=anchor(iri),
        curie=shorten(iri),
        iri=iri,
        label=capital(pen.names.label(iri)),
        definitions=[literal(text) for text in values(own, "skos:definition") if text[0] == '"'],
        parents=_codes(house, pen),
        domain=_codes(values(own, "rdfs:domain"), pen),
        range=_codes(values(own, "rdfs:range"), pen),
        inverse=_codes(values(own, "owl:inverseOf"), pen),
        traits=traits,
        alignments=alignments,
        examples=[literal(text).value.strip() for text in values(own, "skos:example") if text[0] == '"'],
        source=Markup(", ").join(code(plain(value), pen) for value in values(own, "dcterms:source")),
    )


def _codes(terms: Iterable[str], pen: Pen) -> Markup:
    return Markup(", ").join(code(term[1:-1], pen) for term in terms if term[0] == "<")


def code(iri: str, pen: Pen) -> Markup:
    """Return `prefix:name` as a link to where it is explained here; an address as a link to itself."""
    short = shorten(iri)
    target = pen.names.name(iri).target
    if target:
        return Markup('<a href="{}"><code>{}</code></a>').format(pen.href(target), short.strip("<>"))
    return pen.url(iri) if short[0] == "<" else Markup("<code>{}</code>").format(short)


@dataclass(frozen=True, slots=True)
class Concept:
    """An entry of a concept scheme."""

    anchor: str
    name: Text
    iri: str  # as prefix:name where there is one
    code: str
    definitions: Sequence[Text]
    others: Sequence[Text]  # names in other languages
    broader: Markup
    alignments: Sequence[tuple[str, Markup]]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A concept scheme with its concepts."""

    iri: str
    title: str
    definitions: Sequence[Text]
    concepts: Sequence[Concept]


def has_concepts(triples: Iterable[Triple]) -> bool:
    """Say whether a file of the ontology gets a page of concepts."""
    wanted = {_CONCEPT, _SCHEME}
    return any(str(t.predicate) == _TYPE and str(t.object) in wanted for t in triples)


def scheme(triples: Iterable[Triple], pen: Pen) -> Scheme:
    """Return what a file says of a concept scheme; concepts in order of their names."""
    graph: Grouped = grouped(triples)
    terms = {node: own for node, own in graph.subjects.items() if node[0] == "<"}
    heads = sorted(node for node, own in terms.items() if _SCHEME in own.get(_TYPE, ()))
    head = terms[heads[0]] if heads else {}
    concepts = [_concept(node, own, pen) for node, own in terms.items() if _CONCEPT in own.get(_TYPE, ())]
    return Scheme(
        iri=heads[0][1:-1] if heads else "",
        title=pen.names.label(heads[0][1:-1]) if heads else "Concepts",
        definitions=[literal(text) for text in values(head, "skos:definition") if text[0] == '"'],
        concepts=sorted(concepts, key=lambda concept: (concept.name.value.casefold(), concept.iri)),
    )


def _concept(node: str, own: Properties, pen: Pen) -> Concept:
    iri = node[1:-1]
    labels = [literal(label) for label in values(own, "skos:prefLabel") if label[0] == '"']
    name = labels[0] if labels else Text(pen.names.label(iri), "", "")
    matches = [curie for curie in _ALIGNMENTS if curie.startswith("skos:")]
    return Concept(
        anchor=anchor(iri),
        name=name,
        iri=shorten(iri).strip("<>"),
        code=first(own, "skos:notation"),
        definitions=[literal(text) for text in values(own, "skos:definition") if text[0] == '"'],
        others=labels[1:],
        broader=pen.list(plain(value) for value in values(own, "skos:broader")),
        alignments=[(_ALIGNMENTS[curie], code(plain(value), pen)) for curie in matches for value in values(own, curie)],
    )

"""The ontology and its concept schemes are complete, refer to terms that exist, and their examples are true to them."""

from __future__ import annotations

import gzip
import re
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import Graph, Literal, URIRef, namespace
from rdflib.namespace import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, VANN
from rdflib.term import Node

ROOT = Path(__file__).resolve().parents[2]
ONTOLOGY_FILE = ROOT / "ontology" / "eugraph.ttl"
SCHEME_FILES = sorted((ROOT / "ontology" / "schemes").glob("*.ttl"))
FILES = [ONTOLOGY_FILE, *SCHEME_FILES]
SHAPE_FILES = sorted((ROOT / "shapes").rglob("*.ttl"))
VOCABULARIES = ROOT.parent / "shared" / "vocab"  # vocabularies of others, kept beside the repository

ONTOLOGY = URIRef("https://w3id.org/eugraph/ontology")
EUG = "https://w3id.org/eugraph/ontology#"
THINGS = "https://w3id.org/eugraph/id/"
EURIO = "http://data.europa.eu/s66#"
SCHEMA = "https://schema.org/"
COUNTRIES = URIRef("http://publications.europa.eu/resource/authority/country")
SINGLE_VALUED = URIRef(f"{EUG}SingleValuedProperty")

XSD = str(namespace.XSD)

PUBLISHED: dict[str, type[namespace.DefinedNamespace]] = {
    str(vocabulary): vocabulary
    for vocabulary in (namespace.DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SKOS, VANN, namespace.XSD)
}


def read(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


GRAPH = read(*FILES)
TERMS = sorted({str(s) for s in GRAPH.subjects() if str(s).startswith(EUG)})
CONCEPTS = sorted({str(s) for s in GRAPH.subjects(RDF.type, SKOS.Concept)})
SCHEMES = sorted({str(s) for s in GRAPH.subjects(RDF.type, SKOS.ConceptScheme)})
PREAMBLE = "\n".join(
    [
        f"@base <{THINGS}> .",
        *sorted(
            {line for path in FILES for line in re.findall(r"^@prefix .*$", path.read_text("utf-8"), re.MULTILINE)}
        ),
    ]
)
TEMPLATES = dict(
    re.findall(
        r"^# kind:  (\S+)\n# asks: .*\n(ASK \{.*\}|ASK \{\n(?: .*\n)+\})$",
        (Path(__file__).parent / "keys.rq").read_text("utf-8"),
        re.MULTILINE,
    )
)


def name(iri: str) -> str:
    """Return the part of an IRI that a person knows the thing by, for the names of tests."""
    return re.split(r"[#/]", iri)[-1]


def ids(iris: list[str]) -> list[str]:
    return [name(iri) for iri in iris]


def is_class(term: URIRef) -> bool:
    return (term, RDF.type, OWL.Class) in GRAPH


def example_text(term: str) -> str:
    return f"{PREAMBLE}\n{GRAPH.value(URIRef(term), SKOS.example)}"


def example(term: str) -> Graph:
    return Graph().parse(data=example_text(term), format="turtle")


def without_key_triples(graph: Graph, term: URIRef) -> Graph:
    """Return the graph without the triples that use `term`: as class of something, or as property."""
    kept = Graph()
    for s, p, o in graph:
        if p != term and not (p == RDF.type and o == term):
            kept.add((s, p, o))
    return kept


@cache
def background() -> list[ox.Quad]:
    return [quad for path in FILES for quad in ox.parse(path=path)]


def asks(kind: str, graph: Graph, **terms: URIRef) -> bool:
    """Answer one of the templates of keys.rq over a graph; those on strays know the ontology and the schemes too."""
    query = TEMPLATES[kind]
    for variable, term in terms.items():
        query = query.replace(f"${variable.upper()}", term.n3())
    store = ox.Store()
    store.extend(ox.parse(graph.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES))
    if kind.startswith("stray"):
        store.extend(background())
    return bool(store.query(query))


@cache
def shapes() -> Graph:
    return read(*SHAPE_FILES)


def violations(graph: Graph) -> list[str]:
    """Return the messages of the shapes on a graph, those of severity Violation.

    The ontology and the schemes are part of the data: of an `ont_graph` pySHACL takes the classes and properties only.
    """
    _, report, _ = pyshacl.validate(graph + GRAPH, shacl_graph=shapes(), inference="none", advanced=True)
    assert isinstance(report, Graph)
    return sorted(
        f"{report.value(result, SH.focusNode)}: {report.value(result, SH.resultMessage)}"
        for result in report.subjects(SH.resultSeverity, SH.Violation)
    )


# Files


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_parses_and_has_no_blank_node(path: Path) -> None:
    quads = list(ox.parse(path=path))
    assert quads
    assert not [q for q in quads if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)]


# The ontology


@pytest.mark.parametrize(
    "predicate",
    [
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.license,
        DCTERMS.creator,
        DCTERMS.issued,
        DCTERMS.modified,
        OWL.versionIRI,
        OWL.versionInfo,
        VANN.preferredNamespacePrefix,
        VANN.preferredNamespaceUri,
    ],
    ids=name,
)
def test_the_ontology_header_is_complete(predicate: URIRef) -> None:
    assert (ONTOLOGY, RDF.type, OWL.Ontology) in GRAPH
    assert len(list(GRAPH.objects(ONTOLOGY, predicate))) == 1


def test_the_version_iri_ends_in_the_version() -> None:
    assert str(GRAPH.value(ONTOLOGY, OWL.versionIRI)) == f"{ONTOLOGY}/{GRAPH.value(ONTOLOGY, OWL.versionInfo)}"


def test_the_creator_of_the_ontology_has_a_name() -> None:
    creator = GRAPH.value(ONTOLOGY, DCTERMS.creator)
    assert (creator, RDF.type, FOAF.Agent) in GRAPH
    assert (creator, FOAF.name, None) in GRAPH


@pytest.mark.parametrize("term", TERMS, ids=ids(TERMS))
def test_every_term_is_a_class_or_one_kind_of_property(term: str) -> None:
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property}
    assert len(kinds & set(GRAPH.objects(URIRef(term), RDF.type))) == 1


@pytest.mark.parametrize("term", TERMS, ids=ids(TERMS))
def test_every_term_has_label_definition_example_and_source(term: str) -> None:
    subject = URIRef(term)
    for predicate in (RDFS.label, SKOS.definition):
        assert [text.language for text in GRAPH.objects(subject, predicate) if isinstance(text, Literal)] == ["en"]
    assert len(list(GRAPH.objects(subject, SKOS.example))) == 1
    assert all(isinstance(source, URIRef) for source in GRAPH.objects(subject, DCTERMS.source))
    assert (subject, DCTERMS.source, None) in GRAPH
    assert (subject, RDFS.isDefinedBy, ONTOLOGY) in GRAPH


def test_labels_of_terms_are_unique() -> None:
    labels = [str(label).casefold() for term in TERMS for label in GRAPH.objects(URIRef(term), RDFS.label)]
    assert sorted(labels) == sorted(set(labels))


def test_our_functional_properties_and_only_they_are_single_valued() -> None:
    functional = set(GRAPH.subjects(RDF.type, OWL.FunctionalProperty))
    single = {s for s in GRAPH.subjects(RDF.type, SINGLE_VALUED) if str(s).startswith(EUG)}
    assert functional == single


def test_inverses_are_stated_on_both_sides() -> None:
    pairs = set(GRAPH.subject_objects(OWL.inverseOf))
    assert pairs
    assert pairs == {(b, a) for a, b in pairs}


def test_no_term_descends_from_two_classes_that_are_disjoint() -> None:
    def ancestors(term: Node) -> set[Node | None]:
        return set(GRAPH.transitive_objects(term, RDFS.subClassOf))

    for a, b in GRAPH.subject_objects(OWL.disjointWith):
        assert not [term for term in TERMS if {a, b} <= ancestors(URIRef(term))]


@pytest.mark.parametrize(
    "predicate", [RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf, OWL.inverseOf], ids=name
)
def test_a_term_refers_only_to_terms_of_ours_that_are_declared(predicate: URIRef) -> None:
    ours = {str(o) for o in GRAPH.objects(None, predicate) if str(o).startswith(EUG)}
    assert ours <= set(TERMS)


def foreign_terms(vocabulary: str) -> set[str]:
    nodes = {node for triple in GRAPH for node in triple}
    return {str(node) for node in nodes if isinstance(node, URIRef) and str(node).startswith(vocabulary)}


@pytest.mark.parametrize("vocabulary", sorted(PUBLISHED))
def test_every_term_of_a_w3c_or_dublin_core_vocabulary_that_we_refer_to_exists(vocabulary: str) -> None:
    known = PUBLISHED[vocabulary]
    names = {term.removeprefix(vocabulary) for term in foreign_terms(vocabulary)}
    assert not {name for name in names if name and name not in known}


def test_every_eurio_term_that_we_refer_to_exists() -> None:
    path = VOCABULARIES / "eurio" / "EURIO-2.4.ttl"
    if not path.is_file():
        pytest.skip("EURIO 2.4 is not beside the repository")
    known = {str(s) for s in read(path).subjects(RDF.type, None)}
    assert foreign_terms(EURIO)
    assert foreign_terms(EURIO) <= known


def test_every_schema_org_term_that_we_refer_to_exists() -> None:
    path = VOCABULARIES / "schemaorg" / "current-https.nt.gz"
    if not path.is_file():
        pytest.skip("the schema.org vocabulary is not beside the repository")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        known = {match[1] for line in lines if (match := re.match(rf"<({SCHEMA}\w+)> <{RDF.type}>", line))}
    assert foreign_terms(SCHEMA)
    assert foreign_terms(SCHEMA) <= known


# Examples


@pytest.mark.parametrize("term", TERMS, ids=ids(TERMS))
def test_every_example_parses_without_blank_nodes_and_uses_its_term(term: str) -> None:
    quads = list(ox.parse(example_text(term), format=ox.RdfFormat.TURTLE))
    assert not [q for q in quads if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)]
    kind = "class" if is_class(URIRef(term)) else "property"
    assert asks(kind, example(term), term=URIRef(term))


@pytest.mark.parametrize("term", TERMS, ids=ids(TERMS))
def test_every_example_speaks_only_terms_that_are_declared(term: str) -> None:
    used = {str(node) for triple in example(term) for node in triple if isinstance(node, URIRef)}
    assert {iri for iri in used if iri.startswith(EUG)} <= set(TERMS)
    ours = {iri for iri in used if iri.startswith(("https://w3id.org/eugraph/scheme/", f"{COUNTRIES}/"))}
    assert ours <= set(CONCEPTS) | set(SCHEMES)


@pytest.mark.parametrize("term", TERMS, ids=ids(TERMS))
def test_every_example_keeps_to_the_domain_and_range_of_its_term(term: str) -> None:
    subject = URIRef(term)
    for range_ in GRAPH.objects(subject, RDFS.range):
        assert isinstance(range_, URIRef)
        literal = str(range_).startswith(XSD) or range_ == RDF.langString
        assert not asks("stray-literal" if literal else "stray-thing", example(term), term=subject, range=range_)
    for domain in GRAPH.objects(subject, RDFS.domain):
        assert isinstance(domain, URIRef)
        assert not asks("stray-subject", example(term), term=subject, domain=domain)


@pytest.mark.parametrize("term", TERMS, ids=ids(TERMS))
@pytest.mark.skipif(not SHAPE_FILES, reason="there are no shapes/ to check the examples with")
def test_every_example_conforms_to_the_shapes(term: str) -> None:
    assert violations(example(term)) == []


@pytest.mark.parametrize("term", TERMS, ids=ids(TERMS))
def test_every_example_fails_without_its_key_triple(term: str) -> None:
    """It no longer shows the term; where a shape requires the property, that shape says so too."""
    subject = URIRef(term)
    rest = without_key_triples(example(term), subject)
    assert not asks("class" if is_class(subject) else "property", rest, term=subject)
    if is_required(subject):
        assert violations(rest)


def is_required(term: URIRef) -> bool:
    """Whether a shape makes the property compulsory, as Violation, for something that the example says it of."""
    kinds = {
        ancestor
        for thing in example(str(term)).subjects(term)
        for kind in example(str(term)).objects(thing, RDF.type)
        for ancestor in GRAPH.transitive_objects(kind, RDFS.subClassOf)
    }
    return any(
        int(str(shapes().value(shape, SH.minCount) or 0)) >= 1
        and shapes().value(shape, SH.severity, default=SH.Violation) == SH.Violation
        and kinds & {target for owner in shapes().subjects(SH.property, shape) for target in targets(owner)}
        for shape in shapes().subjects(SH.path, term)
    )


def targets(shape: Node) -> set[Node]:
    """Return the classes whose instances a node shape is about."""
    found = set(shapes().objects(shape, SH.targetClass))
    return found | {shape} if (shape, RDF.type, RDFS.Class) in shapes() else found


# Concept schemes


@pytest.mark.parametrize("concept", CONCEPTS, ids=ids(CONCEPTS))
def test_every_concept_has_label_definition_and_a_scheme_that_is_declared(concept: str) -> None:
    subject = URIRef(concept)
    labels = [label.language for label in GRAPH.objects(subject, SKOS.prefLabel) if isinstance(label, Literal)]
    assert "en" in labels
    assert len(labels) == len(set(labels))
    assert len(list(GRAPH.objects(subject, SKOS.definition))) == 1
    schemes = [str(scheme) for scheme in GRAPH.objects(subject, SKOS.inScheme)]
    assert len(schemes) == 1
    assert set(schemes) <= set(SCHEMES)


@pytest.mark.parametrize("concept", CONCEPTS, ids=ids(CONCEPTS))
def test_every_concept_is_at_the_top_of_its_scheme_or_below_another_concept_of_it(concept: str) -> None:
    subject = URIRef(concept)
    broader = list(GRAPH.objects(subject, SKOS.broader))
    scheme = GRAPH.value(subject, SKOS.inScheme)
    assert ((subject, SKOS.topConceptOf, scheme) in GRAPH) != bool(broader)
    assert all((other, SKOS.inScheme, scheme) in GRAPH for other in broader)
    assert subject not in {step for other in broader for step in GRAPH.transitive_objects(other, SKOS.broader)}


@pytest.mark.parametrize("scheme", SCHEMES, ids=ids(SCHEMES))
def test_every_scheme_has_label_definition_and_distinct_labels_and_codes(scheme: str) -> None:
    subject = URIRef(scheme)
    assert (subject, SKOS.prefLabel, None) in GRAPH
    assert (subject, SKOS.definition, None) in GRAPH
    concepts = list(GRAPH.subjects(SKOS.inScheme, subject))
    for predicate in (SKOS.prefLabel, SKOS.notation):
        values = [value for concept in concepts for value in GRAPH.objects(concept, predicate)]
        assert len(values) == len(set(values))


@pytest.mark.parametrize("path", SCHEME_FILES, ids=lambda path: path.stem)
def test_a_scheme_has_one_file_named_after_it(path: Path) -> None:
    assert [name(str(scheme)) for scheme in read(path).subjects(RDF.type, SKOS.ConceptScheme)] == [path.stem]


def test_every_kind_of_source_has_a_rank() -> None:
    kinds = list(GRAPH.subjects(SKOS.inScheme, URIRef("https://w3id.org/eugraph/scheme/source-kind")))
    assert kinds
    assert all(len(list(GRAPH.objects(kind, URIRef(f"{EUG}rank")))) == 1 for kind in kinds)


def test_country_codes_are_those_of_iso_and_of_the_eu() -> None:
    codes = {
        str(GRAPH.value(country, SKOS.notation)): str(GRAPH.value(country, URIRef(f"{EUG}euCode")))
        for country in GRAPH.subjects(SKOS.inScheme, COUNTRIES)
    }
    assert {iso: eu for iso, eu in codes.items() if iso != eu} == {"GR": "EL", "GB": "UK"}
    assert all(re.fullmatch("[A-Z]{2}", code) for pair in codes.items() for code in pair)


def test_countries_and_their_english_names_are_those_of_the_eu_authority_table() -> None:
    path = VOCABULARIES / "authority" / "countries-skos.rdf"
    if not path.is_file():
        pytest.skip("the country authority table is not beside the repository")
    table = Graph().parse(path, format="xml")
    for country in GRAPH.subjects(SKOS.inScheme, COUNTRIES):
        english = [o for o in GRAPH.objects(country, SKOS.prefLabel) if isinstance(o, Literal) and o.language == "en"]
        assert (country, SKOS.inScheme, COUNTRIES) in table
        assert all((country, SKOS.prefLabel, label) in table for label in english)

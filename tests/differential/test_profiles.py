"""Shapes that people use: those of DCAT-AP 3.0.1, and shapes made of the EURIO ontology; both engines find the same."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from differential.compare import Case
from differential.coverage import size
from differential.known import cleared
from eugraph.shacl.graph import Term
from eugraph.shacl.shapes_graph import ShapesGraph
from eugraph.vocab import PREFIXES, RDF_TYPE, term

_EURIO = "http://data.europa.eu/s66#"
_BASE = "https://portal.example/"

_CATALOGUE = """
    @base <https://portal.example/> .
    <catalogue> a dcat:Catalog ; dct:title "Invented data"@en ; dct:description "Nothing in it is real."@en ;
        dct:publisher <office> ; dct:language <http://publications.europa.eu/resource/authority/language/ENG> ;
        foaf:homepage <home> ; dct:issued "2024-02-01"^^xsd:date ; dct:modified "2024-03-01T10:00:00Z"^^xsd:dateTime .
    <office> a foaf:Agent ; foaf:name "An office"@en ; dct:type <http://purl.org/adms/publishertype/LocalAuthority> .
    <home> a foaf:Document .
    <licence> a dct:LicenseDocument ; dct:type <http://purl.org/adms/licencetype/PublicDomain> .
    <http://publications.europa.eu/resource/authority/language/ENG> a dct:LinguisticSystem, skos:Concept ;
        skos:prefLabel "English"@en ; skos:inScheme <http://publications.europa.eu/resource/authority/language> .
    <http://publications.europa.eu/resource/authority/data-theme/HEAL> a skos:Concept ;
        skos:prefLabel "Health"@en ; skos:inScheme <http://publications.europa.eu/resource/authority/data-theme> .
    <http://publications.europa.eu/resource/authority/file-type/CSV> a dct:MediaTypeOrExtent, skos:Concept ;
        skos:prefLabel "CSV"@en ; skos:inScheme <http://publications.europa.eu/resource/authority/file-type> .
"""
_DATASET = """
    @base <https://portal.example/> .
    <catalogue> dcat:dataset <dataset/{n}> ; dcat:record <record/{n}> .
    <record/{n}> a dcat:CatalogRecord ; foaf:primaryTopic <dataset/{n}> ; dct:modified "2024-01-{n:02}"^^xsd:date ; dct:title "Record {n}"@en .
    <dataset/{n}> a dcat:Dataset ; dct:title "Data {n}"@en, "Daten {n}"@de ; dct:description "Invented, number {n}."@en ;
        dcat:keyword "blood"@en ; dcat:theme <http://publications.europa.eu/resource/authority/data-theme/HEAL> ;
        dct:publisher <office> ; dcat:contactPoint [ a vcard:Kind ; vcard:fn "Desk {n}" ; vcard:hasEmail <mailto:desk{n}@portal.example> ] ;
        dct:temporal [ a dct:PeriodOfTime ; dcat:startDate "2020-01-01"^^xsd:date ; dcat:endDate "2020-12-{n:02}"^^xsd:date ] ;
        dct:identifier "D-{n}" ; owl:versionInfo "1.{n}" ; dcat:temporalResolution "P1D"^^xsd:duration ;
        dcat:distribution <distribution/{n}> ; dct:issued "2024-01-{n:02}"^^xsd:date .
    <distribution/{n}> a dcat:Distribution ; dcat:accessURL <files/{n}> ; dcat:downloadURL <files/{n}.csv> ; dct:license <licence> ;
        dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ; dcat:byteSize "{n}00"^^xsd:nonNegativeInteger ;
        dcat:accessService <service/{n}> ; dct:title "File {n}"@en ;
        spdx:checksum [ a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue "{n:02}ab"^^xsd:hexBinary ] .
    <files/{n}> a rdfs:Resource . <files/{n}.csv> a rdfs:Resource .
    <service/{n}> a dcat:DataService ; dct:title "Service {n}"@en ; dcat:endpointURL <api/{n}> ; dcat:servesDataset <dataset/{n}> .
    <api/{n}> a rdfs:Resource .
"""
_SPACES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "spdx": "http://spdx.org/rdf/terms#",
    **{name: PREFIXES[name] for name in ("owl", "rdfs", "skos", "xsd")},
}
_HEAD = "".join(f"@prefix {name}: <{space}> . " for name, space in _SPACES.items())


def _read(text: str) -> list[Quad]:
    return list(parse(_HEAD + text, format=RdfFormat.TURTLE, rename_blank_nodes=True))


def _faulty(statements: Sequence[Quad], faults: int, seed: int) -> list[Quad]:
    """Statements with faults put in at random places."""
    choose = random.Random(seed)
    found = list(statements)
    wrong: Sequence[Term] = [
        Literal("wrong"),
        Literal("falsch", language="de"),
        Literal("2025-13-01", datatype=term("xsd:date")),
        Literal("-1", datatype=term("xsd:integer")),
        NamedNode(f"{_BASE}nobody"),
        BlankNode("nobody"),
    ]
    for _ in range(faults):
        place = choose.randrange(len(found))
        quad = found[place]
        match choose.randrange(4):
            case 0:
                del found[place]
            case 1:
                found.append(Quad(quad.subject, quad.predicate, choose.choice(wrong)))
            case 2:
                found[place] = Quad(quad.subject, quad.predicate, choose.choice(wrong))
            case _:
                found.append(Quad(quad.subject, quad.predicate, choose.choice(found).object))
    return list(dict.fromkeys(found))


def _named(shapes: Sequence[Quad]) -> list[Quad]:
    """The shapes with an IRI for each property shape, by which results can be compared."""
    inner = [
        quad.object for quad in shapes if quad.predicate == term("sh:property") and isinstance(quad.object, BlankNode)
    ]
    names: dict[Term, Term] = {node: NamedNode(f"{_BASE}shape/{place}") for place, node in enumerate(inner)}
    return [
        Quad(names.get(it.subject, it.subject), it.predicate, names.get(it.object, it.object))  # type: ignore[arg-type]  # subjects stay subjects
        for it in shapes
    ]


def _found(case: Case) -> Counter[str]:
    """The components of what both engines find, which is the same."""
    clear, _ = cleared(case)
    assert clear.ours == clear.theirs
    return Counter(key.component.value.rpartition("#")[2] for key in clear.ours.elements())


@pytest.mark.parametrize(
    "files", [("shapes", "range"), ("shapes_recommended", "deprecateduris"), ("mdr-vocabularies.shape",)]
)
def test_dcat_ap_shapes_find_the_same_in_a_catalogue(shared: Path, files: Sequence[str]) -> None:
    folder = shared / "vocab" / "dcat-ap-3.0.1"
    shapes = _named(
        [quad for name in files for quad in parse(path=str(folder / f"{name}.ttl"), format=RdfFormat.TURTLE)]
    )
    good = _read(_CATALOGUE) + [quad for number in range(1, size(29, 7)) for quad in _read(_DATASET.format(n=number))]
    as_made = _found(Case(good, shapes))
    with_faults = sum((_found(Case(_faulty(good, 40, seed), shapes)) for seed in range(size(10, 2))), Counter[str]())
    assert with_faults.total() > as_made.total()
    assert (
        files != ("shapes", "range")
        or {"ClassConstraintComponent", "MinCountConstraintComponent"} <= with_faults.keys()
    )


# EURIO


def _eurio_shapes(folder: Path) -> Iterator[Triple]:
    """Shapes of the classes of the ontology: domains and ranges of its properties, and its cardinalities."""
    ontology = list(parse(path=str(folder / "EURIO-2.4.ttl"), format=RdfFormat.TURTLE))
    domains, ranges = (
        {
            quad.subject: quad.object
            for quad in ontology
            if quad.predicate == term(f"rdfs:{name}") and isinstance(quad.object, NamedNode)
        }
        for name in ("domain", "range")
    )
    for place, (prop, kind) in enumerate(sorted(domains.items(), key=str)):
        domain = NamedNode(f"{_BASE}eurio/domain/{place}")
        yield from _shape(domain, "sh:targetSubjectsOf", prop, "sh:class", kind)
        if (wanted := ranges.get(prop)) is not None:
            asks = "sh:datatype" if wanted.value.startswith(PREFIXES["xsd"]) else "sh:class"
            yield from _shape(NamedNode(f"{_BASE}eurio/range/{place}"), "sh:targetObjectsOf", prop, asks, wanted)
    at: NamedNode | None = None
    for number, line in enumerate((folder / "EURIO_cardinalities.txt").read_text(encoding="utf-8").splitlines()):
        if match := re.match(r"eurio:(\w+)", line):
            at = NamedNode(f"{_BASE}eurio/class/{match[1]}")
            yield Triple(at, RDF_TYPE, term("sh:NodeShape"))
            yield Triple(at, term("sh:targetClass"), NamedNode(_EURIO + match[1]))
        elif at is not None and (match := re.match(r"\s+eurio:(\w+) (\w+) (\S+)", line)):
            yield from _restriction(at, NamedNode(f"{_BASE}eurio/line/{number}"), *match.groups())


def _shape(node: NamedNode, target: str, of: Term, asks: str, what: Term) -> Iterator[Triple]:
    yield Triple(node, RDF_TYPE, term("sh:NodeShape"))
    yield Triple(node, term(target), of)
    yield Triple(node, term(asks), what)


def _restriction(kind: NamedNode, node: NamedNode, prop: str, how: str, what: str) -> Iterator[Triple]:
    yield Triple(kind, term("sh:property"), node)
    yield Triple(node, term("sh:path"), NamedNode(_EURIO + prop))
    if what.isdecimal():
        number = Literal(what, datatype=term("xsd:integer"))
        yield from (
            Triple(node, term(f"sh:{end}Count"), number)
            for end in ("min", "max")
            if not how.startswith(("max", "min")) or how.startswith(end)
        )
        return
    prefix, _, name = what.partition(":")
    wanted = NamedNode((_EURIO if prefix == "eurio" else PREFIXES["xsd"]) + name)
    asks = "sh:class" if prefix == "eurio" else "sh:datatype"
    if how == "allValuesFrom":
        yield Triple(node, term(asks), wanted)
    elif how == "someValuesFrom":
        inner = NamedNode(f"{node.value}/some")
        yield Triple(node, term("sh:qualifiedValueShape"), inner)
        yield Triple(node, term("sh:qualifiedMinCount"), Literal("1", datatype=term("xsd:integer")))
        yield Triple(inner, RDF_TYPE, term("sh:NodeShape"))
        yield Triple(inner, term(asks), wanted)


def _eurio_data(shapes: Sequence[Quad], ontology: Sequence[Quad], number: int, seed: int) -> list[Quad]:
    """Things of the ontology's classes with what its shapes ask for, by chance more or less of it."""
    choose = random.Random(seed)
    classes = [quad.object for quad in shapes if quad.predicate == term("sh:targetClass")]
    properties = sorted(
        {it.object for it in shapes if it.predicate in (term("sh:path"), term("sh:targetSubjectsOf"))}, key=str
    )
    asked: dict[Term, list[Term]] = {}  # of a class
    said = ShapesGraph(shapes)
    for node in said.subjects():
        for kind in said.values(node, "sh:targetClass"):
            asked[kind] = [way for inner in said.values(node, "sh:property") for way in said.values(inner, "sh:path")]
    things = [NamedNode(f"{_BASE}thing/{place}") for place in range(number)]
    values: Sequence[Term] = [
        *things,
        Literal("text"),
        Literal("12", datatype=term("xsd:nonNegativeInteger")),
        Literal("2020-01-01", datatype=term("xsd:date")),
        Literal("12.50", datatype=term("xsd:decimal")),
    ]
    found = [
        quad for quad in ontology if quad.predicate == term("rdfs:subClassOf") and isinstance(quad.object, NamedNode)
    ]
    for thing in things:
        of = choose.choice(classes)
        assert isinstance(of, NamedNode)
        found.append(Quad(thing, RDF_TYPE, of))
        for _ in range(8):
            prop = choose.choice(asked[of] if asked[of] and choose.random() < 0.7 else properties)
            assert isinstance(prop, NamedNode)
            found.append(Quad(thing, prop, choose.choice(values)))
    return list(dict.fromkeys(found))


def test_shapes_made_of_eurio_find_the_same(shared: Path) -> None:
    folder = shared / "vocab" / "eurio"
    shapes = [Quad(*triple) for triple in dict.fromkeys(_eurio_shapes(folder))]
    assert sum(quad.predicate == term("sh:property") for quad in shapes) >= 50
    ontology = list(parse(path=str(folder / "EURIO-2.4.ttl"), format=RdfFormat.TURTLE))
    found = sum(
        (_found(Case(_eurio_data(shapes, ontology, size(300, 60), seed), shapes)) for seed in range(size(3, 1))),
        Counter[str](),
    )
    kinds = ("Class", "Datatype", "MinCount", "MaxCount", "QualifiedMinCount")
    assert all(found[f"{kind}ConstraintComponent"] for kind in kinds), found

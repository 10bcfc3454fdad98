"""Every shape says what is wrong and how to mend it, and has a case that passes and a case that does not."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, parse
from pyshacl import validate
from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from eugraph.shacl import Graph as DataGraph
from eugraph.shacl import Plan, compile_shapes

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "shapes"
EUGSH = Namespace("https://w3id.org/eugraph/shapes#")
EUG = "https://w3id.org/eugraph/ontology#"
KINDS = (SH.NodeShape, SH.PropertyShape)
TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
SEVERITIES = {SH.Violation, SH.Warning, SH.Info}
FILES = sorted((ROOT / "shapes").glob("*.ttl"))
FORBIDDEN_IN_QUERIES = ("MINUS", "VALUES", "SERVICE", "FROM")  # SHACL §5.2.1 and this project's safety rules


@cache
def shapes() -> Graph:
    graph = Graph()
    for file in FILES:
        graph.parse(file)
    return graph


@cache
def background() -> Graph:
    graph = Graph()
    for file in sorted((ROOT / "ontology").rglob("*.ttl")):
        graph.parse(file)
    return graph


def _reporting() -> list[URIRef]:
    """Shapes that report. The others, with names in CamelCase, gather shapes or are what a logical constraint asks."""
    graph = shapes()
    property_shapes = set(graph.subjects(RDF.type, SH.PropertyShape))
    node_shapes = {shape for shape in graph.subjects(RDF.type, SH.NodeShape) if (shape, SH.message, None) in graph}
    return sorted(URIRef(str(shape)) for shape in property_shapes | node_shapes if _name(shape)[0].islower())


def _name(shape: Node) -> str:
    return str(shape).removeprefix(EUGSH)


@cache
def _folders() -> dict[str, str]:
    """Name of each reporting shape -> name of the file that holds it, which is also the folder of its cases."""
    reporting = {_name(shape) for shape in _reporting()}
    return {
        _name(subject): file.stem
        for file in FILES
        for subject in Graph().parse(file).subjects(RDF.type)
        if _name(subject) in reporting
    }


def _case(kind: str, name: str) -> Path:
    return CASES / _folders()[name] / f"{kind}-{name}.ttl"


def _prefixes() -> dict[str, str]:
    graph = shapes()
    declared = list(graph.objects(EUGSH.prefixes, SH.declare))
    return {str(graph.value(node, SH.prefix)): str(graph.value(node, SH.namespace)) for node in declared}


@cache
def _plan() -> Plan:
    return compile_shapes(quad for file in FILES for quad in parse(path=str(file), format=RdfFormat.TURTLE))


@cache
def _ontology() -> DataGraph:
    files = sorted((ROOT / "ontology").rglob("*.ttl"))
    return _plan().graph(quad for file in files for quad in parse(path=str(file), format=RdfFormat.TURTLE))


def _results(case: Path) -> Iterator[tuple[str, Node | None, str]]:
    """Yield shape, severity and message of each result. The case's triples are in the background only meanwhile."""
    graph, quads = _ontology(), list(parse(path=str(case), format=RdfFormat.TURTLE))
    graph.add(quads)
    try:
        results = _plan().run(graph)
    finally:
        graph.remove(quads)
    for result in results:
        message = " ".join(text.value for text in result.messages)
        yield result.shape.value.removeprefix(EUGSH), URIRef(result.severity.value), message


def _reference_results(case: Path) -> list[tuple[str, Node | None]]:
    """Shape and severity of each result that pySHACL finds."""
    graph, triples = background(), list(Graph().parse(case))
    for triple in triples:
        graph.add(triple)
    try:
        _, report, _ = validate(graph, shacl_graph=shapes(), inference="none", advanced=False, inplace=True)
    finally:
        for triple in triples:
            graph.remove(triple)
    assert isinstance(report, Graph)
    results = report.objects(None, SH.result)
    return [
        (_name(report.value(node, SH.sourceShape) or BNode()), report.value(node, SH.resultSeverity))
        for node in results
    ]


NAMES = [_name(shape) for shape in _reporting()]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_file_is_turtle_for_both_parsers(file: Path) -> None:
    triples = list(parse(path=str(file), format=RdfFormat.TURTLE))
    assert len(Graph().parse(file)) == len({str(triple) for triple in triples})


def test_shapes_are_nodes_with_addresses() -> None:
    graph = shapes()
    shown = [subject for kind in (*KINDS, SH.SPARQLConstraint) for subject in graph.subjects(RDF.type, kind)]
    linked = [value for link in (SH.property, SH.sparql, SH.node) for value in graph.objects(None, link)]
    assert not [shape for shape in shown + linked if not str(shape).startswith(EUGSH)]
    assert not [shape for shape in linked if (shape, RDF.type, None) not in graph]


@pytest.mark.parametrize("name", NAMES)
def test_a_shape_says_what_is_wrong_how_badly_and_by_which_clause(name: str) -> None:
    graph, shape = shapes(), EUGSH[name]
    [message] = graph.objects(shape, SH.message)
    assert isinstance(message, Literal)
    assert message.language == "en"
    assert re.fullmatch(r"[A-Z\"].+[.)] .+[.]|[A-Z].+[;:,].+[.]|[A-Z].+[.]", str(message)), "whole sentences"
    [severity] = graph.objects(shape, SH.severity)
    assert severity in SEVERITIES
    [clause] = graph.objects(shape, DCTERMS.source)
    assert isinstance(clause, URIRef)
    if (shape, RDF.type, SH.PropertyShape) in graph:
        assert len(list(graph.objects(shape, SH.path))) == 1
        assert len(list(graph.objects(shape, SH.name))) == 1
    else:
        assert len(list(graph.objects(shape, RDFS.label))) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_shape_is_reached(name: str) -> None:
    graph, shape = shapes(), EUGSH[name]
    own = [value for target in TARGETS for value in graph.objects(shape, target)]
    assert bool(own) != ((None, SH.property, shape) in graph), "a target of its own, or one node shape that lists it"


def test_a_shape_that_only_serves_others_reports_nothing() -> None:
    graph, reporting = shapes(), set(_reporting())
    serving = {shape for kind in KINDS for shape in graph.subjects(RDF.type, kind)} - reporting
    assert not [shape for shape in serving if (shape, SH.message, None) in graph]
    targeted = {shape for shape in serving for target in TARGETS if (shape, target, None) in graph}
    assert not [shape for shape in serving - targeted if (None, None, shape) not in graph], "serves nobody"
    for shape in serving & set(graph.subjects(RDF.type, SH.PropertyShape)):
        listing = set(graph.subjects(SH.property, shape))
        assert not {target for node in {shape, *listing} for target in TARGETS if (node, target, None) in graph}


@pytest.mark.parametrize("constraint", sorted(shapes().subjects(RDF.type, SH.SPARQLConstraint), key=str), ids=_name)
def test_a_query_keeps_to_its_shape(constraint: Node) -> None:
    graph = shapes()
    [shape] = graph.subjects(SH.sparql, constraint)
    assert _name(constraint) == f"{_name(shape)}-sparql"
    [select] = (str(text) for text in graph.objects(constraint, SH.select))
    [message] = graph.objects(constraint, SH.message)
    projected = select.partition("WHERE")[0]
    for variable in re.findall(r"\{[?$](\w+)\}", str(message)):
        assert re.search(rf"[?$]{variable}\b", projected), f"the message speaks of ?{variable}"
    assert "$this" in projected
    Store().query(select.replace("$this", "?this"), prefixes=_prefixes())  # the other engine reads it too
    assert not [word for word in FORBIDDEN_IN_QUERIES if re.search(rf"\b{word}\b", select)]


def test_shapes_speak_only_of_terms_of_the_ontology() -> None:
    known = set(background().subjects())
    graph = shapes()
    used = {term for triple in graph for term in triple if isinstance(term, URIRef) and term.startswith(EUG)}
    for select in graph.objects(None, SH.select):
        used |= {URIRef(EUG + name) for name in re.findall(r"\beug:(\w+)", str(select))}
    assert not sorted(used - known)


def test_scheme_concepts_in_queries_exist() -> None:
    known = set(background().subjects())
    graph = shapes()
    schemes = {prefix: namespace for prefix, namespace in _prefixes().items() if "/scheme/" in namespace}
    used = {
        URIRef(schemes[prefix] + name)
        for select in graph.objects(None, SH.select)
        for prefix, name in re.findall(r"\b(\w+):(\w+)", str(select))
        if prefix in schemes
    }
    assert used
    assert not sorted(used - known)


@pytest.mark.parametrize("name", NAMES)
def test_the_invalid_case_is_found_by_this_shape_and_by_no_other(name: str) -> None:
    results = list(_results(_case("invalid", name)))
    assert name in {shape for shape, _, _ in results}
    assert {shape for shape, severity, _ in results if severity != SH.Info} <= {name}
    assert not [message for _, _, message in results if re.search(r"\{[?$]", message)], "all variables are filled in"


@pytest.mark.parametrize("name", NAMES)
def test_the_valid_case_passes(name: str) -> None:
    results = list(_results(_case("valid", name)))
    assert name not in {shape for shape, _, _ in results}
    assert not [shape for shape, severity, _ in results if severity != SH.Info]


# pySHACL takes half a second a case, so that a few stand for all; with this set, all are compared.
_COMPARED = sorted(CASES.glob("*/*.ttl"))[:: 1 if os.environ.get("EUGRAPH_ALL_CASES") else 25]


@pytest.mark.parametrize("case", _COMPARED, ids=lambda case: case.stem)
def test_the_reference_engine_finds_the_same(case: Path) -> None:
    ours = [(shape, severity) for shape, severity, _ in _results(case)]
    assert sorted(map(str, ours)) == sorted(map(str, _reference_results(case)))


def test_every_case_belongs_to_a_shape() -> None:
    expected = {_case(kind, name) for name in NAMES for kind in ("valid", "invalid")}
    assert set(CASES.glob("*/*.ttl")) == expected


@pytest.mark.parametrize("case", sorted(CASES.glob("*/*.ttl")), ids=lambda case: case.stem)
def test_a_case_begins_by_saying_what_it_shows(case: Path) -> None:
    first = case.read_text(encoding="utf-8").partition("\n")[0]
    assert re.fullmatch(r"# [A-Z0-9\"].+[.?]", first)

"""Turtle and JSON-LD: the SHACL report with all that the engine found, and the same in both."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, parse

from eugraph.rdf.nquads import BaseMove
from eugraph.shacl import Result, read_report
from eugraph.validate import Report
from eugraph.validate.shape_finding import ShapeFinding
from eugraph.vocab import term
from validate.samples import BASE, DATA, SHAPES, many, samples, validated

FORMS = {"ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD}


def read(text: str, form: str) -> list[Quad]:
    return list(parse(text, format=FORMS[form], base_iri=BASE))


def canonical(quads: list[Quad]) -> set[str]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def blanks_alike(results: list[Result]) -> list[tuple[object, ...]]:
    """Results to compare, whatever blank nodes are called."""

    def plain(node: object) -> str:
        return "_:" if str(node).startswith("_:") else str(node)

    def parts(result: Result) -> tuple[object, ...]:
        terms = (result.focus, result.path, result.value, result.severity, result.component, result.shape)
        details = tuple(sorted(map(parts, result.details), key=str))
        return (*map(plain, terms), plain(result.constraint), sorted(map(str, result.messages)), details)

    return sorted(map(parts, results), key=str)


@pytest.mark.parametrize("form", FORMS)
def test_what_the_engine_found_can_be_read_back(form: str) -> None:
    report = validated(DATA, SHAPES)
    found = [
        replace(finding.result, messages=finding.result.messages or (Literal(finding.message, language="en"),))
        for finding in report.findings
        if isinstance(finding, ShapeFinding)
    ]
    quads = read(report.write(form, BASE), form)
    back = read_report(quad.triple for quad in quads)
    assert len(back) == len(report.findings) == 8
    assert blanks_alike(back) == blanks_alike(found)
    assert {r.severity.value for r in back} >= {"http://example.org/Grave", term("sh:Warning").value}
    assert {str(r.constraint) for r in back} == {"None", "<http://example.org/Query>"}
    assert {m.language for r in back for m in r.messages if r.shape == NamedNode("http://example.org/name")} == {
        "de",
        "en",
    }
    (alternatives,) = [r for r in back if r.value == Literal("call")]
    assert len(alternatives.details) == 2


@pytest.mark.parametrize("report", samples())
@pytest.mark.parametrize("moved", [None, BaseMove(BASE, "https://elsewhere.example/id/")])
def test_both_forms_say_the_same(report: Report, moved: BaseMove | None) -> None:
    ttl, jsonld = (canonical(read(report.write(form, BASE, moved), form)) for form in FORMS)
    assert ttl == jsonld
    assert ttl


def test_a_blank_node_of_the_data_is_the_same_in_all_results() -> None:
    shapes = (
        "ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:minCount 1 ] , [ sh:path ex:q ; sh:minCount 1 ] ."
    )
    report = validated("_:a a ex:T . _:b a ex:T .", shapes)
    for form in FORMS:
        focus = [q.object for q in read(report.write(form, BASE), form) if q.predicate == term("sh:focusNode")]
        assert len(focus) == 4
        assert len(set(focus)) == 2


def test_equal_results_are_as_many_as_there_were() -> None:
    data, shapes = (
        'ex:x ex:p "a"@en, "b"@en, "a"@de, "b"@de .',
        "ex:S sh:targetNode ex:x ; sh:property [ sh:path ex:p ; sh:uniqueLang true ] .",
    )
    report = validated(data, shapes)
    assert len(report.findings) == 2
    for form in FORMS:
        assert len(read_report(quad.triple for quad in read(report.write(form, BASE), form))) == 2


def test_a_result_has_an_iri_made_of_what_it_says_and_its_place() -> None:
    quads = read(Report(tuple(many(2))).write("ttl", BASE), "ttl")
    nodes = {quad.object for quad in quads if quad.predicate == term("sh:result")}
    assert all(isinstance(node, NamedNode) and node.value.startswith(f"{BASE}validation#") for node in nodes)
    places = {str(quad.object) for quad in quads if quad.predicate == term("schema:location")}
    assert places == {'"data/a.ttl:1:1"', '"data/a.ttl:2:1"'}

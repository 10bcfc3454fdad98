"""The house Turtle: exact, deterministic, diff-local."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
import rdflib
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from eugraph.rdf.nquads import BaseMove
from eugraph.rdf.turtle import write_turtle
from eugraph.vocab import PREFIXES
from rdf.rdf_strategies import BASE, RDF, TRIPLES, XSD, graphs, graphs_with_blanks

EUG = "https://w3id.org/eugraph/ontology#"


def read(turtle: str) -> list[Triple]:
    return [quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE)]


def canonical(triples: Iterable[Triple]) -> Dataset:
    dataset = Dataset(Quad(*triple) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def write(triples: Iterable[Triple]) -> str:
    return write_turtle(triples, PREFIXES, BASE)


def blocks(turtle: str) -> dict[str, str]:
    """Subject line -> lines of the subject, of a text without multi-line strings."""
    found = [block for block in turtle.split("\n\n") if block and not block.startswith(("@base", "@prefix"))]
    return {block.splitlines()[0]: block.rstrip("\n") for block in found}


@given(graphs())
def test_written_turtle_reads_back_as_the_same_graph(graph: list[Triple]) -> None:
    assert set(read(write(graph))) == set(graph)


@given(graphs_with_blanks())
@settings(deadline=None, max_examples=60)
def test_a_graph_with_blank_nodes_reads_back_as_the_same_graph(graph: list[Triple]) -> None:
    turtle = write(graph)
    assert canonical(read(turtle)) == canonical(graph)


@given(graphs())
@settings(deadline=None)
def test_rdflib_reads_the_same_graph(graph: list[Triple]) -> None:
    normalize, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        found = rdflib.Graph().parse(data=write(graph), format="turtle")
        expected = rdflib.Graph().parse(data="".join(f"{triple} .\n" for triple in graph), format="nt")
        assert set(found) == set(expected)
    finally:
        rdflib.NORMALIZE_LITERALS = normalize


@given(graphs(), st.randoms())
def test_the_order_of_statements_does_not_matter(graph: list[Triple], shuffle: random.Random) -> None:
    again = [*graph, *graph[:2]]
    shuffle.shuffle(again)
    assert write(again) == write(graph)


@given(graphs_with_blanks(), st.permutations("abcdef"))
@settings(deadline=None, max_examples=60)
def test_labels_of_blank_nodes_do_not_matter(graph: list[Triple], labels: list[str]) -> None:
    new = dict(zip("abcdef", labels, strict=True))

    def renamed(term: NamedNode | BlankNode | Literal | Triple) -> NamedNode | BlankNode | Literal | Triple:
        return BlankNode(f"z{new[term.value]}") if isinstance(term, BlankNode) else term

    again = [Triple(renamed(t.subject), t.predicate, renamed(t.object)) for t in reversed(graph)]  # type: ignore[arg-type]
    assert write(again) == write(graph)


@given(graphs(), TRIPLES)
def test_one_more_statement_changes_lines_of_its_subject_only(graph: list[Triple], extra: Triple) -> None:
    graph = [triple for triple in graph if "\\n" not in str(triple)]
    assume("\\n" not in str(extra))
    before, after = blocks(write(graph)), blocks(write([*graph, extra]))
    changed = {head for head in before.keys() | after.keys() if before.get(head) != after.get(head)}
    assert len(changed) <= 1


@given(graphs())
def test_a_moved_graph_is_the_same_after_putting_the_old_base_back(graph: list[Triple]) -> None:
    move = BaseMove(BASE, "https://data.example.net/kg/")
    moved = write_turtle(graph, PREFIXES, BASE, moved=move)
    assert moved.replace(move.new, move.old) == write(graph)


def test_the_house_layout() -> None:
    triples = read(f"""
        @base <{BASE}> . @prefix eug: <{EUG}> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix role: <https://w3id.org/eugraph/scheme/role#> . @prefix xsd: <{XSD}> .
        <project/b> eug:totalCost "42433075"^^xsd:decimal ; eug:sme true ; eug:numberOfPartners 51, 0042 ;
            skos:prefLabel "B"@en, "Be"@de, "A"@nl ; a eug:Project .
        <project/a> eug:role role:coordinator ; eug:note "one\\ntwo \\"x\\""@en .
    """)
    assert (
        write(triples)
        == f"""\
@base <{BASE}> .
@prefix eug: <{EUG}> .
@prefix role: <https://w3id.org/eugraph/scheme/role#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <{XSD}> .

<project/a>
    eug:note \"\"\"one
two "x\\\"\"\"\"@en ;
    eug:role role:coordinator .

<project/b>
    a eug:Project ;
    skos:prefLabel
        "B"@en ,
        "Be"@de ,
        "A"@nl ;
    eug:numberOfPartners
        "0042"^^xsd:integer ,
        51 ;
    eug:sme true ;
    eug:totalCost "42433075"^^xsd:decimal .
"""
    )


def test_blank_nodes_are_nested_where_that_says_the_same() -> None:
    text = f"""\
@prefix eug: <{EUG}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .

eug:S
    sh:property
        [
            sh:maxCount 1 ;
            sh:or ( [ sh:datatype eug:x ] [ sh:datatype eug:y ] () )
        ] ,
        [ sh:path ( eug:a eug:b ) ] .

[]
    a owl:AllDisjointClasses ;
    owl:members ( eug:A eug:B ) .
"""
    assert write_turtle(read(text), PREFIXES) == text


def test_a_node_with_two_parents_gets_a_label() -> None:
    text = f"@prefix eug: <{EUG}> .\n\neug:A\n    eug:p _:b0 .\n\neug:B\n    eug:p _:b0 .\n"
    assert write_turtle(read(text), PREFIXES) == text


def test_subjects_named_as_first_come_first() -> None:
    a, b, p = NamedNode("https://example.org/a"), NamedNode("https://example.org/b"), NamedNode("https://example.org/p")
    text = write_turtle([Triple(a, p, b), Triple(b, p, a)], {}, first=[b, NamedNode("https://example.org/none")])
    assert text.index("<https://example.org/b>\n") < text.index("<https://example.org/a>\n")


def test_a_very_deep_graph_does_not_exhaust_the_stack() -> None:
    p = NamedNode(f"{EUG}p")
    chain = [Triple(BlankNode(f"n{i}"), p, BlankNode(f"n{i + 1}")) for i in range(100)]
    assert canonical(read(write(chain))) == canonical(chain)


def test_a_very_long_list_stays_a_list() -> None:
    text = f"<{EUG}s> <{EUG}p> ( {' '.join(map(str, range(5000)))} ) ."
    turtle = write(read(text))
    assert RDF not in turtle
    assert canonical(read(turtle)) == canonical(read(text))


def test_deeply_nested_lists_do_not_exhaust_the_stack() -> None:
    first, rest, nil = (NamedNode(f"{RDF}{name}") for name in ("first", "rest", "nil"))
    nested = [
        triple
        for i in range(100)
        for triple in (
            Triple(BlankNode(f"n{i}"), first, BlankNode(f"n{i + 1}")),
            Triple(BlankNode(f"n{i}"), rest, nil),
        )
    ]
    assert canonical(read(write(nested))) == canonical(nested)


@pytest.mark.parametrize("text", ["x\ufeff", "\u202eabc", "a\u2028b", "\x85"])
def test_characters_that_cannot_be_seen_are_escaped(text: str) -> None:
    turtle = write([Triple(NamedNode(f"{BASE}a"), NamedNode(f"{EUG}note"), Literal(text))])
    assert "\\u" in turtle
    assert not set("\ufeff\u202e\u2028\x85") & set(turtle)


def test_an_empty_graph_is_an_empty_text() -> None:
    assert write([]) == ""

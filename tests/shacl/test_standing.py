"""Validating again only what a change can affect gives what validating everything gives, whatever the change."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from conformance.suite import Case, whole_suite
from conftest import ROOT, copy_tiny
from eugraph.errors import ShapesError
from eugraph.loading import load
from eugraph.shacl import Plan, Result, compile_shapes
from eugraph.shacl.standing import Standing
from eugraph.vocab import term

EDITS = int(os.environ.get("EUGRAPH_EDITS", "200"))  # `make incremental` asks for 10,000

_SUITE = ROOT.parent / "shared" / "conformance" / "shacl" / "tests"
_HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://e.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
e: sh:declare [ sh:prefix "e" ; sh:namespace "https://e.org/" ] .
"""
# Every kind of path, target and component that reads more than its value nodes, in each other.
_SHAPES = (
    _HEAD
    + """
e:A a sh:NodeShape ; sh:targetClass e:C ; sh:closed true ; sh:ignoredProperties ( e:q e:r <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ) ;
    sh:property [ sh:path e:p ; sh:maxCount 2 ; sh:class e:D ] .
e:B sh:targetSubjectsOf e:p ; sh:path ( e:p [ sh:inversePath e:q ] ) ; sh:minCount 1 ; sh:node e:Inner .
e:Inner a sh:NodeShape ; sh:property [ sh:path [ sh:zeroOrMorePath e:r ] ; sh:maxCount 3 ; sh:property [ sh:path e:p ; sh:maxCount 1 ] ] .
e:E sh:targetObjectsOf e:q ; sh:path [ sh:alternativePath ( e:p [ sh:oneOrMorePath e:q ] [ sh:zeroOrOnePath e:r ] ) ] ;
    sh:qualifiedValueShape [ sh:class e:C ] ; sh:qualifiedMinCount 1 ; sh:equals e:r ; sh:disjoint e:p .
e:F sh:targetClass e:D ; sh:path e:v ; sh:lessThan e:w ; sh:or ( [ sh:datatype xsd:integer ] [ sh:minLength 3 ] ) .
e:G a sh:NodeShape ; sh:targetNode e:n0 , e:n1 ; sh:not [ sh:property [ sh:path e:r ; sh:hasValue e:n2 ] ] ;
    sh:xone ( [ sh:class e:C ] [ sh:class e:D ] ) .
e:H a sh:NodeShape ; sh:targetClass e:C ; sh:sparql [ sh:prefixes e: ; sh:select
    "SELECT $this ?value { $this e:p/e:q ?value . FILTER NOT EXISTS { ?value e:r ?x . ?y e:p ?x } }" ] ,
    [ sh:prefixes e: ; sh:select "SELECT $this ?value { ?value e:q $this . OPTIONAL { ?value e:v ?v } FILTER(!BOUND(?v)) }" ] ,
    [ sh:prefixes e: ; sh:select "SELECT $this ?value { ?value ?way $this . ?value e:r* ?end . ?end a e:D }" ] ,
    [ sh:prefixes e: ; sh:select "SELECT $this ?n { { $this e:p ?x } UNION { ?x e:q $this } e:n2 e:r ?n . ?x e:r ?n }" ] ,
    [ sh:prefixes e: ; sh:select "SELECT $this (COUNT(?x) AS ?n) { $this e:p ?x . ?y e:v ?w FILTER(?w = 1) } GROUP BY $this HAVING(COUNT(?x) > 1)" ] .
"""
)


def _nodes() -> list[NamedNode]:
    return [NamedNode(f"https://e.org/n{number}") for number in range(9)]


def _random_statement(chance: random.Random, nodes: Sequence[NamedNode]) -> Triple:
    kind = chance.random()
    subject = chance.choice(nodes)
    if kind < 0.2:
        return Triple(subject, term("rdf:type"), NamedNode(f"https://e.org/{chance.choice('CDX')}"))
    if kind < 0.23:
        pair = chance.sample("CDX", 2)
        return Triple(
            *(NamedNode(f"https://e.org/{pair[0]}"), term("rdfs:subClassOf"), NamedNode(f"https://e.org/{pair[1]}"))
        )
    if kind < 0.4:
        value = chance.choice(
            (Literal("1", datatype=term("xsd:integer")), Literal("2", datatype=term("xsd:integer")), Literal("ab"))
        )
        return Triple(subject, NamedNode(f"https://e.org/{chance.choice('vw')}"), value)
    return Triple(subject, NamedNode(f"https://e.org/{chance.choice('pqr')}"), chance.choice(nodes))


def _shown(results: Sequence[Result]) -> list[str]:
    return [str((*result.sort_key(), len(result.details))) for result in results]


def _check(plan: Plan, start: Sequence[Triple], edits: Iterator[tuple[set[Triple], set[Triple]]]) -> None:
    state = set(start)
    standing = Standing(plan, plan.graph(state))
    for removed, added in edits:
        gone, come = removed & state, added - state
        standing.update(sorted(gone, key=str), sorted(come, key=str))
        state = (state - gone) | come
        assert _shown(standing.results) == _shown(plan.run(plan.graph(sorted(state, key=str))))


@pytest.mark.parametrize("seed", range(4))
def test_random_edits_of_a_random_graph(seed: int) -> None:
    chance, nodes = random.Random(seed), _nodes()
    start = [_random_statement(chance, nodes) for _ in range(40)]
    state = set(start)

    def edits() -> Iterator[tuple[set[Triple], set[Triple]]]:
        for _ in range(EDITS // 4):
            gone = {chance.choice(sorted(state, key=str)) for _ in range(chance.randrange(3))}
            come = {_random_statement(chance, nodes) for _ in range(chance.randrange(1, 3))}
            yield gone, come - gone
            state.difference_update(gone)
            state.update(come - gone)

    _check(compile_shapes(parse(_SHAPES, format=RdfFormat.TURTLE)), start, edits())


def test_random_edits_of_a_workspace(tmp_path: Path) -> None:
    loaded = load(copy_tiny(tmp_path / "tiny"))
    plan = compile_shapes(loaded.shapes.quads)
    start = [quad.triple for quad in (*loaded.quads, *loaded.ontology.quads)]
    own = sorted({quad.triple for quad in loaded.quads}, key=str)
    chance = random.Random(7)

    def edits() -> Iterator[tuple[set[Triple], set[Triple]]]:
        for _ in range(EDITS // 10):
            out = set(chance.sample(own, 2))
            yield out, {_mixed(chance, own)}
            yield set(), out

    _check(plan, start, edits())


def _mixed(chance: random.Random, own: Sequence[Triple]) -> Triple:
    """A statement whose value is that of another one."""
    one, other = chance.sample(own, 2)
    return Triple(one.subject, one.predicate, other.object)


@pytest.mark.skipif(not _SUITE.is_dir(), reason="the W3C suite does not lie beside this clone")
def test_the_data_of_the_suite_statement_by_statement() -> None:
    cases = [case for case in whole_suite(_SUITE) if case.expected is not None]
    assert len(cases) == 114
    for case in cases:
        _take_apart(case)


def _take_apart(case: Case) -> None:
    try:
        plan = compile_shapes(case.shapes)
    except ShapesError:
        pytest.fail(f"{case.name} cannot be compiled")
    start = [quad.triple for quad in case.data]
    chance = random.Random(case.name)
    taken = chance.sample(start, min(len(start), 1 + EDITS // 50))
    nothing: set[Triple] = set()
    _check(plan, start, (edit for triple in taken for edit in (({triple}, nothing), (nothing, {triple}))))


def test_only_what_a_change_can_affect_is_validated_again() -> None:
    shapes = (
        _HEAD
        + "e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [ sh:path e:p ; sh:node [ sh:property [ sh:path e:q ; sh:maxCount 0 ] ] ] ."
    )
    data = "".join(f"e:t{n} a e:C ; e:p e:o{n} .\n" for n in range(1000))
    plan = compile_shapes(parse(shapes, format=RdfFormat.TURTLE))
    standing = Standing(plan, plan.graph(parse(_HEAD + data, format=RdfFormat.TURTLE)))
    (quad,) = parse("@prefix e: <https://e.org/> . e:o7 e:q 1 .", format=RdfFormat.TURTLE)
    assert standing.update([], [quad]) <= 2
    assert [str(result.focus) for result in standing.results] == ["<https://e.org/t7>"]
    assert standing.update([quad], []) <= 2
    assert not standing.results
    (other,) = parse("@prefix e: <https://e.org/> . e:o7 e:unread 1 .", format=RdfFormat.TURTLE)
    assert standing.update([], [other]) == 0

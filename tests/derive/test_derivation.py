"""What follows is kept up to date: after any change it is what deriving anew gives."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from eugraph.derive import Derivation
from eugraph.derive.steps import RULES_AFTER_VALUES, RULES_BEFORE_VALUES, STEPS, looks_at, rule
from eugraph.loading import Loaded
from eugraph.vocab import PREFIXES, RDF_TYPE, term

BASE = "https://w3id.org/eugraph/id/"
HEAD = f"@base <{BASE}> .\n" + "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())


def triples(turtle: str) -> list[Triple]:
    return [quad.triple for quad in parse(HEAD + turtle, format=RdfFormat.TURTLE)]


def in_files(found: Iterable[Triple]) -> list[Quad]:
    return [Quad(t.subject, t.predicate, t.object, NamedNode(f"{BASE}graph/x")) for t in found]


def changed(triple: Triple, chance: random.Random, values: list[Triple]) -> Triple:
    """Another statement: a value that something else has, or the same number written otherwise."""
    value = triple.object
    if isinstance(value, Literal) and value.value.isdigit() and chance.random() < 0.5:
        return Triple(triple.subject, triple.predicate, Literal(f"{value.value}.0", datatype=term("xsd:decimal")))
    others = [other.object for other in values if other.predicate == triple.predicate]
    return Triple(triple.subject, triple.predicate, chance.choice(others))


def test_after_any_change_it_is_what_deriving_anew_gives(loaded: Loaded) -> None:
    chance = random.Random(7)
    asked = frozenset().union(*map(looks_at, STEPS))
    background = loaded.ontology.quads
    stated = dict.fromkeys(quad.triple for quad in loaded.curated.quads)
    live = Derivation(loaded.curated.quads, background)
    moves = 0
    for _ in range(25):
        size = chance.choice((1, 1, 2, 20))
        lookable = [triple for triple in stated if triple.predicate in asked]
        gone = set(chance.sample(lookable, size)) | set(chance.sample(list(stated), size))
        come = {changed(t, chance, list(stated)) for t in gone if chance.random() < 0.6} - stated.keys()
        graph = {*stated, *live.triples}
        off, on = live.update(list(gone), list(come))
        for triple in gone:
            del stated[triple]
        stated |= dict.fromkeys(come)
        assert set(live.triples) == set(Derivation(in_files(stated), background).triples)
        left = {triple for triple in (*gone, *off) if triple not in stated and triple not in live}
        assert (graph - left) | come | set(on) == {*stated, *live.triples}
        moves += len(off) + len(on)
    assert moves > 100


def test_a_number_that_is_written_in_two_ways_stays_where_one_way_goes(loaded: Loaded) -> None:
    one, two = triples('<x> eug:startDate "2020-01-01"^^xsd:date . <x> eug:startDate "2020-01-01Z"^^xsd:date .')
    way, other = triples('<c> eug:value "4"^^xsd:decimal . <c> eug:value "4.0"^^xsd:decimal .')
    claim = triples("<c> eug:subject <x> ; eug:property eug:remark ; eug:confidence confidence:stated .")
    live = Derivation(in_files([one, two, way, other, *claim]), loaded.ontology.quads)
    for gone in (way, one):
        live.update([gone], [])
    kept = Derivation(in_files([two, other, *claim]), loaded.ontology.quads)
    assert set(live.triples) == set(kept.triples)
    assert Triple(NamedNode(f"{BASE}x"), term("eug:remark"), other.object) in live.triples


def test_what_no_step_looks_at_changes_nothing(loaded: Loaded) -> None:
    live = Derivation(loaded.curated.quads, loaded.ontology.quads)
    assert live.update([], triples('<x> skos:prefLabel "X"@en .')) == ([], [])


@pytest.mark.parametrize("name", [*RULES_BEFORE_VALUES, *RULES_AFTER_VALUES])
def test_a_rule_sees_all_that_it_asks_for(loaded: Loaded, name: str) -> None:
    """Over the statements that it is said to look at it finds what it finds over all."""
    everything = in_files(quad.triple for quad in (*loaded.quads, *loaded.ontology.quads))
    seen = [quad for quad in everything if quad.predicate in looks_at(name)]
    from eugraph.store import EmbeddedStore, Graph

    some, whole = (EmbeddedStore(quads).query(rule(name)) for quads in (seen, everything))
    assert isinstance(some, Graph)
    assert isinstance(whole, Graph)
    assert set(some.triples) == set(whole.triples)
    assert not any(piece.startswith("a ?") for piece in rule(name).split("\n"))
    assert RDF_TYPE in looks_at(name)

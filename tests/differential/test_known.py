"""Where pySHACL and our engine differ, the specification is with ours: by example, and by a third engine."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, seed, settings
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, RdfFormat, Store, parse

from differential.cases import paths
from differential.compare import Case
from differential.coverage import PHASES, size
from differential.terms import LITERALS, ex, graphs
from eugraph.errors import ShapesError
from eugraph.rdf.values import compare, value_of
from eugraph.shacl import Graph
from eugraph.shacl.graph import Term
from eugraph.shacl.path import compile_path
from eugraph.shacl.shapes_graph import ShapesGraph
from eugraph.vocab import PREFIXES, term

_HEAD = (
    "".join(f"@prefix {name}: <{PREFIXES[name]}> . " for name in ("sh", "xsd"))
    + "@prefix ex: <http://example.org/> .\n"
)


def case(data: str, shapes: str) -> Case:
    """A case in Turtle."""
    return Case(*(list(parse(_HEAD + text, format=RdfFormat.TURTLE)) for text in (data, shapes)))


def _holds(one: Literal, operator: str, other: Literal) -> bool:
    answer = Store().query(f"ASK {{ FILTER ({one} {operator} {other}) }}")
    assert isinstance(answer, QueryBoolean)
    return bool(answer)


def _has_own_way(one: Literal, other: Literal) -> bool:
    """Whether the third engine goes beyond SPARQL 1.1 §17.3 (the first three), or stays behind it (the last)."""
    return (
        (one == other and value_of(one) is None)  # a term is <= itself, whatever it is
        or bool(one.language and one.language == other.language)  # texts of one language have an order
        or "300" in (one.value, other.value)  # a byte of 300 is a number
        or one.datatype == other.datatype == term("xsd:boolean")  # false < true is not known
    )


def test_literals_compare_as_the_operators_of_sparql_say() -> None:
    for one in LITERALS:
        for other in LITERALS:
            order = compare(value_of(one), value_of(other))
            if _has_own_way(one, other):
                continue
            assert (order == -1, order in (-1, 0)) == (_holds(one, "<", other), _holds(one, "<=", other)), (one, other)


@seed(4)
@settings(max_examples=size(2_000, 60), database=None, phases=PHASES)
@given(graphs(families=("plain",)), paths())
def test_paths_lead_where_those_of_sparql_lead(data: list[Quad], written: tuple[list[Quad], Term]) -> None:
    shapes, node = written
    path = compile_path(ShapesGraph(shapes), node, node)
    graph, store = Graph(data), Store()
    store.extend(data)
    for number, start in enumerate(list(graph.terms)):
        if not isinstance(start, NamedNode):
            continue
        answer = store.query(f"SELECT DISTINCT ?x {{ {start} {path.sparql()} ?x }}")
        assert isinstance(answer, QuerySolutions)
        reached = {graph.terms[it] for it in path.follow(graph)(number)}
        if path.may_stay() and not any(start in (it.subject, it.object) for it in data):
            continue  # the engine knows nodes of the graph alone
        assert reached == {it for (it,) in answer}


_EXAMPLES = [
    pytest.param(
        "ex:a ex:p '2020-01-01'^^xsd:dateTime .",
        "ex:s a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; sh:datatype xsd:dateTime .",
        1,
        id="a day as xsd:dateTime",
    ),
    pytest.param(
        "ex:a ex:p ex:b .",
        """ex:s a sh:NodeShape ; sh:targetNode ex:a, "" ;
               sh:sparql [ sh:select "SELECT $this ?value { $this <http://example.org/p>? ?value }" ] .""",
        3,
        id="a path of no length from an empty text",
    ),
    pytest.param(
        "ex:a ex:p _:b .",
        """ex:s a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ;
               sh:sparql [ sh:select "SELECT $this ?n { $this <http://example.org/p> ?x BIND (STR(?x) AS ?n) FILTER (BOUND(?n)) }" ] .""",
        0,
        id="STR of a blank node",
    ),
    pytest.param(
        "ex:a ex:p ex:b .",
        """ex:c a sh:ConstraintComponent ; sh:parameter [ sh:path ex:limit ] ;
               sh:nodeValidator [ a sh:SPARQLSelectValidator ; sh:select "SELECT $this ?value { $this <http://example.org/p> ?value }" ] .
           ex:s a sh:NodeShape ; sh:targetNode ex:a ; ex:limit 1 .""",
        1,
        id="?value in a SELECT validator",
    ),
    pytest.param(
        "ex:a ex:p ex:b .",
        """ex:c a sh:ConstraintComponent ; sh:parameter [ sh:path ex:limit ] ;
               sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { { SELECT $this $value $limit (COUNT(?x) AS ?n) WHERE { $this <http://example.org/none> ?x } GROUP BY $this $value $limit } }" ] .
           ex:s a sh:NodeShape ; sh:targetNode ex:a ; ex:limit 1 .""",
        1,
        id="groups of nothing",
    ),
    pytest.param(
        "ex:a <http://example.org/p.q> ex:b .",
        """ex:s a sh:NodeShape ; sh:targetNode ex:a ;
               sh:sparql [ sh:select "PREFIX ex: <http://example.org/> SELECT $this { $this ex:p\\\\.q ?x }" ] .""",
        1,
        id="a name with an escape",
    ),
    pytest.param(
        "ex:a ex:p _:b ; ex:q 2 .",
        "ex:s a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; sh:lessThan ex:q .",
        1,
        id="a blank node under sh:lessThan",
    ),
    pytest.param(
        "ex:a ex:p 'a' ; ex:q <urn:b> .",
        "ex:s a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; sh:lessThan ex:q .",
        1,
        id="an IRI under sh:lessThan",
    ),
    pytest.param(
        "ex:a ex:p '2020'^^xsd:gYear ; ex:q '2019'^^xsd:gYear .",
        "ex:s a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; sh:lessThanOrEquals ex:q .",
        1,
        id="years under sh:lessThanOrEquals",
    ),
    pytest.param(
        "ex:a ex:p '2020-01-01'^^xsd:date .",
        "ex:s a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; sh:maxInclusive 2.5 .",
        1,
        id="a date and a number",
    ),
    pytest.param(
        "ex:a ex:p _:b .",
        "ex:s a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; sh:minLength 0 .",
        1,
        id="a blank node under sh:minLength 0",
    ),
    pytest.param(
        "ex:a ex:p ex:a . ex:b ex:r ex:a .",
        "ex:s a sh:PropertyShape ; sh:targetNode ex:a ; sh:path [ sh:inversePath [ sh:zeroOrMorePath (ex:p ex:r) ] ] ; sh:maxCount 1 .",
        0,
        id="the inverse of a sequence",
    ),
    pytest.param(
        "ex:a ex:p 1, 2 .",
        """ex:c a sh:ConstraintComponent ; sh:parameter [ sh:path ex:limit ] ;
               sh:propertyValidator [ a sh:SPARQLSelectValidator ; sh:select "SELECT $this { FILTER NOT EXISTS { $this a ?x } }" ] .
           ex:s a sh:PropertyShape ; sh:targetNode ex:a, ex:b ; sh:path ex:p ; ex:limit 1 .""",
        2,
        id="a SELECT validator with two values",
    ),
    pytest.param(
        "ex:a ex:p ex:a . ex:a ex:q ex:b .",
        """ex:s a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ( [ sh:zeroOrOnePath [ sh:zeroOrOnePath ex:p ] ] ex:q ) ;
               sh:sparql [ sh:select "SELECT $this ?value { $this $PATH ?value }" ] .""",
        1,
        id="$PATH with a path in a path",
    ),
    pytest.param(
        "ex:a ex:p 1, 2 .",
        """ex:s a sh:NodeShape ; sh:targetNode ex:a ;
               sh:sparql [ sh:select "SELECT $this { $this <http://example.org/p> ?x }" ] .""",
        2,
        id="two solutions that are equal",
    ),
]


@pytest.mark.parametrize(("data", "shapes", "results"), _EXAMPLES)
def test_our_engine_does_as_the_specification_says_where_pyshacl_does_not(data: str, shapes: str, results: int) -> None:
    example = case(data, shapes)
    assert example.ours.total() == results
    with contextlib.suppress(ShapesError):  # pySHACL fails, which is a difference too
        assert example.theirs != example.ours


def test_pyshacl_leaves_the_value_out_of_results_of_an_ask_validator_at_a_property_shape() -> None:
    example = case(
        "ex:a ex:p 1 .",
        """ex:c a sh:ConstraintComponent ; sh:parameter [ sh:path ex:limit ] ;
               sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER (?value = 2) }" ] .
           ex:s a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; ex:limit 1 .""",
    )
    assert [(key.focus, str(key.value)) for key in example.ours] == [
        (ex("a"), '"1"^^<http://www.w3.org/2001/XMLSchema#integer>')
    ]
    assert [(key.focus, key.value) for key in example.theirs] == [(ex("a"), None)]

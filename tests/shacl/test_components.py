"""Each constraint component, each kind of path and of target: what conforms and what does not, in a few lines."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse

from eugraph.errors import ShapesError
from eugraph.shacl import Result, compile_shapes

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://e.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
e: sh:declare [ sh:prefix "e" ; sh:namespace "https://e.org/" ] .
"""


def run(shapes: str, data: str) -> list[Result]:
    plan = compile_shapes(parse(HEAD + shapes, format=RdfFormat.TURTLE))
    return plan.run(plan.graph(parse(HEAD + data, format=RdfFormat.TURTLE)))


def short(term: object) -> str:
    return str(term).replace("https://e.org/", "").replace("http://www.w3.org/2001/XMLSchema#", "xsd:")


def wrong(shapes: str, data: str) -> list[str]:
    """What is at fault: the value, or the focus node where no value is named."""
    return sorted(short(result.focus if result.value is None else result.value) for result in run(shapes, data))


# constraint on e:p -> values of e:a that conform, values of e:a of which each breaks it
VALUES: dict[str, tuple[str, str]] = {
    "sh:class e:C": ("e:c , e:d", "e:x , 1"),
    "sh:datatype xsd:integer": ("1 , -3", '"1" , 1.5 , "x"^^xsd:integer , e:x'),
    "sh:datatype xsd:byte": ('"127"^^xsd:byte', '"300"^^xsd:byte'),
    "sh:nodeKind sh:IRI": ("e:x", "1"),
    "sh:nodeKind sh:BlankNodeOrLiteral": ("[] , 1", "e:x"),
    "sh:minExclusive 3": ("4 , 3.5", '3 , 2 , "x" , e:x'),
    "sh:minInclusive 3": ("3 , 3.0e0", "2"),
    "sh:maxExclusive 3": ("2.9", "3"),
    'sh:maxInclusive "2020-01-31"^^xsd:date': ('"2020-01-31"^^xsd:date', '"2020-02-01"^^xsd:date , 1'),
    'sh:minInclusive "2020-01-01T12:00:00Z"^^xsd:dateTime': (
        '"2020-01-01T13:00:00+01:00"^^xsd:dateTime , "2020-01-03T00:00:00"^^xsd:dateTime',
        '"2020-01-01T12:30:00+01:00"^^xsd:dateTime , "2020-01-01T13:00:00"^^xsd:dateTime',
    ),
    "sh:minLength 3": ('"abc" , 123 , e:x', '"ab"'),
    "sh:maxLength 3": ('"abc"', '"abcd" , e:x'),
    'sh:pattern "^a.c$"': ('"abc"', '"abd" , "xabc"'),
    'sh:pattern "^A" ; sh:flags "i"': ('"abc"', '"bc"'),
    'sh:languageIn ( "en" "de" )': ('"a"@en , "a"@en-GB', '"a"@fr , "a"'),
    "sh:in ( 1 e:x )": ("1 , e:x", '"1" , e:y'),
    "sh:node [ sh:property [ sh:path e:q ; sh:minCount 1 ] ]": ("e:c", "e:x , 1"),
    "sh:not [ sh:class e:C ]": ("e:x , 1", "e:c"),
    "sh:and ( [ sh:class e:C ] [ sh:nodeKind sh:IRI ] )": ("e:c", "e:x"),
    "sh:or ( [ sh:class e:C ] [ sh:datatype xsd:integer ] )": ("e:c , 1", 'e:x , "a"'),
    "sh:xone ( [ sh:class e:C ] [ sh:class e:D ] )": ("e:c", "e:d , e:x"),
}
BACKGROUND = "e:c a e:C ; e:q 1 . e:d a e:D . e:D rdfs:subClassOf e:C . "


@pytest.mark.parametrize("constraint", VALUES)
def test_a_constraint_on_each_value(constraint: str) -> None:
    right, bad = VALUES[constraint]
    shapes = f"e:S a sh:NodeShape ; sh:targetNode e:a ; sh:property [ sh:path e:p ; {constraint} ] ."
    assert wrong(shapes, BACKGROUND + f"e:a e:p {right} .") == []
    values = bad.count(" , ") + 1
    assert len(wrong(shapes, BACKGROUND + f"e:a e:p {right} , {bad} .")) == values


# constraint on e:p -> statements that conform, statements that do not, what is at fault
OF_NODES: dict[str, tuple[str, str, list[str]]] = {
    "sh:minCount 2": ("e:p 1, 2", "e:p 1", ["<a>"]),
    "sh:maxCount 1": ("e:p 1", "e:p 1, 2", ["<a>"]),
    "sh:uniqueLang true": ('e:p "a"@en, "b"@de, "c", "d"', 'e:p "a"@en, "b"@en, "c"@de, "d"@de', ["<a>", "<a>"]),
    "sh:equals e:q": ("e:p 1 ; e:q 1", "e:p 1, 2 ; e:q 1, 3", [f'"{n}"^^<xsd:integer>' for n in (2, 3)]),
    "sh:disjoint e:q": ("e:p 1 ; e:q 2", "e:p 1, 2 ; e:q 2", ['"2"^^<xsd:integer>']),
    "sh:lessThan e:q": ("e:p 1 ; e:q 2, 3", 'e:p 2, "x" ; e:q 2', ['"2"^^<xsd:integer>', '"x"']),
    "sh:lessThanOrEquals e:q": ("e:p 2 ; e:q 2", "e:p 3 ; e:q 2, 1", ['"3"^^<xsd:integer>'] * 2),
    "sh:hasValue 1": ("e:p 1, 2", "e:p 2", ["<a>"]),
    "sh:qualifiedValueShape [ sh:class e:C ] ; sh:qualifiedMinCount 1": ("e:p e:c", "e:p e:x", ["<a>"]),
    "sh:qualifiedValueShape [ sh:class e:C ] ; sh:qualifiedMaxCount 1": ("e:p e:c", "e:p e:c, e:d", ["<a>"]),
}


@pytest.mark.parametrize("constraint", OF_NODES)
def test_a_constraint_on_the_values_together(constraint: str) -> None:
    right, bad, faults = OF_NODES[constraint]
    shapes = f"e:S a sh:NodeShape ; sh:targetNode e:a ; sh:property [ sh:path e:p ; {constraint} ] ."
    assert wrong(shapes, BACKGROUND + f"e:a {right} .") == []
    assert wrong(shapes, BACKGROUND + f"e:a {bad} .") == faults


def test_qualified_shapes_that_exclude_each_other() -> None:
    shapes = """e:S a sh:NodeShape ; sh:targetNode e:hand ;
        sh:property [ sh:path e:finger ; sh:qualifiedValueShape [ sh:class e:Thumb ] ; sh:qualifiedValueShapesDisjoint true ;
                      sh:qualifiedMinCount 1 ] ,
                    [ sh:path e:finger ; sh:qualifiedValueShape [ sh:class e:Finger ] ; sh:qualifiedValueShapesDisjoint true ;
                      sh:qualifiedMinCount 1 ] ."""
    assert wrong(shapes, "e:hand e:finger e:t, e:f . e:t a e:Thumb . e:f a e:Finger .") == []
    assert wrong(shapes, "e:hand e:finger e:t . e:t a e:Thumb , e:Finger .") == ["<hand>", "<hand>"]


def test_a_closed_shape_names_the_property_that_is_too_much() -> None:
    shapes = "e:S a sh:NodeShape ; sh:targetNode e:a ; sh:closed true ; sh:ignoredProperties ( e:i ) ; sh:property [ sh:path e:p ] ."
    (result,) = run(shapes, "e:a e:p 1 ; e:i 2 ; e:x 3 .")
    assert (str(result.path), short(result.value)) == ("<https://e.org/x>", '"3"^^<xsd:integer>')


PATHS = {
    "e:p": ["b"],
    "[ sh:inversePath e:p ]": ["z"],
    "( e:p e:q )": ["c"],
    "[ sh:alternativePath ( e:p e:q ) ]": ["b", "x"],
    "[ sh:zeroOrMorePath e:r ]": ["a", "r1", "r2"],
    "[ sh:oneOrMorePath e:r ]": ["a", "r1", "r2"],
    "[ sh:zeroOrOnePath e:r ]": ["a", "r1"],
    "( [ sh:inversePath e:p ] [ sh:alternativePath ( e:s ( e:p e:q ) ) ] )": ["s", "x"],
}


@pytest.mark.parametrize("path", PATHS)
def test_values_of_a_path(path: str) -> None:
    data = "e:a e:p e:b ; e:q e:x ; e:r e:r1 . e:b e:q e:c . e:z e:p e:a ; e:s e:s . e:r1 e:r e:r2 . e:r2 e:r e:a ."
    shapes = f'e:S sh:targetNode e:a ; sh:path {path} ; sh:pattern "nothing" .'
    assert wrong(shapes, data) == sorted(f"<{name}>" for name in PATHS[path])


TARGETS = {
    "sh:targetNode e:a , 5": ['"5"^^<xsd:integer>', "<a>"],
    "sh:targetClass e:C": ["<c>", "<d>"],
    "sh:targetSubjectsOf e:p": ["<a>", "<b>"],
    "sh:targetObjectsOf e:p": ["<c>", "<d>"],
    "a rdfs:Class": ["<s>"],
    "sh:targetClass e:C ; sh:targetSubjectsOf e:p ; sh:targetObjectsOf e:p": ["<a>", "<b>", "<c>", "<d>"],
    "sh:targetClass e:C ; sh:deactivated true": [],
}


@pytest.mark.parametrize("target", TARGETS)
def test_targets(target: str) -> None:
    data = "e:a e:p e:c . e:b e:p e:d . e:c a e:C . e:d a e:D . e:D rdfs:subClassOf e:C . e:s a e:S ."
    assert wrong(f"e:S a sh:NodeShape ; {target} ; sh:not [ ] .", data) == TARGETS[target]


def test_severity_messages_and_reasons_are_told() -> None:
    shapes = """e:S sh:targetNode e:a ; sh:path e:p ; sh:severity sh:Warning ; sh:message "Nein."@de , "No."@en ;
        sh:node [ sh:message "Not good." ; sh:class e:C ; sh:property [ sh:path e:q ; sh:minCount 1 ] ] ."""
    (result,) = run(shapes, "e:a e:p e:b .")
    assert result.severity.value.endswith("#Warning")
    assert [text.value for text in result.messages] == ["No.", "Nein."]
    assert sorted(detail.component.value.rpartition("#")[2] for detail in result.details) == [
        "ClassConstraintComponent",
        "MinCountConstraintComponent",
    ]


# query of a constraint at e:S -> values that it finds
QUERIES = {
    "SELECT $this ?value { $this e:p ?value FILTER(?value > 3) }": ['"4"^^<xsd:integer>', '"5"^^<xsd:integer>'],
    "SELECT $this ?value { $this e:p ?value . FILTER NOT EXISTS { $this e:q ?value } }": ['"5"^^<xsd:integer>'],
    "SELECT $this { OPTIONAL { $this e:none ?x } FILTER(!BOUND(?x)) }": ["<a>", "<b>"],
    "SELECT $this ?value { { ?value e:r $this } UNION { $this e:r ?value } }": ["<a>", "<b>"],
    "SELECT $this (COUNT(?x) AS ?value) { $this e:p ?x } GROUP BY $this HAVING(COUNT(?x) > 1)": ['"2"^^<xsd:integer>'],
    "SELECT $this ?value { ?value ?way $this }": ["<a>"],
    "SELECT DISTINCT $this ?value { $this (e:p|e:q)/^e:q ?value }": ["<a>", "<b>"],
    "SELECT DISTINCT $this { $this e:r*/e:p ?x . FILTER(bound($this)) }": ["<a>", "<b>"],
    'SELECT $this ?value { $this e:p ?value . BIND(STR(?value) AS ?text) FILTER(?text = "4") }': ['"4"^^<xsd:integer>'],
    "SELECT $this ?value { $this e:p ?value { SELECT $this (MAX(?y) AS ?most) { $this e:p ?y } GROUP BY $this } FILTER(?value < ?most) }": [
        '"4"^^<xsd:integer>'
    ],
    "SELECT $this ?value { $this e:p ?value } ORDER BY DESC(?value) LIMIT 1": [
        '"1"^^<xsd:integer>',
        '"5"^^<xsd:integer>',
    ],
}


@pytest.mark.parametrize("query", QUERIES)
def test_a_constraint_that_is_a_query(query: str) -> None:
    shapes = f"e:S a sh:NodeShape ; sh:targetNode e:a , e:b ; sh:sparql [ sh:prefixes e: ; sh:select '''{query}''' ] ."
    assert wrong(shapes, "e:a e:p 4, 5 ; e:q 4 ; e:r e:b . e:b e:p 1 ; e:q 1 .") == sorted(QUERIES[query])


def test_the_message_of_a_query_is_filled_in_and_literals_stay_as_written() -> None:
    shapes = """e:S a sh:NodeShape ; sh:targetNode e:a ; sh:sparql [ sh:prefixes e: ;
        sh:message "{$this} has {?value}, not {?nothing}." ; sh:select "SELECT $this ?value { $this e:p ?value FILTER(?value > 3) }" ] ."""
    (result,) = run(shapes, "e:a e:p 004.50 .")
    assert short(result.value) == '"004.50"^^<xsd:decimal>'
    assert [text.value for text in result.messages] == ["https://e.org/a has 004.50, not {?nothing}."]


def test_blank_nodes_can_be_asked_about() -> None:
    shapes = """e:S a sh:NodeShape ; sh:targetClass e:C ; sh:sparql [ sh:prefixes e: ;
        sh:select "SELECT $this ?value { $this e:p ?value FILTER(isBlank($this) && isBlank(?value)) }" ] ."""
    assert len(wrong(shapes, "[] a e:C ; e:p [] , 1 . e:a a e:C ; e:p [] .")) == 1


def test_components_of_ones_own() -> None:
    shapes = """e:Starts a sh:ConstraintComponent ; sh:parameter [ sh:path e:starts ] ;
            sh:validator [ sh:message "Begin with {?starts}." ; sh:ask "ASK { FILTER(STRSTARTS(STR($value), $starts)) }" ] .
        e:Between a sh:ConstraintComponent ; sh:parameter [ sh:path e:low ] , [ sh:path e:high ; sh:optional true ] ;
            sh:propertyValidator [ sh:prefixes e: ;
                sh:select "SELECT $this ?value { $this $PATH ?value FILTER(?value < $low || ?value > COALESCE($high, 9)) }" ] .
        e:S sh:targetNode e:a ; sh:path e:p ; e:starts "1" ; e:low 10 ; e:high 15 ."""
    found = [
        (short(r.value), r.component.value.rpartition("/")[2], [m.value for m in r.messages])
        for r in run(shapes, "e:a e:p 11, 19, 2 .")
    ]
    assert found == [
        ('"19"^^<xsd:integer>', "Between", []),
        ('"2"^^<xsd:integer>', "Between", []),
        ('"2"^^<xsd:integer>', "Starts", ["Begin with 1."]),
    ]


def test_nesting_has_an_end_and_below_it_works() -> None:
    def nested(depth: int) -> str:
        return "e:S a sh:NodeShape ; sh:targetNode e:a ; " + "sh:node [ " * depth + "sh:class e:C " + "] " * depth + "."

    assert wrong(nested(50), "") == ["<a>"]
    with pytest.raises(ShapesError, match="nested more than 60 deep"):
        compile_shapes(parse(HEAD + nested(70), format=RdfFormat.TURTLE))


def test_a_pattern_that_would_hang_a_backtracking_engine_answers_at_once() -> None:
    text = "a" * 40 + "b"
    assert wrong('e:S sh:targetNode e:a ; sh:path e:p ; sh:pattern "^(a+)+$" .', f'e:a e:p "{text}" .') == [f'"{text}"']


def test_imports_are_not_followed() -> None:
    shapes = "<https://e.org/> a <http://www.w3.org/2002/07/owl#Ontology> ; <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/x> ."
    assert wrong(shapes + "e:S a sh:NodeShape ; sh:targetNode e:a ; sh:class e:C .", "") == ["<a>"]

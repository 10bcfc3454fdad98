"""Each way in which a graph can depart from a vocabulary is found, and what fits is not."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from eugraph.validate.departures import departures
from eugraph.validate.vocabulary import Vocabulary

PREFIXES = """
@prefix : <https://example.org/v#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix t: <https://example.org/t#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
OWL = """
:Agent a owl:Class ; rdfs:subClassOf [ owl:onProperty :name ; owl:cardinality 1 ] .
:Body a owl:Class ; rdfs:subClassOf :Agent ,
    [ owl:onProperty :seat ; owl:minCardinality 1 ] ,
    [ owl:onProperty :name ; owl:allValuesFrom xsd:string ] .
:Human a owl:Class ; rdfs:subClassOf :Agent ; owl:disjointWith :Body .
:Firm a owl:Class ; rdfs:subClassOf :Body .
:Office a owl:Class ; rdfs:subClassOf :Body .
:Place a owl:Class ; rdfs:subClassOf [ owl:onProperty :size ; owl:someValuesFrom xsd:nonNegativeInteger ] ,
    [ owl:onProperty :colour ; owl:maxCardinality 1 ] .
[ a owl:AllDisjointClasses ; owl:members ( :Firm :Office ) ] .
:name a owl:DatatypeProperty ; rdfs:range rdfs:Literal .
:seat a owl:ObjectProperty ; rdfs:domain :Agent ; rdfs:range [ a owl:Class ; owl:unionOf ( :Place :Firm ) ] .
:mainSeat a owl:ObjectProperty ; rdfs:subPropertyOf :seat .
:size a owl:DatatypeProperty , owl:FunctionalProperty ; rdfs:domain :Place ; rdfs:range xsd:nonNegativeInteger .
:founded a owl:DatatypeProperty ; rdfs:domain [ owl:unionOf ( :Body :Place ) ] ; rdfs:range xsd:date .
:area a owl:DatatypeProperty ; rdfs:range xsd:decimal .
:colour a owl:DatatypeProperty ; rdfs:range [ a rdfs:Datatype ; owl:oneOf ( "red" "blue" ) ] .
"""
SCHEMA = """
schema:Text a schema:DataType . schema:Date a schema:DataType . schema:Number a schema:DataType .
schema:URL a rdfs:Class ; rdfs:subClassOf schema:Text .
schema:Thing a rdfs:Class .
schema:Person a rdfs:Class ; rdfs:subClassOf schema:Thing .
schema:Event a rdfs:Class ; rdfs:subClassOf schema:Thing .
schema:name a <http://www.w3.org/1999/02/22-rdf-syntax-ns#Property> ;
    schema:domainIncludes schema:Thing ; schema:rangeIncludes schema:Text .
schema:start a <http://www.w3.org/1999/02/22-rdf-syntax-ns#Property> ;
    schema:domainIncludes schema:Event ; schema:rangeIncludes schema:Date .
schema:guest a <http://www.w3.org/1999/02/22-rdf-syntax-ns#Property> ;
    schema:domainIncludes schema:Event ; schema:rangeIncludes schema:Person , schema:URL .
schema:seats a <http://www.w3.org/1999/02/22-rdf-syntax-ns#Property> ;
    schema:domainIncludes schema:Event ; schema:rangeIncludes schema:Number .
"""
GOOD = 't:f a :Firm ; :name "F" ; :mainSeat t:p ; :founded "2020-01-31"^^xsd:date . t:p a :Place ; :size 3 ; :area 4 .'


def found(vocabulary: str, graph: str) -> list[str]:
    known = Vocabulary.read(ox.parse(PREFIXES + vocabulary, format=ox.RdfFormat.TURTLE))
    return [
        f"{d.kind.value}: {d.class_} {d.property_} {d.found} x{d.count} {d.example}".replace("https://example.org/", "")
        for d in departures(ox.parse(PREFIXES + graph, format=ox.RdfFormat.TURTLE), known)
    ]


def test_what_fits_is_no_departure() -> None:
    assert found(OWL, GOOD) == []


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("t:x a :Ghost .", ["unknown class: <v#Ghost>   x1 t#x"]),
        ("t:f :ghost 1 .", ["unknown property: <v#Firm> <v#ghost>  x1 t#f"]),
        ("t:x :size 1 .", ["without a class:  <v#size> subject x1 t#x"]),
        ("t:f :seat t:x .", ["without a class:  <v#seat> value x1 t#f"]),
        ("t:f :size 1 .", ["subject of another class: <v#Firm> <v#size>  x1 t#f"]),
        (
            't:h a :Human ; :name "H" ; :founded "2020-01-01"^^xsd:date .',
            ["subject of another class: <v#Human> <v#founded>  x1 t#h"],
        ),
        ('t:h a :Human ; :name "H" . t:f :seat t:h .', ["value of another class or type:  <v#seat> <v#Human> x1 t#f"]),
        ('t:f :founded "2020"^^xsd:gYear .', ["value of another class or type:  <v#founded> xsd:gYear x1 t#f"]),
        ('t:f :founded "2020-02-30"^^xsd:date .', ['value of another class or type:  <v#founded> "2020-02-30" x1 t#f']),
        ('t:p :area "4"^^xsd:double .', ["value of another class or type:  <v#area> xsd:double x1 t#p"]),
        ('t:p :colour "green" .', ['value of another class or type:  <v#colour> "green" x1 t#p']),
        ('t:p :colour "red"@en .', ["value of another class or type:  <v#colour> rdf:langString x1 t#p"]),
        ('t:p :colour "red" , "blue" .', ["too many values: <v#Place> <v#colour>  x1 t#p"]),
        ("t:p :size 4 .", ["too many values:  <v#size>  x1 t#p"]),
        ('t:f :name "G" .', ["too many values: <v#Agent> <v#name>  x1 t#f"]),
        ("t:q a :Place . t:r a :Place .", ["too few values: <v#Place> <v#size>  x2 t#q"]),
        ('t:g a :Body ; :name "G" .', ["too few values: <v#Body> <v#seat>  x1 t#g"]),
        ("t:h a :Human .", ["too few values: <v#Agent> <v#name>  x1 t#h"]),
        ("t:f a :Office .", ["classes that exclude each other: <v#Firm>  <v#Office> x1 t#f"]),
        ("t:f a :Human .", ["classes that exclude each other: <v#Body>  <v#Human> x1 t#f"]),
        (
            't:g a :Firm ; :name "G"@en ; :seat t:p .',
            ["value of another class or type: <v#Body> <v#name> rdf:langString x1 t#g"],
        ),
    ],
)
def test_what_departs_is_told_with_class_property_number_and_example(more: str, expected: list[str]) -> None:
    assert found(OWL, f"{GOOD}\n{more}") == expected


def test_an_integer_is_a_decimal_and_if_not_negative_a_nonnegativeinteger() -> None:
    more = '\nt:q a :Place ; :size -3 ; :area "5"^^xsd:long .'
    assert found(OWL, GOOD + more) == [
        "too few values: <v#Place> <v#size>  x1 t#q",
        "value of another class or type:  <v#size> xsd:integer x1 t#q",
    ]


def test_schema_org_takes_any_of_the_classes_and_types_that_it_includes() -> None:
    good = """t:e a schema:Event ; schema:name "Ö"@de , "O" ; schema:start "2020-05" ; schema:seats "3.5" ;
        schema:guest t:p , "https://p.example/" . t:p a schema:Person ; schema:name "P" ."""
    bad = """t:p schema:start "2020" . t:e schema:start "May" ; schema:guest t:e , "Joe" ; schema:seats "few" ."""
    assert found(SCHEMA, good) == []
    assert found(SCHEMA, good + bad) == [
        "subject of another class: schema:Person schema:start  x1 t#p",
        'value of another class or type:  schema:guest "Joe" x1 t#e',
        "value of another class or type:  schema:guest schema:Event x1 t#e",
        'value of another class or type:  schema:seats "few" x1 t#e',
        'value of another class or type:  schema:start "May" x1 t#e',
    ]


def test_the_answer_does_not_depend_on_the_order_of_statements() -> None:
    known = Vocabulary.read(ox.parse(PREFIXES + OWL, format=ox.RdfFormat.TURTLE))
    quads = list(ox.parse(PREFIXES + GOOD + ' t:h a :Human , :Firm ; :size "x" .', format=ox.RdfFormat.TURTLE))
    assert departures(quads, known) == departures(quads[::-1], known)
    assert len(departures(quads, known)) > 3

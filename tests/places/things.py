"""Random things to describe, each value with one that breaks exactly one constraint of `SHAPES`."""

from __future__ import annotations

import random
from dataclasses import dataclass

SPACE = "http://e.org/"

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://e.org/> .

ex:ThingShape a sh:NodeShape ;
    sh:targetSubjectsOf ex:code ;
    sh:property [ sh:path rdf:type ; sh:in ( ex:Thing ) ] ,
        [ sh:path ex:code ; sh:pattern "^[A-Z]+-[0-9]+$" ] ,
        [ sh:path ex:size ; sh:minInclusive 0 ] ,
        [ sh:path ex:day ; sh:datatype xsd:date ] ,
        [ sh:path ex:label ; sh:languageIn ( "en" "de" ) ] ,
        [ sh:path ex:kind ; sh:in ( ex:red ex:green ) ] ,
        [ sh:path ex:ref ; sh:class ex:Anchor ] ,
        [ sh:path ex:part ; sh:nodeKind sh:BlankNodeOrIRI ] ,
        [ sh:path ex:title ; sh:minCount 1 ] ,
        [ sh:path ( ex:items [ sh:zeroOrMorePath rdf:rest ] rdf:first ) ; sh:pattern "^[a-z]+$" ] ,
        [ sh:path ( ex:members [ sh:zeroOrMorePath rdf:rest ] rdf:first ) ; sh:pattern "^http://e.org/m" ] .

ex:PartShape a sh:NodeShape ;
    sh:targetSubjectsOf ex:partCode ;
    sh:property [ sh:path ex:partCode ; sh:pattern "^[A-Z]+-[0-9]+$" ] ,
        [ sh:path ex:partSize ; sh:maxExclusive 1000 ] .
"""


@dataclass(frozen=True)
class Text:
    """A literal."""

    text: str
    datatype: str = ""  # the local name in XSD
    language: str = ""


@dataclass(frozen=True)
class Name:
    """Something with an address, by its local name."""

    name: str


@dataclass(frozen=True)
class Values:
    """A list in which each item can be wrong."""

    items: tuple[tuple[Text | Name, Text | Name, str], ...]


@dataclass(frozen=True)
class Part:
    """A thing without a name."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Fact:
    """A statement. With a component, the bad value breaks that; a bad value of None takes the statement out."""

    name: str
    good: Text | Name | Values | Part
    bad: Text | Name | None = None
    component: str = ""


@dataclass(frozen=True)
class Thing:
    """What is described; without a name it is a blank node."""

    name: str
    facts: tuple[Fact, ...]


def things(chance: random.Random, count: int) -> list[Thing]:
    """Some things; a fifth of them has no name."""
    return [Thing("" if chance.random() < 0.2 else f"t{number}", _facts(chance)) for number in range(count)]


def _facts(chance: random.Random) -> tuple[Fact, ...]:
    code = _code(chance)
    facts = [
        Fact("code", Text(code), Text(code.lower()), "Pattern"),
        Fact("type", Name("Thing"), Name("Think"), "In"),
        Fact(
            "title", Text(chance.choice(["Größe ↔ Länge", 'a "quoted" word', "plain", "ends in \\"])), None, "MinCount"
        ),
    ]
    more = [
        Fact(
            "size",
            Text(str(chance.randrange(99)), "integer"),
            Text(f"-{chance.randrange(1, 99)}", "integer"),
            "MinInclusive",
        ),
        Fact("day", Text(f"20{chance.randrange(10, 40)}-02-03", "date"), Text("2020-13-01", "date"), "Datatype"),
        Fact("label", Text("Farbe für alle", language="de"), Text("Farbe für alle", language="fr"), "LanguageIn"),
        Fact("label", Text("colour", language="en"), Text("colour", language="nl"), "LanguageIn"),
        Fact("kind", Name(chance.choice(["red", "green"])), Name("purple"), "In"),
        Fact("ref", Name("anchor"), Name("anker"), "Class"),
        Fact("part", Part(_part(chance, 2)), Text("none"), "NodeKind"),
        Fact("part", Part(_part(chance, 0)), Text("nichts"), "NodeKind"),
        Fact("items", Values(tuple((Text(f"{word}"), Text(f"{word} 1"), "Pattern") for word in ("a", "bc", "def")))),
        Fact(
            "items",
            Values(tuple((_listed(chance, word), _listed(chance, f"{word}!"), "Pattern") for word in ("x", "yz"))),
        ),
        Fact("members", Values(tuple((Name(f"m{n}"), Name(f"w{n}"), "Pattern") for n in range(3)))),
    ]
    facts += chance.sample(more, chance.randrange(3, len(more) + 1))
    chance.shuffle(facts)
    return tuple(facts)


def _listed(chance: random.Random, text: str) -> Text:
    """A text with a language, a datatype, or neither."""
    return Text(text, *chance.choice([("", ""), ("", "en"), ("token", "")]))


def _part(chance: random.Random, depth: int) -> tuple[Fact, ...]:
    code = _code(chance)
    facts = [
        Fact("partCode", Text(code), Text(f"{code}!"), "Pattern"),
        Fact("partSize", Text(str(chance.randrange(1000)), "integer"), Text("1000", "integer"), "MaxExclusive"),
    ]
    if depth and chance.random() < 0.5:
        facts.append(Fact("inner", Part(_part(chance, depth - 1))))
    chance.shuffle(facts)
    return tuple(facts)


def _code(chance: random.Random) -> str:
    return f"{chance.choice(['AB', 'C', 'XYZ'])}-{chance.randrange(1000)}"

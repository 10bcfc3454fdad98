"""Random shapes and random graphs that they have something to say of, as Turtle, from a number."""

from __future__ import annotations

from random import Random

PREFIXES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/> .
"""
_NODES = [f":n{number}" for number in range(6)]
_BLANKS = ["_:b0", "_:b1"]
_WAYS = [":p", ":q", ":r"]
_KINDS = [":A", ":B", ":C"]
_LITERALS = [
    '"a"',
    '"abc"',
    '"a"@en',
    '"b"@en',
    '"a"@de-AT',
    '""',
    "1",
    "5",
    "-3",
    "2.5",
    '"100"^^xsd:double',
    "true",
    '"x"^^xsd:integer',
    '"2020-02-29"^^xsd:date',
    '"2021-02-29"^^xsd:date',
    '"2021-03-01"^^xsd:date',
    '"2021-03-01Z"^^xsd:date',
    '"2021-03-01T10:00:00"^^xsd:dateTime',
    '"2021-03-01T10:00:00Z"^^xsd:dateTime',
    '"2021"^^xsd:gYear',
    '"2021-05"^^xsd:gYearMonth',
    '"P1D"^^xsd:duration',
    '"P3D"^^xsd:dayTimeDuration',
    '"z"^^:odd',
    '"häé\\n"',
]
_RANGES = ['"en"', '"de" "fr"', '"*"']
_DATATYPES = ["string", "integer", "decimal", "date", "dateTime", "gYear", "boolean", "double", "dayTimeDuration"]


def graph(seed: int) -> str:
    """A small graph with nodes of all kinds, classes below classes and literals of which some are ill-formed."""
    pick = Random(seed)
    lines = [":B rdfs:subClassOf :A ."]
    for _ in range(pick.randint(5, 40)):
        subject = pick.choice(_NODES + _BLANKS)
        if pick.random() < 0.2:
            lines.append(f"{subject} a {pick.choice(_KINDS)} .")
        else:
            value = pick.choice(pick.choice([_NODES, _NODES, _BLANKS, _LITERALS, _LITERALS]))
            lines.append(f"{subject} {pick.choice(_WAYS)} {value} .")
    return PREFIXES + "\n".join(lines) + "\n"


def shapes(seed: int) -> str:
    """A few shapes with targets; each has some constraints, and shapes in shapes up to two deep."""
    pick = Random(seed)
    return PREFIXES + "\n".join(_target_shape(pick, number) for number in range(pick.randint(1, 3)))


def _target_shape(pick: Random, number: int) -> str:
    targets = [
        f"sh:targetClass {pick.choice(_KINDS)}",
        f"sh:targetSubjectsOf {pick.choice(_WAYS)}",
        f"sh:targetObjectsOf {pick.choice(_WAYS)}",
        f"sh:targetNode {pick.choice(_NODES)}, {pick.choice(_NODES + _LITERALS[:4])}, :nowhere",
    ]
    chosen = pick.sample(targets, pick.choice([1, 1, 1, 2]))
    return f":shape{number} {' ; '.join(['a sh:NodeShape', *chosen, *_shape(pick, 2, None)])} ."


def _path(pick: Random, depth: int) -> str:
    way = pick.choice(_WAYS)
    if depth == 0 or pick.random() < 0.5:
        return way
    inner = _path(pick, depth - 1)
    forms = [
        f"[ sh:inversePath {inner} ]",
        f"( {inner} {way} )",
        f"[ sh:alternativePath ( {inner} {way} ) ]",
        f"[ sh:zeroOrMorePath {inner} ]",
        f"[ sh:oneOrMorePath {inner} ]",
        f"[ sh:zeroOrOnePath {inner} ]",
    ]
    return pick.choice(forms)


def _shape(pick: Random, depth: int, path: str | None) -> list[str]:
    """The constraints of a shape, at most one of a kind that may come once."""
    kinds = {
        "class": lambda: f"sh:class {pick.choice(_KINDS)}",
        "datatype": lambda: f"sh:datatype xsd:{pick.choice(_DATATYPES)}",
        "kind": lambda: (
            "sh:nodeKind sh:"
            + pick.choice(["IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"])
        ),
        "range": lambda: f"sh:{pick.choice(['min', 'max'])}{pick.choice(['In', 'Ex'])}clusive {pick.choice(_LITERALS)}",
        "length": lambda: f"sh:{pick.choice(['min', 'max'])}Length {pick.randint(0, 12)}",
        "pattern": lambda: pick.choice(['sh:pattern "^a"', 'sh:pattern "^A" ; sh:flags "i"', 'sh:pattern "[0-9]"']),
        "language": lambda: f"sh:languageIn ( {pick.choice(_RANGES)} )",
        "equals": lambda: f"sh:equals {pick.choice(_WAYS)}",
        "disjoint": lambda: f"sh:disjoint {pick.choice(_WAYS)}",
        "closed": lambda: f"sh:closed true ; sh:ignoredProperties ( {' '.join(pick.sample([*_WAYS, 'rdf:type'], 2))} )",
        "value": lambda: f"sh:hasValue {pick.choice(_NODES + _LITERALS)}",
        "in": lambda: f"sh:in ( {' '.join(pick.sample(_NODES + _LITERALS, 6))} )",
        "query": lambda: "sh:sparql [ sh:select " + pick.choice(_QUERIES) + " ]",
    }
    if path is not None:
        kinds |= {
            "count": lambda: f"sh:{pick.choice(['min', 'max'])}Count {pick.randint(0, 3)}",
            "less": lambda: f"sh:lessThan{pick.choice(['', 'OrEquals'])} {pick.choice(_WAYS)}",
            "unique": lambda: "sh:uniqueLang true",
        }
    if depth:
        kinds |= {
            "not": lambda: f"sh:not {_inner(pick, depth)}",
            "and": lambda: f"sh:and ( {_inner(pick, depth)} {_inner(pick, depth)} )",
            "or": lambda: f"sh:or ( {_inner(pick, depth)} {_inner(pick, depth)} )",
            "xone": lambda: f"sh:xone ( {_inner(pick, depth)} {_inner(pick, depth)} )",
            "node": lambda: f"sh:node {_inner(pick, depth)}",
            "property": lambda: f"sh:property {_inner(pick, depth, with_path=True)}",
            "property again": lambda: f"sh:property {_inner(pick, depth, with_path=True)}",
        }
        if path is not None:
            kinds["qualified"] = lambda: (
                f"sh:qualifiedValueShape {_inner(pick, depth)} ; "
                f"sh:qualified{pick.choice(['Min', 'Max'])}Count {pick.randint(0, 2)}"
            )
    names = pick.sample(sorted(kinds), pick.randint(1, 3))
    return [kinds[name]() for name in names]


_QUERIES = (
    '"SELECT $this ?value WHERE { $this <https://example.org/p> ?value . FILTER(isLiteral(?value)) }"',
    '"SELECT $this WHERE { $this <https://example.org/q> ?x . FILTER NOT EXISTS { ?x <https://example.org/r> ?y } }"',
    '"SELECT $this (COUNT(?x) AS ?value) WHERE { $this <https://example.org/r> ?x } GROUP BY $this HAVING(COUNT(?x) > 1)"',
    '"SELECT DISTINCT $this ?value WHERE { { $this <https://example.org/p> ?value } UNION { ?value <https://example.org/q> $this } }"',
)


def _inner(pick: Random, depth: int, *, with_path: bool = False) -> str:
    path = _path(pick, 2) if with_path or pick.random() < 0.4 else None
    parts = _shape(pick, depth - 1, path)
    return f"[ {' ; '.join([f'sh:path {path}', *parts] if path else parts)} ]"

"""The small world that random graphs and shapes speak of: few terms, so that constraints meet their data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from differential.chance import Chance, chances
from eugraph.shacl.graph import Term
from eugraph.vocab import RDF_TYPE, term

EX = "http://example.org/"


def ex(name: str) -> NamedNode:
    """A term of the small world."""
    return NamedNode(EX + name)


NODES: Sequence[NamedNode] = [ex(name) for name in "abcde"]
BLANKS: Sequence[BlankNode] = [BlankNode("x"), BlankNode("y")]
CLASSES: Sequence[NamedNode] = [ex("C"), ex("D"), ex("E")]
A_SHAPE = ex("shape/01")  # a shape that may be a class too
PROPERTIES: Sequence[NamedNode] = [ex("p"), ex("q"), ex("r")]
ODD_NAMES: Sequence[NamedNode] = [ex("p.q"), ex("s-t")]  # properties that queries write with escapes


def _typed(datatype: str, *texts: str) -> list[Literal]:
    return [Literal(text, datatype=term(f"xsd:{datatype}")) for text in texts]


TEXTS: Mapping[str, Sequence[Literal]] = {
    "plain": [Literal(text) for text in ("a", "abc", "Abc\nd", "été", "a.b")],
    "empty": [Literal("")],
    "tagged": [
        Literal(text, language=tag)
        for text, tag in (("a", "en"), ("b", "en"), ("e", "en"), ("c", "en-GB"), ("a", "de"), ("b", "de"), ("d", "fr"))
    ],
    "integer": _typed("integer", "1", "2", "-3", "10"),
    "number": [
        *_typed("decimal", "1.0", "2.5"),
        *_typed("double", "1.0E0", "2.0E0", "INF"),
        *_typed("float", "2.5"),
        *_typed("byte", "1", "7"),
        *_typed("nonNegativeInteger", "2"),
    ],
    "boolean": _typed("boolean", "true", "false"),
    "date": _typed("date", "2020-01-01", "2020-06-30", "2021-01-01"),
    "zoned": _typed("date", "2020-01-01Z", "2020-06-30+02:00"),
    "moment": _typed("dateTime", "2020-01-01T00:00:00", "2020-01-01T12:30:00", "2020-02-01T00:00:00"),
    "zoned moment": _typed("dateTime", "2020-01-01T00:00:00Z", "2020-01-01T00:30:00+01:00"),
    "year": _typed("gYear", "2019", "2020"),
    "own": [Literal("x", datatype=ex("unit"))],
    "other form": [*_typed("integer", "01"), *_typed("decimal", "1.50"), *_typed("boolean", "1")],
    "ill-typed": [
        *_typed("byte", "300"),
        *_typed("integer", "many"),
        *_typed("date", "2020-02-31", "soon"),
        *_typed("boolean", "maybe"),
        *_typed("dateTime", "2020-01-01"),
    ],
}
LITERALS: Sequence[Literal] = [literal for family in TEXTS.values() for literal in family]
DATATYPES: Sequence[NamedNode] = list(
    dict.fromkeys([literal.datatype for literal in LITERALS] + [term("xsd:string"), term("rdf:langString")])
)


def literal_of(by: Chance, *families: str) -> Literal:
    """A literal of one of the families, each as likely; of any without names."""
    return by.pick(TEXTS[by.pick(families or tuple(TEXTS))])


def graph_of(
    by: Chance,
    *,
    families: Sequence[str] = tuple(TEXTS),
    properties: Sequence[NamedNode] = PROPERTIES,
    most: int = 30,
) -> list[Quad]:
    """A data graph: things with types, links in any direction and circles, and literals of a few families.

    The first property leads to things, the second to literals of one family, the others to anything.
    """
    subjects: Sequence[NamedNode | BlankNode] = [*NODES, *BLANKS]
    chosen = families if len(families) < 3 else by.some(families, 1, 2)
    own = [literal for family in chosen for literal in TEXTS[family]]
    triples: dict[Triple, None] = {}
    if by.one_in(2):
        triples[Triple(ex("D"), term("rdfs:subClassOf"), ex("C"))] = None
    if by.one_in(6):
        triples[Triple(ex("C"), term("rdfs:subClassOf"), ex("E"))] = None
    for _ in range(by.number(4, most)):
        subject = by.pick([*subjects, *NODES[:2], *NODES[:2]])  # of some more is said than of others
        way = by.pick([RDF_TYPE, *properties, properties[1]])
        value: Term
        if way == RDF_TYPE:
            value = by.pick([*CLASSES, A_SHAPE])
        elif way == properties[0]:
            value = by.pick(subjects)
        elif way == properties[1]:
            value = by.pick(TEXTS[chosen[0]])
        else:
            value = by.pick(subjects) if by.one_in(2) else by.pick(own)
        triples[Triple(subject, way, value)] = None
    return [Quad(*triple) for triple in triples]


def graphs(
    *, families: Sequence[str] = tuple(TEXTS), properties: Sequence[NamedNode] = PROPERTIES, most: int = 30
) -> st.SearchStrategy[list[Quad]]:
    """Data graphs; see `graph_of`."""
    return chances().map(lambda by: graph_of(by, families=families, properties=properties, most=most))

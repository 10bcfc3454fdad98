"""The small world that random graphs and shapes speak of: few terms, so that constraints meet their data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

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
        for text, tag in (("a", "en"), ("b", "en"), ("c", "en-GB"), ("a", "de"), ("d", "fr"))
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


@st.composite
def literals(draw: DrawFn, *families: str) -> Literal:
    """A literal of one of the families, each as likely; of any without names."""
    return draw(st.sampled_from(TEXTS[draw(st.sampled_from(families or tuple(TEXTS)))]))


def values() -> st.SearchStrategy[Term]:
    """Any term that can be a value."""
    return st.one_of(st.sampled_from(NODES), st.sampled_from(BLANKS), literals())


@st.composite
def graphs(
    draw: DrawFn,
    *,
    families: Sequence[str] = tuple(TEXTS),
    properties: Sequence[NamedNode] = PROPERTIES,
    most: int = 24,
) -> list[Quad]:
    """A data graph: things with types, links in any direction and circles, and literals of a few families."""
    subjects: Sequence[NamedNode | BlankNode] = [*NODES, *BLANKS]
    chosen = draw(st.lists(st.sampled_from(families), min_size=1, max_size=3))
    own = [literal for family in chosen for literal in TEXTS[family]]
    triples: dict[Triple, None] = {}
    if draw(st.booleans()):
        triples[Triple(ex("D"), term("rdfs:subClassOf"), ex("C"))] = None
    if draw(st.integers(0, 5)) == 0:
        triples[Triple(ex("C"), term("rdfs:subClassOf"), ex("E"))] = None
    kinds = st.sampled_from(("type", "link", "link", "literal", "literal"))
    for kind in draw(st.lists(kinds, min_size=2, max_size=most)):
        subject = draw(st.sampled_from(subjects))
        if kind == "type":
            triples[Triple(subject, RDF_TYPE, draw(st.sampled_from([*CLASSES, A_SHAPE])))] = None
            continue
        value: Term = draw(st.sampled_from(subjects if kind == "link" else own))
        triples[Triple(subject, draw(st.sampled_from(properties)), value)] = None
    return [Quad(*triple) for triple in triples]

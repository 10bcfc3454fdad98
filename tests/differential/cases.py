"""Random cases: a data graph, shapes that nest, and a shape that fits the data."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from differential.builder import Builder
from differential.chance import Chance, chances
from differential.shapes import DEEP, KINDS, NODE_KINDS, ORDERED, path, shape, targets
from differential.terms import NODES, PROPERTIES, TEXTS, graph_of
from eugraph.shacl.graph import Term
from eugraph.vocab import RDF_TYPE, term


def paths() -> st.SearchStrategy[tuple[list[Quad], Term]]:
    """Paths: the statements that describe each, and its node."""

    def one(by: Chance) -> tuple[list[Quad], Term]:
        to = Builder(by)
        node = path(to)
        return to.quads(), node

    return chances().map(one)


def _aligned(to: Builder, kind: str, data: Sequence[Quad]) -> None:
    """A shape with one constraint, whose parameter and targets are from the data: some nodes conform, others do not."""
    node = to.shape_node()
    with_path = kind not in NODE_KINDS or to.one_in(2)
    used = [quad for quad in data if quad.predicate in PROPERTIES]
    literals_used: list[Term] = [quad.object for quad in used if isinstance(quad.object, Literal)]
    to.say(node, RDF_TYPE, term("sh:PropertyShape" if with_path else "sh:NodeShape"))
    way = PROPERTIES[1] if kind in _OF_LITERALS else None
    if with_path:
        to.say(node, "sh:path", _path_of(to, to.pick(_KINDS_OF_PATHS), way))
    if kind in _BOUNDS and literals_used:
        to.say(node, f"sh:{kind}", to.pick(literals_used))
    elif kind == "datatype" and literals_used:
        to.say(node, "sh:datatype", to.pick([it.datatype for it in literals_used if isinstance(it, Literal)]))
    elif kind == "hasValue" and used:
        to.say(node, "sh:hasValue", to.pick([quad.object for quad in used]))  # type: ignore[arg-type]  # no triple
    elif kind == "in" and used:
        some = to.some([quad.object for quad in used], 1, 6)
        to.say(node, "sh:in", to.items(some))  # type: ignore[arg-type]  # no triple
    elif kind == "pattern":
        to.say(node, "sh:pattern", Literal(to.pick((".", "^.", "[a-z]", r"\d", "e", "0"))))
    else:
        KINDS[kind](to, node, DEEP - 1)
    subjects: list[Term] = [quad.subject for quad in used if isinstance(quad.subject, NamedNode)]
    named = [*literals_used, *NODES] if not with_path and kind in _OF_LITERALS else (subjects or NODES)
    for target in dict.fromkeys([to.pick(named), to.pick(named), *NODES[:2]]):
        to.say(node, "sh:targetNode", target)


def _path_of(to: Builder, kind: str, way: NamedNode | None) -> Term:
    """A path of one kind over plain properties; over `way` where one is given."""
    first, second = (way or to.pick(PROPERTIES) for _ in range(2))
    if kind == "predicate":
        return first
    if kind == "sequence":
        return to.items([PROPERTIES[0], first])
    node = to.blank()
    if kind == "alternative":
        to.say(node, "sh:alternativePath", to.items([first, second]))
    else:
        to.say(node, f"sh:{kind}Path", first)
    return node


_KINDS_OF_PATHS = (
    "predicate",
    "predicate",
    "inverse",
    "inverse",
    "sequence",
    "alternative",
    "zeroOrMore",
    "oneOrMore",
    "zeroOrOne",
)
_BOUNDS = ("minExclusive", "minInclusive", "maxExclusive", "maxInclusive")
_RARE = (
    "uniqueLang",
    "languageIn",
    "minExclusive",
    "maxExclusive",
    "lessThanOrEquals",
    "hasValue",
    "node",
    "qualified",
)
_OF_LITERALS = (
    *_BOUNDS,
    "datatype",
    "maxLength",
    "languageIn",
    "uniqueLang",
    "pattern",
    "lessThan",
    "lessThanOrEquals",
)


def core_cases() -> st.SearchStrategy[tuple[list[Quad], list[Quad]]]:
    """A data graph, and a shapes graph: a shape that fits the data, and up to two others, which nest."""

    def one(by: Chance) -> tuple[list[Quad], list[Quad]]:
        kind = by.pick((*KINDS, *_RARE, *_RARE))
        first = (
            ("tagged",) if kind in ("languageIn", "uniqueLang") else ORDERED if kind in _OF_LITERALS else tuple(TEXTS)
        )
        families = [by.pick(first), *by.some(tuple(TEXTS), 0, 1)]
        data = graph_of(by, families=families)
        to = Builder(by, families)
        for _ in range(to.number(0, 2)):
            targets(to, shape(to, most=4))
        _aligned(to, kind, data)
        return data, to.quads()

    return chances().map(one)

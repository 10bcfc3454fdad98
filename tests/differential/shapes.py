"""Random shapes of SHACL Core: every component of §4, every kind of path and target, shapes in shapes.

Shapes have IRIs, so that the results of two engines can be compared by the shape that they name.

Spec: SHACL §2 and §4, <https://www.w3.org/TR/shacl/>.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pyoxigraph import Literal, NamedNode

from differential.builder import TRUE, Builder, integer
from differential.terms import CLASSES, DATATYPES, LITERALS, NODES, PROPERTIES, TEXTS, ex, literal_of
from eugraph.shacl.graph import Term
from eugraph.vocab import RDF_TYPE, term

DEEP = 3  # shapes in shapes
_FLAGS = ("", "", "i", "s", "m", "im")
_PATTERNS = ("^a", "b", "c$", "^[a-z]+$", "A", "a.b", "^$", "example", r"\d", "^2020")
ORDERED = ("integer", "number", "date", "moment", "plain", "year", "zoned", "zoned moment", "boolean")


def path(to: Builder, depth: int = 0) -> Term:
    """A property path; many are plain, others are nested two deep: pySHACL's reports cut deeper ones off."""
    kinds = ("inverse", "sequence", "alternative", "zeroOrMore", "oneOrMore", "zeroOrOne")
    if depth >= 2 or to.one_in(2):
        return to.pick(PROPERTIES)
    kind = to.pick(kinds)
    if kind == "sequence":
        return to.items([path(to, depth + 1) for _ in range(to.number(2, 3))])
    node = to.blank()
    if kind == "alternative":
        to.say(node, "sh:alternativePath", to.items([path(to, depth + 1) for _ in range(to.number(2, 3))]))
    else:
        to.say(node, f"sh:{kind}Path", path(to, depth + 1))
    return node


def targets(to: Builder, shape: NamedNode) -> None:
    """Give a shape one target or two."""
    for _ in range(to.number(1, 2)):
        kind = to.pick(("node", "class", "subjects", "objects", "implicit"))
        if kind == "node":
            some: Sequence[Term] = to.literals if to.one_in(5) else NODES
            to.say(shape, "sh:targetNode", to.pick(some))
        elif kind == "class":
            to.say(shape, "sh:targetClass", to.pick(CLASSES))
        elif kind == "subjects":
            to.say(shape, "sh:targetSubjectsOf", to.pick(PROPERTIES))
        elif kind == "objects":
            to.say(shape, "sh:targetObjectsOf", to.pick(PROPERTIES))
        else:
            to.say(shape, RDF_TYPE, term("rdfs:Class"))


def shape(to: Builder, depth: int = 0, *, is_property: bool | None = None, most: int = 3) -> NamedNode:
    """A node shape or property shape with some constraints; without targets."""
    if depth and to.done and to.one_in(6) and is_property is None:
        return to.pick(to.done)
    node = to.shape_node()
    with_path = to.one_in(2) if is_property is None else is_property
    to.say(node, RDF_TYPE, term("sh:PropertyShape" if with_path else "sh:NodeShape"))
    if with_path:
        to.say(node, "sh:path", path(to))
    if to.one_in(5):
        to.say(node, "sh:severity", to.pick([term("sh:Info"), term("sh:Warning"), term("sh:Violation"), ex("Fatal")]))
    if to.one_in(25):
        to.say(node, "sh:deactivated", TRUE)
    kinds = list(_PROPERTY_KINDS if with_path else NODE_KINDS)
    kinds = [kind for kind in kinds if depth < DEEP or kind not in _NESTING]
    chosen = to.some(kinds, 1, most)
    for kind in sorted(chosen):
        KINDS[kind](to, node, depth)
    to.done.append(node)
    return node


Constraint = Callable[[Builder, NamedNode, int], None]


def _one_of(name: str, choices: Sequence[Term]) -> Constraint:
    return lambda to, node, _: to.say(node, name, to.pick(choices))


def _count(name: str, low: int, high: int) -> Constraint:
    return lambda to, node, _: to.say(node, name, integer(to.number(low, high)))


def _bound(name: str) -> Constraint:
    def add(to: Builder, node: NamedNode, _: int) -> None:
        ordered = [family for family in to.families if family in ORDERED]
        families = ordered if ordered and not to.one_in(8) else ORDERED
        to.say(node, name, literal_of(to.by, *families))

    return add


def _datatype(to: Builder, node: NamedNode, _: int) -> None:
    own = [literal.datatype for family in to.families for literal in TEXTS[family]]
    to.say(node, "sh:datatype", to.pick(DATATYPES if to.one_in(4) or not own else own))


def _pattern(to: Builder, node: NamedNode, _: int) -> None:
    to.say(node, "sh:pattern", Literal(to.pick(_PATTERNS)))
    if flags := to.pick(_FLAGS):
        to.say(node, "sh:flags", Literal(flags))


def _languages(to: Builder, node: NamedNode, _: int) -> None:
    tags = to.some(("en", "de", "en-GB", "EN", "fr", "*"), 1, 2)
    to.say(node, "sh:languageIn", to.items([Literal(tag) for tag in tags]))


def _not(to: Builder, node: NamedNode, depth: int) -> None:
    to.say(node, "sh:not", shape(to, depth + 1))


def _of_several(name: str) -> Constraint:
    def add(to: Builder, node: NamedNode, depth: int) -> None:
        to.say(node, name, to.items([shape(to, depth + 1, most=2) for _ in range(to.number(1, 3))]))

    return add


def _node(to: Builder, node: NamedNode, depth: int) -> None:
    to.say(node, "sh:node", shape(to, depth + 1, is_property=False))


def _property(to: Builder, node: NamedNode, depth: int) -> None:
    for _ in range(to.number(1, 2)):
        to.say(node, "sh:property", shape(to, depth + 1, is_property=True))


def _qualified(to: Builder, node: NamedNode, depth: int) -> None:
    to.say(node, "sh:qualifiedValueShape", shape(to, depth + 1, most=1))
    ends = to.pick((("Min",), ("Max",), ("Min", "Max")))
    for end in ends:
        to.say(node, f"sh:qualified{end}Count", integer(to.number(0, 2) if end == "Max" else to.number(1, 2)))


def _disjoint_siblings(to: Builder, node: NamedNode, depth: int) -> None:
    """Two property shapes on one path, whose values count for one of them only."""
    way = to.pick(PROPERTIES)
    for _ in range(2):
        inner = to.shape_node()
        to.say(node, "sh:property", inner)
        to.say(inner, "sh:path", way)
        _qualified(to, inner, depth + 1)
        to.say(inner, "sh:qualifiedValueShapesDisjoint", TRUE)


def _closed(to: Builder, node: NamedNode, depth: int) -> None:
    to.say(node, "sh:closed", TRUE)
    if to.one_in(2):
        ignored = to.some([RDF_TYPE, *PROPERTIES], 0, 2)
        to.say(node, "sh:ignoredProperties", to.items(ignored))
    if depth < DEEP and to.one_in(2):
        _property(to, node, depth)


def _in(to: Builder, node: NamedNode, _: int) -> None:
    choices: Sequence[Term] = [*NODES, *LITERALS[:: to.number(1, 4)]]
    members = to.some(choices, 1, 5)
    more = TEXTS[to.pick(tuple(TEXTS))] if to.one_in(2) else []
    to.say(node, "sh:in", to.items(list(dict.fromkeys([*members, *more]))))


_KINDS_OF_NODE = [term(f"sh:{name}") for name in ("BlankNode", "IRI", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")]  # fmt: skip
KINDS: dict[str, Constraint] = {
    "class": _one_of("sh:class", CLASSES),
    "datatype": _datatype,
    "nodeKind": _one_of("sh:nodeKind", _KINDS_OF_NODE),
    "minCount": _count("sh:minCount", 0, 3),
    "maxCount": _count("sh:maxCount", 0, 2),
    "minExclusive": _bound("sh:minExclusive"),
    "minInclusive": _bound("sh:minInclusive"),
    "maxExclusive": _bound("sh:maxExclusive"),
    "maxInclusive": _bound("sh:maxInclusive"),
    "minLength": _count("sh:minLength", 0, 22),
    "maxLength": _count("sh:maxLength", 0, 22),
    "pattern": _pattern,
    "languageIn": _languages,
    "uniqueLang": lambda to, node, _: to.say(node, "sh:uniqueLang", TRUE),
    "equals": _one_of("sh:equals", PROPERTIES),
    "disjoint": _one_of("sh:disjoint", PROPERTIES),
    "lessThan": _one_of("sh:lessThan", PROPERTIES),
    "lessThanOrEquals": _one_of("sh:lessThanOrEquals", PROPERTIES),
    "not": _not,
    "and": _of_several("sh:and"),
    "or": _of_several("sh:or"),
    "xone": _of_several("sh:xone"),
    "node": _node,
    "property": _property,
    "qualified": _qualified,
    "disjointSiblings": _disjoint_siblings,
    "closed": _closed,
    "hasValue": _one_of("sh:hasValue", [*NODES, *LITERALS]),
    "in": _in,
}
_NESTING = ("not", "and", "or", "xone", "node", "property", "qualified", "disjointSiblings")
_OF_PATHS = ("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals", "qualified")
_PROPERTY_KINDS = (*KINDS, *_OF_PATHS)
NODE_KINDS = tuple(kind for kind in KINDS if kind not in _OF_PATHS)

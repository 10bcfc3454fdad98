"""Random shapes of SHACL Core: every component of §4, every kind of path and target, shapes in shapes.

Shapes have IRIs, so that the results of two engines can be compared by the shape that they name.

Spec: SHACL §2 and §4, <https://www.w3.org/TR/shacl/>.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from differential.chance import Chance, chances
from differential.terms import CLASSES, DATATYPES, LITERALS, NODES, PROPERTIES, TEXTS, ex, graph_of, literal_of
from eugraph.shacl.graph import Term
from eugraph.vocab import RDF_TYPE, term

_DEEP = 3  # shapes in shapes
_FLAGS = ("", "", "i", "s", "m", "im")
_PATTERNS = ("^a", "b", "c$", "^[a-z]+$", "A", "a.b", "^$", "example", r"\d", "^2020")
_ORDERED = ("integer", "number", "date", "moment", "plain", "year", "zoned", "zoned moment", "boolean")


class Builder:
    """Collects the statements of a shapes graph."""

    def __init__(self, by: Chance, families: Sequence[str] = ()) -> None:
        """Take the families of literals that the data has: most bounds are of these."""
        self.by, self.families = by, families
        self.pick, self.number, self.one_in, self.some = by.pick, by.number, by.one_in, by.some
        self.triples: list[Triple] = []
        self._shapes = self._blanks = 0
        self.done: list[NamedNode] = []  # shapes that may be named again
        self.features: set[str] = set()  # of queries
        self.literals: Sequence[Literal] = LITERALS  # that may be targets

    def quads(self) -> list[Quad]:
        """The statements, each once."""
        return [Quad(*triple) for triple in dict.fromkeys(self.triples)]

    def say(self, subject: Term, name: str | NamedNode, value: Term) -> None:
        """Add a statement."""
        predicate = term(name) if isinstance(name, str) else name
        self.triples.append(Triple(subject, predicate, value))  # type: ignore[arg-type]  # no subject is a literal

    def shape_node(self) -> NamedNode:
        """The IRI of a new shape."""
        self._shapes += 1
        return ex(f"shape/{self._shapes:02}")

    def blank(self) -> BlankNode:
        """A new blank node of the shapes graph."""
        self._blanks += 1
        return BlankNode(f"s{self._blanks}")

    def items(self, members: Sequence[Term]) -> Term:
        """A list."""
        head: Term = term("rdf:nil")
        for member in reversed(members):
            node = self.blank()
            self.say(node, "rdf:first", member)
            self.say(node, "rdf:rest", head)
            head = node
        return head


def integer(number: int) -> Literal:
    """A whole number."""
    return Literal(str(number), datatype=term("xsd:integer"))


TRUE = Literal("true", datatype=term("xsd:boolean"))


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
    kinds = list(_PROPERTY_KINDS if with_path else _NODE_KINDS)
    kinds = [kind for kind in kinds if depth < _DEEP or kind not in _NESTING]
    chosen = to.some(kinds, 1, most)
    for kind in sorted(chosen):
        _KINDS[kind](to, node, depth)
    to.done.append(node)
    return node


Constraint = Callable[[Builder, NamedNode, int], None]


def _one_of(name: str, choices: Sequence[Term]) -> Constraint:
    return lambda to, node, _: to.say(node, name, to.pick(choices))


def _count(name: str, low: int, high: int) -> Constraint:
    return lambda to, node, _: to.say(node, name, integer(to.number(low, high)))


def _bound(name: str) -> Constraint:
    def add(to: Builder, node: NamedNode, _: int) -> None:
        ordered = [family for family in to.families if family in _ORDERED]
        families = ordered if ordered and not to.one_in(8) else _ORDERED
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
    if depth < _DEEP and to.one_in(2):
        _property(to, node, depth)


def _in(to: Builder, node: NamedNode, _: int) -> None:
    choices: Sequence[Term] = [*NODES, *LITERALS[:: to.number(1, 4)]]
    members = to.some(choices, 1, 5)
    more = TEXTS[to.pick(tuple(TEXTS))] if to.one_in(2) else []
    to.say(node, "sh:in", to.items(list(dict.fromkeys([*members, *more]))))


_KINDS_OF_NODE = [term(f"sh:{name}") for name in ("BlankNode", "IRI", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")]  # fmt: skip
_KINDS: dict[str, Constraint] = {
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
_PROPERTY_KINDS = (*_KINDS, *_OF_PATHS)
_NODE_KINDS = tuple(kind for kind in _KINDS if kind not in _OF_PATHS)


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
    with_path = kind not in _NODE_KINDS or to.one_in(2)
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
        _KINDS[kind](to, node, _DEEP - 1)
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
        kind = by.pick((*_KINDS, *_RARE, *_RARE))
        first = (
            ("tagged",) if kind in ("languageIn", "uniqueLang") else _ORDERED if kind in _OF_LITERALS else tuple(TEXTS)
        )
        families = [by.pick(first), *by.some(tuple(TEXTS), 0, 1)]
        data = graph_of(by, families=families)
        to = Builder(by, families)
        for _ in range(to.number(0, 2)):
            targets(to, shape(to, most=4))
        _aligned(to, kind, data)
        return data, to.quads()

    return chances().map(one)

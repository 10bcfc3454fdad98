"""What a vocabulary of others demands of a graph in its words: EURIO as OWL, schema.org with its own properties.

Read are classes and properties with what stands above them, domains and ranges (unions and lists of values included),
restrictions of cardinality and of values, functional properties, and classes that exclude each other. Of what more OWL
has, such as property chains or qualified cardinalities, nothing is read.

Spec: OWL 2 Structural Specification §5, §8 and §9, <https://www.w3.org/TR/owl2-syntax/>; schema.org's data model,
<https://schema.org/docs/datamodel.html>.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from eugraph.vocab import PREFIXES, RDF_TYPE, term

_Node = NamedNode | BlankNode | Literal | Triple

_XSD, _RDFS, _SCHEMA = (PREFIXES[prefix] for prefix in ("xsd", "rdfs", "schema"))
RDFS_LITERAL = f"{_RDFS}Literal"
_CLASSES = (term("owl:Class"), term("rdfs:Class"))
_PROPERTIES = tuple(map(term, ("rdf:Property", "owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty")))
_EXACTLY, _AT_LEAST, _AT_MOST = (term(f"owl:{name}") for name in ("cardinality", "minCardinality", "maxCardinality"))


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What a value may be: of one of these classes or datatypes, or one of these texts."""

    classes: frozenset[str] = frozenset()
    datatypes: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """What a class demands of a property of its members."""

    of: str
    least: int = 0
    most: int | None = None
    every: Alternatives | None = None  # what all values are
    some: Alternatives | None = None  # what one value is at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A property: each of the domains holds for its subjects, each of the ranges for its values."""

    domains: tuple[Alternatives, ...]
    ranges: tuple[Alternatives, ...]
    above: frozenset[str]  # itself and the properties that it is a case of
    functional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Classes and properties by IRI."""

    classes: Mapping[str, frozenset[str]]  # with all classes above, itself included
    properties: Mapping[str, Property]
    restrictions: Mapping[str, tuple[Restriction, ...]]
    disjoint: frozenset[frozenset[str]]  # pairs

    @classmethod
    def read(cls, statements: Iterable[Quad | Triple]) -> Vocabulary:
        """Take a vocabulary from its statements."""
        return _Reading(statements).vocabulary()


class _Reading:
    def __init__(self, statements: Iterable[Quad | Triple]) -> None:
        self._said: dict[_Node, dict[NamedNode, list[_Node]]] = defaultdict(lambda: defaultdict(list))
        for statement in statements:
            self._said[statement.subject][statement.predicate].append(statement.object)
        self._named = [node for node in self._said if isinstance(node, NamedNode)]
        self._datatypes = {RDFS_LITERAL} | self._below(f"{_SCHEMA}DataType")

    def vocabulary(self) -> Vocabulary:
        subclasses, subproperties = term("rdfs:subClassOf"), term("rdfs:subPropertyOf")
        classes = [n for n in self._named if self._is(n, _CLASSES) and n.value not in self._datatypes]
        properties = [node for node in self._named if self._is(node, _PROPERTIES)]
        return Vocabulary(
            classes={node.value: self._above(node, subclasses) for node in classes},
            properties={node.value: self._property(node, subproperties) for node in properties},
            restrictions={node.value: found for node in classes if (found := tuple(self._restrictions(node)))},
            disjoint=frozenset(self._disjoint()),
        )

    def _values(self, node: _Node, *names: str) -> list[_Node]:
        return [value for name in names for value in self._said[node][term(name)]] if node in self._said else []

    def _is(self, node: _Node, kinds: Sequence[NamedNode]) -> bool:
        return any(kind in kinds for kind in self._said[node][RDF_TYPE])

    def _below(self, root: str) -> set[str]:
        """The members of a class of datatypes and all that is narrower; schema.org:URL is narrower than Text."""
        found = {node.value for node in self._named if NamedNode(root) in self._said[node][RDF_TYPE]}
        while more := {
            node.value
            for node in self._named
            if node.value not in found
            and any(isinstance(v, NamedNode) and v.value in found for v in self._values(node, "rdfs:subClassOf"))
        }:
            found |= more
        return found

    def _above(self, node: NamedNode, link: NamedNode) -> frozenset[str]:
        found, waiting = {node.value}, [node]
        while waiting:
            for value in self._said[waiting.pop()][link]:
                if isinstance(value, NamedNode) and value.value not in found:
                    found.add(value.value)
                    waiting.append(value)
        return frozenset(found)

    def _property(self, node: NamedNode, link: NamedNode) -> Property:
        domains, ranges = (
            [self._alternatives([value]) for value in self._values(node, f"rdfs:{name}")]
            + ([self._alternatives(any_of)] if (any_of := self._values(node, f"schema:{name}Includes")) else [])
            for name in ("domain", "range")
        )
        functional = self._is(node, [term("owl:FunctionalProperty")])
        return Property(
            domains=tuple(domains), ranges=tuple(ranges), above=self._above(node, link), functional=functional
        )

    def _alternatives(self, nodes: Iterable[_Node]) -> Alternatives:
        classes, datatypes, texts = set[str](), set[str](), set[str]()
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            if isinstance(node, Literal):
                texts.add(node.value)
            elif isinstance(node, NamedNode):
                is_datatype = node.value.startswith(_XSD) or node.value in self._datatypes
                (datatypes if is_datatype else classes).add(node.value)
            for listed in self._values(node, "owl:unionOf", "owl:oneOf"):
                waiting += self._list(listed)
        return Alternatives(frozenset(classes), frozenset(datatypes), frozenset(texts))

    def _list(self, node: _Node) -> list[_Node]:
        """The members of an RDF list."""
        members: list[_Node] = []
        while first := self._values(node, "rdf:first"):
            members += first
            node = next(iter(self._values(node, "rdf:rest")), term("rdf:nil"))
        return members

    def _restrictions(self, node: NamedNode) -> Iterable[Restriction]:
        for above in self._values(node, "rdfs:subClassOf"):
            for of in self._values(above, "owl:onProperty"):
                if not isinstance(of, NamedNode):
                    continue
                numbers = {
                    kind: int(value.value)
                    for kind in (_EXACTLY, _AT_LEAST, _AT_MOST)
                    for value in self._said[above][kind]
                    if isinstance(value, Literal)
                }
                every, some = (self._values(above, f"owl:{name}ValuesFrom") for name in ("all", "some"))
                yield Restriction(
                    of=of.value,
                    least=numbers.get(_EXACTLY, numbers.get(_AT_LEAST, 0)),
                    most=numbers.get(_EXACTLY, numbers.get(_AT_MOST)),
                    every=self._alternatives(every) if every else None,
                    some=self._alternatives(some) if some else None,
                )

    def _disjoint(self) -> Iterable[frozenset[str]]:
        for node in self._named:
            others = [other for other in self._values(node, "owl:disjointWith") if isinstance(other, NamedNode)]
            yield from (frozenset({node.value, other.value}) for other in others)
        for group in list(self._said):
            if self._is(group, [term("owl:AllDisjointClasses")]):
                for listed in self._values(group, "owl:members"):
                    names = [member.value for member in self._list(listed) if isinstance(member, NamedNode)]
                    yield from (frozenset(pair) for pair in combinations(names, 2))

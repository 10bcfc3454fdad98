"""Can the shapes be run at all? What is wrong with a shape is told before an engine trips over it.

Spec: SHACL, <https://www.w3.org/TR/shacl/>.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from eugraph.errors import ShapesError
from eugraph.vocab import PREFIXES, RDF_TYPE, shorten, term

_COUNTS = tuple(
    term(f"sh:{name}")
    for name in ("minCount", "maxCount", "minLength", "maxLength", "qualifiedMinCount", "qualifiedMaxCount")
)
_LISTS_OF_SHAPES = (term("sh:and"), term("sh:or"), term("sh:xone"))
_LISTS = (*_LISTS_OF_SHAPES, term("sh:in"), term("sh:languageIn"), term("sh:ignoredProperties"))
_QUERIES = {term("sh:select"): "SELECT", term("sh:ask"): "ASK"}
_FIRST, _REST, _NIL = term("rdf:first"), term("rdf:rest"), term("rdf:nil")
_PATH, _PROPERTY = term("sh:path"), term("sh:property")
_KINDS = (term("sh:NodeShape"), term("sh:PropertyShape"))
_QUIET_PARTS = re.compile(
    r"""\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|\#[^\n]*""",
    re.DOTALL,
)
_OUTWARD = re.compile(r"(?<![\w:?$.-])(SERVICE|FROM|LOAD)(?![\w:.-])", re.IGNORECASE)


class _Fault(NamedTuple):
    node: object
    what: str
    remedy: str


class _Shapes:
    """The statements of shapes, by subject."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.said: dict[object, dict[NamedNode, list[object]]] = {}
        self._above: dict[object, object] = {}
        for triple in triples:
            self.said.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)
            if isinstance(triple.object, BlankNode):
                self._above.setdefault(triple.object, triple.subject)

    def of(self, node: object, predicate: NamedNode) -> list[object]:
        return self.said.get(node, {}).get(predicate, [])

    def name(self, node: object) -> str:
        """How messages call a node: by the nearest IRI at or above it."""
        seen = set()
        while isinstance(node, BlankNode) and node in self._above and node not in seen:
            seen.add(node)
            node = self._above[node]
        return shorten(node.value) if isinstance(node, NamedNode) else "without an IRI"


def check_shapes(triples: Iterable[Triple]) -> None:
    """Raise ShapesError, with the shape's name, for the first fault that no engine could work with.

    Nothing that reads from outside is left to run: SERVICE and FROM are refused.
    """
    shapes = _Shapes(triples)
    checks: tuple[Callable[[_Shapes], Iterator[_Fault]], ...] = (_paths, _counts, _lists, _patterns, _queries)
    for find in checks:
        for fault in find(shapes):
            raise ShapesError(f"the shape {shapes.name(fault.node)} cannot be run: {fault.what}. {fault.remedy}")


def _paths(shapes: _Shapes) -> Iterator[_Fault]:
    expected = {node for said in shapes.said.values() for node in said.get(_PROPERTY, ())}
    expected |= {node for node, said in shapes.said.items() if _KINDS[1] in said.get(RDF_TYPE, ())}
    for node in sorted(expected, key=str):
        if isinstance(node, Literal):
            yield _Fault(node, f"sh:property has the value {node}", "Name a property shape.")
        elif len(shapes.of(node, _PATH)) != 1:
            yield _Fault(node, f"it has {len(shapes.of(node, _PATH))} times sh:path", "Give it exactly one.")
    for node, said in shapes.said.items():
        for path in said.get(_PATH, ()):
            if isinstance(path, Literal):
                yield _Fault(node, f"sh:path is the text {path}", "Name a property.")


def _counts(shapes: _Shapes) -> Iterator[_Fault]:
    for node, said in shapes.said.items():
        for predicate in _COUNTS:
            for value in said.get(predicate, ()):
                if not (isinstance(value, Literal) and re.fullmatch(r"\+?[0-9]+", value.value)) or (
                    value.datatype != term("xsd:integer")
                ):
                    yield _Fault(node, f"{shorten(predicate.value)} is {value}", "Write a whole number.")


def _lists(shapes: _Shapes) -> Iterator[_Fault]:
    for node, said in shapes.said.items():
        for predicate in _LISTS:
            for head in said.get(predicate, ()):
                seen: set[object] = set()
                at = head
                while at != _NIL and at not in seen and len(shapes.of(at, _FIRST)) == len(shapes.of(at, _REST)) == 1:
                    seen.add(at)
                    at = shapes.of(at, _REST)[0]
                if at != _NIL:
                    fault = "a list that leads back into itself" if at in seen else "no list"
                    yield _Fault(node, f"{shorten(predicate.value)} has {fault}", "Write the values in ( ).")
                elif head == _NIL and predicate in _LISTS_OF_SHAPES:
                    yield _Fault(node, f"{shorten(predicate.value)} has an empty list", "Name shapes in it.")


def _patterns(shapes: _Shapes) -> Iterator[_Fault]:
    for node, said in shapes.said.items():
        for pattern in said.get(term("sh:pattern"), ()):
            try:
                re.compile(pattern.value if isinstance(pattern, Literal) else "")
            except re.error as error:
                yield _Fault(node, f"sh:pattern {pattern} is no regular expression: {error}", "Mend the pattern.")


def _queries(shapes: _Shapes) -> Iterator[_Fault]:
    for constraint in {node for said in shapes.said.values() for node in said.get(term("sh:sparql"), ())}:
        if len(shapes.of(constraint, term("sh:select"))) != 1:
            yield _Fault(constraint, "sh:sparql leads to no one sh:select", "Give it exactly one.")
    empty = Store()
    for node, said in shapes.said.items():
        for predicate, kind in _QUERIES.items():
            for query in said.get(predicate, ()):
                text = query.value if isinstance(query, Literal) else ""
                bare = _QUIET_PARTS.sub(" ", text)
                if outward := _OUTWARD.search(bare):
                    what = f"{outward[1].upper()} in its query would read from outside"
                    yield _Fault(node, what, "Ask the data at hand only.")
                    continue
                if not re.search(rf"\b{kind}\b", bare, re.IGNORECASE):
                    yield _Fault(node, f"its query is no {kind}", f"Begin it with {kind}.")
                try:
                    empty.query(_prefixes(shapes, node) + text)
                except SyntaxError as error:
                    yield _Fault(node, f"its query is not SPARQL 1.1: {error.msg}", "Mend the query.")
                except RuntimeError as error:  # a function that nobody knows
                    yield _Fault(node, f"its query cannot be asked: {error}", "Mend the query.")


def _prefixes(shapes: _Shapes, node: object) -> str:
    """The declarations that a query may use. Spec: SHACL §5.2.1, <https://www.w3.org/TR/shacl/#sparql-prefixes>."""
    waiting, seen = list(shapes.of(node, term("sh:prefixes"))), set[object]()
    declarations: list[object] = []
    while waiting:
        if (at := waiting.pop()) in seen:
            continue
        seen.add(at)
        waiting += shapes.of(at, NamedNode(PREFIXES["owl"] + "imports"))
        declarations += shapes.of(at, term("sh:declare"))
    pairs = (
        (prefix, space)
        for declared in declarations
        for prefix in shapes.of(declared, term("sh:prefix"))
        for space in shapes.of(declared, term("sh:namespace"))
    )
    return "".join(
        f"PREFIX {prefix.value}: <{space.value}> "
        for prefix, space in pairs
        if isinstance(prefix, Literal) and isinstance(space, Literal)
    )

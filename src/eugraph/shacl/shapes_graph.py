"""The shapes graph as compiling reads it: what is said of a node, lists, and how messages call a node.

Spec: SHACL §3.1, <https://www.w3.org/TR/shacl/#shapes-graph>.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, KeysView, Sequence
from functools import cache, cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from eugraph.errors import ShapesError, ShapesTimeoutError
from eugraph.shacl.graph import Term
from eugraph.vocab import RDF_TYPE, shorten, term

_FIRST, _REST, _NIL = term("rdf:first"), term("rdf:rest"), term("rdf:nil")
_SUBCLASS = term("rdfs:subClassOf")
_BOOLEANS = ("true", "false", "1", "0")

Locate = Callable[[NamedNode], str]


@cache
def _iri(name: str) -> str:
    return term(name).value


class ShapesGraph:
    """The statements of shapes, by subject and predicate."""

    def __init__(self, statements: Iterable[Quad | Triple], locate: Locate = lambda _: "") -> None:
        """Take statements in.

        Args:
            statements: the shapes graph.
            locate: says where the description of a shape stands, as "file:line:column", or "".
        """
        self._said: dict[Term, dict[str, list[Term]]] = {}  # predicates as texts, whose hashes Python keeps
        self._above: dict[Term, Term] = {}
        self._locate = locate
        self._last: tuple[object, dict[str, list[Term]]] = (None, {})  # what was asked about last, and what is said
        for subject, predicate, value, *_ in statements:
            said = self._said.setdefault(subject, {}).setdefault(predicate.value, [])
            if value not in said:
                said.append(value)
                if isinstance(value, BlankNode):
                    self._above.setdefault(value, subject)

    @cached_property
    def triples(self) -> list[Triple]:
        """All statements, each once."""
        return [
            Triple(subject, NamedNode(predicate), value)  # type: ignore[arg-type]  # as they were parsed
            for subject, said in self._said.items()
            for predicate, values in said.items()
            for value in values
        ]

    def subjects(self) -> Iterator[Term]:
        """All nodes of which something is said."""
        return iter(self._said)

    def predicates(self, node: Term) -> KeysView[str]:
        """The IRIs of the predicates of the statements on a node."""
        return self._said.get(node, {}).keys()

    def values(self, node: Term, name: str | NamedNode) -> list[Term]:
        """What is said of `node` under a predicate, given as `prefix:name` or as IRI."""
        asked, said = self._last
        if asked is not node:  # a shape is asked for all that it could say, one after the other
            said = self._said.get(node, {})
            self._last = node, said
        return said.get(_iri(name) if isinstance(name, str) else name.value, [])

    def one(self, node: Term, name: str, clause: str) -> Term | None:
        """The value under a predicate that has one at most, or None.

        Raises:
            ShapesError: there are several.
        """
        found = self.values(node, name)
        if len(found) > 1:
            raise self.fault(node, f"it has {len(found)} values of {name}", "Keep one.", clause)
        return found[0] if found else None

    def number(self, node: Term, name: str, clause: str) -> int | None:
        """The whole number under a predicate, or None.

        Raises:
            ShapesError: there are several, or it is none.
        """
        value = self.one(node, name, clause)
        if value is None:
            return None
        if isinstance(value, Literal) and value.datatype == term("xsd:integer"):
            try:
                return int(value.value)
            except ValueError:
                pass
        raise self.fault(node, f"{name} is {value}", "Write a whole number.", clause)

    def flag(self, node: Term, name: str, clause: str) -> bool:
        """Tell whether "true" stands under a predicate: the specification gives no meaning to "1".

        Raises:
            ShapesError: it is neither true nor false.
        """
        value = self.one(node, name, clause)
        if value is None:
            return False
        if isinstance(value, Literal) and value.datatype == term("xsd:boolean") and value.value in _BOOLEANS:
            return value.value == "true"
        raise self.fault(node, f"{name} is {value}", "Write true or false.", clause)

    def iri(self, node: Term, name: str, value: Term, clause: str) -> NamedNode:
        """The value, which must be an IRI.

        Raises:
            ShapesError: it is none.
        """
        if isinstance(value, NamedNode):
            return value
        raise self.fault(node, f"{name} is {value}", "Name an IRI.", clause)

    def text(self, node: Term, name: str, value: Term, clause: str) -> str:
        """The value, which must be a plain text.

        Raises:
            ShapesError: it is none.
        """
        if isinstance(value, Literal) and value.datatype == term("xsd:string"):
            return value.value
        raise self.fault(node, f"{name} is {value}", "Write a text in quotation marks.", clause)

    def is_list(self, node: Term) -> bool:
        """Tell whether a node is the head of a list, whole or not."""
        return node == _NIL or bool(self.values(node, _FIRST))

    def items(self, node: Term, name: str, head: Term, clause: str) -> list[Term]:
        """The items of the list that stands under a predicate.

        Raises:
            ShapesError: it is no list, or one that leads back into itself.

        Spec: SHACL §1.1, "SHACL list", <https://www.w3.org/TR/shacl/#dfn-shacl-list>.
        """
        found: list[Term] = []
        seen: set[Term] = set()
        at = head
        while at != _NIL:
            first, rest = self.values(at, _FIRST), self.values(at, _REST)
            if at in seen or len(first) != 1 or len(rest) != 1:
                what = "a list that leads back into itself" if at in seen else "no list"
                raise self.fault(node, f"{name} has {what}", "Write the values in ( ).", clause)
            seen.add(at)
            found.append(first[0])
            at = rest[0]
        return found

    def is_a(self, node: Term, kind: NamedNode) -> bool:
        """Tell whether a node is an instance of a class, or of one below it by the shapes graph itself."""
        waiting: list[Term] = list(self.values(node, RDF_TYPE))
        seen: set[Term] = set()
        while waiting:
            at = waiting.pop()
            if at == kind:
                return True
            if at not in seen:
                seen.add(at)
                waiting += self.values(at, _SUBCLASS)
        return False

    def owner(self, node: Term) -> NamedNode | None:
        """The nearest IRI at or above a node; None where there is none."""
        seen: set[Term] = set()
        while isinstance(node, BlankNode) and node in self._above and node not in seen:
            seen.add(node)
            node = self._above[node]
        return node if isinstance(node, NamedNode) else None

    def name(self, node: Term) -> str:
        """How messages call a shape."""
        owner = self.owner(node)
        return shorten(owner.value) if owner else "without an IRI"

    def fault(self, node: Term, what: str, remedy: str, clause: str) -> ShapesError:
        """The error for a shape that cannot be run.

        Args:
            node: the shape.
            what: what is wrong with it.
            remedy: what to do, one sentence.
            clause: the part of the specification that it breaks, such as "4.2.1".
        """
        return ShapesError(f"{self._at(node)} cannot be run: {what}. {remedy} (SHACL §{clause})")

    def late(self, node: Term, limit_s: float) -> ShapesTimeoutError:
        """The error for a shape whose query takes longer than some seconds."""
        return ShapesTimeoutError(limit_s, self._at(node))

    def _at(self, node: Term) -> str:
        """Where a shape stands, and what it is called."""
        owner = self.owner(node)
        where = self._locate(owner) if owner else ""
        return f"{where}: the shape {self.name(node)}" if where else f"the shape {self.name(node)}"


def english_first(literals: Sequence[Literal]) -> list[Literal]:
    """Texts in a fixed order: English ones, then those without a language, then the others."""
    return sorted(literals, key=lambda text: (text.language != "en", bool(text.language), str(text)))

"""Collects the statements of a random shapes graph."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from differential.chance import Chance
from differential.terms import LITERALS, ex
from eugraph.shacl.graph import Term
from eugraph.vocab import term


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

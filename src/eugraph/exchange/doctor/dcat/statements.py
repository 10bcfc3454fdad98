"""The statements of a catalogue, as the checks read them: nodes are numbers, names are `prefix:name`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from eugraph.exchange.doctor.dcat.terms import term
from eugraph.shacl.graph import Graph, Step, Term


class Statements:
    """An index over statements, each term exactly as parsed."""

    def __init__(self, quads: Iterable[Quad | Triple]) -> None:
        """Take statements in; named graphs are one graph."""
        self.graph = Graph(quads)
        self._members: dict[str, frozenset[int]] = {}

    @property
    def terms(self) -> Sequence[Term]:
        """Number -> term."""
        return self.graph.terms

    def of_class(self, name: str) -> Sequence[int]:
        """The nodes of a class, or of one that the statements say is below it."""
        return self.graph.instances(self.graph.number(term(name)))

    def members(self, name: str) -> frozenset[int]:
        """What `of_class` has, to look nodes up in."""
        known = self._members.get(name)
        if known is None:
            known = self._members[name] = frozenset(self.of_class(name))
        return known

    def step(self, name: str) -> Step:
        """Node -> values, for one property."""
        return self.graph.forward(self.graph.number(term(name)))

    def values(self, node: int, name: str) -> Sequence[int]:
        """The values of a property at a node."""
        return self.step(name).get(node, ())

    def literals(self, node: int, name: str) -> list[Literal]:
        """The values of a property at a node that are literals."""
        found = (self.terms[value] for value in self.values(node, name))
        return [value for value in found if isinstance(value, Literal)]

    def iri(self, node: int) -> str:
        """The IRI of a node, or ""."""
        found = self.terms[node]
        return found.value if isinstance(found, NamedNode) else ""

    @cached_property
    def described(self) -> frozenset[int]:
        """The nodes of which anything is said."""
        return frozenset(node for name in self.graph.predicates() for node in self.graph.forward(name))

    @cached_property
    def _above(self) -> dict[int, int]:
        """Blank node -> a node that leads to it: of those with an IRI the first, else any."""
        blank = self.graph.blank_nodes
        found: dict[int, int] = {}
        for name in self.graph.predicates() if blank else ():
            for node, values in self.graph.forward(name).items():
                for value in blank.intersection(values):
                    known = self.iri(found[value]) if value in found else ""
                    if not known or "" < self.iri(node) < known:
                        found[value] = node
        return found

    def address(self, node: int) -> str:
        """The IRI of a node; of a blank one, that of the nearest node with an IRI that leads to it, or ""."""
        seen: set[int] = set()
        while isinstance(self.terms[node], BlankNode) and node not in seen:
            seen.add(node)
            node = self._above.get(node, node)
        return self.iri(node)

"""Which nodes of the data a shape is about.

Spec: SHACL §2.1.3, <https://www.w3.org/TR/shacl/#targets>.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode

from eugraph.shacl.graph import Graph, Term
from eugraph.shacl.shapes_graph import ShapesGraph
from eugraph.vocab import RDF_TYPE, term

Kind = OneOf["node", "class", "subjects-of", "objects-of"]
_IMPLICIT = term("rdfs:Class")
_SHAPES = (term("sh:NodeShape"), term("sh:PropertyShape"))


@dataclass(frozen=True)
class Target:
    """One declaration: what it is about depends on its kind."""

    kind: Kind
    term: Term

    def nodes(self, graph: Graph) -> Iterable[int]:
        """The focus nodes in `graph`, each once."""
        return _NODES[self.kind](graph, graph.number(self.term))

    def covers(self, graph: Graph, node: int) -> bool:
        """Tell whether a node is one of the focus nodes."""
        number = graph.number(self.term)
        if self.kind == "node":
            return node == number
        if self.kind == "class":
            types = graph.forward(graph.number(RDF_TYPE)).get(node, ())
            return not graph.subclasses(number).isdisjoint(types)
        return node in (graph.forward(number) if self.kind == "subjects-of" else graph.backward(number))

    def predicates(self) -> Iterator[NamedNode]:
        """The predicates that decide on what is a target."""
        if self.kind == "class":
            yield RDF_TYPE
            yield term("rdfs:subClassOf")
        elif self.kind != "node":
            assert isinstance(self.term, NamedNode)
            yield self.term


_NODES: dict[Kind, Callable[[Graph, int], Iterable[int]]] = {
    "node": lambda _, number: (number,),
    "class": lambda graph, number: graph.instances(number),
    "subjects-of": lambda graph, number: graph.forward(number),
    "objects-of": lambda graph, number: graph.backward(number),
}
_DECLARED: dict[str, tuple[Kind, str]] = {
    "sh:targetNode": ("node", "2.1.3.1"),
    "sh:targetClass": ("class", "2.1.3.2"),
    "sh:targetSubjectsOf": ("subjects-of", "2.1.3.4"),
    "sh:targetObjectsOf": ("objects-of", "2.1.3.5"),
}


def compile_targets(shapes: ShapesGraph, node: Term) -> Iterator[Target]:
    """Read the targets of a shape, the implicit one (§2.1.3.3) among them.

    Raises:
        ShapesError: what is named is not of the kind that the declaration needs.
    """
    for name, (kind, clause) in _DECLARED.items():
        for value in shapes.values(node, name):
            is_literal = kind == "node" and isinstance(value, Literal)
            yield Target(kind, value if is_literal else shapes.iri(node, name, value, clause))
    is_shape = isinstance(node, NamedNode) and any(shapes.is_a(node, kind) for kind in _SHAPES)
    if is_shape and shapes.is_a(node, _IMPLICIT):
        yield Target("class", node)

"""One validation: shapes over a graph, with what is already known of nodes kept.

Spec: SHACL §3.4, <https://www.w3.org/TR/shacl/#validation>.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from pyoxigraph import Literal, Store

from eugraph.rdf.values import Value, value_of
from eugraph.shacl.component import Values
from eugraph.shacl.graph import Graph
from eugraph.shacl.path import Predicate
from eugraph.shacl.result import Result
from eugraph.shacl.shape import Shape
from eugraph.shacl.shapes_graph import ShapesGraph


class Run:
    """What constraint components need while they look at data."""

    def __init__(self, graph: Graph, shapes_graph: ShapesGraph) -> None:
        """Take the data graph, and the shapes graph for queries that read it."""
        self.graph = graph
        self.shapes_graph = shapes_graph
        self.store: Store | None = None  # the whole graph, for queries that nothing less can answer
        self._values: dict[int, Value | None] = {}
        self._conforms: dict[int, dict[int, bool]] = {}  # of a shape -> node -> verdict

    def value(self, node: int) -> Value | None:
        """What a literal stands for, as far as it can be compared; None for other nodes."""
        if node not in self._values:
            it = self.graph.terms[node]
            self._values[node] = value_of(it) if isinstance(it, Literal) else None
        return self._values[node]

    def values(self, shape: Shape, nodes: Collection[int]) -> Values:
        """The value nodes of a shape at focus nodes. Spec: <https://www.w3.org/TR/shacl/#value-nodes>."""
        if shape.path is None:
            return Values({node: (node,) for node in nodes})
        if isinstance(shape.path, Predicate):  # most are, and a look into the index is quicker than a call
            said = self.graph.forward(self.graph.number(shape.path.iri))
            return Values({node: said.get(node, ()) for node in nodes})
        follow = shape.path.follow(self.graph)
        return Values({node: follow(node) for node in nodes})

    def results(self, shape: Shape, nodes: Collection[int]) -> Iterator[tuple[int, Result]]:
        """Yield the results of a shape at focus nodes, each with the one of these that it comes from.

        The result's own focus node is another one where a property shape stands in a property shape.
        """
        if shape.deactivated or not nodes:
            return
        values = self.values(shape, nodes)
        for component in shape.components:
            yield from component.results(self, shape, values)

    def failing(self, shape: Shape, nodes: Collection[int]) -> set[int]:
        """Return the nodes that do not conform to a shape."""
        if shape.deactivated or not nodes:
            return set()
        known = self._conforms.setdefault(id(shape), {})
        fresh = [node for node in nodes if node not in known]
        if fresh:
            values = self.values(shape, fresh)
            wrong: set[int] = set()
            for component in shape.components:
                wrong |= component.failing(self, shape, values)
            known.update((node, node not in wrong) for node in fresh)
        return {node for node in nodes if not known[node]}

    def reasons(self, shape: Shape, nodes: Collection[int]) -> Mapping[int, tuple[Result, ...]]:
        """Say for each node that does not conform to a shape which results it has, in a fixed order."""
        found: dict[int, list[Result]] = {}
        for node, result in self.results(shape, self.failing(shape, nodes)):
            found.setdefault(node, []).append(result)
        return {node: tuple(sorted(results, key=Result.sort_key)) for node, results in found.items()}

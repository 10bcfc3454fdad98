"""One validation: shapes over a graph, with what is already known of nodes kept.

Spec: SHACL §3.4, <https://www.w3.org/TR/shacl/#validation>.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Store

from eugraph.rdf.lexical import lexical_space
from eugraph.rdf.values import Value, reader, value_of
from eugraph.shacl.component import Values
from eugraph.shacl.graph import Graph
from eugraph.shacl.path import Predicate
from eugraph.shacl.result import Result
from eugraph.shacl.shape import Shape
from eugraph.shacl.shapes_graph import ShapesGraph

_AT_ONCE = 5_000  # focus nodes: what is worked out of them stays near the processor, and takes no room that grows


class Run:
    """What constraint components need while they look at data."""

    def __init__(self, graph: Graph, shapes_graph: ShapesGraph) -> None:
        """Take the data graph, and the shapes graph for queries that read it."""
        self.graph = graph
        self.shapes_graph = shapes_graph
        self.store: Store | None = None  # the whole graph, for queries that nothing less can answer
        self._literals: dict[NamedNode, set[int]] = {}  # of a datatype: nodes known to be well-formed literals of it
        self._values: dict[int, Value | None] = {}
        self._verdicts: dict[int, tuple[set[int], set[int]]] = {}  # of a shape: nodes looked at, those that fail

    def well_formed(self, nodes: set[int], datatype: NamedNode) -> set[int]:
        """Return those of the nodes that are well-formed literals of a datatype."""
        terms, is_in = self.graph.terms, lexical_space(datatype.value)
        found = {
            node
            for node in nodes
            if isinstance(it := terms[node], Literal) and it.datatype == datatype and is_in(it.value)
        }
        known = self._literals.setdefault(datatype, found)
        if known is not found:
            known |= found
        return found

    def literal_values(self, nodes: set[int]) -> Mapping[int, Value | None]:
        """Return what nodes stand for, as far as they are literals that can be compared, and None for others.

        Those that were found to be well-formed are not looked at for that again.
        """
        known, terms = self._values, self.graph.terms
        left = nodes.difference(known)
        for datatype, literals in self._literals.items():
            read = reader(datatype.value)
            if read and (these := left & literals):
                known.update(zip(these, map(read, [terms[node].value for node in these]), strict=True))
                left -= these
        for node in left:
            it = terms[node]
            known[node] = value_of(it) if isinstance(it, Literal) else None
        return known

    def values(self, shape: Shape, nodes: Collection[int]) -> Values:
        """The value nodes of a shape at focus nodes. Spec: <https://www.w3.org/TR/shacl/#value-nodes>."""
        if shape.path is None:
            return Values(nodes)
        if isinstance(shape.path, Predicate):  # most are
            said = shape.path.step(self.graph)
            return Values(nodes, {node: said.get(node, ()) for node in nodes})
        follow = shape.path.follow(self.graph)
        return Values(nodes, {node: follow(node) for node in nodes})

    def results(self, shape: Shape, nodes: Collection[int]) -> Iterator[tuple[int, Result]]:
        """Yield the results of a shape at focus nodes, each with the one of these that it comes from.

        The result's own focus node is another one where a property shape stands in a property shape.
        """
        if shape.deactivated:
            return
        waiting = list(nodes)
        for start in range(0, len(waiting), _AT_ONCE):
            values = self.values(shape, waiting[start : start + _AT_ONCE])
            for component in shape.components:
                yield from component.results(self, shape, values)

    def failing(self, shape: Shape, nodes: set[int]) -> set[int]:
        """Return the nodes that do not conform to a shape."""
        if shape.deactivated or not nodes:
            return set()
        known, wrong = self._verdicts.setdefault(id(shape), (set(), set()))
        fresh = nodes - known
        if fresh:
            values = self.values(shape, fresh)
            for component in shape.components:
                wrong |= component.failing(self, shape, values)
            known |= fresh
        return nodes & wrong

    def reasons(self, shape: Shape, nodes: Collection[int]) -> Mapping[int, tuple[Result, ...]]:
        """Say for each node that does not conform to a shape which results it has, in a fixed order."""
        found: dict[int, list[Result]] = {}
        for node, result in self.results(shape, self.failing(shape, set(nodes))):
            found.setdefault(node, []).append(result)
        return {node: tuple(sorted(results, key=Result.sort_key)) for node, results in found.items()}

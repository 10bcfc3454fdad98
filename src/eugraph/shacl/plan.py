"""From a shapes graph to a plan: every shape read once, checked, and linked to the shapes that it asks.

Spec: SHACL §3.1, <https://www.w3.org/TR/shacl/#shapes-graph>; §3.3, <https://www.w3.org/TR/shacl/#syntax-rules>.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad, Triple

from eugraph.rdf.collecting import without_collecting
from eugraph.shacl.components.cardinality import compile_cardinality
from eugraph.shacl.components.logical import compile_logical
from eugraph.shacl.components.other import compile_other
from eugraph.shacl.components.property_pair import compile_property_pair
from eugraph.shacl.components.shape_based import compile_shape_based
from eugraph.shacl.components.string_based import compile_string_based
from eugraph.shacl.components.value_range import compile_value_range
from eugraph.shacl.components.value_type import compile_value_type
from eugraph.shacl.graph import Graph, Term
from eugraph.shacl.path import compile_path
from eugraph.shacl.result import Result
from eugraph.shacl.run import Run
from eugraph.shacl.shape import Shape
from eugraph.shacl.shapes_graph import Locate, ShapesGraph, english_first
from eugraph.shacl.sparql.constraint import compile_sparql
from eugraph.shacl.sparql.custom import compile_custom, declarations
from eugraph.shacl.target import compile_targets
from eugraph.vocab import shorten, term

_DEEPEST = 60  # shapes in shapes
_TARGETS = tuple(f"target{kind}" for kind in ("Class", "Node", "ObjectsOf", "SubjectsOf"))
_KINDS = (term("sh:NodeShape"), term("sh:PropertyShape"))
_OF_SHAPES = frozenset(
    term(f"sh:{name}").value for name in (*_TARGETS, "property", "node", "and", "or", "xone", "not", "sparql")
)
_BEYOND = {
    term(f"sh:{name}"): what
    for name, what in (
        ("rule", "a rule"),
        ("target", "a target that is a query"),
        ("expression", "an expression"),
        ("js", "JavaScript"),
        ("jsFunctionName", "JavaScript"),
        ("values", "derived values"),
    )
}


@dataclass(frozen=True)
class Plan:
    """Shapes that are ready to run."""

    shapes: tuple[Shape, ...]  # those with a target
    shapes_graph: ShapesGraph

    @cached_property
    def predicates(self) -> frozenset[NamedNode] | None:
        """The predicates whose statements decide on results; None for all."""
        found: set[NamedNode] = set()
        for shape in self.shapes:
            read = shape.predicates()
            if read is None:
                return None
            found |= read
        return frozenset(found)

    def graph(self, statements: Iterable[Quad | Triple]) -> Graph:
        """Return the data graph with what the plan reads of it."""
        return Graph(statements, self.predicates)

    def run(self, graph: Graph) -> list[Result]:
        """Validate a graph, and return the results in a fixed order."""
        run = Run(graph, self.shapes_graph)
        results: list[Result] = []
        with without_collecting():
            for shape in self.shapes:
                results += (result for _, result in run.results(shape, self.focus_nodes(shape, graph)))
        return sorted(results, key=Result.sort_key)

    @staticmethod
    def focus_nodes(shape: Shape, graph: Graph) -> dict[int, None]:
        """The nodes that a shape's targets name, each once. Spec: <https://www.w3.org/TR/shacl/#targets>."""
        return dict.fromkeys(node for target in shape.targets for node in target.nodes(graph))


def compile_shapes(statements: Iterable[Quad | Triple], locate: Locate = lambda _: "") -> Plan:
    """Read a shapes graph.

    Args:
        statements: the shapes graph. `owl:imports` in it is a statement like any other: nothing is fetched.
        locate: says where the description of a shape stands, as "file:line:column", for messages.

    Raises:
        ShapesError: a shape is ill-formed, leads back to itself, or asks for what this engine does not do.
    """
    compiler = _Compiler(ShapesGraph(statements, locate))
    return Plan(tuple(compiler.shapes()), compiler.graph)


def beyond(statements: Iterable[Quad | Triple]) -> list[str]:
    """Say what shapes ask for that is no part of SHACL Core or SHACL-SPARQL, such as "a rule (sh:rule)".

    Spec: SHACL Advanced Features, <https://www.w3.org/TR/shacl-af/>.
    """
    used = {predicate for _, predicate, *_ in statements} & _BEYOND.keys()
    return sorted(f"{_BEYOND[predicate]} ({shorten(predicate.value)})" for predicate in used)


class _Compiler:
    def __init__(self, graph: ShapesGraph) -> None:
        self.graph = graph
        self._declared = declarations(graph)
        self._shapes: dict[Term, Shape] = {}
        self._open: list[Term] = []  # being read now, outermost first

    def shapes(self) -> Iterator[Shape]:
        """Read all shapes, and yield those with a target, in the order of their names."""
        self._refuse_entailment()
        for node in sorted((node for node in self.graph.subjects() if self._is_shape(node)), key=str):
            shape = self._shape(node)
            if shape.targets:
                yield shape

    def _refuse_entailment(self) -> None:
        for node in self.graph.subjects():
            for value in self.graph.values(node, "sh:entailment"):
                fault = f"sh:entailment asks for {value}, which is not derived here"
                raise self.graph.fault(node, fault, "Derive it before, or take it out.", "3.2")

    def _is_shape(self, node: Term) -> bool:
        said = self.graph.predicates(node)
        return not said.isdisjoint(_OF_SHAPES) or any(self.graph.is_a(node, kind) for kind in _KINDS)

    def _shape(self, node: Term) -> Shape:
        if node in self._shapes:
            return self._shapes[node]
        if node in self._open:
            circle = [*self._open[self._open.index(node) :], node]
            names = " -> ".join(dict.fromkeys(self.graph.name(each) for each in circle))
            fault = f"it leads back to itself ({names})"
            raise self.graph.fault(node, fault, "Break the circle: what it means is not defined.", "3.4.3")
        if len(self._open) > _DEEPEST:
            fault = f"shapes are nested more than {_DEEPEST} deep"
            raise self.graph.fault(self._open[0], fault, "Name inner shapes and flatten them.", "2")
        self._open.append(node)
        shape = self._read(node)
        self._open.pop()
        self._shapes[node] = shape
        return shape

    def _read(self, node: Term) -> Shape:
        graph = self.graph
        paths = graph.values(node, "sh:path")
        if len(paths) > 1 or (not paths and graph.is_a(node, _KINDS[1])):
            raise graph.fault(node, f"it has {len(paths)} times sh:path", "Give it exactly one.", "2.3")
        path = compile_path(graph, node, paths[0]) if paths else None
        severity = graph.one(node, "sh:severity", "2.1.4")
        messages = [text for text in graph.values(node, "sh:message") if isinstance(text, Literal)]
        shape = Shape(
            node=node,
            path=path,
            targets=tuple(compile_targets(graph, node)),
            severity=term("sh:Violation") if severity is None else graph.iri(node, "sh:severity", severity, "2.1.4"),
            messages=tuple(english_first(messages)),
            deactivated=graph.flag(node, "sh:deactivated", "2.1.6"),
        )
        shape.components += [
            *compile_value_type(graph, node),
            *compile_cardinality(graph, node),
            *compile_value_range(graph, node),
            *compile_string_based(graph, node),
            *compile_property_pair(graph, node),
            *compile_logical(graph, node, self._other),
            *compile_shape_based(graph, node, self._other),
            *compile_other(graph, node),
            *compile_sparql(graph, node, path),
            *compile_custom(graph, self._declared, node, path),
        ]
        return shape

    def _other(self, node: Term, name: str, inner: Term, clause: str) -> Shape:
        if isinstance(inner, Literal):
            raise self.graph.fault(node, f"{name} leads to the text {inner}", "Name a shape.", clause)
        return self._shape(inner)

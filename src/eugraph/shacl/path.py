"""Property paths: how they are written in shapes, followed in data, put into SPARQL and shown.

Spec: SHACL §2.3.1, <https://www.w3.org/TR/shacl/#property-paths>.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, Triple

from eugraph.shacl.graph import Graph, Step, Term
from eugraph.shacl.shapes_graph import ShapesGraph
from eugraph.vocab import term

Follow = Callable[[int], Sequence[int]]

_CLAUSE = "2.3.1"
_DEEPEST = 100  # steps in steps


class Path(ABC):
    """A way from a node to its values."""

    @abstractmethod
    def follow(self, graph: Graph, *, back: bool = False) -> Follow:
        """Return what leads from a node to the nodes at the other end, each once; `back` goes from end to start."""

    @abstractmethod
    def predicates(self) -> Iterator[NamedNode]:
        """All predicates on the way."""

    @abstractmethod
    def may_stay(self) -> bool:
        """Tell whether it leads from every node to that node itself, without a step."""

    @abstractmethod
    def sparql(self) -> str:
        """The path as SPARQL writes it. Spec: SPARQL 1.1 §9.1, <https://www.w3.org/TR/sparql11-query/#pp-language>."""

    @abstractmethod
    def triples(self, blank: Callable[[], BlankNode]) -> tuple[Term, list[Triple]]:
        """The path as SHACL writes it: its node and the statements on it."""

    def values(self, graph: Graph, node: Term) -> list[Term]:
        """The nodes that it leads to from a node of the data."""
        return [graph.terms[number] for number in self.follow(graph)(graph.number(node))]

    def __str__(self) -> str:
        return self.sparql()


@dataclass(frozen=True)
class Predicate(Path):
    """One step along a property."""

    iri: NamedNode

    def follow(self, graph: Graph, *, back: bool = False) -> Follow:
        """See `Path.follow`."""
        step = self.step(graph, back=back)
        return lambda node: step.get(node, ())

    def step(self, graph: Graph, *, back: bool = False) -> Step:
        """Return the index that `follow` looks into: a look at many nodes is quicker than calls."""
        number = graph.number(self.iri)
        return graph.backward(number) if back else graph.forward(number)

    def predicates(self) -> Iterator[NamedNode]:
        """See `Path.predicates`."""
        yield self.iri

    def may_stay(self) -> bool:
        """See `Path.may_stay`."""
        return False

    def sparql(self) -> str:
        """See `Path.sparql`."""
        return str(self.iri)

    def triples(self, blank: Callable[[], BlankNode]) -> tuple[Term, list[Triple]]:  # noqa: ARG002 - needs none
        """See `Path.triples`."""
        return self.iri, []


@dataclass(frozen=True)
class Inverse(Path):
    """A path from its end to its start."""

    path: Path

    def follow(self, graph: Graph, *, back: bool = False) -> Follow:
        """See `Path.follow`."""
        return self.path.follow(graph, back=not back)

    def predicates(self) -> Iterator[NamedNode]:
        """See `Path.predicates`."""
        return self.path.predicates()

    def may_stay(self) -> bool:
        """See `Path.may_stay`."""
        return self.path.may_stay()

    def sparql(self) -> str:
        """See `Path.sparql`."""
        return f"^{_grouped(self.path)}"

    def triples(self, blank: Callable[[], BlankNode]) -> tuple[Term, list[Triple]]:
        """See `Path.triples`."""
        return _with_one(self.path, "sh:inversePath", blank)


@dataclass(frozen=True)
class Chain(Path):
    """Paths one after the other."""

    paths: tuple[Path, ...]

    def follow(self, graph: Graph, *, back: bool = False) -> Follow:
        """See `Path.follow`."""
        steps = [path.follow(graph, back=back) for path in (reversed(self.paths) if back else self.paths)]

        def along(node: int) -> Sequence[int]:
            reached: Sequence[int] = (node,)
            for step in steps:
                if len(reached) == 1:  # mostly; and what a step gives is each once
                    reached = step(reached[0])
                else:
                    reached = list(dict.fromkeys(value for at in reached for value in step(at)))
                if not reached:
                    break
            return reached

        return along

    def predicates(self) -> Iterator[NamedNode]:
        """See `Path.predicates`."""
        return (predicate for path in self.paths for predicate in path.predicates())

    def may_stay(self) -> bool:
        """See `Path.may_stay`."""
        return all(path.may_stay() for path in self.paths)

    def sparql(self) -> str:
        """See `Path.sparql`."""
        return "/".join(_grouped(path) for path in self.paths)

    def triples(self, blank: Callable[[], BlankNode]) -> tuple[Term, list[Triple]]:
        """See `Path.triples`."""
        return _as_list(self.paths, blank)


@dataclass(frozen=True)
class Alternative(Path):
    """One path or another."""

    paths: tuple[Path, ...]

    def follow(self, graph: Graph, *, back: bool = False) -> Follow:
        """See `Path.follow`."""
        ways = [path.follow(graph, back=back) for path in self.paths]

        def either(node: int) -> Sequence[int]:
            reached = [value for way in ways for value in way(node)]
            return reached if len(reached) < 2 else list(dict.fromkeys(reached))

        return either

    def predicates(self) -> Iterator[NamedNode]:
        """See `Path.predicates`."""
        return (predicate for path in self.paths for predicate in path.predicates())

    def may_stay(self) -> bool:
        """See `Path.may_stay`."""
        return any(path.may_stay() for path in self.paths)

    def sparql(self) -> str:
        """See `Path.sparql`."""
        return "|".join(_grouped(path) for path in self.paths)

    def triples(self, blank: Callable[[], BlankNode]) -> tuple[Term, list[Triple]]:
        """See `Path.triples`."""
        head, triples = _as_list(self.paths, blank)
        node = blank()
        return node, [Triple(node, term("sh:alternativePath"), head), *triples]


@dataclass(frozen=True)
class Repeated(Path):
    """A path as often as it leads on."""

    path: Path
    at_least: int  # 0 or 1
    at_most_once: bool = False

    def follow(self, graph: Graph, *, back: bool = False) -> Follow:
        """See `Path.follow`."""
        step = self.path.follow(graph, back=back)

        def once(node: int) -> Sequence[int]:
            return list(dict.fromkeys((node, *step(node))))

        def often(node: int) -> Sequence[int]:
            found = {} if self.at_least else {node: None}
            waiting = [node]
            while waiting:
                for value in step(waiting.pop()):
                    if value not in found:
                        found[value] = None
                        waiting.append(value)
            return list(found)

        return once if self.at_most_once else often

    def predicates(self) -> Iterator[NamedNode]:
        """See `Path.predicates`."""
        return self.path.predicates()

    def may_stay(self) -> bool:
        """See `Path.may_stay`."""
        return self.at_least == 0 or self.path.may_stay()

    def sparql(self) -> str:
        """See `Path.sparql`."""
        return _grouped(self.path) + ("?" if self.at_most_once else "+" if self.at_least else "*")

    def triples(self, blank: Callable[[], BlankNode]) -> tuple[Term, list[Triple]]:
        """See `Path.triples`."""
        name = "zeroOrOnePath" if self.at_most_once else "oneOrMorePath" if self.at_least else "zeroOrMorePath"
        return _with_one(self.path, f"sh:{name}", blank)


def _grouped(path: Path) -> str:
    return path.sparql() if isinstance(path, Predicate) else f"({path.sparql()})"


def _with_one(path: Path, name: str, blank: Callable[[], BlankNode]) -> tuple[Term, list[Triple]]:
    inner, triples = path.triples(blank)
    node = blank()
    return node, [Triple(node, term(name), inner), *triples]


def _as_list(paths: Sequence[Path], blank: Callable[[], BlankNode]) -> tuple[Term, list[Triple]]:
    head: Term = term("rdf:nil")
    triples: list[Triple] = []
    for path in reversed(paths):
        item, more = path.triples(blank)
        node = blank()
        triples += [Triple(node, term("rdf:first"), item), Triple(node, term("rdf:rest"), head), *more]
        head = node
    return head, triples


def compile_path(shapes: ShapesGraph, shape: Term, node: Term, depth: int = 0) -> Path:
    """Read the path that a node of the shapes graph describes.

    Raises:
        ShapesError: it is no path, or leads back into itself.
    """
    if isinstance(node, NamedNode) and not shapes.is_list(node):
        return Predicate(node)
    if depth > _DEEPEST:
        fault = "its sh:path leads back into itself, or is nested too deep"
        raise shapes.fault(shape, fault, "Write the path without a circle.", _CLAUSE)
    if isinstance(node, BlankNode):
        if shapes.is_list(node):
            return Chain(_members(shapes, shape, "sh:path", node, depth))
        for inner in shapes.values(node, "sh:alternativePath"):
            return Alternative(_members(shapes, shape, "sh:alternativePath", inner, depth))
        for inner in shapes.values(node, "sh:inversePath"):
            return Inverse(compile_path(shapes, shape, inner, depth + 1))
        for name, (at_least, at_most_once) in _REPEATED.items():
            for inner in shapes.values(node, name):
                return Repeated(compile_path(shapes, shape, inner, depth + 1), at_least, at_most_once)
    fault = f"sh:path is {node}" if not isinstance(node, BlankNode) else "sh:path is a node that says no path"
    raise shapes.fault(
        shape, fault, "Name a property, a list of paths, or one of sh:inversePath and its kind.", _CLAUSE
    )


_REPEATED = {
    "sh:zeroOrMorePath": (0, False),
    "sh:oneOrMorePath": (1, False),
    "sh:zeroOrOnePath": (0, True),
}


def _members(shapes: ShapesGraph, shape: Term, name: str, head: Term, depth: int) -> tuple[Path, ...]:
    items = shapes.items(shape, name, head, _CLAUSE)
    if len(items) < 2:
        raise shapes.fault(shape, f"{name} has a list of {len(items)}", "Write two paths or more.", _CLAUSE)
    return tuple(compile_path(shapes, shape, item, depth + 1) for item in items)

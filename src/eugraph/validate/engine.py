"""Which engine runs the shapes: our own, or pySHACL where shapes ask for more than SHACL Core and SHACL-SPARQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import Quad

from eugraph.errors import ShapesError
from eugraph.shacl import Graph, Result, beyond, compile_shapes
from eugraph.shacl.graph import Term
from eugraph.shacl.path import Path
from eugraph.shacl.shapes_graph import Locate


class Engine(StrEnum):
    """Who runs the shapes."""

    AUTO = "auto"  # ours, or pySHACL for what is beyond it
    COMPILED = "compiled"  # ours
    PYSHACL = "pyshacl"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The results, and what a reader should know of how they came about."""

    results: Sequence[Result]
    notes: tuple[str, ...] = ()
    graph: Graph | None = None  # the data as our engine saw it

    @property
    def values(self) -> Callable[[Term, Path], list[Term]] | None:
        """The values of a path at a node of the data; None where they are not at hand."""
        graph = self.graph
        return None if graph is None else lambda node, path: path.values(graph, node)


def run_shapes(
    data: Iterable[Quad], shapes: Sequence[Quad], *, engine: Engine = Engine.AUTO, locate: Locate = lambda _: ""
) -> Outcome:
    """Validate statements.

    Args:
        data: the data graph, with the class hierarchy that it needs.
        shapes: the shapes graph.
        engine: who runs the shapes.
        locate: says where a shape stands, for messages.

    Raises:
        ShapesError: the shapes cannot be run, or not by this engine.
    """
    more = beyond(shapes)
    if engine == Engine.PYSHACL or (engine == Engine.AUTO and more):
        from eugraph.validate.reference import run  # pySHACL and rdflib load slowly

        results = run((quad.triple for quad in data), (quad.triple for quad in shapes), advanced=bool(more))
        said = (f"the shapes ask for {', '.join(more)}, so pySHACL ran them",) if more else ()
        return Outcome(results, said)
    if more:
        raise ShapesError(
            f"the shapes ask for {', '.join(more)}, which is beyond SHACL Core and SHACL-SPARQL. Use --engine pyshacl."
        )
    plan = compile_shapes(shapes, locate)
    graph = plan.graph(data)
    return Outcome(plan.run(graph), graph=graph)

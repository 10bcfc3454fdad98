"""Which nodes break a constraint or a shape, as an expression, where that takes no more than to look at them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pyoxigraph import Literal

from eugraph.shacl.component import Component, ValueComponent
from eugraph.shacl.components.logical import And, Not, Or, Xone
from eugraph.shacl.components.other import HasValue
from eugraph.shacl.components.shape_based import Node
from eugraph.shacl.graph import Graph, Term
from eugraph.shacl.remote.condition import condition, is_term
from eugraph.shacl.remote.endpoint import Endpoint
from eugraph.shacl.remote.scope import Nodes
from eugraph.shacl.run import Run
from eugraph.shacl.shape import Shape
from eugraph.shacl.shapes_graph import ShapesGraph

SELDOM = "values of a form that is seldom"  # what an answer holds that tells what is in doubt


def wrong(component: Component, nodes: Nodes, endpoint: Endpoint, *, settled: bool) -> str:
    """An expression that is true where a node breaks a constraint that looks at nothing but it.

    Args:
        component: the constraint, for which there is a `condition`.
        nodes: which nodes are asked of.
        endpoint: where they are.
        settled: judge here what the expression leaves in doubt; else it is true for that too.
    """
    told = condition(component, nodes.variable)
    assert told is not None, component
    if not settled or told.doubt is None:
        return f"!({told.right})"
    assert isinstance(component, ValueComponent)
    rows = endpoint.rows([nodes.variable], f"{nodes.group} FILTER({told.doubt})", SELDOM)
    literals = [row[0] for row in rows if isinstance(row[0], Literal)]
    right = right_of(component, literals)
    return f"!({told.right})" + _beside(nodes.variable, right)


def right_of(component: ValueComponent, terms: Collection[Term | None]) -> set[Literal]:
    """Those literals among the terms that do not break a constraint that looks at nothing but them."""
    run = Run(Graph(()), ShapesGraph(()))
    numbers = {run.graph.number(node) for node in terms if isinstance(node, Literal)}
    found = (run.graph.terms[number] for number in numbers - set(component.wrong(run, numbers)))
    return {node for node in found if isinstance(node, Literal)}


def _beside(variable: str, right: Collection[Literal]) -> str:
    """The end of an expression that is not true of some literals."""
    if not right:
        return ""
    texts = ", ".join(sorted(str(Literal(f"{node.datatype.value} {node.value}")) for node in right))
    return f' && !(COALESCE(CONCAT(STR(DATATYPE({variable})), " ", STR({variable})) IN ({texts}), false))'


def plain(shape: Shape) -> bool:
    """Tell whether an expression alone says which nodes fail a shape."""
    return shape.deactivated or (shape.path is None and all(map(_plain, shape.components)))


def _plain(component: Component) -> bool:
    if isinstance(component, (And, Not, Or, Xone, Node)):
        return all(map(plain, component.nested()))
    return isinstance(component, HasValue) or condition(component, "?any") is not None


def fails(shape: Shape, nodes: Nodes, endpoint: Endpoint) -> str:
    """An expression that is true of those nodes that fail a plain shape."""
    if shape.deactivated:
        return "false"
    return _any(breaks(component, nodes, endpoint) for component in shape.components)


def breaks(component: Component, nodes: Nodes, endpoint: Endpoint) -> str:
    """An expression that is true of those nodes that break a constraint which asks plain shapes, or none."""
    if isinstance(component, HasValue):
        return f"!({is_term(nodes.variable, component.value)})"
    if not isinstance(component, (And, Not, Or, Xone, Node)):
        return wrong(component, nodes, endpoint, settled=True)
    parts = [fails(shape, nodes, endpoint) for shape in component.nested()]
    if isinstance(component, Not):
        return f"!({parts[0]})"
    if isinstance(component, Xone):
        return f"({' + '.join(f'IF({part}, 0, 1)' for part in parts)}) != 1"
    return _any(parts) if isinstance(component, (And, Node)) else " && ".join(f"({part})" for part in parts)


def _any(parts: Iterable[str]) -> str:
    return " || ".join(f"({part})" for part in parts) or "false"

"""The faults of a constraint as a group that binds the focus node, the value and whatever else tells faults apart.

A module a family of components, as among the components themselves; this one holds what they share.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import singledispatch

from pyoxigraph import BlankNode, Literal, NamedNode

from eugraph.shacl.component import Component, ValueComponent
from eugraph.shacl.graph import Graph
from eugraph.shacl.remote.condition import condition
from eugraph.shacl.remote.endpoint import Endpoint
from eugraph.shacl.remote.scope import Nodes, Scope
from eugraph.shacl.run import Run
from eugraph.shacl.shape import Shape
from eugraph.shacl.shapes_graph import ShapesGraph

_LONGEST = 20_000  # characters of a group that may stand within another one
_MOST_LISTED = 500  # nodes that are named in its place


@dataclass(frozen=True, slots=True)
class Faults:
    """What binds the variables of faults; each row of them is one fault."""

    group: str
    value: str | None = None  # the variable of the value that a result names; None for none
    path: str | None = None  # that of the property, where it is not the shape's path
    others: tuple[str, ...] = ()  # more variables: faults that differ in them are several


@singledispatch
def faults(component: Component, scope: Scope) -> Faults | None:
    """Return the faults of a constraint within a scope; None where there can be none.

    Raises:
        ShapesError: an endpoint cannot be asked for them.
    """
    assert isinstance(component, ValueComponent), component
    return where(scope, wrong(component, scope.nodes, scope.endpoint, settled=scope.settled))


def where(scope: Scope, expression: str) -> Faults:
    """The values of which an expression is true."""
    return Faults(f"{scope.values} FILTER({expression})", scope.value)


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
    what = "values of a form that is seldom"
    rows = endpoint.rows([nodes.variable], f"{nodes.group} FILTER({told.doubt})", what)
    literals = [row[0] for row in rows if isinstance(row[0], Literal)]
    right = right_of(component, literals)
    return f"!({told.right})" + beside(nodes.variable, right)


def right_of(component: ValueComponent, terms: Collection[NamedNode | BlankNode | Literal | None]) -> set[Literal]:
    """Those literals among the terms that do not break a constraint that looks at nothing but them."""
    run = Run(Graph(()), ShapesGraph(()))
    numbers = {run.graph.number(node) for node in terms if isinstance(node, Literal)}
    found = (run.graph.terms[number] for number in numbers - set(component.wrong(run, numbers)))
    return {node for node in found if isinstance(node, Literal)}


def beside(variable: str, right: Collection[Literal]) -> str:
    """The end of an expression that is not true of some literals."""
    if not right:
        return ""
    texts = ", ".join(sorted(str(Literal(f"{node.datatype.value} {node.value}")) for node in right))
    return f' && !(COALESCE(CONCAT(STR(DATATYPE({variable})), " ", STR({variable})) IN ({texts}), false))'


def failing(shape: Shape, nodes: Nodes, endpoint: Endpoint) -> str | None:
    """Return a group that binds the variable to those nodes that do not conform to a shape, and binds no other.

    None where all conform, whatever the data.
    """
    if shape.deactivated or not shape.components:
        return None
    scope = Scope.of(shape, endpoint, nodes, settled=True)
    groups = [found.group for component in shape.components if (found := faults(component, scope))]
    if not groups:
        return None
    whole = Nodes(nodes.variable, " UNION ".join(f"{{ {group} }}" for group in groups))
    return _shortened(whole, endpoint).selected


def _shortened(nodes: Nodes, endpoint: Endpoint) -> Nodes:
    """Name the nodes themselves where the group is long and they are few."""
    if len(nodes.group) <= _LONGEST:
        return nodes
    rows = endpoint.some(nodes.variable, nodes.group, _MOST_LISTED)
    if rows is None or not all(isinstance(node, NamedNode) for node in rows):
        return nodes
    return Nodes.listed(nodes.variable, rows)

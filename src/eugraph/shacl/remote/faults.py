"""The faults of a constraint as a group that binds the focus node, the value and whatever else tells faults apart.

A module a family of components, as among the components themselves; this one holds what they share.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch

from pyoxigraph import NamedNode

from eugraph.shacl.component import Component, ValueComponent
from eugraph.shacl.remote.endpoint import Endpoint
from eugraph.shacl.remote.expression import fails, plain, wrong
from eugraph.shacl.remote.scope import Nodes, Scope
from eugraph.shacl.shape import Shape

_LONG = 5_000  # characters of a group; it comes again for each constraint within it
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
        CannotAskError: an endpoint cannot be asked for them.
    """
    assert isinstance(component, ValueComponent), component
    return where(scope, wrong(component, scope.nodes, scope.endpoint, settled=scope.settled))


def where(scope: Scope, expression: str) -> Faults:
    """The values of which an expression is true."""
    return Faults(f"{scope.values} FILTER({expression})", scope.value)


def failing(shape: Shape, nodes: Nodes, endpoint: Endpoint) -> str | None:
    """Return a group that binds the variable to those nodes that do not conform to a shape, and binds no other.

    None where all conform, whatever the data.
    """
    if shape.deactivated or not shape.components:
        return None
    if plain(shape):
        return Nodes(nodes.variable, f"{nodes.group} FILTER({fails(shape, nodes, endpoint)})").selected
    scope = Scope.of(shape, endpoint, _shortened(nodes, endpoint), settled=True)
    groups = [found.group for component in shape.components if (found := faults(component, scope))]
    if not groups:
        return None
    whole = Nodes(nodes.variable, " UNION ".join(f"{{ {group} }}" for group in groups))
    return _shortened(whole, endpoint).selected


def _shortened(nodes: Nodes, endpoint: Endpoint) -> Nodes:
    """Name the nodes themselves where the group is long and they are few."""
    if len(nodes.group) <= _LONG:
        return nodes
    rows = endpoint.some(nodes.variable, nodes.group, _MOST_LISTED)
    if rows is None or not all(isinstance(node, NamedNode) for node in rows):
        return nodes
    return Nodes.listed(nodes.variable, rows)

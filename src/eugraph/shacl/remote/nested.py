"""Constraints that ask other shapes: nodes that fail a shape are joined with the values, taken from them, or counted.

Spec: SHACL §4.6 and §4.7, <https://www.w3.org/TR/shacl/#core-components-logical>.
"""

from __future__ import annotations

from eugraph.shacl.components.logical import And, Not, Or, Xone
from eugraph.shacl.components.shape_based import Node, Property, Qualified
from eugraph.shacl.remote.core import fewer, more
from eugraph.shacl.remote.expression import breaks, plain
from eugraph.shacl.remote.faults import Faults, failing, faults, where
from eugraph.shacl.remote.scope import Scope


def _breaking(component: And | Not | Or | Xone | Node | Property, scope: Scope) -> Faults | None:
    if all(map(plain, component.nested())) and not isinstance(component, Property):
        return where(scope, breaks(component, scope.nodes, scope.endpoint))
    parts = [failing(shape, scope.nodes, scope.endpoint) for shape in component.nested()]
    known = [part for part in parts if part is not None]
    values = scope.values
    if isinstance(component, Not):
        group = scope.without(values, [scope.value], known[0]) if known else values
    elif isinstance(component, Or):
        if len(known) < len(parts):  # one of them holds whatever the data
            return None
        group = f"{{ {values} }} {' '.join(known)}"
    elif isinstance(component, Xone):
        group = f"{{ {values} }} {_not_one(scope, parts)}"
    elif not known:
        return None
    else:
        group = f"{{ {values} }} {{ {' UNION '.join(known)} }}"
    return Faults(group, scope.value)


def _not_one(scope: Scope, parts: list[str | None]) -> str:
    """The values for which the number of shapes that fail is not all but one."""
    value, number = scope.value, scope.endpoint.fresh("number")
    known = [part for part in parts if part is not None]
    each = " UNION ".join(
        f"{{ {group} BIND({place} AS {number}) }}" for place, group in enumerate([scope.nodes.selected, *known])
    )  # the first for values that fail none
    counted = f"SELECT {value} WHERE {{ {each} }} GROUP BY {value}"
    return f"{{ {counted} HAVING (COUNT(DISTINCT {number}) != {len(parts)}) }}"


for _kind in (And, Not, Or, Xone, Node, Property):
    faults.register(_kind, _breaking)


@faults.register
def _(component: Qualified, scope: Scope) -> Faults | None:
    wrong_ones = failing(component.shape, scope.nodes, scope.endpoint)
    siblings = [failing(shape, scope.nodes, scope.endpoint) for shape in component.siblings]
    counted = f"{{ {scope.without(scope.values, [scope.value], wrong_ones) if wrong_ones else scope.values} }}"
    for sibling in siblings:
        counted += f" {sibling or 'FILTER(false)'}"
    if component.at_most is None:
        return fewer(scope, counted, component.at_least)
    return more(scope, counted, component.at_most)

"""Constraints of SHACL Core that look at other statements of the focus node or of its values.

Spec: SHACL §4, <https://www.w3.org/TR/shacl/#core-components>.
"""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal

from eugraph.rdf.values import compare, value_of
from eugraph.shacl.components.cardinality import MaxCount, MinCount
from eugraph.shacl.components.other import Closed, HasValue
from eugraph.shacl.components.property_pair import Disjoint, Equals, LessThan, LessThanOrEquals
from eugraph.shacl.components.string_based import UniqueLang
from eugraph.shacl.components.value_type import Class
from eugraph.shacl.graph import Term
from eugraph.shacl.path import Predicate
from eugraph.shacl.remote.condition import is_term, ordered_pair
from eugraph.shacl.remote.expression import SELDOM
from eugraph.shacl.remote.faults import Faults, faults
from eugraph.shacl.remote.scope import Scope


@faults.register
def _(component: Class, scope: Scope) -> Faults:
    instances = scope.endpoint.instances(scope.value, component.kind)
    return Faults(scope.without(scope.values, [scope.value], instances), scope.value)


def fewer(scope: Scope, counted: str, least: int) -> Faults | None:
    """The focus nodes for which a group binds the value to fewer nodes."""
    if least <= 0:
        return None
    if least == 1:
        return Faults(scope.without(scope.focus.group, [scope.focus.variable], counted))
    this, number = scope.focus.variable, scope.endpoint.fresh("number")
    counts = f"SELECT {this} (COUNT(DISTINCT {scope.value}) AS {number}) WHERE {{ {counted} }} GROUP BY {this}"
    return Faults(f"{scope.focus.group} OPTIONAL {{ {counts} }} FILTER(!BOUND({number}) || {number} < {least})")


def more(scope: Scope, counted: str, most: int) -> Faults:
    """The focus nodes for which a group binds the value to more nodes."""
    this = scope.focus.variable
    counts = f"SELECT {this} WHERE {{ {counted} }} GROUP BY {this}"
    return Faults(f"{{ {counts} HAVING (COUNT(DISTINCT {scope.value}) > {most}) }}")


@faults.register
def _(component: MinCount, scope: Scope) -> Faults | None:
    return fewer(scope, scope.values, component.count)


@faults.register
def _(component: MaxCount, scope: Scope) -> Faults:
    return more(scope, scope.values, component.count)


@faults.register
def _(component: Equals, scope: Scope) -> Faults:
    this, value, there = scope.focus.variable, scope.value, scope.endpoint.fresh("other")
    here = scope.without(scope.values, [this, value], f"{scope.values} {this} {component.other} {value} .")
    said = f"{scope.focus.group} {this} {component.other} {there} ."
    if this == value:
        only = f"{said} FILTER(!sameTerm({there}, {this}))"
    else:
        only = scope.without(said, [this, there], f"SELECT {this} ({value} AS {there}) WHERE {{ {scope.values} }}")
    return Faults(f"{{ {here} BIND({value} AS {there}) }} UNION {{ {only} }}", there)


@faults.register
def _(component: Disjoint, scope: Scope) -> Faults:
    return Faults(f"{scope.values} {scope.focus.variable} {component.other} {scope.value} .", scope.value)


@faults.register(LessThan)
@faults.register(LessThanOrEquals)
def _(component: LessThan | LessThanOrEquals, scope: Scope) -> Faults:
    value, there = scope.value, scope.endpoint.fresh("other")
    pairs = f"{scope.values} {scope.focus.variable} {component.other} {there} ."
    told = ordered_pair(value, there, "<" if isinstance(component, LessThan) else "<=")
    expression = f"!({told.right})"
    if scope.settled:
        for one, other in scope.endpoint.rows([value, there], f"{pairs} FILTER({told.doubt})", SELDOM):
            if one is not None and other is not None and in_order(component, one, other):
                expression += f" && !({is_term(value, one)} && {is_term(there, other)})"
    return Faults(f"{pairs} FILTER({expression})", value, others=(there,))


def in_order(component: LessThan | LessThanOrEquals, one: Term | None, other: Term | None) -> bool:
    """Tell whether two values are as the constraint wants them."""
    if not isinstance(one, Literal) or not isinstance(other, Literal):
        return False
    return compare(value_of(one), value_of(other)) in component.right


@faults.register
def _(component: UniqueLang, scope: Scope) -> Faults:  # noqa: ARG001 - has no parameter
    this, value, tag = scope.focus.variable, scope.value, scope.endpoint.fresh("tag")
    tagged = f'{scope.values} FILTER(isLiteral({value}) && LANG({value}) != "") BIND(LCASE(LANG({value})) AS {tag})'
    counted = f"SELECT {this} {tag} WHERE {{ {tagged} }} GROUP BY {this} {tag}"
    return Faults(f"{{ {counted} HAVING (COUNT(DISTINCT {value}) > 1) }}", others=(tag,))


@faults.register
def _(component: Closed, scope: Scope) -> Faults:
    way, there = scope.endpoint.fresh("property"), scope.endpoint.fresh("object")
    allowed = ", ".join(sorted(map(str, component.allowed)))
    only = f" FILTER({way} NOT IN ({allowed}))" if allowed else ""
    others = () if scope.value == scope.focus.variable else (scope.value,)
    return Faults(f"{scope.values} {scope.value} {way} {there} .{only}", there, way, others)


@faults.register
def _(component: HasValue, scope: Scope) -> Faults:
    path, wanted = scope.shape.path, component.value
    if isinstance(wanted, BlankNode):  # of the shapes: the data cannot have it
        return Faults(scope.focus.group)
    this = scope.focus.variable
    if path is None:
        return Faults(f"{scope.focus.group} FILTER(!({is_term(this, wanted)}))")
    found = f"{scope.values} FILTER({is_term(scope.value, wanted)})"
    if isinstance(path, Predicate):
        found = f"{this} {path.sparql()} {wanted} ."
    return Faults(scope.without(scope.focus.group, [this], found))

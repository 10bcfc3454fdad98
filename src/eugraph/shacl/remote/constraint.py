"""SPARQL constraints and declared components, asked for all focus nodes at once.

What binds the focus nodes stands at the start of each group of the query that speaks of `$this`, in place of the rows
that are put beside the data where that is at hand.

Spec: SHACL §5 and §6, <https://www.w3.org/TR/shacl/#sparql-constraints>; §5.2.1 and appendix A,
<https://www.w3.org/TR/shacl/#pre-binding>.
"""

from __future__ import annotations

from pyoxigraph import NamedNode

from eugraph.shacl.remote.endpoint import CannotAskError
from eugraph.shacl.remote.faults import Faults, faults
from eugraph.shacl.remote.scope import Scope
from eugraph.shacl.sparql.constraint import SparqlConstraint
from eugraph.shacl.sparql.custom import CustomComponent
from eugraph.shacl.sparql.query import ConstraintQuery
from eugraph.shacl.sparql.whole import without_prefixes

Constraint = SparqlConstraint | CustomComponent


def asked(component: Constraint, scope: Scope) -> str:
    """Return the text of the query for all focus nodes of a scope, without prefixes.

    It returns `this` and, of a component that asks of each value, `value`; of a SELECT whatever that returns.

    Raises:
        CannotAskError: an endpoint cannot be asked it.
    """
    query = component.question.query
    _refuse(query, scope)
    focus, value = scope.focus.variable, scope.value
    own, group = [f"({focus} AS ?this)"], scope.focus.group
    if query.asks:
        own, group = [*own, f"({value} AS ?value)"], scope.values
    binding = f"{{ SELECT DISTINCT {' '.join(own)} WHERE {{ {group} }} }}"
    if "currentShape" in query.variables:
        binding += f" VALUES ?currentShape {{ {scope.shape.node} }}"
    return without_prefixes(query.asked(binding, ("this", "value") if query.asks else ("this",)))


def _refuse(query: ConstraintQuery, scope: Scope) -> None:
    """Refuse what only a query beside the data can do."""
    why = ""
    if query.reads_shapes:
        why = "it reads $shapesGraph, which an endpoint does not hold"
    elif query.one_by_one:
        why = "it has LIMIT or OFFSET, which count the solutions of one focus node, and all are asked at once"
    elif "BASE" in query.words:
        why = "it has BASE, which cannot stand within another query"
    elif "currentShape" in query.variables and not isinstance(scope.shape.node, NamedNode):
        why = "it speaks of $currentShape, and the shape has no IRI"
    elif strange := (set(query.rows) & query.variables) - {"this", "value", "currentShape"}:
        why = f"it speaks of ${min(strange)}, which is a blank node of the shapes"
    if why:
        raise CannotAskError(why)


@faults.register(SparqlConstraint)
@faults.register(CustomComponent)
def _(component: Constraint, scope: Scope) -> Faults:
    focus, value = scope.focus.variable, scope.value
    text = asked(component, scope)
    if component.question.query.asks:  # what it is true of is right
        pairs = f"(?this AS {focus})" if focus == value else f"(?this AS {focus}) (?value AS {value})"
        right = f"SELECT {pairs} WHERE {{ {{ {text} }} }}"
        return Faults(scope.without(f"{{ {scope.values} }}", [focus, value], right), value)
    return Faults(f"{{ SELECT (?this AS {focus}) WHERE {{ {{ {text} }} }} }}")

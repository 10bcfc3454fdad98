"""A validation at an endpoint: queries for the faults of each constraint, and what is behind those of nested shapes.

Spec: SHACL §3.4, <https://www.w3.org/TR/shacl/#validation>.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from eugraph.errors import EndpointFailedError, QuerySyntaxError
from eugraph.rdf.lexical import expected_form
from eugraph.rdf.values import WHOLE
from eugraph.shacl.component import Component, ValueComponent, Violation
from eugraph.shacl.components.logical import And, Or, Xone
from eugraph.shacl.components.property_pair import LessThan, LessThanOrEquals
from eugraph.shacl.components.shape_based import Node, Property, Qualified
from eugraph.shacl.components.value_type import Datatype
from eugraph.shacl.graph import Graph, Term
from eugraph.shacl.path import Path, Predicate
from eugraph.shacl.plan import Plan
from eugraph.shacl.remote import constraint, core, nested  # noqa: F401 - they say what the faults of their components are
from eugraph.shacl.remote.condition import condition
from eugraph.shacl.remote.constraint import Constraint, asked
from eugraph.shacl.remote.core import in_order
from eugraph.shacl.remote.endpoint import CannotAskError, Endpoint, Unasked
from eugraph.shacl.remote.expression import right_of
from eugraph.shacl.remote.faults import Faults, faults
from eugraph.shacl.remote.scope import Nodes, Scope
from eugraph.shacl.remote.target import focus_nodes
from eugraph.shacl.result import Result
from eugraph.shacl.run import Run
from eugraph.shacl.shape import Shape
from eugraph.shacl.sparql.ask import Solution
from eugraph.shacl.sparql.constraint import SparqlConstraint, fill, violation
from eugraph.shacl.sparql.custom import CustomComponent
from eugraph.vocab import shorten, term

_AT_ONCE = 200  # nodes that a query names

Reasons = dict[Term, tuple[Result, ...]]


def run_remote(plan: Plan, endpoint: Endpoint) -> list[Result]:
    """Validate the graph of an endpoint, and return the results in a fixed order.

    Terms are as the endpoint writes them; of a blank node it tells a label of its own. Afterwards `endpoint` knows
    which constraints could not be asked, and what else is to be said.

    Raises:
        ShapesError: the query of a shape reports a failure.
        EndpointError: the endpoint did not answer as it should.
    """
    asking = _Asking(endpoint, plan)
    found = [
        result
        for shape in plan.shapes
        for focus in focus_nodes(shape, endpoint)
        for _, result in asking.results(shape, focus)
    ]
    return sorted(found, key=Result.sort_key)


@dataclass(frozen=True, slots=True)
class _Fault:
    """One fault with its terms."""

    focus: Term
    value: Term | None = None
    path: Path | None = None
    messages: tuple[Literal, ...] = ()


class _Asking:
    def __init__(self, endpoint: Endpoint, plan: Plan) -> None:
        self._endpoint = endpoint
        self._plan = plan

    def results(self, shape: Shape, focus: Nodes) -> Iterator[tuple[Term, Result]]:
        """Yield the results of a shape at focus nodes, each with the node that has it; see `Run.results`."""
        if shape.deactivated:
            return
        scope = Scope.of(shape, self._endpoint, focus, settled=False)
        for component in shape.components:
            if isinstance(component, Property) and shape.path is None:
                yield from self.results(component.shape, focus)
            else:
                yield from self._of(component, scope)

    def _of(self, component: Component, scope: Scope) -> Iterator[tuple[Term, Result]]:
        shape = scope.shape
        try:
            told = faults(component, scope)
            found = self._found(component, scope, told) if told else []
            behind = self._behind(component, told, found) if told and found else {}
            lacking = self._lacking(component, scope, found) if isinstance(component, Qualified) and found else {}
        except (CannotAskError, QuerySyntaxError, EndpointFailedError) as error:
            self._endpoint.unasked[Unasked(shape.node, component.iri, str(error))] = None
            return
        if isinstance(component, Datatype):
            self._note_rewritten(component, found)
        for fault in found:
            if isinstance(component, Property):  # its results are those of the shape that it names
                known = behind.get(fault.value, ()) if fault.value is not None else ()
                yield from ((fault.focus, result) for result in known)
                continue
            result = Result(
                focus=fault.focus,
                path=fault.path or shape.path,
                value=fault.value,
                severity=shape.severity,
                component=component.iri,
                shape=shape.node,
                messages=fault.messages or shape.messages,
                constraint=component.source(),
                details=lacking.get(fault.focus, ()) if fault.value is None else behind.get(fault.value, ()),
                asked=component,
            )
            yield fault.focus, result

    def _found(self, component: Component, scope: Scope, told: Faults) -> list[_Fault]:
        what = f"faults that {shorten(component.iri.value)} finds in {scope.shape.node}"
        if isinstance(component, (SparqlConstraint, CustomComponent)) and not component.question.query.asks:
            return list(self._solutions(component, scope, what))
        variables = dict.fromkeys((scope.focus.variable, told.value, told.path, *told.others))
        columns = [variable for variable in variables if variable is not None]
        rows = [dict(zip(columns, row, strict=True)) for row in self._endpoint.rows(columns, told.group, what)]
        rows = _unsettled(component, scope, rows)
        return [_fault(component, scope, told, row) for row in rows]

    def _solutions(self, component: Constraint, scope: Scope, what: str) -> Iterator[_Fault]:
        """The faults that a SELECT of a constraint finds."""
        answer = self._endpoint.answer(asked(component, scope), what)
        run = Run(Graph(()), self._plan.shapes_graph)
        parameters = component.parameters if isinstance(component, CustomComponent) else {}
        for cells in answer.rows:
            bound = {name: cell for name, cell in zip(answer.columns, cells, strict=True) if cell is not None}
            number = run.graph.number(bound["this"])
            found: Violation = violation(run, scope.shape, number, Solution(0, bound), component.messages, parameters)
            value = None if found.value is None else run.graph.terms[found.value]
            yield _Fault(bound["this"], value, found.path, found.messages)

    def _note_rewritten(self, component: Datatype, found: Collection[_Fault]) -> None:
        """Name the datatype where faults may be of how the store keeps numbers, and not of how they were written."""
        wanted, whole = component.datatype.value, term("xsd:integer")
        number = sum(
            isinstance(fault.value, Literal)
            and fault.value.datatype == whole != component.datatype
            and wanted in WHOLE
            and expected_form(fault.value.value, wanted) is None
            for fault in found
        )
        if number:
            self._endpoint.notes[
                f"{number} values that should be {shorten(wanted)} are xsd:integer at the endpoint; a store that keeps "
                "all whole numbers so has forgotten what they were"
            ] = None

    def _behind(self, component: Component, told: Faults, found: Collection[_Fault]) -> Reasons:
        """For values at fault, the results of the nested shapes that are behind it, in a fixed order."""
        if not isinstance(component, (And, Node, Or, Property, Xone)) or told.value is None:
            return {}
        values = list(dict.fromkeys(fault.value for fault in found if fault.value is not None))
        behind: Reasons = {}
        for shape in component.nested():
            for node, results in self._reasons(shape, values, Nodes(told.value, told.group)).items():
                behind[node] = behind.get(node, ()) + results
        return behind

    def _lacking(self, component: Qualified, scope: Scope, found: Collection[_Fault]) -> Reasons:
        """For focus nodes with too few values that conform, what is wrong with the others."""
        if component.at_most is not None:
            return {}
        behind: Reasons = {}
        nodes = [fault.focus for fault in found if isinstance(fault.focus, NamedNode)]
        for start in range(0, len(nodes), _AT_ONCE):
            focus = Nodes.listed(self._endpoint.fresh("node"), nodes[start : start + _AT_ONCE])
            part = Scope.of(scope.shape, self._endpoint, focus, settled=False)
            pairs = self._endpoint.rows([focus.variable, part.value], part.values, "values of which too few conform")
            known = [(node, value) for node, value in pairs if node is not None and value is not None]
            reasons = self._reasons(component.shape, list(dict.fromkeys(value for _, value in known)), part.nodes)
            for node, value in dict.fromkeys(known):
                behind[node] = behind.get(node, ()) + reasons.get(value, ())
        return {node: tuple(sorted(results, key=Result.sort_key)) for node, results in behind.items()}

    def _reasons(self, shape: Shape, values: Collection[Term], found: Nodes) -> Reasons:
        """The results of a shape at values; `found` is how they were found."""
        texts = [value for value in values if isinstance(value, Literal)] if looks_ahead(shape) else []
        return dict((*self._of_texts(shape, texts), *self._of_nodes(shape, values, texts, found)))

    def _of_texts(self, shape: Shape, texts: Collection[Literal]) -> Iterator[tuple[Term, tuple[Result, ...]]]:
        """The results of a shape at literals: no statement has one as its subject, so the data is not needed."""
        run = Run(Graph(()), self._plan.shapes_graph)
        for number, results in run.reasons(shape, {run.graph.number(text) for text in texts}).items():
            yield run.graph.terms[number], results

    def _of_nodes(
        self, shape: Shape, values: Collection[Term], known: Collection[Term], found_by: Nodes
    ) -> Iterator[tuple[Term, tuple[Result, ...]]]:
        """The results of a shape at values that are at fault: at IRIs some hundred at a time.

        A blank node cannot be named, and not every store takes every literal: these are asked for as they were found.
        """
        iris = [value for value in values if isinstance(value, NamedNode)]
        parts = [
            Nodes.listed(self._endpoint.fresh("node"), iris[start : start + _AT_ONCE])
            for start in range(0, len(iris), _AT_ONCE)
        ]
        if len(iris) + len(known) < len(values):
            rest = Nodes(found_by.variable, f"{found_by.group} FILTER(!isIRI({found_by.variable}))")
            parts.append(Nodes(found_by.variable, rest.selected))
        found: dict[Term, list[Result]] = {}
        for part in parts:
            for node, result in self.results(shape, part):
                if node not in known:
                    found.setdefault(node, []).append(result)
        for node, results in found.items():
            yield node, tuple(sorted(results, key=Result.sort_key))


def looks_ahead(shape: Shape) -> bool:
    """Tell whether a shape follows statements from subject to object only, as far as can be seen."""
    queries = (SparqlConstraint, CustomComponent)
    return not any(
        (inner.path is not None and "^" in inner.path.sparql())
        or any(isinstance(component, queries) for component in inner.components)
        for inner in shape.walk()
    )


def _unsettled(component: Component, scope: Scope, rows: list[dict[str, Term | None]]) -> list[dict[str, Term | None]]:
    """Leave out what the query could not judge, and is right."""
    if isinstance(component, (LessThan, LessThanOrEquals)):
        return [row for row in rows if not in_order(component, row[scope.value], list(row.values())[-1])]
    if isinstance(component, ValueComponent) and condition(component, scope.value) is not None:
        right = right_of(component, {row[scope.value] for row in rows})
        return [row for row in rows if row[scope.value] not in right]
    return rows


def _fault(component: Component, scope: Scope, told: Faults, row: Mapping[str, Term | None]) -> _Fault:
    focus = row[scope.focus.variable]
    assert focus is not None
    value = row[told.value] if told.value else None
    way = row[told.path] if told.path else None
    messages: tuple[Literal, ...] = ()
    if isinstance(component, CustomComponent) and value is not None:
        messages = fill(component.messages, {**component.parameters, "this": focus, "value": value})
    return _Fault(focus, value, Predicate(way) if isinstance(way, NamedNode) else None, messages)

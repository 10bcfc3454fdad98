"""Constraint components that the shapes graph itself declares, with queries as validators.

Spec: SHACL §6, <https://www.w3.org/TR/shacl/#sparql-constraint-components>.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from eugraph.shacl.component import Component, Values, Violation
from eugraph.shacl.graph import Term
from eugraph.shacl.path import Path
from eugraph.shacl.run import Run
from eugraph.shacl.shape import Shape
from eugraph.shacl.shapes_graph import ShapesGraph
from eugraph.shacl.sparql.ask import Question
from eugraph.shacl.sparql.constraint import fill, violation
from eugraph.shacl.sparql.reading import compile_query
from eugraph.vocab import term

_RESERVED = frozenset(("this", "shapesGraph", "currentShape", "path", "PATH", "value"))


@dataclass(frozen=True, eq=False)
class Parameter:
    """A parameter of a declared component."""

    path: NamedNode
    variable: str
    optional: bool


@dataclass(frozen=True, eq=False)
class Declaration:
    """A component that the shapes graph declares."""

    iri: NamedNode
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, eq=False)
class CustomComponent(Component):
    """A constraint of a declared component. Spec: §6.3, <https://www.w3.org/TR/shacl/#constraint-components-validation>."""

    iri: NamedNode  # type: ignore[misc]  # as declared
    question: Question
    parameters: Mapping[str, Term]
    messages: tuple[Literal, ...]

    def violations(self, run: Run, shape: Shape, values: Values) -> Iterable[Violation]:
        """See `Component.violations`."""
        known: dict[str, Term] = {**self.parameters, "currentShape": shape.node}
        rest = tuple(run.graph.number(known[name]) for name in self.question.query.rows if name in known)
        if self.question.query.asks:
            pairs = [(focus, value, *rest) for focus, found in values.by_focus.items() for value in found]
            right = {solution.row for solution in self.question.ask(run, pairs)}
            for number, (focus, value, *_) in enumerate(pairs):
                if number not in right:
                    bound = {**self.parameters, "this": run.graph.terms[focus], "value": run.graph.terms[value]}
                    yield Violation(focus, value, fill(self.messages, bound))
            return
        rows = [(focus, *rest) for focus in values.by_focus]
        for solution in self.question.ask(run, rows):
            yield violation(run, shape, rows[solution.row][0], solution, self.messages, self.parameters)

    def predicates(self) -> Iterator[NamedNode] | None:
        """See `Component.predicates`."""
        found = self.question.predicates
        return None if found is None else iter(sorted(found, key=str))


def declarations(shapes: ShapesGraph) -> list[Declaration]:
    """Read the components that the shapes graph declares, in a fixed order.

    Raises:
        ShapesError: a parameter has no name, or one that is taken.
    """
    kind = term("sh:ConstraintComponent")
    found = [node for node in shapes.subjects() if isinstance(node, NamedNode) and shapes.is_a(node, kind)]
    return [Declaration(node, tuple(_parameters(shapes, node))) for node in sorted(found, key=str)]


def _parameters(shapes: ShapesGraph, node: NamedNode) -> Iterator[Parameter]:
    clause = "6.2.1"
    for parameter in shapes.values(node, "sh:parameter"):
        path = shapes.one(parameter, "sh:path", clause)
        if not isinstance(path, NamedNode):
            raise shapes.fault(node, "a parameter of it has no sh:path that is an IRI", "Name one.", clause)
        variable = path.value.rpartition("#")[2].rpartition("/")[2]
        if variable in _RESERVED or not variable.isidentifier():
            raise shapes.fault(node, f"a parameter cannot be called {variable!r}", "Choose another name.", clause)
        yield Parameter(path, variable, shapes.flag(parameter, "sh:optional", clause))


def compile_custom(
    shapes: ShapesGraph, declared: Iterable[Declaration], node: Term, path: Path | None
) -> Iterator[Component]:
    """Read the constraints of declared components that a shape has.

    Raises:
        ShapesError: a query cannot be asked, or a parameter of a component of several has two values.
    """
    for declaration in declared:
        needed = [parameter for parameter in declaration.parameters if not parameter.optional]
        if not needed or not all(shapes.values(node, parameter.path) for parameter in needed):
            continue
        holder, name = _validator(shapes, declaration.iri, path)
        if holder is None:
            continue
        rows = ("this", "currentShape") if name == "sh:select" else ("this", "value", "currentShape")
        said = [*shapes.values(holder, "sh:message")] or shapes.values(declaration.iri, "sh:message")
        messages = tuple(text for text in said if isinstance(text, Literal))
        for given in _given(shapes, declaration, node):
            question = compile_query(shapes, node, holder, name, rows=rows, path=path, parameters=given)
            yield CustomComponent(declaration.iri, question, given, messages)


def _validator(shapes: ShapesGraph, component: NamedNode, path: Path | None) -> tuple[Term | None, str]:
    """The validator that fits a shape with or without a path, and where its query is."""
    fitting = shapes.values(component, "sh:nodeValidator" if path is None else "sh:propertyValidator")
    for holder in fitting:
        if shapes.values(holder, "sh:select"):
            return holder, "sh:select"
    for holder in (*fitting, *shapes.values(component, "sh:validator")):
        if shapes.values(holder, "sh:ask"):
            return holder, "sh:ask"
    return None, ""


def _given(shapes: ShapesGraph, declaration: Declaration, node: Term) -> Iterator[dict[str, Term]]:
    if len(declaration.parameters) == 1:
        (parameter,) = declaration.parameters
        for value in shapes.values(node, parameter.path):
            yield {parameter.variable: value}
        return
    found: dict[str, Term] = {}
    for parameter in declaration.parameters:
        values = shapes.values(node, parameter.path)
        if len(values) > 1:
            fault = f"it has {len(values)} values of {parameter.path}"
            raise shapes.fault(node, fault, "Keep one: the component has several parameters.", "6.2.3")
        if values:
            found[parameter.variable] = values[0]
    yield found

"""sh:sparql: a constraint that is a SELECT query, whose solutions are the faults.

Spec: SHACL §5, <https://www.w3.org/TR/shacl/#sparql-constraints>.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from pyoxigraph import Literal, NamedNode

from eugraph.errors import ShapesError
from eugraph.shacl.component import Component, Values, Violation
from eugraph.shacl.graph import Term
from eugraph.shacl.path import Path, Predicate
from eugraph.shacl.run import Run
from eugraph.shacl.shape import Shape
from eugraph.shacl.shapes_graph import ShapesGraph
from eugraph.shacl.sparql.ask import Question, Solution
from eugraph.shacl.sparql.reading import compile_query
from eugraph.vocab import term

_HOLE = re.compile(r"\{[?$](\w+)\}")


@dataclass(frozen=True, eq=False)
class SparqlConstraint(Component):
    """Each solution is a fault. Spec: §5.3, <https://www.w3.org/TR/shacl/#sparql-constraints-validation>."""

    iri: ClassVar[NamedNode] = term("sh:SPARQLConstraintComponent")
    node: Term
    question: Question
    messages: tuple[Literal, ...]

    def violations(self, run: Run, shape: Shape, values: Values) -> Iterable[Violation]:
        """See `Component.violations`."""
        rows = selected_rows(self.question, run, shape, values)
        for solution in self.question.ask(run, rows):
            yield violation(run, shape, rows[solution.row][0], solution, self.messages, {})

    def predicates(self) -> Iterator[NamedNode] | None:
        """See `Component.predicates`."""
        found = self.question.predicates
        return None if found is None else iter(sorted(found, key=str))

    def source(self) -> Term | None:
        """See `Component.source`."""
        return self.node


def selected_rows(question: Question, run: Run, shape: Shape, values: Values) -> list[tuple[int, ...]]:
    """The rows of a SELECT query: one for each focus node, with what else its variables are."""
    rest = tuple(run.graph.number(shape.node) for name in question.query.rows if name == "currentShape")
    return [(focus, *rest) for focus in values.by_focus]


def violation(
    run: Run,
    shape: Shape,
    focus: int,
    solution: Solution,
    messages: Sequence[Literal],
    parameters: Mapping[str, Term],
) -> Violation:
    """Return the fault that a solution of a SELECT query stands for.

    Raises:
        ShapesError: the query says that it failed.

    Spec: SHACL §5.3.2, <https://www.w3.org/TR/shacl/#sparql-constraints-variables>.
    """
    bound = solution.bound
    if (failure := bound.get("failure")) is not None and failure.value == "true":
        raise ShapesError(f"the query of the shape {shape.node} reports a failure. Mend the query.")
    value = bound.get("value")
    path = bound.get("path")
    own = bound.get("message")
    said = [own] if isinstance(own, Literal) else messages
    known: dict[str, Term] = {**parameters, "this": run.graph.terms[focus], **bound}
    number = run.graph.number(value) if value is not None else focus if shape.path is None else None
    way: Path | None = Predicate(path) if isinstance(path, NamedNode) else None
    return Violation(focus, number, fill(said, known), way)


def fill(messages: Iterable[Literal], bound: Mapping[str, Term]) -> tuple[Literal, ...]:
    """Put values at the holes `{?name}` and `{$name}` of messages; a hole without a value stays as it is."""

    def value(match: re.Match[str]) -> str:
        found = bound.get(match[1])
        return match[0] if found is None else found.value

    return tuple(
        Literal(_HOLE.sub(value, text.value), language=text.language)
        if text.language
        else Literal(_HOLE.sub(value, text.value))
        for text in messages
    )


def compile_sparql(shapes: ShapesGraph, node: Term, path: Path | None) -> Iterator[Component]:
    """Read the SPARQL constraints of a shape.

    Raises:
        ShapesError: a query cannot be asked, or may not be.
    """
    clause = "5.2"
    for constraint in shapes.values(node, "sh:sparql"):
        if shapes.flag(constraint, "sh:deactivated", clause):
            continue
        select = shapes.values(constraint, "sh:select")
        if len(select) != 1:
            fault = f"its sh:sparql has {len(select)} values of sh:select"
            raise shapes.fault(node, fault, "Give it exactly one.", clause)
        question = compile_query(shapes, node, constraint, "sh:select", rows=("this", "currentShape"), path=path)
        messages = tuple(text for text in shapes.values(constraint, "sh:message") if isinstance(text, Literal))
        yield SparqlConstraint(constraint, question, messages)

"""What a validation says of the data, result by result.

Spec: SHACL §3.6.2, <https://www.w3.org/TR/shacl/#results-validation-result>.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from eugraph.shacl.graph import Term
from eugraph.shacl.path import Path, compile_path
from eugraph.shacl.shapes_graph import ShapesGraph, english_first
from eugraph.vocab import RDF_TYPE, term

if TYPE_CHECKING:
    from eugraph.shacl.component import Component


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One validation result. Terms are exactly as the data has them."""

    focus: Term
    path: Path | None  # None for what node shapes find
    value: Term | None
    severity: NamedNode
    component: NamedNode
    shape: Term
    messages: tuple[Literal, ...] = ()
    constraint: Term | None = None  # the SPARQL constraint that found it
    details: tuple[Result, ...] = ()  # why the value does not conform to the shapes that it must conform to
    asked: Component | None = field(default=None, compare=False, repr=False)  # with its parameters, where it is known

    def sort_key(self) -> tuple[str, ...]:
        """An order that depends on nothing but the result."""
        terms = (self.shape, self.focus, self.path, self.value, self.component, self.constraint)
        return (*map(str, terms), *map(str, self.messages))


def read_report(triples: Iterable[Triple]) -> list[Result]:
    """Read the results of a validation report that some engine wrote, in a fixed order.

    Raises:
        ShapesError: it is no report.
    """
    graph = ShapesGraph(triples)
    reports = [node for node in graph.subjects() if graph.values(node, "sh:conforms")]
    return sorted(
        (_read(graph, node) for report in reports for node in graph.values(report, "sh:result")), key=Result.sort_key
    )


def _read(graph: ShapesGraph, node: Term) -> Result:
    def said(name: str) -> Term | None:
        return graph.one(node, name, "3.6.2")

    focus, shape, path = said("sh:focusNode"), said("sh:sourceShape"), said("sh:resultPath")
    severity, component = said("sh:resultSeverity"), said("sh:sourceConstraintComponent")
    if focus is None or shape is None or not isinstance(severity, NamedNode) or not isinstance(component, NamedNode):
        raise graph.fault(node, "a result lacks a part that every result has", "Run the other engine.", "3.6.2")
    messages = [text for text in graph.values(node, "sh:resultMessage") if isinstance(text, Literal)]
    return Result(
        focus=focus,
        path=None if path is None else compile_path(graph, node, path),
        value=said("sh:value"),
        severity=severity,
        component=component,
        shape=shape,
        messages=tuple(english_first(messages)),
        constraint=said("sh:sourceConstraint"),
        details=tuple(_read(graph, detail) for detail in graph.values(node, "sh:detail")),
    )


def report_triples(results: list[Result]) -> Iterator[Triple]:
    """Yield the validation report as SHACL has it, with blank nodes.

    Spec: SHACL §3.6.1, <https://www.w3.org/TR/shacl/#results-validation-report>.
    """
    numbers = iter(range(1, 1 << 62))

    def blank() -> BlankNode:
        return BlankNode(f"r{next(numbers)}")

    report = blank()
    yield Triple(report, RDF_TYPE, term("sh:ValidationReport"))
    conforms = Literal("false" if results else "true", datatype=term("xsd:boolean"))
    yield Triple(report, term("sh:conforms"), conforms)
    waiting: list[tuple[BlankNode, NamedNode, Result]] = [(report, term("sh:result"), result) for result in results]
    while waiting:
        above, link, result = waiting.pop()
        node = blank()
        yield Triple(above, link, node)
        yield from result_triples(node, result, blank)
        waiting += [(node, term("sh:detail"), detail) for detail in result.details]


def result_triples(node: NamedNode | BlankNode, result: Result, blank: Callable[[], BlankNode]) -> Iterator[Triple]:
    """Yield what a report says of one result, apart from the details.

    Args:
        node: of the result.
        result: what was found.
        blank: makes a blank node, for paths of several steps.
    """
    yield Triple(node, RDF_TYPE, term("sh:ValidationResult"))
    yield Triple(node, term("sh:focusNode"), result.focus)
    yield Triple(node, term("sh:resultSeverity"), result.severity)
    yield Triple(node, term("sh:sourceConstraintComponent"), result.component)
    yield Triple(node, term("sh:sourceShape"), result.shape)
    if result.path is not None:
        head, triples = result.path.triples(blank)
        yield Triple(node, term("sh:resultPath"), head)
        yield from triples
    if result.value is not None:
        yield Triple(node, term("sh:value"), result.value)
    if result.constraint is not None:
        yield Triple(node, term("sh:sourceConstraint"), result.constraint)
    for message in result.messages:
        yield Triple(node, term("sh:resultMessage"), message)

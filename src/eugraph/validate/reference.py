"""The one door to pySHACL, our reference engine.

It runs on rdflib's own memory graph with inputs that hold all they need, and follows no import.

Spec: SHACL, <https://www.w3.org/TR/shacl/>.
"""

from __future__ import annotations

import contextlib
import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyoxigraph as ox
from pyparsing import ParseBaseException
from pyshacl import validate as pyshacl_validate
from pyshacl.errors import ReportableRuntimeError, ValidationFailure
from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as SPARQLResult
from rdflib.term import Node

from eugraph.errors import ShapesError
from eugraph.findings import Severity
from eugraph.validate.shapes import check_shapes

# What pySHACL, rdflib and their parser raise for shapes that are not well formed and that `check_shapes` lets pass.
_OF_FAULTY_SHAPES = (
    ReportableRuntimeError,
    ValidationFailure,
    ParseBaseException,
    re.error,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One validation result, as the engine gives it.

    Spec: SHACL §3.6.2, <https://www.w3.org/TR/shacl/#results-validation-result>.
    """

    focus: ox.NamedNode | ox.BlankNode | ox.Literal
    path: ox.NamedNode | None  # None for a path of several steps and for node shapes
    value: ox.NamedNode | ox.BlankNode | ox.Literal | None
    severity: Severity
    message: str
    shape: str
    component: str


class _Graph(Graph):
    """A graph that parses a query once: pySHACL asks the same text for each focus node, and parsing it costs 20 ms."""

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> SPARQLResult:  # noqa: ANN401 - as rdflib
        if isinstance(query_object, str):
            query_object = _parsed(query_object)
        return super().query(query_object, *args, **options)


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Query:
    return prepareQuery(text)


def run(data: Iterable[ox.Triple], background: Iterable[ox.Triple], shapes: Iterable[ox.Triple]) -> list[Result]:
    """Validate `data` with `shapes`, in the light of `background` (class hierarchy, concepts).

    Raises:
        ShapesError: a shape is such that the engine cannot run it.
    """
    shapes = list(shapes)
    check_shapes(shapes)
    with _quiet():
        return _run(data, background, shapes)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib from telling of an ill-typed literal with a traceback: it is a finding."""
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            yield
    finally:
        logger.setLevel(level)


def _run(data: Iterable[ox.Triple], background: Iterable[ox.Triple], shapes: Iterable[ox.Triple]) -> list[Result]:
    graph = _graph(data)
    for triple in background:
        graph.add(_triple(triple))
    shape_graph = _graph(shapes)
    try:
        _, report, _ = pyshacl_validate(
            graph, shacl_graph=shape_graph, inference="none", do_owl_imports=False, inplace=True, allow_infos=True
        )
    except _OF_FAULTY_SHAPES as error:
        raise ShapesError(_cannot(error)) from error
    if not isinstance(report, Graph):
        raise ShapesError(_cannot(report))
    return list(_results(report, shape_graph))


def _cannot(reason: object) -> str:
    said = " ".join(str(reason).partition("For reference")[0].split()).rstrip(".") or type(reason).__name__
    return f"the shapes cannot be run: {said}. Mend the shape that is like this."


def _results(report: Graph, shapes: Graph) -> Iterator[Result]:
    for node in set(report.objects(None, SH.result)):
        focus = report.value(node, SH.focusNode)
        path = report.value(node, SH.resultPath)
        value = report.value(node, SH.value)
        shape = report.value(node, SH.sourceShape)
        # A SPARQL constraint's own message, with its values filled in, says more than its shape's (SHACL §5.3.2).
        general = set(shapes.objects(shape, SH.message))
        messages = sorted(
            report.objects(node, SH.resultMessage),
            key=lambda m: (getattr(m, "language", None) != "en", m in general, str(m)),
        )
        severity = str(report.value(node, SH.resultSeverity)).rpartition("#")[2].upper()
        focus_term = _back(focus)
        assert focus_term is not None
        yield Result(
            focus=focus_term,
            path=ox.NamedNode(str(path)) if isinstance(path, URIRef) else None,
            value=_back(value),
            severity=Severity[severity] if severity in Severity.__members__ else Severity.VIOLATION,
            message=str(messages[0]) if messages else "",
            shape=str(shape),
            component=str(report.value(node, SH.sourceConstraintComponent)),
        )


def _graph(triples: Iterable[ox.Triple]) -> Graph:
    graph = _Graph()
    for triple in triples:
        graph.add(_triple(triple))
    return graph


def _triple(triple: ox.Triple) -> tuple[Node, Node, Node]:
    return _term(triple.subject), _term(triple.predicate), _term(triple.object)


def _term(term: object) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    assert isinstance(term, ox.Literal)
    if term.language:
        return Literal(term.value, lang=term.language)
    if term.datatype.value == "http://www.w3.org/2001/XMLSchema#string":
        return Literal(term.value)
    return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)


def _back(term: Node | None) -> ox.NamedNode | ox.BlankNode | ox.Literal | None:
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        return (
            ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype))) if term.datatype else ox.Literal(str(term))
        )
    return None

"""The one door to pySHACL, our reference engine.

It runs on rdflib's own memory graph with inputs that hold all they need, and follows no import.

Spec: SHACL, <https://www.w3.org/TR/shacl/>.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pyoxigraph as ox
from pyparsing import ParseBaseException
from pyshacl import validate as pyshacl_validate
from pyshacl.errors import ReportableRuntimeError, ValidationFailure
from rdflib import Graph
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as SPARQLResult

from eugraph.errors import RefusedQueryError, ShapesError
from eugraph.rdf.to_rdflib import fill, quiet, triples_of
from eugraph.shacl import Result, read_report
from eugraph.store.guard import refuse_outward
from eugraph.vocab import term

# What pySHACL, rdflib and their parser raise for shapes that are not well formed.
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
_QUERIES = tuple(term(f"sh:{name}") for name in ("select", "ask", "construct"))
_SCRIPTS = tuple(term(f"sh:{name}") for name in ("js", "jsLibrary", "jsFunctionName"))


class _Graph(Graph):
    """A graph that parses a query once: pySHACL asks the same text for each focus node, and parsing it costs 20 ms."""

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> SPARQLResult:  # noqa: ANN401 - as rdflib
        if isinstance(query_object, str):
            query_object = _parsed(query_object)
        return super().query(query_object, *args, **options)


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Query:
    return prepareQuery(text)


def run(data: Iterable[ox.Triple], shapes: Iterable[ox.Triple], *, advanced: bool = False) -> list[Result]:
    """Validate `data` with `shapes`.

    Args:
        data: the data graph, with the class hierarchy that it needs.
        shapes: the shapes graph.
        advanced: run SHACL Advanced Features too.

    Raises:
        ShapesError: a shape is such that the engine cannot run it, or would read from outside.
    """
    shapes = list(shapes)
    _refuse_outward(shapes)
    with quiet(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of ill-typed literals and of recursive shapes
        return _run(data, shapes, advanced=advanced)


def _refuse_outward(shapes: Iterable[ox.Triple]) -> None:
    """Refuse what rdflib would follow to another endpoint, and scripts, which would be fetched."""
    for triple in shapes:
        if triple.predicate in _SCRIPTS:
            raise ShapesError(f"{triple.subject} asks for JavaScript, which is not run here. Say it in SPARQL.")
        if triple.predicate in _QUERIES and isinstance(triple.object, ox.Literal):
            try:
                refuse_outward(triple.object.value, own_graphs="urn:x-eugraph:none")
            except RefusedQueryError as error:
                raise ShapesError(f"the query of {triple.subject} cannot be asked: {error}") from error


def _run(data: Iterable[ox.Triple], shapes: Iterable[ox.Triple], *, advanced: bool) -> list[Result]:
    try:
        _, report, _ = pyshacl_validate(
            _graph(data),
            shacl_graph=_graph(shapes),
            advanced=advanced,
            inference="none",
            do_owl_imports=False,
            inplace=True,
        )
    except _OF_FAULTY_SHAPES as error:
        raise ShapesError(_cannot(error)) from error
    if not isinstance(report, Graph):
        raise ShapesError(_cannot(report))
    return read_report(triples_of(report))


def _cannot(reason: object) -> str:
    said = " ".join(str(reason).partition("For reference")[0].split()).rstrip(".") or type(reason).__name__
    return f"the shapes cannot be run: {said}. Mend the shape that is like this."


def _graph(triples: Iterable[ox.Triple]) -> Graph:
    graph = _Graph()
    fill(graph, triples)
    return graph

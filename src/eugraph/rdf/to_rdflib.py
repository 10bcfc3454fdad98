"""Statements to an rdflib graph and back, with every literal as written: rdflib would turn "007" into 7 by itself."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.term import Node

from eugraph.vocab import PREFIXES

_XSD_STRING = f"{PREFIXES['xsd']}string"


def to_graph(triples: Iterable[Triple]) -> Graph:
    """Return a new graph in memory that holds the triples and knows our prefixes; triple terms are left out."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    fill(graph, triples)
    return graph


def fill(graph: Graph, triples: Iterable[Triple]) -> None:
    """Add triples to a graph; triple terms are left out."""
    with quiet():
        for triple in triples:
            if not isinstance(triple.object, Triple):
                graph.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))


def triples_of(graph: Graph) -> Iterator[Triple]:
    """Yield what a graph states, in no fixed order."""
    for subject, predicate, value in graph:
        yield Triple(_back(subject), _back(predicate), _back(value))  # type: ignore[arg-type]  # each in its place


def _back(node: Node) -> NamedNode | BlankNode | Literal:
    if isinstance(node, URIRef):
        return NamedNode(str(node))
    if isinstance(node, BNode):
        return BlankNode(str(node))
    assert isinstance(node, RdflibLiteral)
    if node.language:
        return Literal(str(node), language=node.language)
    return Literal(str(node), datatype=NamedNode(str(node.datatype))) if node.datatype else Literal(str(node))


def _term(term: object) -> Node:
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    assert isinstance(term, Literal)
    if term.language:
        return RdflibLiteral(term.value, lang=term.language)
    if term.datatype.value == _XSD_STRING:
        return RdflibLiteral(term.value)
    return RdflibLiteral(term.value, datatype=URIRef(term.datatype.value), normalize=False)


@contextmanager
def quiet() -> Iterator[None]:
    """Quieten rdflib, which logs a traceback for each ill-typed literal; validation tells of these with their place."""
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)

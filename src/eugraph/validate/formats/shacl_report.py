"""The SHACL validation report as statements, which the Turtle and the JSON-LD form write.

A result has an IRI made of its content, so that equal findings give equal bytes; one on a blank node is a blank node
too. What shapes found is told as the engine found it: blank nodes, severities of one's own, all messages, the query,
the results behind it. `schema:location` is the place.

Spec: SHACL §3.6, <https://www.w3.org/TR/shacl/#validation-report>.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from eugraph.findings import Finding
from eugraph.shacl import Result, result_triples
from eugraph.validate.listing import Listing
from eugraph.validate.shape_finding import ShapeFinding
from eugraph.vocab import PREFIXES, RDF_TYPE, term

Node = NamedNode | BlankNode


def report_node(listing: Listing) -> NamedNode:
    """The node of the report."""
    return NamedNode(f"{listing.base_iri}validation")


def statements(listing: Listing) -> Iterator[Triple]:
    """Yield the report."""
    report = report_node(listing)
    conforms = Literal(str(listing.conforms).lower(), datatype=term("xsd:boolean"))
    yield Triple(report, RDF_TYPE, term("sh:ValidationReport"))
    yield Triple(report, term("sh:conforms"), conforms)
    numbers = count(1)
    seen: Counter[str] = Counter()

    def blank() -> BlankNode:
        return BlankNode(f"report{next(numbers)}")

    for finding in listing.findings:
        digest = _digest(finding)
        seen[digest] += 1
        name = digest if seen[digest] == 1 else f"{digest}.{seen[digest]}"
        node: Node = NamedNode(f"{report.value}#{name}")
        if finding.focus.startswith("_:") or finding.value.startswith("_:"):
            node = blank()
        yield Triple(report, term("sh:result"), node)
        if isinstance(finding, ShapeFinding):
            yield from result_triples(node, finding.result, blank)
            yield from _details(node, finding.result, blank)
            if not finding.result.messages:
                yield Triple(node, term("sh:resultMessage"), Literal(finding.message, language="en"))
        else:
            yield from _of_a_check(node, finding)
        if finding.place:
            yield Triple(node, term("schema:location"), Literal(str(finding.place)))


def _details(node: Node, result: Result, blank: Callable[[], BlankNode]) -> Iterator[Triple]:
    """The results behind a result, each with its own."""
    numbers = count(1)
    waiting = [(node, detail) for detail in reversed(result.details)]
    while waiting:
        above, detail = waiting.pop()
        named = isinstance(node, NamedNode) and not any(isinstance(t, BlankNode) for t in (detail.focus, detail.value))
        inner: Node = NamedNode(f"{node.value}-{next(numbers)}") if named else blank()
        yield Triple(above, term("sh:detail"), inner)
        yield from result_triples(inner, detail, blank)
        waiting += [(inner, behind) for behind in reversed(detail.details)]


def _of_a_check(node: Node, finding: Finding) -> Iterator[Triple]:
    """What is no finding of a shape, as a result of a component of that name."""
    yield Triple(node, RDF_TYPE, term("sh:ValidationResult"))
    yield Triple(node, term("sh:resultSeverity"), term(f"sh:{finding.severity.word.capitalize()}"))
    yield Triple(node, term("sh:resultMessage"), Literal(finding.message, language="en"))
    component = finding.component or f"{PREFIXES['eugsh']}{finding.code}"
    yield Triple(node, term("sh:sourceConstraintComponent"), NamedNode(component))
    if finding.shape:
        yield Triple(node, term("sh:sourceShape"), NamedNode(finding.shape))
    for name, text in (("focusNode", finding.focus), ("value", finding.value), ("resultPath", finding.path)):
        if text:
            yield Triple(node, term(f"sh:{name}"), _read(text))


def _read(text: str) -> NamedNode | BlankNode | Literal:
    """The term that an N-Triples text stands for."""
    if text.startswith("_:"):
        return BlankNode(text[2:])
    quad = next(iter(parse(f"<x:s> <x:p> {text} .", format=RdfFormat.N_TRIPLES)))
    assert isinstance(quad.object, (NamedNode, Literal))
    return quad.object


def _digest(finding: Finding) -> str:
    place = str(finding.place)
    parts = (finding.code, finding.focus, finding.path, finding.value, finding.message, place, finding.component)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]

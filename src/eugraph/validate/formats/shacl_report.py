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


def about(listing: Listing) -> list[Triple]:
    """What is said of the report itself, apart from its results."""
    report = report_node(listing)
    conforms = Literal(str(listing.conforms).lower(), datatype=term("xsd:boolean"))
    return [Triple(report, RDF_TYPE, term("sh:ValidationReport")), Triple(report, term("sh:conforms"), conforms)]


def result_nodes(listing: Listing) -> list[NamedNode | None]:
    """The node of each result; None for one that gets a blank node."""
    found: list[NamedNode | None] = []
    seen: Counter[str] = Counter()
    for finding in listing.findings:
        if finding.focus.startswith("_:") or finding.value.startswith("_:"):
            found.append(None)
            continue
        digest = _digest(finding)
        seen[digest] += 1
        name = digest if seen[digest] == 1 else f"{digest}.{seen[digest]}"
        found.append(NamedNode(f"{report_node(listing).value}#{name}"))
    return found


def results(listing: Listing) -> Iterator[tuple[Node, list[Triple]]]:
    """Yield each result: its node, and what is said of it.

    Blank nodes of data and shapes are called c14n0, c14n1 and so on in all results. Those of results and paths have
    other names, and each is spoken of in one result alone, as the object of one statement at most.
    """
    names: dict[BlankNode, BlankNode] = {}
    numbers = count()
    for node, finding in zip(result_nodes(listing), listing.findings, strict=True):
        own: set[BlankNode] = set()

        def blank(own: set[BlankNode] = own) -> BlankNode:
            made = BlankNode(f"r{next(numbers)}")
            own.add(made)
            return made

        here = node or blank()
        triples = _of_a_finding(here, finding, blank)
        yield here, [Triple(*(_named(part, own, names) for part in triple)) for triple in triples]  # type: ignore[arg-type]  # each in its place


def _named(node: object, own: set[BlankNode], names: dict[BlankNode, BlankNode]) -> object:
    if not isinstance(node, BlankNode) or node in own:
        return node
    return names.setdefault(node, BlankNode(f"c14n{len(names)}"))


def _of_a_finding(node: Node, finding: Finding, blank: Callable[[], BlankNode]) -> Iterator[Triple]:
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
    """What is no finding of a shape, or was found earlier and kept; of a check, as a result of a component named so."""
    yield Triple(node, RDF_TYPE, term("sh:ValidationResult"))
    yield Triple(node, term("sh:resultSeverity"), term(f"sh:{finding.severity.word.capitalize()}"))
    yield Triple(node, term("sh:resultMessage"), Literal(finding.message, language="en"))
    component = finding.component or f"{PREFIXES['eugsh']}{finding.code}"
    yield Triple(node, term("sh:sourceConstraintComponent"), NamedNode(component))
    if finding.shape:
        yield Triple(node, term("sh:sourceShape"), NamedNode(finding.shape))
    for name, text in (("focusNode", finding.focus), ("value", finding.value), ("resultPath", finding.path)):
        steps = name == "resultPath" and (text[:1] != "<" or ">" in text[:-1])  # these are not kept as a graph
        if text and not steps:
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

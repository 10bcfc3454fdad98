"""Statements in the formats of graphs: equal statements give equal bytes."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import BlankNode, RdfFormat, Triple, parse

from eugraph.reports.answer import GRAPH_FORMATS
from eugraph.serve.workers.blocks import write_blocks


def written(triples: Iterable[Triple], form: str, base_iri: str) -> bytes:
    """Return statements in a format of `eugraph.serve.forms`.

    Raises:
        FormatLimitError: the format cannot hold a statement.
    """
    ordered = sorted(triples, key=str)
    if form in GRAPH_FORMATS:
        return GRAPH_FORMATS[form](ordered, base_iri).encode()
    parts: list[bytes] = []
    write_blocks(ordered, form, parts.append)
    return b"".join(parts)


def read_turtle(*texts: bytes) -> list[Triple]:
    """Return the statements of Turtle files; blank nodes are named by where they come first, so always the same."""
    found: list[Triple] = []
    for place, text in enumerate(texts):
        names: dict[BlankNode, BlankNode] = {}
        for quad in parse(text, format=RdfFormat.TURTLE, lenient=True):
            subject, value = (
                names.setdefault(node, BlankNode(f"b{place}n{len(names)}")) if isinstance(node, BlankNode) else node
                for node in (quad.subject, quad.object)
            )
            found.append(Triple(subject, quad.predicate, value))
    return found

"""Statements in the formats of graphs: equal statements give equal bytes."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import RdfFormat, Triple, parse

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
    """Return the statements of Turtle files; blank nodes of several ones are never taken for one."""
    rename = len(texts) > 1
    return [
        quad.triple
        for text in texts
        for quad in parse(text, format=RdfFormat.TURTLE, rename_blank_nodes=rename, lenient=True)
    ]

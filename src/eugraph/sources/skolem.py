"""Blank nodes of incoming files to IRIs made from what is said of them, so that equal content keeps an equal name.

Spec: RDF 1.1 Concepts §3.5, <https://www.w3.org/TR/rdf11-concepts/#section-skolemization>.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import PurePath

from pyoxigraph import BlankNode, NamedNode, Quad

from eugraph.findings import Finding, Place, Severity


def name_blank_nodes(quads: Sequence[Quad], path: PurePath, base_iri: str) -> tuple[list[Quad], list[Finding]]:
    """Return the quads with an IRI `<base>node/<digest>` for each blank node, and a finding where there is none.

    The digest is of the node's statements, in which blank nodes stand for theirs in turn. Two nodes of which the same
    is said get the same name: they describe the same. Nodes that speak of each other in a circle have no such name.
    """
    said: dict[BlankNode, list[Quad]] = {}
    for quad in quads:
        if isinstance(quad.subject, BlankNode):
            said.setdefault(quad.subject, []).append(quad)
        if isinstance(quad.object, BlankNode):
            said.setdefault(quad.object, [])
    if not said:
        return list(quads), []
    names: dict[BlankNode, NamedNode] = {}
    circular = False
    for node in said:
        circular |= not _name(node, said, names, base_iri)
    if circular:
        message = "blank nodes refer to each other in a circle. Give one of them an IRI."
        return [], [Finding(code="blank-node-circle", severity=Severity.VIOLATION, message=message, place=Place(path))]
    return [
        Quad(
            names[q.subject] if isinstance(q.subject, BlankNode) else q.subject,
            q.predicate,
            names[q.object] if isinstance(q.object, BlankNode) else q.object,
            names[q.graph_name] if isinstance(q.graph_name, BlankNode) else q.graph_name,
        )
        for q in quads
    ], []


def _name(
    start: BlankNode, said: dict[BlankNode, list[Quad]], names: dict[BlankNode, NamedNode], base_iri: str
) -> bool:
    """Name `start` and all it leads to, deepest first, with a stack of its own: depth comes from the input."""
    stack, open_nodes = [start], set[BlankNode]()
    while stack:
        node = stack[-1]
        if node in names:
            stack.pop()
            continue
        waiting = [q.object for q in said[node] if isinstance(q.object, BlankNode) and q.object not in names]
        if waiting:
            if node in open_nodes:
                return False
            open_nodes.add(node)
            stack += waiting
            continue
        lines = sorted(
            f"{q.predicate} {names[q.object] if isinstance(q.object, BlankNode) else q.object}" for q in said[node]
        )
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:24]
        names[node] = NamedNode(f"{base_iri}node/{digest}")
        open_nodes.discard(node)
        stack.pop()
    return True

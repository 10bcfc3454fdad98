"""Blank nodes of incoming files to IRIs made from what is said of them, so that equal content keeps an equal name.

Spec: RDF 1.1 Concepts §3.5, <https://www.w3.org/TR/rdf11-concepts/#section-skolemization>.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath

from pyoxigraph import BlankNode, NamedNode, Quad

from eugraph.findings import Finding, Place, Severity

Triples = Iterable[tuple[object, object, object]]


def name_blank_nodes(quads: Sequence[Quad], path: PurePath, base_iri: str) -> tuple[list[Quad], list[Finding]]:
    """Return the quads with an IRI for each blank node, see `names_of`, and a finding where there is none.

    A graph that is a blank node keeps it.
    """
    names = names_of(((subject, predicate, value) for subject, predicate, value, _ in quads), base_iri)
    if names is None:
        message = "blank nodes refer to each other in a circle. Give one of them an IRI."
        return [], [Finding(code="blank-node-circle", severity=Severity.VIOLATION, message=message, place=Place(path))]
    if not names:
        return list(quads), []
    return [
        Quad(
            names[q.subject] if isinstance(q.subject, BlankNode) else q.subject,
            q.predicate,
            names[q.object] if isinstance(q.object, BlankNode) else q.object,
            q.graph_name,
        )
        for q in quads
    ], []


def names_of(triples: Triples, base_iri: str) -> dict[BlankNode, NamedNode] | None:
    """Return an IRI `<base>node/<digest>` for each blank node, or None where there is none.

    The digest is of the node's statements, in which blank nodes stand for theirs in turn. Two nodes of which the same
    is said get the same name: they describe the same. Nodes that speak of each other in a circle have no such name.
    """
    said: dict[BlankNode, list[tuple[object, object]]] = {}
    for subject, predicate, value in triples:
        if isinstance(subject, BlankNode):
            said.setdefault(subject, []).append((predicate, value))
        if isinstance(value, BlankNode):
            said.setdefault(value, [])
    names: dict[BlankNode, NamedNode] = {}
    return names if all(_name(node, said, names, base_iri) for node in said) else None


def _name(
    start: BlankNode,
    said: dict[BlankNode, list[tuple[object, object]]],
    names: dict[BlankNode, NamedNode],
    base_iri: str,
) -> bool:
    """Name `start` and all it leads to, deepest first, with a stack of its own: depth comes from the input."""
    import hashlib  # it loads slowly, and most files have no blank node

    stack, open_nodes = [start], set[BlankNode]()
    while stack:
        node = stack[-1]
        if node in names:
            stack.pop()
            continue
        waiting = [value for _, value in said[node] if isinstance(value, BlankNode) and value not in names]
        if waiting:
            if node in open_nodes:
                return False
            open_nodes.add(node)
            stack += waiting
            continue
        lines = sorted(
            f"{predicate} {names[value] if isinstance(value, BlankNode) else value}" for predicate, value in said[node]
        )
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:24]
        names[node] = NamedNode(f"{base_iri}node/{digest}")
        open_nodes.discard(node)
        stack.pop()
    return True

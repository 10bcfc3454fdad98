"""The named graph that a file becomes: one of its own, and no other file can have it or write into it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from urllib.parse import quote

from pyoxigraph import BlankNode, NamedNode, Quad

from eugraph.findings import Finding, Place, Severity
from eugraph.sources.places import Places

_RESERVED = ("derived", "provenance")  # what eugraph itself says


def graph_of(path: PurePath, base_iri: str) -> NamedNode:
    """Return `<base>graph/<path>`, without the ending.

    Args:
        path: the file's path below the folder of data.
        base_iri: what the name begins with.
    """
    parts = (quote(os.fsencode(part)) for part in path.with_suffix("").parts if part != "/")
    return NamedNode(f"{base_iri}graph/{'/'.join(parts)}")


def refused_name(
    graph: NamedNode, name: PurePath, others: Mapping[NamedNode, PurePath], base_iri: str
) -> Finding | None:
    """Return what speaks against the graph of the file `name`: eugraph needs it, or one of the `others` has it."""
    if graph.value in {f"{base_iri}graph/{word}" for word in _RESERVED}:
        return _refusal(Place(name), f"eugraph itself writes the graph <{_short(graph, base_iri)}>. Rename the file.")
    if other := others.get(graph):
        message = f"this file and {other.as_posix()} would be one graph, as only their endings differ. Rename one."
        return _refusal(Place(name), message)
    return None


def refused_graphs(quads: Iterable[Quad], name: PurePath, places: Places, base_iri: str) -> list[Finding]:
    """Return a finding for each graph named in the file that is a blank node or has a name that only files have."""
    found: dict[NamedNode | BlankNode, Quad] = {}
    for quad in quads:
        graph = quad.graph_name
        if isinstance(graph, BlankNode) or (
            isinstance(graph, NamedNode) and graph.value.startswith(f"{base_iri}graph/")
        ):
            found.setdefault(graph, quad)
    findings = []
    for name_of_graph, quad in found.items():
        place = places.find(quad.subject, quad.predicate, quad.object) or Place(name)  # type: ignore[arg-type]  # as read
        if isinstance(name_of_graph, BlankNode):
            message = "this stands in a graph that is a blank node. Give the graph an IRI, or take it out of the graph."
        else:
            message = (
                f"this stands in <{_short(name_of_graph, base_iri)}>, and graphs with such names are files. "
                "Give the graph another IRI, or take it out of the graph."
            )
        findings.append(_refusal(place, message))
    return findings


def _refusal(place: Place, message: str) -> Finding:
    return Finding(code="graph-name", severity=Severity.VIOLATION, message=message, place=place)


def _short(graph: NamedNode, base_iri: str) -> str:
    return graph.value.removeprefix(base_iri)

"""Labels of blank nodes that are the same each time, and never the same in two files.

A label that a file writes stays. The parser makes up another one at each reading for a node that has none, and two
files may write the same label for two nodes: these get labels by number of the file and order of the nodes.

Spec: RDF 1.1 Concepts §3.4, <https://www.w3.org/TR/rdf11-concepts/#section-blank-nodes>.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Quad

_MADE_UP = re.compile(r"[a-f][0-9a-f]{23,31}\Z")  # how the parser's labels look: 128 random bits
_OURS = re.compile(r"(?:file|node)\d+\.")


def relabelled(quads: Iterable[Quad], number: int) -> Iterator[Quad]:
    """Yield the statements of a file with the labels that its blank nodes are known by.

    Args:
        quads: all statements of the file, in the order of the parser.
        number: of the file, from 1; equal numbers give equal labels.
    """
    labels: dict[BlankNode, BlankNode] = {}
    for quad in quads:
        subject, value = quad.subject, quad.object
        if type(subject) is BlankNode or type(value) is BlankNode:
            yield Quad(
                _label(subject, labels, number) if type(subject) is BlankNode else subject,
                quad.predicate,
                _label(value, labels, number) if type(value) is BlankNode else value,
                quad.graph_name,
            )
        else:
            yield quad


def _label(node: BlankNode, labels: dict[BlankNode, BlankNode], number: int) -> BlankNode:
    label = labels.get(node)
    if label is None:
        if _MADE_UP.match(node.value):
            label = BlankNode(f"node{number}.{len(labels) + 1}")
        elif number > 1 or _OURS.match(node.value):
            label = BlankNode(f"file{number}.{node.value}")
        else:
            label = node
        labels[node] = label
    return label

"""What follows from the curated statements, made by steps in the order declared in `eugraph.derive.steps`."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode, Quad

from eugraph.derive.derivation import Derivation
from eugraph.derive.steps import RULES_AFTER_VALUES, RULES_BEFORE_VALUES, rule

__all__ = ["RULES_AFTER_VALUES", "RULES_BEFORE_VALUES", "Derivation", "derive", "derived_graph", "rule"]


def derived_graph(base_iri: str) -> NamedNode:
    """The name of the graph that holds all derived statements."""
    return NamedNode(f"{base_iri}graph/derived")


def derive(quads: Sequence[Quad], background: Sequence[Quad], *, base_iri: str) -> list[Quad]:
    """Return the statements that follow from `quads` and are not among them, sorted, in the derived graph.

    Args:
        quads: the curated statements.
        background: ontology and concept schemes, which the rules consult and which are not repeated.
        base_iri: what the derived graph's name begins with.
    """
    graph = derived_graph(base_iri)
    found = Derivation(quads, background).triples
    return sorted((Quad(subject, predicate, value, graph) for subject, predicate, value in found), key=str)

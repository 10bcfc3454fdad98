"""What follows from the curated statements, made by steps in the order declared in `eugraph.derive.steps`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode, Quad

from eugraph.derive.derivation import Derivation, apply_rule
from eugraph.derive.steps import RULES_AFTER_VALUES, RULES_BEFORE_VALUES, rule
from eugraph.store import EmbeddedStore

__all__ = ["RULES_AFTER_VALUES", "RULES_BEFORE_VALUES", "Derivation", "derive", "derive_at", "derived_graph", "rule"]


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


def derive_at(store: EmbeddedStore, graph: NamedNode) -> Iterator[Quad]:
    """Yield the statements that follow from what a store holds, and add them to it, rule by rule.

    Made for what is imported: many statements, and no claims, so that no plain value is to be chosen. A statement may
    come twice, or be stated already.

    Args:
        store: what is asked, and what grows.
        graph: the graph of what is derived.
    """
    for name in (*RULES_BEFORE_VALUES, *RULES_AFTER_VALUES):
        quads = [Quad(t.subject, t.predicate, t.object, graph) for t in apply_rule(name, store)]
        store.extend(quads)
        yield from quads

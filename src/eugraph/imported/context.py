"""What imported sources say of things that curated files speak of: without it a link to them would lead to nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode, Quad

from eugraph.store import EmbeddedStore
from eugraph.vocab import RDF_TYPE


def spoken_of(quads: Sequence[Quad], store: EmbeddedStore, *, base_iri: str, derived: NamedNode) -> list[Quad]:
    """Return what a store says of the things that are linked to and not described; literals as the store writes them.

    Of a thing on which something is stated here that is described there, all is needed that it links to as well.

    Args:
        quads: the curated statements.
        store: what is imported.
        base_iri: what the things' IRIs begin with.
        derived: the graph of what follows from imported statements. Its links are left out: thousands may lead back.
    """
    described = {quad.subject for quad in quads if quad.predicate == RDF_TYPE}
    stated_on = {quad.subject for quad in quads} - described

    def about(things: Iterable[object]) -> list[Quad]:
        names = sorted(node.value for node in things if isinstance(node, NamedNode) and node.value.startswith(base_iri))
        return [
            quad
            for name in names
            for quad in sorted(store.about(NamedNode(name)), key=str)
            if not (quad.graph_name == derived and isinstance(quad.object, NamedNode))
        ]

    fuller = about(stated_on)
    linked = {quad.object for quad in (*quads, *fuller)}
    return [*fuller, *about(linked - described - stated_on)]

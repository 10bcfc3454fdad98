"""The frame of each kind: what makes its documents out of a dump."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Triple

from eugraph.publish.media_types import FRAMES
from eugraph.rdf.jsonld_context import Context
from eugraph.rdf.jsonld_frame import Frames
from eugraph.sources.kinds import KINDS
from eugraph.vocab import EUG, term

_IN_OTHERS = ("claim", "grant", "participation")  # have no documents of their own


def frames(context: Context, vocabulary: Iterable[Triple], base_iri: str) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of the frame of each kind whose class the ontology knows.

    Args:
        context: names of properties and classes.
        vocabulary: what ontology and shapes say of them.
        base_iri: what the addresses of things begin with, as published.
    """
    made = Frames(context, vocabulary)
    classes = {kind: EUG + names[0] for kind, names in KINDS.items() if kind not in _IN_OTHERS}
    for kind, class_ in classes.items():
        if class_ in context.classes:
            yield frame_path(kind), made.document(class_, base_iri)
    yield frame_path("graph"), made.document(term("prov:Entity").value, base_iri)


def frame_path(kind: str) -> str:
    """Return where the frame of a kind lies."""
    return f"{FRAMES}{kind}.jsonld"

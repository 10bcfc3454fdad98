"""The key figures of a release."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from eugraph.publish.documents import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How much is in a release."""

    documents: int
    quads: int
    graphs: int
    things: dict[str, int]  # documents by kind
    findings: dict[str, int]  # by severity, as the validation report counts them


def count(documents: Sequence[Document], quads: Sequence[Quad], validation: bytes) -> Figures:
    """Count what is in a release; `validation` is the report as JSON, with or without "counts"."""
    return Figures(
        documents=len(documents),
        quads=len(set(quads)),
        graphs=len({quad.graph_name for quad in quads if isinstance(quad.graph_name, NamedNode)}),
        things=dict(sorted(Counter(document.kind for document in documents).items())),
        findings={str(severity): int(number) for severity, number in json.loads(validation).get("counts", {}).items()},
    )

"""The key figures of a release."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from eugraph.publish.documents import Contents, Outline


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How much is in a release."""

    documents: int
    quads: int
    graphs: int
    things: dict[str, int]  # documents by kind
    findings: dict[str, int]  # by severity, as the validation report counts them


def count(outlines: Sequence[Outline], contents: Contents, validation: bytes) -> Figures:
    """Count what is in a release; `validation` is the report as JSON, with or without "counts"."""
    return Figures(
        documents=len(outlines),
        quads=contents.quads,
        graphs=len(contents.graphs),
        things=dict(sorted(Counter(outline.kind for outline in outlines).items())),
        findings=findings_by_severity(validation),
    )


def findings_by_severity(validation: bytes) -> dict[str, int]:
    """Return how many findings a validation report counts."""
    return {str(severity): int(number) for severity, number in json.loads(validation).get("counts", {}).items()}

"""A validation result as a finding: with the place where a curator mends it, and in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from eugraph.findings import Finding, Place, Severity
from eugraph.shacl import Graph, Result
from eugraph.shacl.graph import Term
from eugraph.validate.offending import offending
from eugraph.validate.words import Words
from eugraph.vocab import PREFIXES

FindPlace = Callable[[Term, NamedNode | None, Term | None], Place | None]

_SEVERITIES = {f"{PREFIXES['sh']}{severity.name.capitalize()}": severity for severity in Severity}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeFinding(Finding):
    """A fault that a shape found."""

    result: Result


def shape_finding(result: Result, find_place: FindPlace, words: Words, graph: Graph | None = None) -> ShapeFinding:
    """Return the finding for a result.

    Args:
        result: what an engine found.
        find_place: where (subject, property, value) stands.
        words: says it in sentences.
        graph: the data that it was found in, by which paths are followed.
    """
    at = offending(result, graph)
    shape = result.shape.value if isinstance(result.shape, NamedNode) else ""
    return ShapeFinding(
        code=re.split("[/#]", shape)[-1] if shape else "shape",
        severity=_SEVERITIES.get(result.severity.value, Severity.VIOLATION),
        message=words.message(result),
        place=find_place(*at) or (find_place(result.focus, None, None) if at.subject != result.focus else None),
        focus=str(result.focus),
        path=str(result.path or ""),
        value="" if result.value is None else str(result.value),
        shape=shape,
        component=result.component.value,
        result=result,
        reasons=words.reasons(result),
    )

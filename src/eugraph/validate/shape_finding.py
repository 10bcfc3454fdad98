"""A validation result as a finding: with the place where a curator mends it, and in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from eugraph.findings import Finding, Place, Severity
from eugraph.shacl import Result
from eugraph.shacl.graph import Term
from eugraph.shacl.path import Path, Predicate
from eugraph.validate.words import Words
from eugraph.vocab import PREFIXES

FindPlace = Callable[[Term, NamedNode | None, Term | None], Place | None]

_SEVERITIES = {f"{PREFIXES['sh']}{severity.name.capitalize()}": severity for severity in Severity}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeFinding(Finding):
    """A fault that a shape found."""

    result: Result


def shape_finding(result: Result, find_place: FindPlace, words: Words) -> ShapeFinding:
    """Return the finding for a result.

    Args:
        result: what an engine found.
        find_place: where (focus node, property, value) stands.
        words: says it in sentences.
    """
    step = predicate_of(result.path)
    shape = result.shape.value if isinstance(result.shape, NamedNode) else ""
    return ShapeFinding(
        code=re.split("[/#]", shape)[-1] if shape else "shape",
        severity=_SEVERITIES.get(result.severity.value, Severity.VIOLATION),
        message=words.message(result),
        place=find_place(result.focus, step, result.value),
        focus=str(result.focus),
        path=str(result.path or ""),
        value="" if result.value is None else str(result.value),
        shape=shape,
        component=result.component.value,
        result=result,
        reasons=words.reasons(result),
    )


def predicate_of(path: Path | None) -> NamedNode | None:
    """The property of a path of one step; None for others."""
    return path.iri if isinstance(path, Predicate) else None

"""Findings that have one cause: the same rule, broken in the same way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from eugraph.findings import Finding
from eugraph.validate.shape_finding import ShapeFinding
from eugraph.validate.words.names import shown

TOGETHER = 10  # findings of one cause that still have a line each
NAMED = 3  # things that the line of a cause names
_VARYING = re.compile(r"“[^”]*”(?:@[\w-]+)?|'[^']*'|\"[^\"]*\"|\d+")


def by_cause(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Return the findings of each cause, in their order, the causes in the order of their first finding."""
    causes: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.source, finding.severity, finding.code, finding.shape, finding.component, pattern(finding))
        causes.setdefault(key, []).append(finding)
    return list(causes.values())


def together(findings: Sequence[Finding]) -> list[Finding]:
    """Return one finding for each cause that has many, in the place of its first, and the others as they are."""
    many = {id(cause[0]): cause for cause in by_cause(findings) if len(cause) > TOGETHER}
    inside = {id(finding) for cause in many.values() for finding in cause}
    found = []
    for finding in findings:
        if cause := many.get(id(finding)):
            foci = dict.fromkeys(other.focus for other in cause if other.focus != finding.focus)
            found.append(replace(finding, times=len(cause), like=tuple(foci)[: NAMED - 1]))
        elif id(finding) not in inside:
            found.append(finding)
    return found


def pattern(finding: Finding) -> str:
    """The message with "…" in place of what differs from value to value: quoted texts, numbers, the value itself."""
    message = finding.message
    if isinstance(finding, ShapeFinding):
        for term in (finding.result.value, finding.result.focus):
            if term is not None:
                message = message.replace(shown(term), "…").replace(term.value, "…") if term.value else message
    return _VARYING.sub("…", message)

"""Findings that have one cause: the same rule, broken in the same way."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eugraph.findings import Finding
from eugraph.validate.shape_finding import ShapeFinding
from eugraph.validate.words.names import shown

_VARYING = re.compile(r"“[^”]*”(?:@[\w-]+)?|'[^']*'|\"[^\"]*\"|\d+")


def by_cause(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Return the findings of each cause, in their order, the causes in the order of their first finding."""
    causes: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.source, finding.severity, finding.code, finding.shape, finding.component, pattern(finding))
        causes.setdefault(key, []).append(finding)
    return list(causes.values())


def pattern(finding: Finding) -> str:
    """The message with "…" in place of what differs from value to value: quoted texts, numbers, the value itself."""
    message = finding.message
    if isinstance(finding, ShapeFinding):
        for term in (finding.result.value, finding.result.focus):
            if term is not None:
                message = message.replace(shown(term), "…").replace(term.value, "…") if term.value else message
    return _VARYING.sub("…", message)

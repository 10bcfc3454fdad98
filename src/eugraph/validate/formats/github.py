"""Annotations that GitHub shows at the line of a pull request.

GitHub shows ten of each kind a step, so the gravest come first.

Spec: GitHub Actions, workflow commands,
<https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>.
"""

from __future__ import annotations

from collections.abc import Iterator

from eugraph.errors import visible
from eugraph.findings import Finding, Severity
from eugraph.validate.listing import Listing, told

_COMMANDS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_MESSAGES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES = {**_IN_MESSAGES, ":": "%3A", ",": "%2C"}


def write(listing: Listing) -> Iterator[str]:
    """Yield a command a finding, then the sum for the log."""
    for finding in sorted(listing.findings, key=lambda finding: -finding.severity):
        yield _command(finding, listing)
    yield f"{listing.summary()}\n"


def _command(finding: Finding, listing: Listing) -> str:
    properties: dict[str, object] = {}
    if place := finding.place:
        properties["file"] = place.path.as_posix()
        if place.line:
            properties["line"] = place.line
        if place.column:
            properties["col"] = place.column
    properties["title"] = finding.code
    said = ",".join(f"{name}={_escaped(str(value), _IN_PROPERTIES)}" for name, value in properties.items())
    about = f" [{listing.name(finding.focus)}]" if finding.focus else ""
    return f"::{_COMMANDS[finding.severity]} {said}::{_escaped(told(finding) + about, _IN_MESSAGES)}\n"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return visible("".join(escapes.get(character, character) for character in text))

"""SARIF 2.1.0, which code hosts and editors read.

Spec: OASIS SARIF 2.1.0 with errata 01, <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from urllib.parse import quote

from eugraph import __version__
from eugraph.findings import Finding, Place, Severity
from eugraph.validate.causes import pattern
from eugraph.validate.formats.json_report import with_list
from eugraph.validate.listing import Listing, told

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_HOME = "https://w3id.org/eugraph"


def write(listing: Listing) -> Iterator[str]:
    """Yield the log, result by result."""
    rules: dict[str, dict[str, object]] = {}
    places: dict[str, int] = {}
    for finding in listing.findings:
        if (name := _rule_name(finding)) not in rules:
            places[name] = len(rules)
            rules[name] = _rule(finding)
    driver = {"name": "eugraph", "version": __version__, "informationUri": _HOME, "rules": list(rules.values())}
    run: dict[str, object] = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints"}
    if listing.notes:
        run["properties"] = {"notes": list(listing.notes)}
    yield f'{{\n  "$schema": "{_SCHEMA}",\n  "version": "2.1.0",\n  "runs": [\n    '
    results = (_result(finding, places[_rule_name(finding)], listing) for finding in listing.findings)
    yield from with_list(run, "results", results, depth=2)
    yield "\n  ]\n}\n"


def _rule_name(finding: Finding) -> str:
    """The code; for a shape without an IRI, the name of what it asks."""
    return finding.code if finding.shape or not finding.component else re.split("[/#]", finding.component)[-1]


def _rule(finding: Finding) -> dict[str, object]:
    rule: dict[str, object] = {
        "id": _rule_name(finding),
        "shortDescription": {"text": pattern(finding)},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
    }
    if finding.shape:
        rule["helpUri"] = finding.shape
    return rule


def _result(finding: Finding, rule: int, listing: Listing) -> dict[str, object]:
    location: dict[str, object] = {}
    if finding.place:
        location["physicalLocation"] = _physical(finding.place)
    if finding.focus:
        location["logicalLocations"] = [{"fullyQualifiedName": listing.term(finding.focus)}]
    said = "\x1f".join((finding.code, finding.focus, finding.path, finding.value))
    return {
        "ruleId": _rule_name(finding),
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": _unlinked(told(finding))},
        "locations": [location] if location else [],
        # The same fault keeps its fingerprint where lines above it come or go.
        "partialFingerprints": {"finding/v1": hashlib.sha256(said.encode()).hexdigest()[:32]},
    }


def _physical(place: Place) -> dict[str, object]:
    path = place.path
    uri = f"file://{quote(path.as_posix())}" if path.is_absolute() else quote(path.as_posix(), safe="/@!$&'()*+,;=~")
    found: dict[str, object] = {"artifactLocation": {"uri": uri}}
    if place.line:
        found["region"] = {"startLine": place.line, **({"startColumn": place.column} if place.column else {})}
    return found


def _unlinked(text: str) -> str:
    """The message with its brackets escaped: `[text](target)` would be a link. Spec: SARIF §3.11.6."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")

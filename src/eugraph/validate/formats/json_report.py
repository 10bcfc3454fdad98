"""For programs: JSON, by the schema `report.schema.json` beside this module."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files

from eugraph.findings import Finding, Severity
from eugraph.validate.listing import Listing


def write(listing: Listing) -> Iterator[str]:
    """Yield the document: what is said of all, then finding by finding."""
    head = {
        "conforms": listing.conforms,
        "counts": {severity.word: listing.counts[severity] for severity in sorted(Severity, reverse=True)},
        "notes": list(listing.notes),
    }
    yield from with_list(head, "findings", (_as_json(finding, listing) for finding in listing.findings))


def _as_json(finding: Finding, listing: Listing) -> dict[str, object]:
    place = finding.place
    return {
        "severity": finding.severity.word,
        "code": finding.code,
        "message": finding.message,
        "reasons": list(finding.reasons),
        "file": place.path.as_posix() if place else None,
        "line": place.line or None if place else None,
        "column": place.column or None if place else None,
        "written": place.written or None if place else None,
        "focus": listing.term(finding.focus) or None,
        "path": finding.path or None,
        "value": listing.term(finding.value) or None,
        "shape": finding.shape or None,
        "component": finding.component or None,
        **({"source": finding.source} if finding.source else {}),
        **({"times": finding.times, "like": [*map(listing.term, finding.like)]} if finding.times > 1 else {}),
    }


def with_list(head: dict[str, object], name: str, items: Iterator[dict[str, object]], depth: int = 0) -> Iterator[str]:
    """Yield a JSON object that ends in a list, item by item, so that it is never held as a whole.

    Args:
        head: the members before the list; one at least.
        name: the key of the list.
        items: what is in it.
        depth: how many levels of two spaces the object is indented.
    """
    space = "  " * (depth + 1)
    yield _indented(head, depth)[:-1].rstrip() + f',\n{space}"{name}": ['
    comma = ""
    for item in items:
        yield f"{comma}\n{space}  {_indented(item, depth + 2)}"
        comma = ","
    end = "  " * depth
    yield (f"\n{space}]" if comma else "]") + f"\n{end}}}" + ("\n" if depth == 0 else "")


def _indented(value: object, depth: int) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n" + "  " * depth)


def schema_text() -> str:
    """The JSON Schema of this format."""
    return (files(__package__) / "report.schema.json").read_text(encoding="utf-8")

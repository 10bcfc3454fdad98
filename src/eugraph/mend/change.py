"""What a patch is, from the statement that shall say something else to the characters that say it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad

from eugraph.findings import Finding, Place
from eugraph.rdf.locate import Term


class Candidate(NamedTuple):
    """A value that may be the right one, and why: a sentence."""

    value: Term
    why: str


class Change(NamedTuple):
    """A statement of a file, and what it shall say: another predicate or another value."""

    quad: Quad
    predicate: NamedNode
    value: Term

    @staticmethod
    def of_value(quad: Quad, value: Term) -> Change:
        """A change of the value alone."""
        assert isinstance(quad.predicate, NamedNode)
        return Change(quad, quad.predicate, value)

    @staticmethod
    def of_predicate(quad: Quad, predicate: NamedNode) -> Change:
        """A change of the predicate alone."""
        return Change(quad, predicate, quad.object)  # type: ignore[arg-type]  # RDF 1.1: no triple terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What would mend a finding, before anybody knows whether it does."""

    finding: Finding
    kind: str  # of the mending, as docs/fix.md lists them
    changes: tuple[Change, ...]
    why: str


class Edit(NamedTuple):
    """Characters of a file to be replaced. Offsets count characters of its text, a byte order mark included."""

    name: PurePath  # of the file, as messages call it
    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A patch: edits that belong together, and the findings that they mend."""

    findings: tuple[Finding, ...]
    kind: str
    edits: tuple[Edit, ...]
    why: str
    place: Place  # where the first edit begins


def edited(text: str, edits: list[Edit]) -> str:
    """Return a text with its edits done. They do not overlap."""
    for edit in sorted(edits, key=lambda each: each.start, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text

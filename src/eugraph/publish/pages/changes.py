"""What changed since the previous release, as a page."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from pyoxigraph import NamedNode

from eugraph.changes import Changes, Words
from eugraph.publish.pages.engine import Engine
from eugraph.publish.pages.frame import Frame
from eugraph.publish.pages.links import document_at
from eugraph.publish.pages.words import one_line

PATH = "changes.html"
FORMS = (
    ("changes.atom", "application/atom+xml", "Atom"),
    ("changes.md", "text/markdown", "Markdown"),
    ("changes.json", "application/json", "JSON"),
    ("changes.rdfp", "application/rdf-patch", "RDF Patch"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A thing that changed, as people read it."""

    heading: str
    path: str  # of its page, "" where there is none any more
    change: str  # added, removed or changed
    edits: list[str]


def changes_page(engine: Engine, changes: Changes, base_iri: str, files: Container[str]) -> bytes:
    """Return the page.

    Args:
        engine: renders.
        changes: since the previous release.
        base_iri: what the IRIs of things begin with, as published.
        files: paths of the release, to some of which things lead.
    """
    words = Words(changes)
    things = []
    for heading, thing in words.things():
        path = document_at(thing.node.value, base_iri) if isinstance(thing.node, NamedNode) else ""
        edits = [one_line(words.edit(edit, thing.node)) for edit in thing.edits]
        things.append(Shown(one_line(heading), path if path in files else "", thing.kind, edits))
    frame = Frame(
        path=PATH,
        title="What changed",
        description=f"From {changes.old.name} to {changes.new.name}.",
        forms=FORMS,
    )
    findings = [(heading, [words.finding(told) for told in found]) for heading, found in words.findings()]
    return engine.page("changes.html", frame, things=things, findings=findings, totals=[*words.totals()])

"""What has changed since the last release beside its imports, and which documents that reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

from pyoxigraph import NamedNode

from eugraph.publish.content import vocabulary_paths
from eugraph.publish.given import ReleaseInput
from eugraph.publish.long_lists import LongLists
from eugraph.publish.pages.cards import Place
from eugraph.publish.paths import path_of
from eugraph.publish.preparing import prepare
from eugraph.publish.reach import Reach, Texts, quads_of
from eugraph.publish.remembered import Memory
from eugraph.publish.state import digest, things_found, things_in
from eugraph.publish.statements import Statements
from eugraph.sources.gone import WITHDRAWN


class Change:
    """What has changed, and what that reaches."""

    def __init__(self, release: ReleaseInput, memory: Memory) -> None:
        """Look over what has changed.

        Raises:
            TooFar: that reaches too much.
        """
        assert release.imported is not None
        self.release, self.imported = release, release.imported
        base = release.base_iri
        statements = Statements()
        statements.take(release.quads)
        self.before, self.now = memory.said(), dict(statements.taken())
        reach = self.reach = Reach(self.before, self.now, release.imported, base)
        lists = LongLists(memory["ends"], lambda iri: _place(memory, iri, base))
        self._look(reach.things(lists), memory)
        if lists.left and not self._stay_behind(lists.left):
            self._look(reach.things(), memory)

    def _stay_behind(self, left: Mapping[str, Place]) -> bool:
        """Say whether things stand behind the ends of lists now, and no profile tells of them in another document."""
        told = (triple.subject for triple in self.release.profile if getattr(triple.object, "value", "") in left)
        return all(self.ready.plan.place(thing) > end for thing, end in left.items()) and all(
            isinstance(subject, NamedNode) and subject.value in self.near for subject in told
        )

    def _look(self, things: set[str], memory: Memory) -> None:
        """Look at all that the documents of things depend on that may have changed."""
        release, reach, base = self.release, self.reach, self.release.base_iri
        things |= {s[1:-1] for s, texts in self.now.items() if any(_withdrawn(text) for text in texts.values())}
        known, renamed = memory["reports"], reach.renamed
        self.reports = {
            name
            for name, report in release.reports.items()
            if known.get(name) != digest(report) or (renamed and not renamed.isdisjoint(things_in(report, base)))
        }
        shown = chain.from_iterable(things_in(release.reports[name], base) for name in self.reports)
        params = (base + value for report in release.reports.values() for value in report.params.values())
        findings = things_found(release.validation.get("json", b"{}"))
        graphs = (graph[1:-1].replace("/graph/", "/source/") for graph in self.imported.graphs)
        part = reach.surroundings(things, chain(shown, params, findings, graphs))
        self.homes = reach.with_hosts(things)
        self.near = reach.with_guests(self.homes)  # all that stands or stood in their documents, and more
        self.ready = prepare(replace(release, imported=part), vocabulary_paths(release))

    def statements(self, said: Texts) -> Texts:
        """Return all that is said of the things that have changed, where what is not imported is as given."""
        of = {s: self.reach.about(s[1:-1]) if s[0] == "<" else {} for s in self.reach.changed}
        whole = Statements()
        for texts in (of, {s: said.get(s, {}) for s in self.reach.changed}):
            whole.take(quads_of(texts))
        return dict(whole.taken())


def _place(memory: Memory, iri: str, base_iri: str) -> Place | None:
    """Return what a thing was sorted by in lists; None where it had no document."""
    if not iri.startswith(base_iri):
        return None
    made = memory.made(path_of(iri[len(base_iri) :]))
    return made.entry[:2] if made is not None and made.entry.iri == iri else None


def _withdrawn(text: str) -> bool:
    return f"\n{WITHDRAWN} " in f"\n{text}"

"""Mending a workspace: propose, patch in memory, validate again, and keep what proves right.

A patch is kept if every finding that it is for is gone and no other finding has come, of whatever severity. Patches are
tried together; where that fails, in halves. What is kept may make another patch certain, so it goes round until nothing
more is found: a second run has nothing to do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from pyoxigraph import NamedNode

from eugraph.findings import Finding, Severity
from eugraph.loading import Loaded
from eugraph.mend.change import Fix, Proposal
from eugraph.mend.edits import Editor, fixes
from eugraph.mend.knowledge import Knowledge
from eugraph.mend.proposals import propose
from eugraph.mend.trial import State, is_better, is_stopped, parted, refusal, validated, validated_with
from eugraph.mend.unreadable import patches
from eugraph.rdf.jsonld_context import Context
from eugraph.rdf.locate import Term
from eugraph.validate.workspace import without_repeats
from eugraph.vocab import shorten

_MOST = 1000  # patches that make files readable
_ROUNDS = 20  # more than enough: each mends something
_AMBIGUOUS = "there is more than one way to mend it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """What can be mended, and what cannot."""

    fixes: Sequence[Fix]  # in the order in which they were found
    before: Mapping[PurePath, str]  # the texts of the files that change
    after: Mapping[PurePath, str]
    paths: Mapping[PurePath, Path]
    unsure: Sequence[tuple[Proposal, str]]  # suggestions, each with the reason why it is none of the fixes
    left: Sequence[Finding]  # findings that stay
    is_stopped: bool  # files are such that no shape could be asked; `left` says which, and nothing was mended

    def suggestions(self) -> Iterator[tuple[Finding, str]]:
        """What may mend a finding, and why it is not certain; in the order of the findings."""
        found: dict[Finding, tuple[str, list[str]]] = {}
        for proposal, reason in self.unsure:
            change = proposal.changes[0]
            shown = change.predicate if change.predicate != change.quad.predicate else change.value
            ways = found.setdefault(proposal.finding, (reason, []))[1]
            if (way := _shown(shown)) not in ways:
                ways.append(way)
        for finding in sorted(found, key=Finding.sort_key):
            reason, ways = found[finding]
            yield finding, f"{reason}: {' or '.join(ways)}?"

    @property
    def exit_status(self) -> int:
        """2 where a file could not be read, 1 where something else kept shapes from being asked, else 0."""
        return 2 if any(finding.unreadable for finding in self.left) else int(self.is_stopped)


def _shown(node: Term) -> str:
    return shorten(node.value) if isinstance(node, NamedNode) else str(node)


def mend(loaded: Loaded, *, extra: Sequence[Path] = (), only: Collection[PurePath] | None = None) -> Mending:
    """Find the patches that certainly mend findings; nothing is written.

    Args:
        loaded: the workspace, read with the files in `extra`.
        extra: files outside of its data folder that belong to it.
        only: the names of the files to mend; None for all.

    Raises:
        ShapesError: the shapes cannot be run.
    """
    return _Mender(loaded, extra, only).mend()


@dataclass
class _Mender:
    loaded: Loaded
    extra: Sequence[Path]
    only: Collection[PurePath] | None
    fixes: list[Fix] = field(default_factory=list)
    unsure: list[tuple[Proposal, str]] = field(default_factory=list)
    _refusals: dict[Fix, str] = field(default_factory=dict)  # why a patch is not kept

    def mend(self) -> Mending:
        state = validated(self.loaded, {})
        if is_stopped(state):
            state = self._readable(state) or state
        for _ in range(0 if is_stopped(state) else _ROUNDS):
            better = self._round(state)
            if better is None:
                break
            state = better
        before, after = {}, {}
        for file, text in state.texts.items():
            before[file.name] = self.loaded.curated.data_of(file).decode("utf-8")
            after[file.name] = text
        return Mending(
            fixes=self.fixes,
            before=before,
            after=after,
            paths={file.name: file.path for file in state.texts},
            unsure=self.unsure,
            is_stopped=is_stopped(state),
            left=without_repeats(state.findings),
        )

    def _readable(self, state: State) -> State | None:
        """Make the files readable, all of them; None where that cannot be.

        What they say could not be judged before, so a violation or a warning in one of them speaks against the patches.
        """
        loaded = state.loaded
        if loaded.ontology.findings or loaded.shapes.findings:
            return None
        context = Context.from_ontology(loaded.ontology.quads)
        found: list[Fix] = []
        while is_stopped(state):  # what one fault hides, the next pass finds
            curated = state.loaded.curated
            texts = {file.name: curated.data_of(file).decode("utf-8") for file in curated.files}
            now = [fix for finding in curated.findings for fix in patches(finding, texts, context)]
            if not now or len(found) > _MOST:
                return None
            found += now
            state = validated_with(state, now, self.extra)
        changed = {edit.name for fix in found for edit in fix.edits}
        grave = {each.place.path for each in state.findings if each.severity > Severity.INFO and each.place}
        if changed & grave or (self.only is not None and not changed <= set(self.only)):
            return None
        self.fixes += found
        return state

    def _round(self, state: State) -> State | None:
        """Mend what can be mended in a state; None where nothing can."""
        proposals, self.unsure = self._proposals(state)
        editor = Editor(state.loaded.curated, lambda: Context.from_ontology(state.loaded.ontology.quads))
        patches, refused = fixes(proposals, editor)
        self.unsure += refused
        if self.only is not None:
            patches = [fix for fix in patches if all(edit.name in self.only for edit in fix.edits)]
        kept, reached = self._keep(state, [], state, patches)
        if not kept:
            self.unsure += [
                (proposal, self._refusals[fix])
                for proposal in proposals
                for fix in patches
                if proposal.finding in fix.findings
            ]
            return None
        self.fixes += kept
        return reached

    def _proposals(self, state: State) -> tuple[list[Proposal], list[tuple[Proposal, str]]]:
        """The one proposal for each finding that has one alone, and those that are several."""
        known = Knowledge(state.loaded)
        single: list[Proposal] = []
        several: list[tuple[Proposal, str]] = []
        for finding in state.findings:
            if self.only is not None and (finding.place is None or finding.place.path not in self.only):
                continue
            found = {proposal.changes: proposal for proposal in reversed(list(propose(finding, known)))}
            targets = {tuple(change.quad for change in changes) for changes in found}
            if len(targets) < len(found):
                several += [(proposal, _AMBIGUOUS) for proposal in found.values()]
            elif found:  # the same fault at several places: all of them, or none
                first = next(reversed(found.values()))
                changes = tuple(change for proposal in found.values() for change in proposal.changes)
                single.append(replace(first, changes=changes))
        return single, several

    def _keep(self, start: State, kept: list[Fix], reached: State, batch: Sequence[Fix]) -> tuple[list[Fix], State]:
        """Return the patches of `kept` and `batch` that hold together, and the state they lead to from `start`."""
        if not batch:
            return kept, reached
        together = [*kept, *batch]
        trial = validated_with(start, together, self.extra)
        if is_better(start, trial, together):
            return together, trial
        if len(batch) == 1:
            self._refusals[batch[0]] = refusal(start, trial, together)
            return kept, reached
        first, second = parted(start, trial, batch)
        kept, reached = self._keep(start, kept, reached, first)
        return self._keep(start, kept, reached, second)

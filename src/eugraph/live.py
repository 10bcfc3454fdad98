"""A workspace that stays read: after a change of its files only what changed is read and validated again.

The report is always that of validating everything anew.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import Triple

from eugraph.config import open_workspace
from eugraph.errors import EugraphError
from eugraph.findings import Finding
from eugraph.pipeline import Loaded, check, load
from eugraph.rdf.collecting import without_collecting
from eugraph.rdf.jsonld_context import Context
from eugraph.shacl import beyond, compile_shapes
from eugraph.shacl.standing import Standing
from eugraph.sources import Reading, read_files, source_files
from eugraph.validate import Graphs, Outcome, Report, report_of, shape_places

Stamp = tuple[int, int, int]  # what tells that a file was written: time, size, number
Stamps = Mapping[Path, Stamp]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a look at the workspace gave."""

    report: Report | None  # None where the workspace as a whole cannot be read; then `fault` says why
    fault: str
    changed: tuple[Path, ...]  # files that came, went or were written since the last look
    checked: int  # pairs of shape and node that were validated for it


class LiveWorkspace:
    """The report on a workspace, kept up to date."""

    def __init__(self, root: Path) -> None:
        """Take the folder of a workspace; the first `look` reads it."""
        self._root = root
        self._stamps: Stamps = {}
        self._readings: dict[Path, Reading] = {}  # of data files, each by itself
        self._state: _State | None = None

    def look(self) -> Answer | None:
        """Return the new answer where a file was written since the last look, else None."""
        stamps = self._stamped()
        if stamps == self._stamps:
            return None
        changed = {path for path in stamps.keys() | self._stamps.keys() if stamps.get(path) != self._stamps.get(path)}
        self._stamps = stamps
        with without_collecting():
            return self._answer(changed)

    def _answer(self, changed: set[Path]) -> Answer:
        shown = tuple(sorted(changed))
        before = self._state
        try:
            if before is None or any(not path.is_relative_to(before.workspace.data) for path in changed):
                self._readings.clear()
                self._state = None  # what was known rests on ontology, shapes and settings
                self._state = state = _State.of(load(open_workspace(self._root)))
                return Answer(state.report, "", shown, state.checked)
            loaded = self._read_again(before, changed)
            report, checked = before.update(loaded)
            return Answer(report, "", shown, checked)
        except EugraphError as error:
            return Answer(None, str(error), shown, 0)

    def _read_again(self, state: _State, changed: set[Path]) -> Loaded:
        """The workspace with the changed data files read again, and nothing else."""
        workspace, known = state.workspace, state.loaded
        vocabulary = Context.from_ontology(known.ontology.quads)
        curated = Reading(base_iri=workspace.base_iri)
        names: set[object] = set()
        for path in source_files(workspace.data):
            if path in changed or path not in self._readings:
                self._readings[path] = read_files(
                    [path],
                    base_iri=workspace.base_iri,
                    graphs_from=workspace.data,
                    shown_from=workspace.root,
                    vocabulary=vocabulary,
                )
            reading = self._readings[path]
            curated.add(reading)
            graphs = [file.graph for file in reading.files]
            if not names.isdisjoint(graphs):
                return load(workspace)  # two files that would be one graph: a finding of reading them together
            names.update(graphs)
        curated.take_places(known.curated)
        return Loaded(workspace=workspace, curated=curated, ontology=known.ontology, shapes=known.shapes)

    def _stamped(self) -> Stamps:
        """When each file was written, of the settings and of the folders whose files are read."""
        found: dict[Path, Stamp] = {}
        for name in ("eugraph.toml", "data", "ontology", "shapes"):
            _stamp(self._root / name, found)
        return found


def _stamp(path: Path, found: dict[Path, Stamp]) -> None:
    try:
        if path.is_dir():
            with os.scandir(path) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir():
                        _stamp(Path(entry.path), found)
                    else:
                        status = entry.stat()
                        found[Path(entry.path)] = (status.st_mtime_ns, status.st_size, status.st_ino)
        else:
            status = path.stat()
            found[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    except OSError:  # it went while we looked; the next look sees what came of it
        found[path] = (0, 0, 0)


class _State:
    """What is known of the last state of the workspace that could be read."""

    def __init__(self, loaded: Loaded, standing: Standing | None, triples: set[Triple], report: Report) -> None:
        self.loaded, self.workspace = loaded, loaded.workspace
        self.report, self.checked = report, 0
        self._standing, self._triples = standing, triples

    @classmethod
    def of(cls, loaded: Loaded) -> _State:
        """Validate everything."""
        if _broken(loaded) or beyond(loaded.shapes.quads):
            return cls(loaded, None, set(), check(loaded))
        plan = compile_shapes(loaded.shapes.quads, shape_places(loaded.shapes))
        triples = _triples(loaded)
        standing = Standing(plan, plan.graph([*(quad.triple for quad in loaded.ontology.quads), *triples]))
        state = cls(loaded, standing, triples, Report(()))
        state.report = _report(loaded, standing)
        return state

    def update(self, loaded: Loaded) -> tuple[Report, int]:
        """Return the report on a later state, and how much was validated for it.

        Where it cannot be read the last readable one stays, for the time when it can.
        """
        if _broken(loaded) or self._standing is None:
            return check(loaded), 0
        triples = _triples(loaded)
        standing = self._standing
        gone, come = self._triples - triples - self._fixed, triples - self._triples - self._fixed
        checked = standing.update(sorted(gone, key=str), sorted(come, key=str))
        self.loaded, self._triples = loaded, triples
        self.report = _report(loaded, standing)
        return self.report, checked

    @cached_property
    def _fixed(self) -> set[Triple]:
        """The statements of the ontology: they stay, also where a data file says the same."""
        return {quad.triple for quad in self.loaded.ontology.quads}


def _broken(loaded: Loaded) -> list[Finding]:
    return [*loaded.curated.findings, *loaded.ontology.findings, *loaded.shapes.findings]


def _triples(loaded: Loaded) -> set[Triple]:
    return {quad.triple for quad in loaded.quads}


def _report(loaded: Loaded, standing: Standing) -> Report:
    graphs = Graphs(
        curated=loaded.curated, derived=loaded.derived, ontology=loaded.ontology.quads, shapes=loaded.shapes
    )
    return report_of(graphs, Outcome(standing.results, graph=standing.graph))

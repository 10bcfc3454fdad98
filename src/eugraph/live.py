"""A workspace that stays read: after a change of its files only what changed is read and validated again.

The report is always that of validating everything anew.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from pyoxigraph import Quad, Triple

from eugraph.checking import check
from eugraph.config import open_workspace
from eugraph.derive import consulted
from eugraph.errors import EugraphError
from eugraph.findings import Finding
from eugraph.loading import Loaded, load
from eugraph.rdf.collecting import without_collecting
from eugraph.rdf.jsonld_context import Context
from eugraph.shacl import beyond, compile_shapes
from eugraph.shacl.standing import Standing
from eugraph.sources import Reading, read_files, source_files
from eugraph.validate import Graphs, Outcome, Report, report_of, shape_places
from eugraph.validate.checks import Vocabulary
from eugraph.validate.shape_finding import ShapeFinding

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
        state = self._state
        try:
            if (
                state is None
                or not state.stands
                or any(not path.is_relative_to(state.workspace.data) for path in changed)
            ):
                self._state = None  # what was known rests on ontology, shapes and settings
                self._state = state = _State(load(open_workspace(self._root)))
                return Answer(state.report, "", shown, 0)
            report, checked = state.update(changed)
            return Answer(report, "", shown, checked)
        except EugraphError as error:
            return Answer(None, str(error), shown, 0)

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

    def __init__(self, loaded: Loaded) -> None:
        self.workspace = loaded.workspace
        self._loaded = loaded
        self._files: dict[Path, Reading] = {}  # of data, each by itself, as they were when all could be read
        self._latest = self._files  # as they are, whether they can be read or not
        self._standing: Standing | None = None
        self._stated: Counter[Triple] = Counter()  # how many files state it; what is derived counts as a file
        if _broken(loaded) or beyond(loaded.shapes.quads):
            self.report = check(loaded)
            return
        plan = compile_shapes(loaded.shapes.quads, shape_places(loaded.shapes))
        self._standing = Standing(plan, plan.graph([*loaded.ontology.quads, *loaded.quads]))
        self._vocabulary = Context.from_ontology(loaded.ontology.quads)
        self._terms = Vocabulary(loaded.ontology.quads)
        self._fixed = {quad.triple for quad in loaded.ontology.quads}  # it stays, also where data say the same
        self._latest = self._files = {path: self._read(path) for path in source_files(self.workspace.data)}
        self._stated.update(triple for reading in self._files.values() for triple in _triples(reading.quads))
        self._stated.update(_triples(loaded.derived))
        self.report = self._reported(loaded, ())

    @property
    def stands(self) -> bool:
        """Tell whether it can be brought up to date; not where files or shapes are such that all begins anew."""
        return self._standing is not None

    def holds_all(self, paths: Iterable[Path]) -> bool:
        """Tell whether all paths are of files of data."""
        return all(path.is_relative_to(self.workspace.data) for path in paths)

    def _read(self, path: Path) -> Reading:
        workspace = self.workspace
        return read_files(
            [path],
            base_iri=workspace.base_iri,
            graphs_from=workspace.data,
            shown_from=workspace.root,
            vocabulary=self._vocabulary,
        )

    def update(self, changed: set[Path]) -> tuple[Report, int]:
        """Return the report after files of data were written, and how much was validated for it.

        Where they cannot be read, the last readable state stays, for the time when they can.
        """
        assert self._standing is not None
        latest = self._latest
        files = {
            path: self._read(path) if path in changed or path not in latest else latest[path]
            for path in source_files(self.workspace.data)
        }
        self._latest = files
        loaded = self._whole(files)
        if _broken(loaded):
            return check(loaded), 0
        before = [reading for path, reading in self._files.items() if files.get(path) is not reading]
        after = [reading for path, reading in files.items() if self._files.get(path) is not reading]
        touched = set(_triples_of(before)) ^ set(_triples_of(after))
        if consulted().isdisjoint(triple.predicate for triple in touched):
            loaded = replace(loaded, known=self._loaded.derived)
        was, now = self._loaded.derived, loaded.derived
        gone, come = self._exchange(
            [*_triples_of(before), *(_triples(was) if now is not was else ())],
            [*_triples_of(after), *(_triples(now) if now is not was else ())],
        )
        checked = self._standing.update(gone, come)
        still = self._still_right(touched, {file.name for reading in (*before, *after) for file in reading.files})
        self._files, self._loaded = files, loaded
        self.report = self._reported(loaded, still)
        return self.report, checked

    def _whole(self, files: Mapping[Path, Reading]) -> Loaded:
        """The workspace with these files of data."""
        known, curated = self._loaded, Reading(base_iri=self.workspace.base_iri)
        names: set[object] = set()
        for reading in files.values():
            curated.add(reading)
            graphs = {file.graph for file in reading.files}
            if not names.isdisjoint(graphs):
                return load(self.workspace)  # two files that would be one graph: only read together is it seen
            names |= graphs
        if not files:
            return load(self.workspace)  # refuses it
        curated.take_places(known.curated)
        return Loaded(workspace=self.workspace, curated=curated, ontology=known.ontology, shapes=known.shapes)

    def _exchange(self, before: Sequence[Triple], after: Sequence[Triple]) -> tuple[list[Triple], list[Triple]]:
        """Count statements out and in; return those that nobody states any more, and those that nobody stated."""
        stated = self._stated
        touched = dict.fromkeys((*before, *after))
        was = {triple for triple in touched if stated[triple] > 0}
        stated.subtract(before)
        stated.update(after)
        gone = [triple for triple in touched if triple in was and stated[triple] <= 0 and triple not in self._fixed]
        come = [triple for triple in touched if triple not in was and stated[triple] > 0 and triple not in self._fixed]
        return gone, come

    def _still_right(self, touched: Iterable[Triple], names: Collection[PurePath]) -> Iterator[ShapeFinding]:
        """The findings that stay where their results do: in no changed file, and with nothing new said of them."""
        terms = {str(node) for triple in touched for node in (triple.subject, triple.object)}
        for finding in self.report.findings:
            if (
                isinstance(finding, ShapeFinding)
                and finding.place is not None
                and finding.place.path not in names
                and finding.focus not in terms
                and finding.value not in terms
            ):
                yield finding

    def _reported(self, loaded: Loaded, known: Iterable[ShapeFinding]) -> Report:
        assert self._standing is not None
        graphs = Graphs(
            curated=loaded.curated,
            derived=loaded.derived,
            ontology=loaded.ontology.quads,
            shapes=loaded.shapes,
            terms=self._terms,
        )
        return report_of(graphs, Outcome(self._standing.results, graph=self._standing.graph), known=known)


def _broken(loaded: Loaded) -> list[Finding]:
    return [*loaded.curated.findings, *loaded.ontology.findings, *loaded.shapes.findings]


def _triples(quads: Iterable[Quad]) -> list[Triple]:
    return [quad.triple for quad in quads]


def _triples_of(readings: Iterable[Reading]) -> list[Triple]:
    return [quad.triple for reading in readings for quad in reading.quads]

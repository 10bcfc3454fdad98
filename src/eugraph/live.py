"""A workspace that stays read: after a change of its files only what changed is read and validated again.

The report is always that of validating everything anew.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from pyoxigraph import Quad, Triple

from eugraph.checking import check
from eugraph.config import MATCHES_FILE, SETTINGS_FILE, open_workspace
from eugraph.derive import Derivation
from eugraph.errors import EugraphError
from eugraph.findings import Finding
from eugraph.loading import Loaded, load
from eugraph.rdf.collecting import without_collecting
from eugraph.rdf.jsonld_context import Context
from eugraph.shacl import beyond, compile_shapes
from eugraph.shacl.standing import Standing
from eugraph.sources import Reading, read_files, source_files
from eugraph.validate import Graphs, Outcome, Report, report_of, shape_places
from eugraph.validate.declared import Vocabulary
from eugraph.validate.shape_finding import ShapeFinding

Stamp = tuple[int, int, int]  # what tells that a file was written: time, size, number
Stamps = Mapping[str, Stamp]  # by path; as text, for a look is taken many times a second


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
        paths = stamps.keys() | self._stamps.keys()
        changed = {Path(path) for path in paths if stamps.get(path) != self._stamps.get(path)}
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
        found: dict[str, Stamp] = {}
        for name in (SETTINGS_FILE, MATCHES_FILE, "data", "ontology", "shapes"):
            _stamp(os.path.join(self._root, name), found)  # noqa: PTH118 - paths are texts here, see `Stamps`
        return found


def _stamp(path: str, found: dict[str, Stamp]) -> None:
    try:
        status = os.stat(path)  # noqa: PTH116 - as above
        if not stat.S_ISDIR(status.st_mode):
            found[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
            return
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir():
                    _stamp(entry.path, found)
                else:
                    status = entry.stat()
                    found[entry.path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    except OSError:  # it went while we looked; the next look sees what came of it
        found[path] = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class _File:
    """One file of data, read by itself."""

    reading: Reading
    triples: frozenset[Triple]


Files = Mapping[Path, _File]


class _State:
    """What is known of the last state of the workspace that could be read."""

    def __init__(self, loaded: Loaded) -> None:
        self.workspace = loaded.workspace
        self._loaded = loaded
        self._files: Files = {}  # of data, as they were when all could be read
        self._latest = self._files  # as they are, whether they can be read or not
        self._standing: Standing | None = None
        if _broken(loaded) or beyond(loaded.shapes.quads) or loaded.imported is not None:
            self.report = check(loaded)
            return
        ontology = loaded.ontology.quads
        self._vocabulary = Context.from_ontology(ontology)
        self._terms = Vocabulary(ontology)
        self._fixed = {quad.triple for quad in ontology}  # it stays, also where data say the same
        self._latest = self._files = {path: self._read(path) for path in source_files(self.workspace.data)}
        self._stated = Counter(triple for file in self._files.values() for triple in file.triples)  # by how many files
        self._derivation = Derivation(loaded.curated.quads, ontology)
        plan = compile_shapes(loaded.shapes.quads, shape_places(loaded.shapes))
        data: list[Quad | Triple] = [*ontology, *loaded.curated.quads, *self._derivation.triples]
        self._standing = Standing(plan, plan.graph(data))
        self.report = self._reported(loaded, ())

    @property
    def stands(self) -> bool:
        """Tell whether it can be brought up to date; not where the workspace is such that all begins anew."""
        return self._standing is not None

    def _read(self, path: Path) -> _File:
        workspace = self.workspace
        reading = read_files(
            [path],
            base_iri=workspace.base_iri,
            graphs_from=workspace.data,
            shown_from=workspace.root,
            vocabulary=self._vocabulary,
        )
        return _File(reading, frozenset(quad.triple for quad in reading.quads))

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
        before = {path: file for path, file in self._files.items() if files.get(path) is not file}
        after = {path: file for path, file in files.items() if self._files.get(path) is not file}
        touched, gone, come = self._exchange(before, after)
        checked = self._standing.update(gone, come)
        names = {file.name for each in (*before.values(), *after.values()) for file in each.reading.files}
        still = list(self._still_right(touched, names))
        self._files, self._loaded = files, loaded
        self.report = self._reported(loaded, still)
        return self.report, checked

    def _whole(self, files: Files) -> Loaded:
        """The workspace with these files of data."""
        known, curated = self._loaded, Reading(base_iri=self.workspace.base_iri)
        names: set[object] = set()
        for each in files.values():
            curated.add(each.reading)
            graphs = {file.graph for file in each.reading.files}
            if not names.isdisjoint(graphs):
                return load(self.workspace)  # two files that would be one graph: only read together is it seen
            names |= graphs
        if not files:
            return load(self.workspace)  # refuses it
        curated.take_places(known.curated)
        return Loaded(workspace=self.workspace, curated=curated, ontology=known.ontology, shapes=known.shapes)

    def _exchange(self, before: Files, after: Files) -> tuple[set[Triple], list[Triple], list[Triple]]:
        """Count the statements of files out and in, and derive again.

        Returns:
            All that differs; what is no longer stated or derived by anything, and what was not and now is.
        """
        net: Counter[Triple] = Counter()
        for path in before.keys() | after.keys():
            was, now = (files[path].triples if path in files else frozenset[Triple]() for files in (before, after))
            net.update(dict.fromkeys(now - was, 1))
            net.subtract(dict.fromkeys(was - now, 1))
        stated, derivation = self._stated, self._derivation
        gone = [triple for triple, number in net.items() if number < 0 and stated[triple] + number == 0]
        come = [triple for triple, number in net.items() if number > 0 and not stated[triple]]
        new = [triple for triple in come if triple not in derivation]
        stated.update(net)
        lost, found = derivation.update(gone, come)
        new += (triple for triple in found if not stated[triple])
        lost = [triple for triple in (*gone, *lost) if not stated[triple] and triple not in derivation]
        gone, come = ([triple for triple in found if triple not in self._fixed] for found in (lost, new))
        return {*net, *gone, *come}, gone, come

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
            ontology=loaded.ontology.quads,
            shapes=loaded.shapes,
            terms=self._terms,
        )
        return report_of(graphs, Outcome(self._standing.results, graph=self._standing.graph), known=known)


def _broken(loaded: Loaded) -> list[Finding]:
    return [*loaded.curated.findings, *loaded.ontology.findings, *loaded.shapes.findings]

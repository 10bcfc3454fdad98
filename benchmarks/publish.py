"""A release of the reference workspace beside Horizon Europe, from finished imports, beside plain writes of its bytes.

The peer writes the same bytes to the same paths, with `open` and `write`, in as many processes; it has read them before
its clock runs, some files at a time. Some of the documents are made once more in one process, part by part, so that one
sees what the time goes into.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

from benchmarks.build import release_of
from benchmarks.cordis_tables import ARCHIVE, some_projects, unpack
from benchmarks.cost import MEBIBYTE, Budget, Cost, Line
from benchmarks.effort import Effort
from benchmarks.timing import ROOT, SCRIPTS, run, worker
from benchmarks.tree import run_tree
from benchmarks.worker import Figure, figures
from benchmarks.write import HALF_THE_SPEED, PLAIN, write_plainly
from eugraph.config import FOLDERS, Workspace, open_workspace
from eugraph.loading import load
from eugraph.publish.composing import document_hash
from eugraph.publish.content import vocabulary_paths
from eugraph.publish.pages.things import ThingPages
from eugraph.publish.preparing import prepare
from eugraph.publish.staging import MANIFEST, Staging
from eugraph.publish.workers import default_jobs
from eugraph.rdf.jsonld import write_jsonld
from eugraph.rdf.turtle import write_turtle
from eugraph.vocab import PREFIXES

_MEMORY = Budget(plus=2048 * MEBIBYTE)
_AGAIN = Budget(plus=2.5)  # two seconds, and the start of Python with what a build needs
_AT_A_TIME = 3000  # files that the peer holds
_SAMPLE = 10  # batches of documents that are made part by part
_SOURCE = '\n[sources.cordis]\nkind = "cordis"\nfiles = ["{}"]\ndate = 2025-12-06\non_violation = "report"\n'
_DESCRIBED = 'dcterms:description "'
_PARTS = ("HTML", "JSON-LD", "Turtle", "hash of the graph", "lists and counts", "statements", "SHA-256 and writing")
_ENDINGS = ("ttl", "jsonld", "html")


def measure(workspace: Workspace, effort: Effort) -> Sequence[Line]:
    """Compare on the tables that lie beside the repository, a tenth of the projects unless the run is a full one."""
    archive = ROOT.parent / "shared" / "cordis" / ARCHIVE
    if not archive.is_file():
        sys.stderr.write(f"publish: skipped, {archive} is not there. Lay it there to measure a release.\n")
        return []
    with tempfile.TemporaryDirectory(prefix="eugraph-bench-") as name:
        tables = unpack(archive, Path(name, "unpacked"))
        if effort.europe > 1:
            tables = some_projects(tables, Path(name, "tables"), effort.europe)
        return compare(workspace, tables, Path(name))


def compare(workspace: Workspace, tables: Path, folder: Path) -> list[Line]:
    """Compare on these tables, in a folder for everything that is written."""
    root = _workspace(workspace, tables, folder / "workspace")
    run([str(SCRIPTS / "eugraph"), "-C", str(root), "validate"])
    whole, plain, again = (figures(run(worker("publish", side, str(root))).out) for side in ("build", "plain", "again"))
    made = figures(run(worker("publish", "parts", str(root))).out)
    release = f"a release of {whole['documents']:,.0f} documents, {whole['bytes'] / MEBIBYTE:,.0f} MiB"
    spent = sum(made[part] for part in _PARTS)
    shares = ", ".join(f"{part} {made[part] / spent:.0%}" for part in sorted(_PARTS, key=lambda part: -made[part]))
    return [
        Line(
            what=f"{release}, by eugraph build",
            ours=Cost(whole["seconds"]),
            peer_name=f"{PLAIN} the same bytes",
            peer=Cost(plain["seconds"]),
            budget=HALF_THE_SPEED,
            amount=whole["files"],
            things="files",
            note=f"processor time {whole['cpu']:.1f} s, of the peer {plain['cpu']:.1f} s",
        ),
        Line(
            what=f"{made['documents']:,.0f} of its documents in one process",
            ours=Cost(spent),
            peer_name=f"{PLAIN} the same bytes",
            peer=Cost(made["plain"]),
            amount=made["files"],
            things="files",
            note=f"processor time on both sides: {shares}",
        ),
        Line(what=f"{release}, peak memory of all processes", ours=Cost(whole["peak"], "B"), budget=_MEMORY),
        Line(
            what=f"{release}, again after another description",
            ours=Cost(again["seconds"]),
            budget=_AGAIN,
            note=f"processor time {again['cpu']:.1f} s",
        ),
    ]


def _workspace(workspace: Workspace, tables: Path, root: Path) -> Path:
    """Make a workspace like another one, with the tables as a source."""
    root.mkdir()
    for name in FOLDERS:
        shutil.copytree(workspace.root / name, root / name)
    settings = (workspace.root / "eugraph.toml").read_text(encoding="utf-8")
    (root / "eugraph.toml").write_text(settings + _SOURCE.format(tables), encoding="utf-8")
    return root


def build(root: str) -> Iterator[Figure]:
    """Run the command over finished imports, and count what it wrote."""
    yield from run_tree([str(SCRIPTS / "eugraph"), "-C", root, "build"])
    files = _files(Path(root, "dist"))
    yield "files", len(files)
    yield "bytes", sum(path.stat().st_size for path in files)
    yield "documents", json.loads(Path(root, "dist", MANIFEST).read_bytes())["counts"]["documents"]


def again(root: str) -> Iterator[Figure]:
    """Edit the first description of a project, and run the command once more."""
    path = next(p for p in sorted(Path(root, "data").rglob("*.ttl")) if _DESCRIBED in p.read_text(encoding="utf-8"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(_DESCRIBED, f"{_DESCRIBED}Edited. ", 1), encoding="utf-8")
    yield from run_tree([str(SCRIPTS / "eugraph"), "-C", root, "build"])


def plain(root: str) -> Iterator[Figure]:
    """Write the bytes of the release to the same paths below another folder, each process a share of the files."""
    release, target = Path(root, "dist"), Path(root, "plain")
    files = [path.relative_to(release).as_posix() for path in _files(release)]
    jobs = default_jobs(len(files))
    with ProcessPoolExecutor(jobs) as processes:
        shares = [files[start::jobs] for start in range(jobs)]
        taken = [*processes.map(partial(_write, release, target), shares)]
    shutil.rmtree(target)
    yield "seconds", max(seconds for seconds, _ in taken)
    yield "cpu", sum(cpu for _, cpu in taken)


def _write(release: Path, target: Path, paths: Sequence[str]) -> tuple[float, float]:
    """Write some files; return the seconds and the processor time of writing alone."""
    seconds = cpu = 0.0
    for start in range(0, len(paths), _AT_A_TIME):
        files = [(path, (release / path).read_bytes()) for path in paths[start : start + _AT_A_TIME]]
        begun, before = time.perf_counter(), time.process_time()
        write_plainly(files, target)
        seconds, cpu = seconds + time.perf_counter() - begun, cpu + time.process_time() - before
    return seconds, cpu


def _files(release: Path) -> list[Path]:
    return sorted(path for path in release.rglob("*") if path.is_file())


def parts(root: str) -> Iterator[Figure]:
    """Make some documents part by part, and write them; then write the same bytes plainly."""
    release = release_of(load(open_workspace(Path(root))))
    ready = prepare(release, vocabulary_paths(release))
    settings, taken = ready.settings, dict.fromkeys(_PARTS, 0.0)
    files: list[tuple[str, bytes]] = []
    pages = ThingPages(settings.known)
    staged = Path(root, "staged")
    staged.mkdir()
    staging, number = Staging(staged, None), 0

    @contextmanager
    def part(name: str) -> Iterator[None]:
        before = time.process_time()
        yield
        taken[name] += time.process_time() - before

    for batch in islice(ready.plan.batches(ready.living), 0, None, max(1, len(ready.living) // 200 // _SAMPLE)):
        pages.learn(batch.cards)
        for job in batch.jobs:
            document, number = job.document, number + 1
            pages.learn_own(document, job.own)
            with part("statements"):
                graph = document.graph()
            with part("Turtle"):
                turtle = write_turtle(graph, PREFIXES, settings.base_iri, first=document.things).encode()
            with part("JSON-LD"):
                jsonld = write_jsonld(graph, document.iri, settings.context, settings.base_iri)
            with part("HTML"):
                html = pages.page(document, graph, job.profile)
            with part("hash of the graph"):
                document_hash(graph, document, None)
            with part("lists and counts"):
                pages.told(document, graph).dumps()
            made = [
                (f"{document.path}.{ending}", data)
                for ending, data in zip(_ENDINGS, (turtle, jsonld, html), strict=True)
            ]
            with part("SHA-256 and writing"):
                for path, data in made:
                    staging.write(path, data)
            files += made
    yield from taken.items()
    before = time.process_time()
    write_plainly(files, Path(root, "plain"))
    yield "plain", time.process_time() - before
    yield "documents", number
    yield "files", len(files)


SIDES: Mapping[str, Callable[[str], Iterator[Figure]]] = {
    "build": build,
    "plain": plain,
    "again": again,
    "parts": parts,
}

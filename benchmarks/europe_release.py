"""A release at the size of Horizon Europe: documents, dumps and all, beside plain writes of the same bytes.

The statements come as N-Quads from a file, as they do from an import. Each side is a process of its own, so that its
memory is its own; what the peer writes it reads before its clock runs, some files at a time.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import re
import resource
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from benchmarks.cost import MEBIBYTE, Budget, Cost, Line
from benchmarks.effort import Effort
from benchmarks.europe import ORGANISATIONS, PROJECTS, europe
from benchmarks.material import Material
from benchmarks.timing import run, worker
from benchmarks.worker import Figure, figures, processor_s
from benchmarks.write import HALF_THE_SPEED, PLAIN, write_plainly
from eugraph.config import Workspace, open_workspace
from eugraph.publish import ReleaseInput, publish
from eugraph.publish.preparing import prepare
from eugraph.publish.staging import Staging
from eugraph.publish.workers import default_jobs, workers

MEMORY = Budget(plus=2048 * MEBIBYTE)
_DAY = dt.date(2026, 1, 1)
_AT_A_TIME = 3000  # files that the peer holds
_EDITED = '"An edited name"@en'


def measure(workspace: Workspace, effort: Effort) -> Sequence[Line]:
    """Write everything once, again after one edit, and plainly; a tenth of it unless the run is a full one."""
    projects, organisations = PROJECTS // effort.europe, ORGANISATIONS // effort.europe
    with tempfile.TemporaryDirectory(prefix="eugraph-bench-") as name:
        folder = Path(name)
        statements = _write_statements(workspace, folder / "statements.nq", projects, organisations)
        _edit(folder / "statements.nq", folder / "edited.nq")
        sides = {
            side: figures(run(worker("europe_release", side, str(workspace.root), name)).out)
            for side in ("publish", "documents", "again", "plain")
        }
    what = f"{projects:,} projects and {organisations:,} organisations"
    ours, documents, again, plain = (sides[side] for side in ("publish", "documents", "again", "plain"))
    size = f"{ours['bytes'] / MEBIBYTE:,.0f} MiB"
    return [
        Line(
            what=f"documents of {what}, from {statements:,} statements",
            ours=Cost(documents["seconds"]),
            peer_name=f"{PLAIN} the same bytes",
            peer=Cost(plain["documents"]),
            budget=HALF_THE_SPEED,
            amount=documents["files"],
            things="files",
            note=f"processor time {documents['cpu']:.0f} s, of the peer {plain['documents cpu']:.0f} s",
        ),
        Line(
            what=f"the whole release, {ours['files']:,.0f} files of {size}",
            ours=Cost(ours["seconds"]),
            peer_name=f"{PLAIN} the same bytes",
            peer=Cost(plain["seconds"]),
            amount=ours["files"],
            things="files",
            note=f"processor time {ours['cpu']:.0f} s, of which most packs the dumps",
        ),
        Line(what="the whole release, peak memory of all processes", ours=Cost(ours["peak"], "B"), budget=MEMORY),
        Line(
            what="the whole release again after one edit",
            ours=Cost(again["seconds"]),
            amount=again["files"],
            things="files",
            note=f"{again['composed']:.0f} documents were composed; processor time {again['cpu']:.0f} s",
        ),
    ]


def _write_statements(workspace: Workspace, path: Path, projects: int, organisations: int) -> int:
    """Write the statements of the workspace and of Europe as N-Quads."""
    quads = chain(Material(workspace).loaded.quads, europe(workspace.base_iri, projects, organisations))
    number = 0
    with path.open("w", encoding="utf-8") as file:
        for quad in quads:
            file.write(f"{quad} .\n")
            number += 1
    return number


def _edit(path: Path, edited: Path) -> None:
    """Write the same with another name for the first organisation of Europe."""
    done = False
    with path.open(encoding="utf-8") as old, edited.open("w", encoding="utf-8") as new:
        for line in old:
            if not done and "id/organisation/9000" in line and "core#prefLabel> " in line:
                start, _, rest = line.partition("core#prefLabel> ")
                line = f"{start}core#prefLabel> {_EDITED} {rest.rsplit(' ', 2)[-2]} .\n"  # noqa: PLW2901 - the edit
                done = True
            new.write(line)


def _release(root: str, statements: Path) -> ReleaseInput:
    """A release without reports: asking them is no part of writing."""
    material = Material(open_workspace(Path(root)))
    workspace = material.workspace
    return ReleaseInput(
        quads=parse(path=str(statements), format=RdfFormat.N_QUADS, lenient=True),
        ontology={"all": material.vocabulary},
        shapes={"all": [quad.triple for quad in material.loaded.shapes.quads]},
        reports={},
        validation={"json": b"{}"},
        title=workspace.title,
        description=workspace.description,
        base_iri=workspace.base_iri,
        moved=None,
        date=_DAY,
        version=workspace.version,
        publisher=workspace.publisher,
        licence=workspace.licence,
    )


def whole(root: str, folder: str, statements: str = "statements.nq") -> Iterator[Figure]:
    """Publish everything."""
    release = _release(root, Path(folder, statements))
    start, spent = time.perf_counter(), processor_s()
    with _watched() as peaks:
        made = publish(release, Path(folder, "dist"), memory=Path(folder, "memory.db"))
    yield "seconds", time.perf_counter() - start
    yield "cpu", processor_s() - spent
    yield "files", made.files
    yield "composed", made.composed
    yield "bytes", sum(path.stat().st_size for path in Path(folder, "dist").rglob("*") if path.is_file())
    unit = 1 if sys.platform == "darwin" else 1024
    yield "peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit + sum(peaks.values())


@contextmanager
def _watched() -> Iterator[dict[str, int]]:
    """Look five times a second how much memory the processes that this one started have had at most.

    On Linux only. The system's own figure for a child begins with the memory of the process that started it.
    """
    peaks: dict[str, int] = {}
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.2):
            for tasks in Path("/proc/self/task").glob("*/children"):
                for child in tasks.read_text(encoding="ascii").split():
                    with contextlib.suppress(OSError):
                        status = Path(f"/proc/{child}/status").read_text(encoding="utf-8")
                        found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
                        peaks[child] = int(found[1]) * 1024 if found else peaks.get(child, 0)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peaks
    finally:
        done.set()
        watcher.join()


def documents(root: str, folder: str) -> Iterator[Figure]:
    """Write the documents alone, with their pages, from the statements on."""
    release, out = _release(root, Path(folder, "statements.nq")), Path(folder, "documents")
    out.mkdir()
    start, spent = time.perf_counter(), processor_s()
    ready, staging = prepare(release, {"ontology/all": "ontology/all", "shapes/all": "shapes/all"}), Staging(out, None)
    with workers(ready.settings, staging, default_jobs(len(ready.living))) as helpers:
        for _ in helpers.do(ready.plan.batches(ready.living)):
            pass
    yield "seconds", time.perf_counter() - start
    yield "cpu", processor_s() - spent
    yield "files", len(staging.files)


def again(root: str, folder: str) -> Iterator[Figure]:
    """Publish everything over the release that is there, after an edit."""
    return whole(root, folder, "edited.nq")


def plain(root: str, folder: str) -> Iterator[Figure]:  # noqa: ARG001 - all sides are called alike
    """Write the bytes of the documents, then those of the whole release, some files at a time."""
    for name, of in (("documents", "documents"), ("", "dist")):
        seconds = spent = 0.0
        paths = iter(sorted(path for path in Path(folder, of).rglob("*") if path.is_file()))
        target = Path(folder, f"plain-{of}")
        while some := list(itertools.islice(paths, _AT_A_TIME)):
            files = [(path.relative_to(Path(folder, of)).as_posix(), path.read_bytes()) for path in some]
            start, before = time.perf_counter(), processor_s()
            write_plainly(files, target)
            seconds, spent = seconds + time.perf_counter() - start, spent + processor_s() - before
        shutil.rmtree(target)
        yield name or "seconds", seconds
        yield f"{name} cpu".strip(), spent


SIDES: Mapping[str, Callable[[str, str], Iterator[Figure]]] = {
    "publish": whole,
    "documents": documents,
    "again": again,
    "plain": plain,
}

"""All of Horizon Europe from CSV to a store on disk, beside pyoxigraph, morph-kgc and a script with rdflib, in one run.

Pyoxigraph loads the finished N-Quads, which no import into its store can undercut. Morph-kgc and rdflib make RDF of the
tables of projects and organisations, and so do we of the same files; how much of what we state each of them states is
counted. Neither checks anything or keeps a ledger. Every side is a process of its own; the clock runs from the first
row on, and for morph-kgc from the start of its process on, since that is how it is used.
"""

from __future__ import annotations

import csv
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks import morph_kgc
from benchmarks.cordis_tables import ARCHIVE, TWO, some_projects, unpack
from benchmarks.cost import MEBIBYTE, Budget, Cost, Line
from benchmarks.effort import Effort
from benchmarks.material import size
from benchmarks.timing import ROOT, in_turn, run, worker
from benchmarks.worker import Figure, figures, processor_s
from eugraph.config import Workspace

BASE = "https://w3id.org/eugraph/id/"
QUADS, STORE, TRIPLES = "import/quads.nq", "store", "rdflib.nt"
SLICE = 20  # the script with rdflib gets one in so many projects

_LOAD = Budget(times=2)
_MORPH_KGC = Budget(times=1 / 3)
_RDFLIB = Budget(times=1 / 30)
_MEMORY = Budget(plus=1024 * MEBIBYTE)
_GROWTH = Budget(times=2.2)  # for twice the projects

Taken = Mapping[str, float]


def to_quads(folder: str, *paths: str) -> Iterator[Figure]:
    """Our import: N-Quads, ledger and summary."""
    from eugraph.sources.cordis.importing import import_cordis

    start, before = time.perf_counter(), processor_s()
    summary = import_cordis(paths, Path(folder, QUADS).parent, base_iri=BASE)
    yield from _taken(start, before)
    yield "statements", summary.statements


def to_store(folder: str, *paths: str) -> Iterator[Figure]:
    """Our import and the store of it, as a workspace makes them."""
    from eugraph.store.on_disk import new_store

    start, before = time.perf_counter(), processor_s()
    yield from ((f"import {name}", value) for name, value in to_quads(folder, *paths))
    with new_store(Path(folder, STORE), [Path(folder, QUADS)]):
        pass
    yield from _taken(start, before)


def by_pyoxigraph(folder: str, quads: str) -> Iterator[Figure]:
    """No import: pyoxigraph loading what we imported, in its fastest way."""
    from pyoxigraph import RdfFormat, Store

    start, before = time.perf_counter(), processor_s()
    store = Store(Path(folder, STORE))
    store.bulk_load(path=quads, format=RdfFormat.N_QUADS, lenient=True)
    store.flush()
    yield from _taken(start, before)


def by_morph_kgc(folder: str, *paths: str) -> Iterator[Figure]:
    """Morph-kgc with its mapping of the two tables."""
    for path in paths:
        Path(folder, Path(path).name).symlink_to(path)
    command = morph_kgc.command(Path(folder), BASE)
    start, before = time.perf_counter(), processor_s()
    subprocess.run(command, check=True, cwd=folder, stdout=sys.stderr)
    yield from _taken(start, before, resource.RUSAGE_CHILDREN)


def by_rdflib(folder: str, *paths: str) -> Iterator[Figure]:
    """A script with rdflib, from the two tables to N-Triples."""
    from benchmarks.rdflib_script import graph_of

    start, before = time.perf_counter(), processor_s()
    graph = graph_of(Path(paths[0]).parent, BASE)
    made = processor_s()
    graph.serialize(Path(folder, TRIPLES), format="nt", encoding="utf-8")
    yield from _taken(start, before)
    written = processor_s()
    graph.serialize(Path(folder, "rdflib.ttl"), format="turtle")
    yield "turtle cpu", made - before + processor_s() - written


def by_nobody(folder: str, quads: str, *paths: str) -> Iterator[Figure]:
    """No import: what Python needs to read the rows of tables, and to write the bytes that we made of them."""
    lines = Path(quads).read_text(encoding="utf-8").splitlines(keepends=True)
    start, before = time.perf_counter(), processor_s()
    for path in paths:
        with Path(path).open(encoding="utf-8", newline="") as file:
            for _ in csv.reader(file, delimiter=";"):
                pass
    Path(folder, Path(QUADS).name).write_bytes("".join(lines).encode())
    yield from _taken(start, before)


def in_both(quads: str, triples: str) -> Iterator[Figure]:
    """Count what another side states, and what of it we state in the same words."""
    end = f" <{BASE}graph/cordis> ."
    with Path(quads).open(encoding="utf-8") as ours, Path(triples).open(encoding="utf-8") as theirs:
        stated = {line.rstrip("\n").removesuffix(end) for line in ours}
        others = {line.rstrip().removesuffix(".").rstrip() for line in theirs} - {""}
    yield "statements", len(others)
    yield "same", len(stated & others)


SIDES: Mapping[str, Callable[..., Iterator[Figure]]] = {
    "store": to_store,
    "quads": to_quads,
    "pyoxigraph": by_pyoxigraph,
    "morph-kgc": by_morph_kgc,
    "rdflib": by_rdflib,
    "nobody": by_nobody,
    "both": in_both,
}


def _taken(start: float, before: float, who: int = resource.RUSAGE_SELF) -> Iterator[Figure]:
    yield "seconds", time.perf_counter() - start
    yield "cpu", processor_s() - before
    unit = 1 if sys.platform == "darwin" else 1024
    yield "peak", resource.getrusage(who).ru_maxrss * unit


def measure(_: Workspace, effort: Effort) -> Sequence[Line]:
    """Compare on the tables that lie beside the repository; nothing where they do not."""
    archive = ROOT.parent / "shared" / "cordis" / ARCHIVE
    if not archive.is_file():
        sys.stderr.write(f"cordis: skipped, {archive} is not there. Lay it there to measure the import.\n")
        return []
    with tempfile.TemporaryDirectory(prefix="eugraph-bench-") as name:
        return compare(unpack(archive, Path(name, "unpacked")), Path(name), effort)


def compare(tables: Path, folder: Path, effort: Effort) -> list[Line]:
    """Compare on these tables, in a folder for everything that is written."""
    two = [str(tables / name) for name in TWO]
    some = some_projects(tables, folder / "tables of the slice", SLICE, TWO)
    half = some_projects(tables, folder / "tables of half", 2)
    sides = {
        "store": ("store", str(tables)),
        "pyoxigraph": ("pyoxigraph", str(folder / "store" / QUADS)),
        "half": ("quads", str(half)),
        "two": ("quads", *two),
        "morph-kgc": ("morph-kgc", *two),
        "slice": ("quads", *(str(some / name) for name in TWO)),
        "rdflib": ("rdflib", *(str(some / name) for name in TWO)),
        "nobody": ("nobody", str(folder / "slice" / QUADS), *(str(some / name) for name in TWO)),
    }
    if not morph_kgc.PYTHON.is_file():
        del sides["morph-kgc"]
    runs = in_turn({name: partial(_once, folder / name, *side) for name, side in sides.items()}, effort.long_rounds)
    taken = {name: {key: median(each[key] for each in found) for key in found[0]} for name, found in runs.items()}
    return [*_all(taken), *_two(taken, folder), *_slice(taken, folder)]


def _once(folder: Path, side: str, *arguments: str) -> Taken:
    """Run a side in a process of its own, in a folder that is empty before."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return figures(run(worker("cordis", side, str(folder), *arguments)).out)


def _all(taken: Mapping[str, Taken]) -> Iterator[Line]:
    ours, load, half = taken["store"], taken["pyoxigraph"], taken["half"]
    statements = ours["import statements"]
    what, loading = f"all tables, {size(statements)} statements", "pyoxigraph loading the N-Quads"
    yield Line(
        what=f"{what}, CSV to a store on disk",
        ours=Cost(ours["seconds"]),
        peer_name=loading,
        peer=Cost(load["seconds"]),
        budget=_LOAD,
        amount=statements,
        things="statements",
        note=_cpu(ours["cpu"], load["cpu"]),
    )
    yield Line(
        what=f"{what}, CSV to N-Quads and ledger",
        ours=Cost(ours["import seconds"]),
        peer_name=loading,
        peer=Cost(load["seconds"]),
        amount=statements,
        things="statements",
        note=_cpu(ours["import cpu"], load["cpu"]),
    )
    yield Line(what="peak memory of the import", ours=Cost(ours["import peak"], "B"), budget=_MEMORY)
    yield Line(
        what="peak memory of import and store",
        ours=Cost(ours["peak"], "B"),
        peer_name=loading,
        peer=Cost(load["peak"], "B"),
        budget=_MEMORY,
    )
    yield Line(
        what=f"processor time of the import, of {size(half['statements'])} to {size(statements)} statements",
        ours=Cost(ours["import cpu"]),  # growth is a matter of work, which what else a machine does leaves alone
        peer_name="every second project",
        peer=Cost(half["cpu"]),
        budget=_GROWTH,
        note=f"by the clock {ours['import seconds']:.2f} s, of every second project {half['seconds']:.2f} s",
    )


def _two(taken: Mapping[str, Taken], folder: Path) -> Iterator[Line]:
    ours, what = taken["two"], f"projects and organisations, {size(taken['two']['statements'])} statements"
    if peer := taken.get("morph-kgc"):
        same = _same(folder / "two" / QUADS, folder / "morph-kgc" / morph_kgc.OUTPUT)
        note = f"{_cpu(ours['cpu'], peer['cpu'])}; {same}"
    else:
        note = "morph-kgc has an environment of its own, and that is not there; `make bench-cordis` makes it"
    yield Line(
        what=what,
        ours=Cost(ours["seconds"]),
        peer_name="morph-kgc",
        peer=Cost(peer["seconds"]) if peer else None,
        budget=_MORPH_KGC,
        amount=ours["statements"],
        things="statements",
        note=note,
    )
    yield Line(
        what=f"peak memory, {what}",
        ours=Cost(ours["peak"], "B"),
        peer_name="morph-kgc, its largest process",
        peer=Cost(peer["peak"], "B") if peer else None,
    )


def _slice(taken: Mapping[str, Taken], folder: Path) -> Iterator[Line]:
    ours, peer = taken["slice"], taken["rdflib"]
    what = f"one in {SLICE} projects with its organisations, {size(ours['statements'])} statements"
    yield Line(
        what=what,
        ours=Cost(ours["seconds"]),
        peer_name="a script with rdflib",
        peer=Cost(peer["seconds"]),
        budget=_RDFLIB,
        amount=ours["statements"],
        things="statements",
        note=f"{_cpu(ours['cpu'], peer['cpu'])}; {_same(folder / 'slice' / QUADS, folder / 'rdflib' / TRIPLES)}",
    )
    yield Line(
        what=f"processor time, {what}",
        ours=Cost(ours["cpu"]),
        peer_name="the script with rdflib, Turtle, which it writes where no format is named",
        peer=Cost(peer["turtle cpu"]),
        note=f"reading the rows and writing the bytes alone {taken['nobody']['cpu']:.2f} s",
    )


def _same(quads: Path, triples: Path) -> str:
    found = figures(run(worker("cordis", "both", str(quads), str(triples))).out)
    return f"of {found['statements']:,.0f} statements of the peer {found['same']:,.0f} are ours as well"


def _cpu(ours: float, peer: float) -> str:
    return f"processor time {ours:.2f} s, of the peer {peer:.2f} s"

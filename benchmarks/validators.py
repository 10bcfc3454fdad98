"""Validating a graph of projects of three sizes beside the validators that people use, in one run.

Every side reads N-Triples and shapes and validates, in a process of its own. What it finds is compared with the faults
that were put into the graph. Jena tells no times of its own, so it is compared by whole processes.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import jena
from benchmarks.cost import Budget, Cost, Line, median
from benchmarks.effort import Effort
from benchmarks.project_graph import CORE_SHAPES, SPARQL_SHAPES, ProjectGraph, write_graph
from benchmarks.timing import Run, in_turn, median_peak, median_time, run, worker
from benchmarks.worker import Figure, figures
from eugraph.config import Workspace

SIZES = (10_000, 100_000, 1_000_000)
MIDDLE, LARGE = SIZES[1:]
_SHAPES = {"core": CORE_SHAPES, "all": CORE_SHAPES + SPARQL_SHAPES}
_CORE_ONLY = ("pyrudof",)  # it does not run SPARQL constraints
_SLOW = ("pyshacl",)  # at the largest size it would take an hour with SPARQL constraints
_ONCE = ("pyshacl", "pyrudof")  # minutes each at the largest size
_FOUND = "found "
_READ, _VALIDATED = "reading", "validating"

_PYSHACL = {"core": Budget(times=1 / 50), "all": Budget(times=1 / 100)}
_JENA = {MIDDLE: Budget(times=1 / 5), LARGE: Budget(times=1 / 3)}
_BULK_LOAD = Budget(times=2)
_GROWTH = Budget(times=12)


def ours(data: str, shapes: str) -> Iterator[Figure]:
    """Our engine, as the command line runs it."""
    from pyoxigraph import RdfFormat, parse

    from eugraph.rdf.collecting import collecting_seldom
    from eugraph.shacl import compile_shapes

    with collecting_seldom():
        lap = _stopwatch()
        plan = compile_shapes(list(parse(path=shapes, format=RdfFormat.TURTLE)))
        graph = plan.graph(parse(path=data, format=RdfFormat.N_TRIPLES))
        yield _READ, lap()
        results = plan.run(graph)
        yield _VALIDATED, lap()
        yield from _counted(str(result.shape) for result in results)


def pyshacl(data: str, shapes: str) -> Iterator[Figure]:
    """PySHACL on rdflib's memory graph, which is its fastest."""
    from pyshacl import validate
    from rdflib import SH, Graph

    lap = _stopwatch()
    graph = Graph().parse(data, format="nt")
    shape_graph = Graph().parse(shapes, format="turtle")
    yield _READ, lap()
    _, report, _ = validate(graph, shacl_graph=shape_graph, inference="none", inplace=True)
    yield _VALIDATED, lap()
    assert isinstance(report, Graph)
    tops = set(report.objects(None, SH.result)) - set(report.objects(None, SH.detail))
    yield from _counted(str(report.value(node, SH.sourceShape)) for node in tops)


def pyrudof(data: str, shapes: str) -> Iterator[Figure]:
    """Rudof through its Python package."""
    import pyrudof as rudof

    lap = _stopwatch()
    engine = rudof.Rudof(rudof.RudofConfig())
    engine.read_data(data, format=rudof.RDFFormat.NTriples)
    engine.read_shacl(shapes, format=rudof.ShaclFormat.Turtle)
    yield _READ, lap()
    report = engine.validate_shacl(mode=rudof.ShaclValidationMode.Native)
    yield _VALIDATED, lap()
    yield from _counted(str(entry.source_shape) for entry in report.violations)


def bulk_load(data: str, _: str) -> Iterator[Figure]:
    """No validator: pyoxigraph loading the file, the yardstick for reading."""
    from pyoxigraph import RdfFormat, Store

    lap = _stopwatch()
    Store().bulk_load(path=data, format=RdfFormat.N_TRIPLES)
    yield _READ, lap()


SIDES: Mapping[str, Callable[[str, str], Iterator[Figure]]] = {
    "ours": ours,
    "pyshacl": pyshacl,
    "pyrudof": pyrudof,
    "bulk-load": bulk_load,
}


def _stopwatch() -> Callable[[], float]:
    """Return a function that tells the seconds since it was last called, or since now."""
    last = time.perf_counter()

    def lap() -> float:
        nonlocal last
        before, last = last, time.perf_counter()
        return last - before

    return lap


def _counted(shapes: Iterable[str]) -> Iterator[Figure]:
    names = Counter(re.split("[#/]", shape.strip("<>"))[-1] for shape in shapes)
    yield from ((_FOUND + name, number) for name, number in sorted(names.items()))


@dataclass(frozen=True, slots=True)
class Taken:
    """What one side took, and how many results each shape had."""

    reading: Cost
    validating: Cost
    whole: Cost  # the process, from start to end
    peak: Cost
    found: Mapping[str, int]

    @property
    def both(self) -> Cost:
        """Reading and validating."""
        return Cost(self.reading.value + self.validating.value, capped=self.validating.capped)


def measure(_: Workspace, effort: Effort) -> Sequence[Line]:
    """Compare at every size, with the core shapes alone and with two SPARQL constraints."""
    lines: list[Line] = []
    before: dict[str, Taken] = {}
    with tempfile.TemporaryDirectory(prefix="eugraph-bench-") as name:
        folder = Path(name)
        for size in SIZES:
            data = folder / f"{size}.nt"
            graph = write_graph(data, size)
            for which, text in _SHAPES.items():
                shapes = folder / f"{which}.ttl"
                shapes.write_text(text, encoding="utf-8")
                taken = _compare(_commands(size, which, data, shapes), size, effort)
                lines += _lines(size, which, graph, taken, before.get(which))
                before[which] = taken["ours"]
    return lines


def _commands(size: int, which: str, data: Path, shapes: Path) -> dict[str, list[str]]:
    commands = {name: worker("validators", name, str(data), str(shapes)) for name in SIDES}
    if which == "all":
        for name in _CORE_ONLY:
            del commands[name]
        for name in _SLOW if size == LARGE else ():
            del commands[name]
    if command := jena.validate_command(data, shapes):
        commands["Jena"] = command
    return commands


def _compare(commands: Mapping[str, list[str]], size: int, effort: Effort) -> dict[str, Taken]:
    sides = {name: partial(run, command, limit_s=effort.long_limit_s) for name, command in commands.items()}
    once = {name: side for name, side in sides.items() if size == LARGE and name in _ONCE}
    often = {name: side for name, side in sides.items() if name not in once}
    runs = in_turn(often, effort.long_rounds) | in_turn(once, 1)
    return {name: _taken(name, runs[name]) for name in sides}


def _taken(name: str, runs: Sequence[Run]) -> Taken:
    whole, peak = median_time(runs), median_peak(runs)
    if name == "Jena":
        return Taken(Cost(0), whole, whole, peak, jena.found(runs[0].out))
    told = [figures(each.out) for each in runs]
    found = {key.removeprefix(_FOUND): round(value) for key, value in told[0].items() if key.startswith(_FOUND)}
    reading = median([Cost(each.get(_READ, 0)) for each in told])
    if whole.capped:
        return Taken(reading, Cost(whole.value - reading.value, capped=True), whole, peak, found)
    return Taken(reading, median([Cost(each.get(_VALIDATED, 0)) for each in told]), whole, peak, found)


def _lines(
    size: int, which: str, graph: ProjectGraph, taken: Mapping[str, Taken], smaller: Taken | None
) -> Iterator[Line]:
    mine, expected = taken["ours"], graph.expected(sparql=which == "all")
    if mine.found != expected:
        raise AssertionError(f"at {size} ours finds {mine.found}, and the faults are {expected}")
    what = f"{graph.statements:,} statements, {'core' if which == 'core' else 'core and SPARQL'}"
    for name, peer in taken.items():
        if name in ("ours", "bulk-load"):
            continue
        known = sum(expected.values())
        missing = "" if peer.found == expected else f"; {name} finds {sum(peer.found.values())} of {known} faults"
        if peer.validating.capped:
            missing = f"; {name} was stopped"
        if name == "Jena":
            timed, here, there, budget = "whole process", mine.whole, peer.whole, _JENA.get(size)
        else:
            timed, here, there = "validating", mine.validating, peer.validating
            budget = _PYSHACL[which] if name == "pyshacl" and size == MIDDLE else None
        yield Line(what=f"{timed}, {what}{missing}", ours=here, peer_name=name, peer=there, budget=budget)
        yield Line(what=f"peak memory, {what}", ours=mine.peak, peer_name=name, peer=peer.peak)
    yield Line(
        what=f"reading and validating, {what}",
        ours=mine.both,
        peer_name="bulk load of pyoxigraph",
        peer=taken["bulk-load"].reading,
        budget=_BULK_LOAD if size == LARGE else None,
    )
    if smaller is not None:
        yield Line(
            what=f"growth to {what}",
            ours=mine.both,
            peer_name="a tenth of them",
            peer=smaller.both,
            budget=_GROWTH if size == LARGE else None,
        )

"""The bundled reports: ours beside rdflib's SPARQL on the workspace, and ours alone on its replicas.

Reports with required parameters are asked for the examples of their headers. rdflib gets queries that it has parsed
beforehand, and all statements in one graph, but for reports that ask for named graphs.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from rdflib import Dataset, Graph
from rdflib.plugins.sparql import prepareQuery

from benchmarks.cost import Budget, Cost, Line, median
from benchmarks.effort import Effort
from benchmarks.material import Material, size
from benchmarks.timing import clock, in_turn, run, worker
from benchmarks.worker import Figure, figures
from eugraph.config import Workspace, open_workspace
from eugraph.derive import derive
from eugraph.reports import Library, ask, prepare
from eugraph.store import EmbeddedStore, Solutions

A_SECOND = Budget(plus=1)
PEER = "rdflib"

_REPEATS = 3  # of a report in one process,
_ENOUGH_S = 0.5  # unless they take that long together
_FAILED = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report took, None where it failed, how many rows it has, and what the engine said when it failed."""

    cost: Cost | None
    rows: float | None = None
    error: str = ""


def measure(workspace: Workspace, effort: Effort) -> Sequence[Line]:
    """Ask every report of everything."""
    names = list(Library.open(workspace.queries).reports)
    lines = list(_beside_rdflib(workspace, names, effort))
    for statements in effort.replicas:
        lines += _on_replica(workspace, names, statements, effort)
    return lines


def _beside_rdflib(workspace: Workspace, names: Sequence[str], effort: Effort) -> Iterator[Line]:
    asked = in_turn(
        {
            "ours": partial(ask_all, workspace, "ours", names, limit_s=effort.long_limit_s),
            PEER: partial(ask_all, workspace, PEER, names, limit_s=effort.limit_s),
        },
        effort.long_rounds,
    )
    for name in names:
        ours, peer = ([answers[name] for answers in asked[side]] for side in ("ours", PEER))
        cost = _median(ours)
        assert cost is not None, f"the report {name} failed"
        yield Line(
            what=name,
            ours=cost,
            peer_name=PEER,
            peer=_median(peer),
            budget=A_SECOND,
            note=_difference(ours[0], peer[0]),
        )


def _on_replica(workspace: Workspace, names: Sequence[str], statements: int, effort: Effort) -> Iterator[Line]:
    answers = ask_all(workspace, "ours", names, statements=statements, limit_s=effort.long_limit_s)
    for name, asked in answers.items():
        assert asked.cost is not None, f"the report {name} failed"
        yield Line(what=f"{name}, {size(statements)} statements", ours=asked.cost, budget=A_SECOND)


def _median(asked: Sequence[Asked]) -> Cost | None:
    costs = [one.cost for one in asked if one.cost is not None]
    return median(costs) if costs else None


def _difference(ours: Asked, peer: Asked) -> str:
    if peer.cost is None:
        return f"{PEER} fails ({peer.error})"
    if peer.rows is None or peer.rows == ours.rows:
        return ""
    return f"{PEER} answers {peer.rows:,.0f} rows, ours {ours.rows:,.0f}"


def ask_all(
    workspace: Workspace, side: str, names: Sequence[str], *, statements: int = 0, limit_s: float
) -> dict[str, Asked]:
    """Ask the reports in a process of its own, and once more in a new one for those behind a report that was stopped.

    Args:
        workspace: whose reports and statements are asked.
        side: "ours" or the name of the peer.
        names: of reports.
        statements: size of the replica to ask; 0 is the workspace itself.
        limit_s: longest time for one report, in seconds; what takes longer is stopped and capped.
    """
    asked: dict[str, Asked] = {}
    waiting = list(names)
    while waiting:
        command = worker("query", side, str(workspace.root), str(statements), str(limit_s), *waiting)
        done = run(command, expected=(0, -signal.SIGALRM, _FAILED) if side == PEER else (0, -signal.SIGALRM))
        found = figures(done.out)
        asked |= {name: Asked(Cost(found[name]), found[f"{name} rows"]) for name in waiting if f"{name} rows" in found}
        waiting = [name for name in waiting if name not in asked]
        if waiting:
            failed = done.status == _FAILED
            error = done.err.strip().rpartition("\n")[2] if failed else ""
            asked[waiting.pop(0)] = Asked(None if failed else Cost(limit_s, capped=True), error=error)
    return asked


def by_store(folder: str, statements: str, limit_s: str, *names: str) -> Iterator[Figure]:
    """Ask the embedded store."""
    material = Material(open_workspace(Path(folder)))
    base, background = material.workspace.base_iri, material.loaded.ontology.quads
    quads = material.curated(int(statements))
    store = EmbeddedStore([*quads, *derive(quads, background, base_iri=base)])
    store.extend(background)
    del quads

    def rows(text: str) -> int:
        result = ask(store, text, base_iri=base).result
        assert isinstance(result, Solutions)
        return len(result.rows)

    for name in names:
        yield from _asked(name, partial(rows, _text(material, name)), float(limit_s))


def by_rdflib(folder: str, _: str, limit_s: str, *names: str) -> Iterator[Figure]:
    """Ask rdflib."""
    material = Material(open_workspace(Path(folder)))
    graphs = _Graphs(material)
    for name in names:
        text = _text(material, name)
        graph = graphs.named if "GRAPH" in text else graphs.merged
        query = prepareQuery(text)
        yield from _asked(name, lambda graph=graph, query=query: len(list(graph.query(query))), float(limit_s))  # type: ignore[misc]  # defaults that bind


@dataclass(frozen=True)
class _Graphs:
    """The workspace as rdflib holds it."""

    material: Material

    @cached_property
    def merged(self) -> Graph:
        """All statements in one graph: the quicker."""
        text = "".join(f"{triple} .\n" for triple in self.material.everything)
        return Graph().parse(data=text, format="nt")

    @cached_property
    def named(self) -> Dataset:
        """Every statement in its named graph, the union of them the default graph."""
        dataset = Dataset(default_union=True)
        dataset.parse(data="".join(f"{quad} .\n" for quad in self.material.loaded.quads), format="nquads")
        return dataset


def _text(material: Material, name: str) -> str:
    base = material.workspace.base_iri
    report = Library.open(material.workspace.queries)[name]
    return prepare(report.text, report.terms(report.example(), base), base_iri=base)


def _asked(name: str, rows: Callable[[], int], limit_s: float) -> Iterator[Figure]:
    """Ask a report; no engine can be interrupted, so the alarm ends the process."""
    costs: list[Cost] = []
    found = 0

    def count() -> None:
        nonlocal found
        found = rows()

    while len(costs) < _REPEATS and sum(cost.value for cost in costs) < _ENOUGH_S:
        signal.setitimer(signal.ITIMER_REAL, limit_s)
        costs.append(clock(count))
        signal.setitimer(signal.ITIMER_REAL, 0)
    yield name, median(costs).value
    yield f"{name} rows", found


SIDES: Mapping[str, Callable[..., Iterator[Figure]]] = {"ours": by_store, PEER: by_rdflib}

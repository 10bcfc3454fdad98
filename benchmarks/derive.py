"""What follows from the curated statements: our rules beside the same rules as SPARQL updates within pyoxigraph.

The peer runs every rule as INSERT over one default graph, which spares it the way through Python, and copies plain
values by updates too. It neither keeps lexical forms as written nor hands its statements over, sorted or at all.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from benchmarks.cost import MEBIBYTE, Budget, Cost, Line, median
from benchmarks.effort import Effort
from benchmarks.material import Material, size
from benchmarks.timing import compare_commands, median_peak, worker
from benchmarks.worker import Figure, figures
from eugraph.config import Workspace, open_workspace
from eugraph.derive import RULES_AFTER_VALUES, RULES_BEFORE_VALUES, derive, rule

MEMORY = Budget(plus=1024 * MEBIBYTE, waits_for="derive that does not hold its input")
PEER = "SPARQL updates in pyoxigraph"

_LONG = 200_000  # statements, from which on a round takes half a minute

_PLAIN_VALUES = """
PREFIX confidence: <https://w3id.org/eugraph/scheme/confidence#>
PREFIX eug: <https://w3id.org/eugraph/ontology#>
INSERT { ?subject ?property ?value }
WHERE {
  ?property a eug:SingleValuedProperty .
  ?subject eug:preferredClaim ?claim .
  ?claim eug:property ?property ;
         eug:value ?value .
} ;
INSERT { ?subject ?property ?value }
WHERE {
  ?claim eug:subject ?subject ;
         eug:property ?property ;
         eug:value ?value .
  MINUS { ?property a eug:SingleValuedProperty }
  MINUS { ?claim eug:confidence confidence:unverified }
}
"""


def measure(workspace: Workspace, effort: Effort) -> Sequence[Line]:
    """Compare time and peak memory, on the workspace and on its replicas; reading is in the memory, not in the time."""
    return [line for statements in (0, *effort.replicas) for line in _measure(workspace, statements, effort)]


def _measure(workspace: Workspace, statements: int, effort: Effort) -> Iterator[Line]:
    commands = {side: worker("derive", side, str(workspace.root), str(statements)) for side in SIDES}
    runs = compare_commands(commands, rounds=effort.long_rounds if statements > _LONG else effort.rounds)
    said = {side: [figures(run.out) for run in found] for side, found in runs.items()}
    times = {side: median([Cost(found["seconds"]) for found in rounds]) for side, rounds in said.items()}
    read, made, made_by_peer = said["ours"][0]["read"], said["ours"][0]["made"], said["peer"][0]["made"]
    what = f"derive, {size(statements or read)} statements"
    yield Line(
        what=what,
        ours=times["ours"],
        peer_name=PEER,
        peer=times["peer"],
        amount=read,
        things="statements",
        note=f"{made:,.0f} statements follow; the peer makes {made_by_peer:,.0f}",
    )
    yield Line(
        what=f"{what}, peak memory",
        ours=median_peak(runs["ours"]),
        peer_name=PEER,
        peer=median_peak(runs["peer"]),
        budget=MEMORY,
    )


def by_rules(folder: str, statements: str) -> Iterator[Figure]:
    """Derive as a build does."""
    material = Material(open_workspace(Path(folder)))
    quads, background = material.curated(int(statements)), material.loaded.ontology.quads
    start = time.perf_counter()
    made = derive(quads, background, base_iri=material.workspace.base_iri)
    yield "seconds", time.perf_counter() - start
    yield "read", len(quads)
    yield "made", len(made)


def by_updates(folder: str, statements: str) -> Iterator[Figure]:
    """Load everything into the default graph, and let updates add to it."""
    material = Material(open_workspace(Path(folder)))
    quads, background = material.curated(int(statements)), material.loaded.ontology.quads
    start = time.perf_counter()
    store = ox.Store()
    for found in (quads, background):
        store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in found)
    before = len(store)
    for update in (*map(_as_update, RULES_BEFORE_VALUES), _PLAIN_VALUES, *map(_as_update, RULES_AFTER_VALUES)):
        store.update(update)
    yield "seconds", time.perf_counter() - start
    yield "read", len(quads)
    yield "made", len(store) - before


def _as_update(name: str) -> str:
    return re.sub(r"^CONSTRUCT\b", "INSERT", rule(name), flags=re.MULTILINE)


SIDES: Mapping[str, Callable[[str, str], Iterator[Figure]]] = {"ours": by_rules, "peer": by_updates}

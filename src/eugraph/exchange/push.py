"""Bring a store to a release, graph by graph: plan, send what changed, read it back, remember it.

What has the hash that the store remembers, and as many statements as it then held, is kept. What was begun is written
down before, what was ended after: a push that is broken off is gone on with by the next one.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from eugraph.errors import PushError
from eugraph.exchange.finding import find_target
from eugraph.exchange.plan import Action, Plan, plan_push
from eugraph.exchange.record import Pushed, read_record, record_name, write_record
from eugraph.exchange.release_graphs import release_graphs
from eugraph.exchange.sending import Sender
from eugraph.exchange.target import Target
from eugraph.vocab import shorten

_REMEMBER_S = 1.0  # so often it is written down what was done, in seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where to: the addresses of a store, and how long to wait. See `eugraph.exchange.target.Target`."""

    endpoint: str
    graph_store: str | None = None
    update: str | None = None
    timeout_s: float = 300
    credentials: Path | None = None


@dataclass(frozen=True, slots=True)
class Push:
    """What was done, which kinds of literals the store has written anew in it, and what else is to be said."""

    plan: Plan
    rewritten: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def push(
    release: Path,
    to: Destination,
    *,
    dry_run: bool = False,
    adopt: bool = False,
    check: bool = False,
    progress: Callable[[int, str], object] = lambda _number, _graph: None,
) -> Push:
    """Bring a store to the release in a folder.

    Args:
        release: the folder.
        to: the store.
        dry_run: write nothing, and return what would be done.
        adopt: replace graphs of the release that are there and were not pushed.
        check: read back every graph, not only those that were sent.
        progress: takes how many statements were sent just now, and the name of their graph.

    Raises:
        InputError: the folder holds no release, or one that is damaged.
        ForeignGraphsError: graphs are there that were not pushed. Nothing was sent.
        PushError: a graph is not as it was sent.
        EndpointError: the store did not answer as it should. The next push goes on from there.
    """
    found = release_graphs(release)
    graphs = {graph.name: graph for graph in found.graphs}
    target = Target(to.endpoint, timeout_s=to.timeout_s, credentials=to.credentials)
    entries = read_record(target, found.base_iri)
    plan = plan_push(target, graphs, entries, adopt=adopt)
    if dry_run:
        return Push(plan)
    faults: list[str] = []
    sender = Sender(target, graphs, progress)
    if plan.of(Action.SEND) or plan.of(Action.REMOVE):
        memory = _Memory(found.base_iri, entries)
        sender = Sender(_opened(to, plan, memory), graphs, progress)
        faults = _carry_out(plan, sender, memory)
    for step in plan.of(Action.KEEP) if check else ():
        if fault := sender.compared(step.graph)[1]:
            faults.append(f"<{step.graph}>: {fault}")
    if faults:
        raise PushError(to.endpoint, faults)
    return Push(plan, tuple(sorted(map(shorten, sender.kinds))), tuple(sender.notes))


@dataclass(slots=True)
class _Memory:
    """What the store is to remember."""

    base_iri: str
    entries: dict[str, Pushed | None]
    _saved: float = 0.0

    def save(self, target: Target, *, seldom: bool = False) -> None:
        """Have the store remember it; `seldom`: not if it was done a moment ago."""
        if not seldom or time.monotonic() - self._saved > _REMEMBER_S:
            write_record(target, self.base_iri, self.entries)
            self._saved = time.monotonic()


def _opened(to: Destination, plan: Plan, memory: _Memory) -> Target:
    """Find where the store is written to, and have it remember what is begun."""
    for step in (*plan.of(Action.SEND), *plan.of(Action.REMOVE)):
        memory.entries[step.graph] = None
    return find_target(
        to.endpoint,
        memory.save,
        record_name(memory.base_iri),
        graph_store=to.graph_store,
        update=to.update,
        timeout_s=to.timeout_s,
        credentials=to.credentials,
    )


def _carry_out(plan: Plan, sender: Sender, memory: _Memory) -> list[str]:
    """Remove and send, remember it, and return what is wrong."""
    faults: list[str] = []
    target = sender.target
    sender.staging = f"{record_name(memory.base_iri)}/staging"
    target.remove(sender.staging)  # of a push that was broken off
    for step in plan.of(Action.REMOVE):
        target.remove(step.graph)
        memory.entries.pop(step.graph)
    for step in plan.of(Action.SEND):
        held, fault = sender.send(step.graph)
        if fault:
            faults.append(f"<{step.graph}>: {fault}")
        else:
            memory.entries[step.graph] = Pushed(held, sender.graphs[step.graph].sha256)
        memory.save(target, seldom=True)
    memory.save(target)
    if target.store.server.startswith("Virtuoso"):
        sender.notes.append("Virtuoso replaces a graph in view of its readers: they saw each one empty or in part.")
    return faults

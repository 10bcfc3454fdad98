"""What is to be done with each graph of a store, so that it holds a release: sent, kept or removed."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from eugraph.errors import ForeignGraphsError
from eugraph.exchange.record import Pushed
from eugraph.exchange.release_graphs import ReleaseGraph
from eugraph.exchange.target import Target


class Action(enum.Enum):
    """What becomes of a graph."""

    SEND = "send"
    KEEP = "keep"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done with a graph; its statements in the release, or in the store where it is to be removed."""

    graph: str
    action: Action
    statements: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps, sorted by the names of the graphs."""

    steps: tuple[Step, ...]

    def of(self, action: Action) -> list[Step]:
        """The steps of one kind."""
        return [step for step in self.steps if step.action is action]


def plan_push(
    target: Target, graphs: Mapping[str, ReleaseGraph], entries: Mapping[str, Pushed | None], *, adopt: bool
) -> Plan:
    """Return what is to be done.

    Args:
        target: the store, of which the statements of each graph are counted.
        graphs: the graphs of the release, by name.
        entries: what the store remembers of earlier pushes.
        adopt: take graphs of the release that are there already for ours.

    Raises:
        ForeignGraphsError: graphs of the release are there, and nothing is remembered of them.
        EndpointError: the store did not answer as it should.
    """
    steps: list[Step] = []
    foreign: list[str] = []
    for name, graph in graphs.items():
        held = target.count(name)
        if held and name not in entries and not adopt:
            foreign.append(name)
        same = entries.get(name) == Pushed(held, graph.sha256)
        steps.append(Step(name, Action.KEEP if same else Action.SEND, graph.statements))
    if foreign:
        raise ForeignGraphsError(target.endpoint, foreign)
    steps += (Step(name, Action.REMOVE, target.count(name)) for name in entries if name not in graphs)
    return Plan(tuple(sorted(steps, key=lambda step: step.graph)))

"""What a query can reach from its focus nodes: the statements that could matter for its answer, and no others.

A query over a whole graph takes time that grows with the square of the graph, as engines look at every focus node for
every solution. Most queries of constraints cannot see further than a few steps from the focus node. For these, the
statements within reach of some hundred focus nodes give the same answer as the whole graph:

- every triple pattern is followed from an end that is bound: the focus node, a constant, or a variable of a pattern
  before it that every solution of the group must match;
- the candidates of a variable are all that any pattern lets it be, so no statement is missed;
- what else is in the small graph is in the whole one too, so nothing is found that is not there.

Where a pattern has no end that is bound, there is no such bound on what the query reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from eugraph.shacl.graph import Graph
from eugraph.shacl.path import Alternative, Chain, Inverse, Path, Predicate, Repeated
from eugraph.shacl.sparql.pattern import Bind, Group, Joined, Node, Optional, SubSelect, TriplePattern, Variable

_Said = dict[int, set[int]]


@dataclass(frozen=True)
class Step:
    """A triple pattern, and from which of its ends it is followed."""

    pattern: TriplePattern
    back: bool


def plan_reach(group: Group, rows: Sequence[str]) -> list[Step] | None:
    """Return in which order and direction the patterns are followed, or None where one has no end that is bound.

    Args:
        group: the query's outermost group.
        rows: the variables that a row binds.
    """
    plan = _Plan(frozenset(rows))
    return plan.steps if plan.group(group, frozenset(), plan.rows) is not None else None


class _Plan:
    """Collects steps.

    Of the variables that stand around a group, its own patterns may make use: they are joined with these anyway. What
    it asks for with OPTIONAL and EXISTS may not: whether that is there at all is decided inside of the group.
    """

    def __init__(self, rows: frozenset[str]) -> None:
        self.rows = rows
        self.steps: list[Step] = []

    def group(self, group: Group, around: frozenset[str], own: frozenset[str]) -> frozenset[str] | None:
        """Plan a group; return the variables that each of its solutions binds, or None where there is no plan."""
        waiting: list[TriplePattern | Joined | SubSelect] = []
        for part in group.parts:
            if isinstance(part, Optional):
                own = self._settle(waiting, around, own)
                if self.group(part.group, own, self.rows) is None:
                    return None
            elif isinstance(part, Bind):
                own = self._settle(waiting, around, own)
                if any(self.group(asked, frozenset(), own) is None for asked in part.exists):
                    return None
            elif isinstance(part, TriplePattern | Joined | SubSelect):
                waiting.append(part)
            else:
                return None
        own = self._settle(waiting, around, own)
        if waiting:
            return None
        for asked in group.exists:
            if self.group(asked, frozenset(), own) is None:
                return None
        return own

    def _settle(
        self, waiting: list[TriplePattern | Joined | SubSelect], around: frozenset[str], own: frozenset[str]
    ) -> frozenset[str]:
        """Plan what can be planned of the parts that wait, and take it out."""
        moved = True
        while moved:
            moved = False
            for part in list(waiting):
                mark = len(self.steps)
                bound = self._part(part, around | own)
                if bound is None:
                    del self.steps[mark:]
                    continue
                waiting.remove(part)
                own |= bound
                moved = True
        return own

    def _part(self, part: TriplePattern | Joined | SubSelect, bound: frozenset[str]) -> frozenset[str] | None:
        if isinstance(part, TriplePattern):
            if not _known(part.subject, bound) and not _known(part.value, bound):
                return None
            self.steps.append(Step(part, back=not _known(part.subject, bound)))
            return frozenset(part.names())
        if isinstance(part, SubSelect):  # its other variables are its own
            inside = self.group(part.group, frozenset(), self.rows & part.returned)
            return None if inside is None else inside & part.returned
        found = [self.group(inner, bound, self.rows) for inner in part.groups]
        known = [bound for bound in found if bound is not None]
        return frozenset.intersection(*known) if len(known) == len(found) else None


def _known(node: Node, bound: frozenset[str]) -> bool:
    return not isinstance(node, Variable) or node.name in bound


class Reach:
    """The statements within reach of some rows."""

    def __init__(self, graph: Graph, steps: Sequence[Step], rows: dict[str, set[int]]) -> None:
        """Follow the steps from the rows.

        Args:
            graph: the data.
            steps: see `plan_reach`.
            rows: variable -> the nodes that rows bind it to.
        """
        self._graph = graph
        self._from_subject: _Said = {}  # predicate -> subjects all of whose statements matter
        self._from_value: _Said = {}
        candidates = {name: set(nodes) for name, nodes in rows.items()}
        done: list[set[int]] = [set() for _ in steps]
        grown = True
        while grown:
            grown = False
            for place, step in enumerate(steps):
                pattern = step.pattern
                here, there = (pattern.value, pattern.subject) if step.back else (pattern.subject, pattern.value)
                fresh = self._nodes(here, candidates) - done[place]
                if not fresh:
                    continue
                done[place] |= fresh
                grown = True
                if isinstance(pattern.way, Variable):
                    found, ways = self._any(fresh, back=step.back)
                    candidates.setdefault(pattern.way.name, set()).update(ways)
                else:
                    found = self._along(pattern.way, fresh, back=step.back)
                if isinstance(there, Variable):
                    candidates.setdefault(there.name, set()).update(found)

    def _nodes(self, node: Node, candidates: dict[str, set[int]]) -> set[int]:
        return candidates.get(node.name, set()) if isinstance(node, Variable) else {self._graph.number(node)}

    def _along(self, path: Path, starts: set[int], *, back: bool) -> set[int]:
        match path:
            case Predicate(iri=iri):
                return self._one(self._graph.number(iri), starts, back=back)
            case Inverse(path=inner):
                return self._along(inner, starts, back=not back)
            case Chain(paths=paths):
                for part in reversed(paths) if back else paths:
                    starts = self._along(part, starts, back=back)
                return starts
            case Alternative(paths=paths):
                return set().union(*(self._along(part, starts, back=back) for part in paths))
            case Repeated(path=inner):
                found, fresh = set(starts), set(starts)
                while fresh:
                    fresh = self._along(inner, fresh, back=back) - found
                    found |= fresh
                return found
        raise AssertionError(path)

    def _one(self, predicate: int, starts: set[int], *, back: bool) -> set[int]:
        graph = self._graph
        step = graph.backward(predicate) if back else graph.forward(predicate)
        said = (self._from_value if back else self._from_subject).setdefault(predicate, set())
        said |= starts
        return {value for node in starts for value in step.get(node, ())}

    def _any(self, starts: set[int], *, back: bool) -> tuple[set[int], set[int]]:
        found: set[int] = set()
        ways: set[int] = set()
        for predicate in self._graph.predicates():
            if values := self._one(predicate, starts, back=back):
                found |= values
                ways.add(predicate)
        return found, ways

    def quads(self) -> Iterator[Quad]:
        """The statements, some perhaps twice."""
        graph, terms = self._graph, self._graph.terms
        for predicate, subjects in self._from_subject.items():
            step, iri = graph.forward(predicate), terms[predicate]
            assert isinstance(iri, NamedNode)
            for subject in subjects:
                for value in step.get(subject, ()):
                    yield Quad(terms[subject], iri, terms[value])  # type: ignore[arg-type]  # a subject of the data
        for predicate, values in self._from_value.items():
            step, iri = graph.backward(predicate), terms[predicate]
            assert isinstance(iri, NamedNode)
            for value in values:
                for subject in step.get(value, ()):
                    yield Quad(terms[subject], iri, terms[value])  # type: ignore[arg-type]  # as above

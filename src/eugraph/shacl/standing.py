"""A validation that stays up: after a change only what it can affect is validated again.

The results are always those of validating everything anew.
"""

from __future__ import annotations

from collections.abc import Collection

from pyoxigraph import Quad, Triple

from eugraph.shacl.affected import Changes, Nodes, affected, targets
from eugraph.shacl.graph import Graph
from eugraph.shacl.plan import Plan
from eugraph.shacl.result import Result
from eugraph.shacl.run import Run
from eugraph.shacl.shape import Shape


class Standing:
    """The results of shapes over a graph that changes."""

    def __init__(self, plan: Plan, graph: Graph) -> None:
        """Validate everything.

        Args:
            plan: the shapes.
            graph: what `plan.graph` made. From now on it changes by `update` alone.
        """
        self._plan, self._graph = plan, graph
        self._results: list[dict[int, list[Result]]] = [{} for _ in plan.shapes]
        run = Run(graph, plan.shapes_graph)
        for shape, found in zip(plan.shapes, self._results, strict=True):
            self._validate(run, shape, plan.focus_nodes(shape, graph), found)

    @property
    def graph(self) -> Graph:
        """The data graph as it is now."""
        return self._graph

    @property
    def results(self) -> list[Result]:
        """All results, in the order in which `Plan.run` has them."""
        found = (result for by_focus in self._results for results in by_focus.values() for result in results)
        return sorted(found, key=Result.sort_key)

    def update(self, removed: Collection[Quad | Triple], added: Collection[Quad | Triple]) -> int:
        """Change the graph and bring the results up to date.

        Args:
            removed: statements that are no longer there.
            added: statements that are there now and were not.

        Returns:
            How many pairs of shape and focus node were validated again.
        """
        graph, plan = self._graph, self._plan
        graph.add(added, plan.predicates)
        changes = Changes(graph, [*removed, *added])
        known: dict[int, Nodes] = {}
        again = [(affected(shape, changes, known), targets(shape, changes)) for shape in plan.shapes]
        graph.remove(removed)
        run = Run(graph, plan.shapes_graph)
        number = 0
        for shape, found, (of_results, of_targets) in zip(plan.shapes, self._results, again, strict=True):
            if of_results is None or of_targets is None:
                found.clear()
                nodes: Collection[int] = plan.focus_nodes(shape, graph)
            else:
                touched = of_results | of_targets
                for node in touched & found.keys():
                    del found[node]
                nodes = [node for node in touched if any(target.covers(graph, node) for target in shape.targets)]
            number += len(nodes)
            self._validate(run, shape, nodes, found)
        return number

    @staticmethod
    def _validate(run: Run, shape: Shape, nodes: Collection[int], found: dict[int, list[Result]]) -> None:
        for node, result in run.results(shape, nodes):
            found.setdefault(node, []).append(result)

"""What is said of the nodes that changed, and of those that they point to: before and after.

A side is read once for each round, and only what is asked for is kept of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pyoxigraph import NamedNode, Quad

from eugraph.changes.side import Side
from eugraph.reports.neighbourhood import Neighbourhood, Term
from eugraph.vocab import term

_NOT_CURATED = ("/graph/derived", "/graph/provenance")
OWNERS = (term("eug:participatesIn"), term("eug:subject"), term("eug:funds"))  # of a participation, a claim, a grant
_GRANT = term("eug:grant")
_ROUNDS = 3  # a claim on a grant, the grant, the project that has it


def is_curated(quad: Quad) -> bool:
    """Tell whether a statement is neither derived nor made by a release for itself."""
    graph = quad.graph_name
    return not (isinstance(graph, NamedNode) and graph.value.endswith(_NOT_CURATED))


class Surroundings:
    """Statements about some nodes on both sides, the names of what they point to, and to which thing each belongs."""

    def __init__(self, old: Side, new: Side, nodes: Collection[Term]) -> None:
        """Read both sides.

        Args:
            old: the state before.
            new: the state after.
            nodes: what changed.
        """
        self._names = Neighbourhood((*new.vocabulary(), *old.vocabulary()))
        self._sides = (Neighbourhood(()), Neighbourhood(()))
        self._curated: tuple[set[Term], set[Term]] = (set(), set())
        asked: set[Term] = set()
        wanted: set[Term] = set(nodes)
        for _ in range(_ROUNDS):
            found = [q for number, side in enumerate((old, new)) for q in self._read(number, side, wanted)]
            asked |= wanted
            wanted = {node for node in (quad.object for quad in found) if isinstance(node, NamedNode)}
            wanted -= asked
            if not wanted:
                break

    def _read(self, number: int, side: Side, wanted: Collection[Term]) -> Sequence[Quad]:
        quads = side.quads_of(_about({str(node) for node in wanted}, side.lines()))
        self._sides[number].add(quad.triple for quad in quads)
        self._curated[number].update(quad.subject for quad in quads if is_curated(quad))
        return quads

    def is_new(self, node: Term) -> bool:
        """Tell whether nothing was stated of the node before."""
        return node not in self._curated[0]

    def is_gone(self, node: Term) -> bool:
        """Tell whether nothing is stated of the node any more."""
        return node not in self._curated[1]

    def values(self, node: Term, predicate: NamedNode) -> list[Term]:
        """The values of a property: those after, else those before."""
        before, after = self._sides
        return after.values(node, predicate) or before.values(node, predicate)

    def name(self, node: Term) -> str | None:
        """What a thing or term is called: after, else before, else in the vocabulary."""
        before, after = self._sides
        return after.name(node) or before.name(node) or self._names.name(node)

    def owner(self, node: Term) -> Term | None:
        """The thing with which a participation, a claim or a grant is told; None where a node is a thing itself."""
        for predicate in OWNERS:
            if values := self.values(node, predicate):
                return values[0]
        before, after = self._sides
        projects = after.subjects(_GRANT, node) or before.subjects(_GRANT, node)
        return projects[0] if projects else None


def _about(subjects: Collection[str], lines: Iterator[str]) -> Iterator[str]:
    return (line for line in lines if line[: line.index(" ")] in subjects)

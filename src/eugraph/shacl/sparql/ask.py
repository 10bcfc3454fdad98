"""Asking the query of a constraint for many rows: some hundred at a time, over what they can reach, or over everything.

Rows stand in a named graph of their own beside the data, which is the default graph, so that blank nodes and literals
can be bound like IRIs.

The store that answers may write a literal in another form than the data has it ("0.0" as "0"); what comes back is
turned into the data's own term again. What a query itself sees of such a literal is its value, not how it was written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from eugraph.errors import ShapesTimeoutError
from eugraph.shacl.graph import Term
from eugraph.shacl.run import Run
from eugraph.shacl.sparql.grammar import read_groups
from eugraph.shacl.sparql.join import Join, join_of
from eugraph.shacl.sparql.pattern import Group, Node, Variable
from eugraph.shacl.sparql.query import ROW, ConstraintQuery, declared
from eugraph.shacl.sparql.reach import Reach, Step, plan_reach
from eugraph.shacl.sparql.rewriting import as_stored
from eugraph.shacl.sparql.triples import UnfollowedError
from eugraph.store.watchdog import Late, watched

_SPACE = "urn:x-eugraph:"
_ROWS = NamedNode(f"{_SPACE}rows")
_MARK = NamedNode(f"{_SPACE}node")
SHAPES_GRAPH = NamedNode(f"{_SPACE}shapes")
_AT_ONCE = 200  # rows: fewer cost queries, more cost the joins of engines that look at every row for every solution

_JOINED_AT_ONCE = 5_000  # rows whose solutions are in memory together

Row = tuple[int, ...]


@dataclass(frozen=True)
class Solution:
    """One solution: of which row, and what the query's variables are."""

    row: int
    bound: dict[str, Term]


class Question:
    """A query, ready to be asked for rows."""

    def __init__(self, query: ConstraintQuery, late: Late = ShapesTimeoutError) -> None:
        """Make the text to ask, and plan what rows can reach.

        Args:
            query: what to ask.
            late: says that it takes too long.
        """
        self.query, self._late = query, late
        binding = " ".join(f"?{ROW} <{_SPACE}{name}> ?{name} ." for name in query.rows)
        self.text = query.asked(f"GRAPH {_ROWS} {{ {binding} }}")
        self._predicates = [NamedNode(f"{_SPACE}{name}") for name in query.rows]
        self.steps: list[Step] | None = None  # None where the whole graph must be asked
        self.join: Join | None = None
        self._marked: frozenset[Node] = frozenset()
        self._plan()

    def _plan(self) -> None:
        if self.query.reads_shapes:
            return
        try:
            group = read_groups(self.query.solid, declared(self.query.prologue))
        except UnfollowedError:
            return
        marked = _marked(group, self.query.rows)
        if marked.ends and marked.any_way:  # it would see the marks
            return
        self.steps = plan_reach(group, self.query.rows)
        if self.steps is not None:
            self.join = join_of(self.query, group, self.steps)
        if (
            self.steps is not None or not marked.free
        ):  # a free path would see the marks of other rows in the whole graph
            self._marked = marked.ends

    @property
    def predicates(self) -> frozenset[NamedNode] | None:
        """The predicates whose statements it may read; None for all."""
        if self.steps is None:
            return None
        found: set[NamedNode] = set()
        for step in self.steps:
            way = step.pattern.way
            if isinstance(way, Variable):
                return None
            found.update(way.predicates())
        return frozenset(found)

    def ask(self, run: Run, rows: Sequence[Row]) -> Iterator[Solution]:
        """Yield the solutions of all rows; each row has a number for each variable of a row."""
        if self.join is None:
            yield from self._stored(run, rows, range(len(rows)))
            return
        for start in range(0, len(rows), _JOINED_AT_ONCE):
            left: list[int] = []
            with watched(self._late):
                found = list(self.join.solutions(run.graph, rows[start : start + _JOINED_AT_ONCE]))
            for number, bound in found:
                if bound is None:
                    left.append(start + number)
                else:
                    yield Solution(start + number, bound)
            yield from self._stored(run, rows, left)

    def _stored(self, run: Run, rows: Sequence[Row], numbers: Sequence[int]) -> Iterator[Solution]:
        """Ask a store: of what some rows can reach, or of everything."""
        size = 1 if self.query.one_by_one else _AT_ONCE
        whole = _whole(run) if self.steps is None and numbers else None
        for start in range(0, len(numbers), size):
            part = {number: rows[number] for number in numbers[start : start + size]}
            if whole is None:
                data = list(self._within_reach(run, part.values()))
                store = Store()
                store.extend(data)
            else:
                data, store = [], whole
                store.remove_graph(_ROWS)
            if self.query.reads_shapes:
                store.extend(Quad(t.subject, t.predicate, t.object, SHAPES_GRAPH) for t in run.shapes_graph.triples)
            store.extend(self._row_quads(run, part))
            marks = list(self._marks(run, part.values()))
            store.extend(marks)
            back = _Back(run, data)
            with watched(self._late):
                answer = store.query(self.text)
                assert isinstance(answer, QuerySolutions)
                names = [variable.value for variable in answer.variables]
                solutions = list(answer)
            for mark in marks:
                store.remove(mark)
            for solution in solutions:
                bound = {name: back.term(it) for name, it in zip(names, solution, strict=True) if it is not None}
                yield Solution(int(bound.pop(ROW).value.rpartition(":")[2]), bound)

    def _within_reach(self, run: Run, rows: Collection[Row]) -> Iterable[Quad]:
        assert self.steps is not None
        nodes = {name: {row[place] for row in rows} for place, name in enumerate(self.query.rows)}
        return Reach(run.graph, self.steps, nodes).quads()

    def _row_quads(self, run: Run, rows: Mapping[int, Row]) -> Iterator[Quad]:
        terms = run.graph.terms
        for number, row in rows.items():
            node = NamedNode(f"{_SPACE}row:{number}")
            for predicate, value in zip(self._predicates, row, strict=True):
                yield Quad(node, predicate, terms[value], _ROWS)

    def _marks(self, run: Run, rows: Collection[Row]) -> Iterator[Quad]:
        """Statements that make nodes of the graph of what a path of no length may start from.

        By the specification such a path leads from a term to itself whether the graph knows the term or not; the
        engine asks the graph. Spec: SPARQL 1.1 §9.3, <https://www.w3.org/TR/sparql11-query/#zeroLengthPath>.
        """
        nodes: set[Term] = set()
        for end in self._marked:
            if isinstance(end, Variable):
                place = self.query.rows.index(end.name)
                nodes.update(run.graph.terms[row[place]] for row in rows)
            else:
                nodes.add(end)
        some = next((node for node in nodes if not isinstance(node, Literal)), _MARK)
        for node in nodes:
            yield Quad(some if isinstance(node, Literal) else node, _MARK, node)


@dataclass(frozen=True)
class _Marked:
    """The ends of paths that may have no length.

    Attributes:
        ends: constants and variables of rows among them.
        free: a path has no such end.
        any_way: a predicate of the query is a variable.
    """

    ends: frozenset[Node]
    free: bool
    any_way: bool


def _marked(group: Group, rows: Collection[str]) -> _Marked:
    patterns = list(group.patterns())
    staying = [it for it in patterns if not isinstance(it.way, Variable) and it.way.may_stay()]
    known = [
        {end for end in (it.subject, it.value) if not isinstance(end, Variable) or end.name in rows} for it in staying
    ]
    any_way = any(isinstance(it.way, Variable) for it in patterns)
    return _Marked(frozenset().union(*known), not all(known), any_way)


def _whole(run: Run) -> Store:
    """The whole data graph as a store, filled once a run."""
    if run.store is None:
        run.store = Store()
        run.store.bulk_extend(run.graph.quads())
    return run.store


class _Back:
    """Turns terms that a store gives back into those that the data has."""

    def __init__(self, run: Run, data: Sequence[Quad]) -> None:
        self._run, self._data = run, data
        self._parsed: dict[Literal, Literal] | None = None

    def term(self, found: Term) -> Term:
        if not isinstance(found, Literal) or self._run.graph.has(found):
            return found
        if self._parsed is None:
            values = {quad.object for quad in self._data or self._run.graph.quads()}
            literals = sorted((value for value in values if isinstance(value, Literal)), key=str, reverse=True)
            self._parsed = {as_stored(literal): literal for literal in literals}
        return self._parsed.get(found, found)

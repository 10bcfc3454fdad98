"""Queries that are triple patterns and filters: the patterns are joined over the index, and only filters are asked.

Putting statements into a store costs several times what following them costs. So where a query has nothing but single
steps and filters, its solutions before filtering are made here, and an engine of SPARQL is asked which of them the
filters let through. What it returns are numbers of solutions, so all terms stay exactly as parsed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, QuerySolutions, Store

from eugraph.shacl.graph import Graph, Term
from eugraph.shacl.path import Inverse, Predicate, Repeated
from eugraph.shacl.sparql.pattern import Group, Node, TriplePattern, Variable
from eugraph.shacl.sparql.query import ROW, ConstraintQuery
from eugraph.shacl.sparql.reach import Step as Followed
from eugraph.shacl.sparql.rewriting import as_parsed

_AT_ONCE = 2_000  # solutions that the filters are asked for


@dataclass(frozen=True)
class Join:
    """The patterns of a query in the order in which they are followed, and the text that asks its filters."""

    steps: tuple[Followed, ...]
    rows: tuple[str, ...]
    asked: tuple[str, ...]  # the variables that filters and expressions speak of
    before: str
    after: str
    projected: frozenset[str] | None  # None for all
    distinct: bool

    def solutions(self, graph: Graph, rows: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, dict[str, Term] | None]]:
        """Yield the number of the row and what is returned, for each solution that the filters let through.

        A row for which a filter would have to be asked of a blank node comes once, with None: it cannot be named to it.
        """
        names: list[str] = list(self.rows)
        found: list[tuple[int, ...]] = [(number, *row) for number, row in enumerate(rows)]
        for step in self.steps:
            found = _followed(graph, step, names, found)
        place = {name: at for at, name in enumerate(names, 1)}
        columns = [place[name] for name in self.asked]
        if columns and (blank := graph.blank_nodes):
            unnamed = dict.fromkeys(solution[0] for solution in found if any(solution[at] in blank for at in columns))
            yield from ((number, None) for number in unnamed)
            found = [solution for solution in found if solution[0] not in unnamed]
        returned = [name for name in names if self.projected is None or name in self.projected]
        terms = graph.terms
        seen: set[tuple[object, ...]] = set()
        for number, computed in self._filtered(found, columns, terms):
            solution = found[number]
            bound = {name: terms[solution[place[name]]] for name in returned if name.isidentifier()}
            own = [terms[solution[at]] for at in columns]
            bound |= {name: as_parsed(it, own) for name, it in computed.items() if name not in place}
            if self.distinct:
                key = (solution[0], *sorted(bound.items()))
                if key in seen:
                    continue
                seen.add(key)
            yield solution[0], bound

    def _filtered(
        self, found: Sequence[tuple[int, ...]], columns: Sequence[int], terms: Sequence[Term]
    ) -> Iterator[tuple[int, dict[str, Term]]]:
        store = Store()
        for start in range(0, len(found), _AT_ONCE):
            part = found[start : start + _AT_ONCE]
            numbers = map(str, range(start, start + len(part)))
            texts = [[str(terms[solution[at]]) for solution in part] for at in columns]
            rows = " ".join([f"({' '.join(row)})" for row in zip(numbers, *texts, strict=True)])
            answer = store.query(f"{self.before}{rows}{self.after}")
            assert isinstance(answer, QuerySolutions)
            names = [variable.value for variable in answer.variables]
            for row in answer:
                computed = {name: it for name, it in zip(names, row, strict=True) if it is not None}
                yield int(computed.pop(ROW).value), computed


def _followed(
    graph: Graph, step: Followed, names: list[str], found: Sequence[tuple[int, ...]]
) -> list[tuple[int, ...]]:
    """Follow one pattern from each solution so far; `names` grows by what it binds."""
    pattern = step.pattern
    if isinstance(pattern.way, Variable):
        return _by_any(graph, pattern, step.back, names, found)
    here, there = (pattern.value, pattern.subject) if step.back else (pattern.subject, pattern.value)
    starts = _nodes(graph, here, names, found)
    if isinstance(pattern.way, Predicate):  # most are
        index = pattern.way.step(graph, back=step.back)
        reached = [index.get(start, ()) for start in starts]
    else:
        reached = list(map(pattern.way.follow(graph, back=step.back), starts))
    if isinstance(there, Variable) and there.name not in names:
        names.append(there.name)
        return [(*solution, value) for solution, values in zip(found, reached, strict=True) for value in values]
    ends = _nodes(graph, there, names, found)
    return [solution for solution, values, end in zip(found, reached, ends, strict=True) if end in values]


def _by_any(
    graph: Graph, pattern: TriplePattern, back: bool, names: list[str], found: Sequence[tuple[int, ...]]
) -> list[tuple[int, ...]]:
    """Follow a pattern whose predicate is a variable: along each predicate in turn, with that as its value."""
    way = pattern.way
    assert isinstance(way, Variable)
    grown: list[tuple[int, ...]] = []
    known = list(names)
    ends = (node.name for node in (pattern.subject, pattern.value) if isinstance(node, Variable))
    bound = [
        *known,
        *(name for name in dict.fromkeys((way.name, *ends)) if name not in known),
    ]  # in this order below, too
    if way.name in known:
        place = known.index(way.name) + 1
        parts: dict[int, list[tuple[int, ...]]] = {}
        for solution in found:
            parts.setdefault(solution[place], []).append(solution)
    else:
        parts = {predicate: [(*solution, predicate) for solution in found] for predicate in graph.predicates()}
        known.append(way.name)
    for predicate, along in sorted(parts.items()):
        iri = graph.terms[predicate]
        if isinstance(iri, NamedNode):
            names[:] = known
            single = Followed(TriplePattern(pattern.subject, Predicate(iri), pattern.value), back)
            grown += _followed(graph, single, names, along)
    names[:] = bound
    return grown


def _nodes(graph: Graph, node: Node, names: Sequence[str], found: Sequence[tuple[int, ...]]) -> list[int]:
    """What a node of a pattern is in each solution."""
    if not isinstance(node, Variable):
        return [graph.number(node)] * len(found)
    place = names.index(node.name) + 1
    return [solution[place] for solution in found]


def join_of(query: ConstraintQuery, group: Group, steps: Sequence[Followed]) -> Join | None:
    """Return the join that answers a query, or None where it has more than single steps and filters."""
    patterns = [part for part in group.parts if isinstance(part, TriplePattern)]
    simple = len(patterns) == len(group.parts) and not group.exists and not group.computes
    if not simple or not all(_is_single(pattern) for pattern in patterns):
        return None
    if any(isinstance(p.way, Variable) for p in patterns) and any(_may_stay(p) for p in patterns):
        return None  # a predicate is no node of the graph, so a path of no length does not start at it
    nodes = (node for p in patterns for node in (p.subject, p.way, p.value))
    known = {*query.rows, *(node.name for node in nodes if isinstance(node, Variable))}
    asked = tuple(name for name in sorted(query.spoken_of(group.filters)) if name in known)
    around = query.over_values(group.filters, asked)
    if around is None:
        return None
    distinct = not query.words.isdisjoint(("DISTINCT", "REDUCED"))
    return Join(tuple(_narrowing_first(steps, query.rows)), query.rows, asked, *around, query.projected, distinct)


def _narrowing_first(steps: Sequence[Followed], rows: Sequence[str]) -> Iterator[Followed]:
    """Put each pattern before those that bind more, once all its variables are bound: it only leaves out solutions."""
    bound = set(rows)
    waiting = list(steps)
    while waiting:
        narrowing = (step for step in waiting if bound.issuperset(step.pattern.names()))
        step = next(narrowing, waiting[0])
        waiting.remove(step)
        bound |= frozenset(step.pattern.names())
        yield step


def _is_single(pattern: TriplePattern) -> bool:
    """Tell whether each value comes once, as SPARQL has it too: sequences and alternatives may give one twice."""
    way = pattern.way
    if isinstance(way, Inverse):
        way = way.path
    return isinstance(way, Variable | Predicate | Repeated)


def _may_stay(pattern: TriplePattern) -> bool:
    return not isinstance(pattern.way, Variable) and pattern.way.may_stay()

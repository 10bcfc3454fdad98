"""Which statement of the data a validation result is about: for a path of several steps, that of the last one.

Spec: SHACL §3.6.2, <https://www.w3.org/TR/shacl/#results-validation-result>.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import NamedNode

from eugraph.shacl import Graph, Result
from eugraph.shacl.graph import Term
from eugraph.shacl.path import Alternative, Chain, Inverse, Path, Predicate, Repeated


class Statement(NamedTuple):
    """A statement, as far as it is known."""

    subject: Term
    predicate: NamedNode | None = None
    value: Term | None = None


def offending(result: Result, graph: Graph | None = None) -> Statement:
    """Return the statement in which the value of a result stands, else what the result is about.

    Args:
        result: what an engine found.
        graph: the data that it was found in; without it only paths of one step are followed.
    """
    focus, path, value = result.focus, result.path, result.value
    if isinstance(path, Predicate):
        return Statement(focus, path.iri, value)
    if path is not None and value is not None and graph is not None and graph.has(focus) and graph.has(value):
        found = _last_step(graph, path, graph.number(focus), graph.number(value), back=False)
        if found:
            return found
    return Statement(focus, None, value)


def _last_step(graph: Graph, path: Path, start: int, end: int, *, back: bool) -> Statement | None:
    """The statement by which a path from `start` comes to `end`; `back` for a path that is gone from its end."""
    if isinstance(path, Predicate):
        step = graph.backward if back else graph.forward
        if end not in step(graph.number(path.iri)).get(start, ()):
            return None
        subject, value = (end, start) if back else (start, end)
        return Statement(graph.terms[subject], path.iri, graph.terms[value])
    if isinstance(path, Inverse):
        return _last_step(graph, path.path, start, end, back=not back)
    if isinstance(path, Alternative):
        return _first(_last_step(graph, way, start, end, back=back) for way in path.paths)
    if isinstance(path, Chain):
        steps = tuple(reversed(path.paths)) if back else path.paths
        before = Chain(tuple(reversed(steps[:-1])) if back else steps[:-1])
        between, last = before.follow(graph, back=back)(start), steps[-1]
    elif isinstance(path, Repeated):
        between, last = Repeated(path.path, 0, path.at_most_once).follow(graph, back=back)(start), path.path
    else:
        return None
    return _first(_last_step(graph, last, node, end, back=back) for node in between)


def _first(found: Iterable[Statement | None]) -> Statement | None:
    """The same of several statements, in whatever order the graph holds them."""
    return min((statement for statement in found if statement), key=str, default=None)

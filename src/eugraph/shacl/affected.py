"""Which focus nodes a change of the data can matter to: only these are validated again.

A result depends on the statements that the shape's path, its components and its queries read. From each changed
statement the ways that read it are walked back to the focus node. Ways are walked over the statements of before and
after together, so a node that is reached in one of the two states is found. Too many are no harm, one too few is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode, Quad, Triple

from eugraph.shacl.component import Component
from eugraph.shacl.components.other import Closed
from eugraph.shacl.components.property_pair import Pair
from eugraph.shacl.components.value_type import Class
from eugraph.shacl.graph import Graph
from eugraph.shacl.path import Alternative, Chain, Inverse, Path, Predicate, Repeated
from eugraph.shacl.shape import Shape
from eugraph.shacl.sparql.ask import Question
from eugraph.shacl.sparql.constraint import SparqlConstraint
from eugraph.shacl.sparql.custom import CustomComponent
from eugraph.shacl.sparql.pattern import Node, Variable
from eugraph.shacl.sparql.reach import Step
from eugraph.vocab import RDF_TYPE, term

Nodes = set[int] | None  # None: all, wherever they are

_SUBCLASS = term("rdfs:subClassOf")


@dataclass(frozen=True)
class Changes:
    """Changed statements, whether they came or went."""

    graph: Graph  # with the statements of before and after
    statements: Iterable[Quad | Triple]

    @cached_property
    def ends(self) -> Mapping[NamedNode, tuple[set[int], set[int]]]:
        """Predicate -> subjects and objects of its changed statements."""
        found: dict[NamedNode, tuple[set[int], set[int]]] = {}
        for subject, predicate, value, *_ in self.statements:
            subjects, values = found.setdefault(predicate, (set(), set()))
            subjects.add(self.graph.number(subject))
            values.add(self.graph.number(value))
        return found

    def subjects(self, predicate: NamedNode) -> set[int]:
        """The subjects of the changed statements of a predicate."""
        return self.ends[predicate][0] if predicate in self.ends else set()

    @cached_property
    def all_subjects(self) -> set[int]:
        """The subjects of all changed statements."""
        return set().union(*(subjects for subjects, _ in self.ends.values()))


def affected(shape: Shape, changes: Changes, known: dict[int, Nodes] | None = None) -> Nodes:
    """Return the focus nodes whose results of a shape may be others than before, targets or not.

    Args:
        shape: the shape.
        changes: what changed.
        known: what was found of other shapes, by their identity.
    """
    known = {} if known is None else known
    if id(shape) not in known:
        known[id(shape)] = _affected(shape, changes, known)
    return known[id(shape)]


def _affected(shape: Shape, changes: Changes, known: dict[int, Nodes]) -> Nodes:
    nodes = set() if shape.path is None else starts(shape.path, changes)
    values: set[int] = set()
    for component in shape.components:
        of_values = _values(component, changes, known)
        of_focus = _focus(component, changes)
        if of_values is None or of_focus is None:
            return None
        values |= of_values
        nodes |= of_focus
    return nodes | (values if shape.path is None else _back(shape.path, changes.graph, values))


def targets(shape: Shape, changes: Changes) -> Nodes:
    """Return the nodes that a change may have made a target of a shape, or no target any more."""
    found: set[int] = set()
    for target in shape.targets:
        if target.kind == "class":
            if _SUBCLASS in changes.ends:
                return None
            found |= changes.subjects(RDF_TYPE)
        elif target.kind != "node" and target.term in changes.ends:
            assert isinstance(target.term, NamedNode)
            subjects, values = changes.ends[target.term]
            found |= subjects if target.kind == "subjects-of" else values
    return found


def _values(component: Component, changes: Changes, known: dict[int, Nodes]) -> Nodes:
    """The value nodes that a component may judge otherwise than before."""
    if isinstance(component, Class):
        return None if _SUBCLASS in changes.ends else changes.subjects(RDF_TYPE)
    if isinstance(component, Closed):
        return changes.all_subjects
    found: set[int] = set()
    for inner in component.nested():
        nodes = affected(inner, changes, known)
        if nodes is None:
            return None
        found |= nodes
    return found


def _focus(component: Component, changes: Changes) -> Nodes:
    """The focus nodes for which a component looks at more than their value nodes."""
    if isinstance(component, Pair):
        return changes.subjects(component.other)
    if isinstance(component, SparqlConstraint | CustomComponent):
        return asked(component.question, changes)
    return set()


def starts(path: Path, changes: Changes, *, back: bool = False) -> set[int]:
    """Return the nodes from which a path, or a path walked back, goes along a changed statement."""
    match path:
        case Predicate(iri=iri):
            return set(changes.ends[iri][1 if back else 0]) if iri in changes.ends else set()
        case Inverse(path=inner):
            return starts(inner, changes, back=not back)
        case Alternative(paths=paths):
            return set().union(*(starts(part, changes, back=back) for part in paths))
        case Chain(paths=paths):
            found: set[int] = set()
            for part in paths if back else reversed(paths):  # from the end of the way
                found = _back(part, changes.graph, found, back=back) | starts(part, changes, back=back)
            return found
        case Repeated(path=inner):
            first = starts(inner, changes, back=back)
            return first | _back(path, changes.graph, first, back=back)
    raise AssertionError(path)


def _back(path: Path, graph: Graph, nodes: set[int], *, back: bool = False) -> set[int]:
    """Return the nodes from which a path leads to one of `nodes`."""
    if not nodes:
        return set()
    follow = path.follow(graph, back=not back)
    return {start for node in nodes for start in follow(node)}


def asked(question: Question, changes: Changes) -> Nodes:
    """Return the focus nodes for which a query may be answered otherwise than before."""
    if question.steps is None:
        return None
    bound: dict[str, set[int]] = {}  # variable -> values of it from which a change is reached
    for step in question.steps:
        if not _meet(_here(step), _first(step, changes), bound):
            return None
    if not _walk_back(question.steps, changes.graph, bound):
        return None
    if any(bound.get(name) for name in question.query.rows if name != "this"):
        return None
    return bound.get("this", set())


def _walk_back(steps: Sequence[Step], graph: Graph, bound: dict[str, set[int]]) -> bool:
    """Add the values from which those known are reached, until there are no more; False where a constant is reached."""
    grown = True
    while grown:
        grown = False
        for step in steps:
            there = step.pattern.subject if step.back else step.pattern.value
            if not isinstance(there, Variable) or there.name not in bound:
                continue
            nodes, here = _before(step, graph, bound[there.name]), _here(step)
            if not nodes or (isinstance(here, Variable) and nodes <= bound.get(here.name, set())):
                continue
            if not _meet(here, nodes, bound):
                return False
            grown = True
    return True


def _here(step: Step) -> Node:
    return step.pattern.value if step.back else step.pattern.subject


def _meet(here: Node, nodes: set[int], bound: dict[str, set[int]]) -> bool:
    """Note that a change is reached from values of a variable; False where it is reached from a constant."""
    if not nodes:
        return True
    if not isinstance(here, Variable):
        return False
    bound.setdefault(here.name, set()).update(nodes)
    return True


def _first(step: Step, changes: Changes) -> set[int]:
    way = step.pattern.way
    if isinstance(way, Variable):
        return set().union(*(ends[1 if step.back else 0] for ends in changes.ends.values()))
    return starts(way, changes, back=step.back)


def _before(step: Step, graph: Graph, nodes: set[int]) -> set[int]:
    way = step.pattern.way
    if not isinstance(way, Variable):
        return _back(way, graph, nodes, back=step.back)
    found: set[int] = set()
    for predicate in graph.predicates():
        along = graph.forward(predicate) if step.back else graph.backward(predicate)
        found.update(start for node in nodes for start in along.get(node, ()))
    return found

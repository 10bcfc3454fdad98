"""Triples by subject, and which blank nodes can be written without a label: as `[ … ]` or as a list `( … )`.

Terms are their N-Triples text here, as everywhere in the writers of Turtle and JSON-LD.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import RdfFormat, Triple, parse

from eugraph.rdf.hashing import canonical_nquads
from eugraph.rdf.nquads import split_line
from eugraph.rdf.turtle_terms import object_key

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FIRST, _REST, _NIL = f"<{_RDF}first>", f"<{_RDF}rest>", f"<{_RDF}nil>"
_NAMED = "_:c14n"
_DEEPEST = 40  # brackets in brackets; deeper nodes get a label, so that neither writer nor reader runs out of stack
_INSIDE_TRIPLE_TERM = re.compile(r"_:[^\s<>\"]+")

Properties = dict[str, set[str]]  # predicate -> objects
Subjects = Mapping[str, Properties]


@dataclass(frozen=True, slots=True)
class Blanks:
    """How the blank nodes of a graph are to be written.

    `keys` holds every nested node with the text it is sorted by, which is made of its content alone.
    """

    keys: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, list[str]] = field(default_factory=dict)  # first cell -> items
    top: list[str] = field(default_factory=list)  # subjects to write as [] …, in order
    labelled: list[str] = field(default_factory=list)  # in order of their number where canonically named

    def __bool__(self) -> bool:
        return bool(self.keys or self.top or self.labelled)


@dataclass(frozen=True, slots=True)
class Grouped:
    """Triples by subject and predicate, and how to write their blank nodes: what the writers work on."""

    subjects: Subjects
    blanks: Blanks = field(default_factory=Blanks)

    def lines(self) -> list[str]:
        """Return the statements as sorted lines of canonical N-Triples; blank nodes keep the labels they have."""
        found = self.subjects.items()
        return sorted(
            [f"{s} {p} {o} .\n" for s, properties in found for p, objects in properties.items() for o in objects]
        )


def grouped(triples: Iterable[Triple] | Grouped) -> Grouped:
    """Make triples ready for writers. Who writes them in several formats calls this once.

    Raises:
        CanonicalisationTimeoutError: there are blank nodes that need labels and cannot be named in 10 s.
    """
    return triples if isinstance(triples, Grouped) else _settled(_by_subject(triples))


def grouped_lines(texts: Mapping[str, str]) -> Grouped:
    """Make statements that are text already ready for writers: subject -> lines of predicate and object.

    Raises:
        CanonicalisationTimeoutError: as `grouped`.
    """
    subjects = {subject: properties_in(text) for subject, text in texts.items()}
    if not any(subject[0] == "_" or " _:" in text for subject, text in texts.items()):
        return Grouped(subjects)
    return _settled(subjects)


def properties_in(text: str) -> Properties:
    """Return what is said of a subject, a line each of predicate and object."""
    properties: Properties = {}
    for line in text.split("\n"):
        predicate, _, value = line.partition(" ")
        if predicate[-1] != ">":  # an IRI with a space in it
            end = line.index("> ") + 1
            predicate, value = line[:end], line[end + 1 :]
        if predicate in properties:
            properties[predicate].add(value)
        else:
            properties[predicate] = {value}
    return properties


def _settled(subjects: dict[str, Properties]) -> Grouped:
    blanks = find_blanks(subjects)
    if blanks.labelled:
        subjects = _by_subject(_canonical(Grouped(subjects, blanks)))
        blanks = find_blanks(subjects)
    return Grouped(subjects, blanks)


def grouped_part(triples: Iterable[Triple]) -> Grouped:
    """Make a part of a graph ready for writers.

    Blank nodes that other parts speak of too are called _:c14n0, _:c14n1 and so on: they get a label. The others are
    spoken of in this part alone, and once at most.
    """
    subjects = _by_subject(triples)
    return Grouped(subjects, find_blanks(subjects, shared=_NAMED))


def label(node: str) -> str:
    """Return the label of a node that RDFC-1.0, or whoever makes parts, has named _:c14n0, _:c14n1 and so on."""
    return f"_:b{node.removeprefix(_NAMED)}"


def _by_subject(triples: Iterable[Triple]) -> dict[str, Properties]:
    subjects: dict[str, Properties] = {}
    for triple in triples:
        subject, predicate, value = split_line(triple)
        properties = subjects.get(subject)
        if properties is None:
            subjects[subject] = {predicate: {value}}
        elif predicate in properties:
            properties[predicate].add(value)
        else:
            properties[predicate] = {value}
    return subjects


def _canonical(graph: Grouped) -> list[Triple]:
    """Return the triples with blank nodes named by RDFC-1.0."""
    quads = parse("".join(graph.lines()), format=RdfFormat.N_TRIPLES, lenient=True)
    named = "".join(canonical_nquads(quad.triple for quad in quads))
    return [quad.triple for quad in parse(named, format=RdfFormat.N_TRIPLES, lenient=True)]


def find_blanks(subjects: Subjects, shared: str = "") -> Blanks:
    """Look at every blank node and say how to write it; those that begin with `shared` are never nested."""
    parents = _parents(subjects)
    if not parents:
        return Blanks()
    own = {node: found for node, found in parents.items() if not (shared and node.startswith(shared))}
    nestable = {node for node, found in own.items() if len(found) == 1 and found[0][0] != ""}
    lists = _lists(subjects, parents, nestable)
    head_of = {cell: head for head, cells in lists.items() for cell in cells}
    depths = _depths(parents, nestable, head_of)
    inner = {cell for head, cells in lists.items() if head in depths for cell in cells[1:]}
    lists = {head: cells for head, cells in lists.items() if head in depths}
    keys: dict[str, str] = {}
    items = {head: [next(iter(subjects[cell][_FIRST])) for cell in cells] for head, cells in lists.items()}
    for node in sorted(depths.keys() - inner, key=lambda node: -depths[node]):
        keys[node] = _content(node, subjects, items, keys)
    top = {node for node, found in own.items() if not found}
    order = sorted((_content(node, subjects, items, keys), node) for node in top)
    labelled = [node for node in parents if node not in keys and node not in inner and node not in top]
    labelled.sort(key=lambda label: (len(label), label))
    return Blanks(keys, items, [node for _, node in order], labelled)


def _parents(subjects: Subjects) -> dict[str, list[tuple[str, str]]]:
    """Return every blank node with the (subject, predicate) pairs that it is the object of."""
    parents: dict[str, list[tuple[str, str]]] = {}
    for subject, properties in subjects.items():
        if subject[0] == "_":
            parents.setdefault(subject, [])
        for predicate, objects in properties.items():
            for value in objects:
                first = value[0]
                if first == '"':
                    continue
                if first == "_":
                    parents.setdefault(value, []).append((subject, predicate))
                elif value[1] == "<":  # a node in a triple term can be nested nowhere else
                    for node in _INSIDE_TRIPLE_TERM.findall(value):
                        parents.setdefault(node, []).append(("", ""))
    return parents


def _lists(
    subjects: Subjects, parents: Mapping[str, list[tuple[str, str]]], nestable: set[str]
) -> dict[str, list[str]]:
    """Return the lists that `( … )` says exactly: first cell -> all cells."""

    def is_cell(node: str) -> bool:
        properties = subjects.get(node, {})
        return (
            node in nestable
            and properties.keys() == {_FIRST, _REST}
            and all(len(objects) == 1 for objects in properties.values())
        )

    lists = {}
    for head in nestable:
        owner, predicate = parents[head][0]
        if not is_cell(head) or (predicate == _REST and is_cell(owner)):
            continue
        cells, cell = [head], next(iter(subjects[head][_REST]))
        while is_cell(cell):  # ends: every cell has one parent, and the head's is no cell of this list
            cells.append(cell)
            cell = next(iter(subjects[cell][_REST]))
        if cell == _NIL:
            lists[head] = cells
    return lists


def _depths(
    parents: Mapping[str, list[tuple[str, str]]], nestable: set[str], head_of: Mapping[str, str]
) -> dict[str, int]:
    """Return how many brackets each nested node stands in. Nodes in a circle, or too deep, are not nested."""
    depths: dict[str, int] = {}
    in_circle: set[str] = set()
    for start in sorted(nestable):
        path: dict[str, None] = {}
        node = start
        while node in nestable and node not in depths and node not in in_circle and node not in path:
            path[node] = None
            node = parents[node][0][0]
        if node in path:  # a circle of single parents: no way in from outside
            steps = list(path)
            in_circle.update(steps[steps.index(node) :])
            path = dict.fromkeys(steps[: steps.index(node)])
        for nested in reversed(path):
            owner = parents[nested][0][0]
            is_inner = head_of.get(nested, nested) != nested
            depths[nested] = depths.get(owner, 0) + (not is_inner)
    return {node: depth for node, depth in depths.items() if depth % _DEEPEST}


def _content(node: str, subjects: Subjects, items: Mapping[str, list[str]], keys: Mapping[str, str]) -> str:
    if node in items:
        return f"_:({' '.join(keys.get(item, item) for item in items[node])})"
    parts = []
    for predicate, objects in sorted(subjects.get(node, {}).items()):
        values = sorted((keys.get(value, value) for value in objects), key=object_key)
        parts.append(f"{predicate} {' '.join(values)}")
    return f"_:[{' '.join(parts)}]"

"""Where pySHACL answers otherwise than the specification, and how a case is kept clear of it.

Each difference takes out of a case just what meets it: a statement, a bound, the name of a node. What is left must give
the same results by both engines. That our own answer is the right one is shown in `test_known.py`, by examples and by a
third engine for the comparison of literals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from pyshacl.rdfutil.compare import compare_literal
from rdflib.term import Literal as RdflibLiteral

from differential.compare import Case, Key
from eugraph.rdf.lexical import expected_form
from eugraph.rdf.to_rdflib import to_graph
from eugraph.rdf.values import compare, value_of
from eugraph.shacl.components.property_pair import LessThan, LessThanOrEquals
from eugraph.shacl.components.value_range import Bound
from eugraph.shacl.components.value_type import Datatype
from eugraph.shacl.graph import Term
from eugraph.shacl.shape import Shape
from eugraph.shacl.shapes_graph import ShapesGraph
from eugraph.shacl.sparql.custom import CustomComponent
from eugraph.vocab import term


@dataclass(frozen=True)
class Difference:
    """What pySHACL does, and the clause that says otherwise.

    `clear` takes what meets it out of a case, and returns a case that does not meet it as it is.
    """

    does: str
    clause: str
    clear: Callable[[Case], Case]


def shapes_of(case: Case) -> Iterator[Shape]:
    """All shapes that can be asked, each once."""
    seen: set[int] = set()
    for targeted in case.plan.shapes:
        for shape in targeted.walk():
            if id(shape) not in seen:
                seen.add(id(shape))
                yield shape


def _literals(case: Case) -> set[Literal]:
    named = (quad.object for quad in case.shapes if quad.predicate == term("sh:targetNode"))
    return {it for it in (*named, *(quad.object for quad in case.data)) if isinstance(it, Literal)}


# Comparing literals


def _rdflib(literal: Literal) -> RdflibLiteral:
    node = NamedNode("urn:x")
    (value,) = to_graph([Quad(node, node, literal).triple]).objects()
    assert isinstance(value, RdflibLiteral)
    return value


def pyshacl_order(one: Literal, other: Literal) -> int | None:
    """How pySHACL's range components order two literals; None where they cannot."""
    left, right = _rdflib(one), _rdflib(other)
    if isinstance(left.value, str) != isinstance(right.value, str):
        return None
    try:
        order: int = compare_literal(left, right)  # type: ignore[no-untyped-call]  # pySHACL's own
    except (TypeError, NotImplementedError):
        return None
    return 0 if order == 0 else 1 if order > 0 else -1


def _without_strange_bounds(case: Case) -> Case:
    literals = _literals(case)
    strange: set[Literal] = set()
    for shape in shapes_of(case):
        for component in shape.components:
            if isinstance(component, Bound):
                bound = component.bound
                for literal in literals:
                    order = compare(value_of(bound), value_of(literal))
                    if (order in component.right) != (_flipped(pyshacl_order(literal, bound)) in component.right):
                        strange.add(bound)
    kept = [quad for quad in case.shapes if not (quad.object in strange and quad.predicate in _BOUNDS)]
    return Case(case.data, kept) if strange else case


_BOUNDS = tuple(term(f"sh:{name}") for name in ("minExclusive", "minInclusive", "maxExclusive", "maxInclusive"))


def _flipped(order: int | None) -> int | None:
    return None if order is None else -order


def pyshacl_less(one: Term, other: Term, *, or_equal: bool) -> bool | None:
    """Whether pySHACL takes one value to be less than (or equal to) another; None where it fails. IRIs are texts to it."""
    left, right = (_comparable(node) for node in (one, other))
    if isinstance(left, str) != isinstance(right, str):
        return False
    try:
        return bool(left <= right if or_equal else left < right)
    except TypeError:
        return None


def _comparable(node: Term) -> str | RdflibLiteral:
    if not isinstance(node, Literal):
        return node.value
    literal = _rdflib(node)
    return literal.value if isinstance(literal.value, str) else literal


def _without_strange_pairs(case: Case) -> Case:
    graph = case.graph
    strange: set[tuple[Term, NamedNode, Term]] = set()
    ordered = [
        (shape, component)
        for shape in shapes_of(case)
        for component in shape.components
        if isinstance(component, LessThan | LessThanOrEquals)
    ]
    for shape, component in ordered:
        assert shape.path is not None
        follow = shape.path.follow(graph)
        for subject, others in graph.forward(graph.number(component.other)).items():
            for other in (graph.terms[number] for number in others):
                for value in (graph.terms[number] for number in follow(subject)):
                    ours = compare(*(value_of(it) if isinstance(it, Literal) else None for it in (value, other)))
                    or_equal = isinstance(component, LessThanOrEquals)
                    if (ours in component.right) != pyshacl_less(value, other, or_equal=or_equal):
                        strange.add((graph.terms[subject], component.other, other))
    kept = [quad for quad in case.data if (quad.subject, quad.predicate, quad.object) not in strange]
    return Case(kept, case.shapes) if strange else case


def _with_names_where_ordered(case: Case) -> Case:
    ordered = any(isinstance(it, LessThan | LessThanOrEquals) for shape in shapes_of(case) for it in shape.components)
    if not ordered or not any(isinstance(it, BlankNode) for quad in case.data for it in (quad.subject, quad.object)):
        return case

    def named(node: Term) -> Term:
        return NamedNode(f"http://example.org/blank/{node.value}") if isinstance(node, BlankNode) else node

    return Case([Quad(named(it.subject), it.predicate, named(it.object)) for it in case.data], case.shapes)  # type: ignore[arg-type]  # subjects stay subjects


def _without_least_length_of_nothing(case: Case) -> Case:
    if not any(isinstance(it, BlankNode) for quad in case.data for it in (quad.subject, quad.object)):
        return case
    kept = [quad for quad in case.shapes if quad.predicate != term("sh:minLength") or quad.object.value != "0"]  # type: ignore[union-attr]  # a number
    return Case(case.data, kept) if len(kept) < len(case.shapes) else case


def _without_strange_forms(case: Case) -> Case:
    asked = {it.datatype for shape in shapes_of(case) for it in shape.components if isinstance(it, Datatype)}
    strange = {
        literal
        for literal in _literals(case)
        if literal.datatype in asked
        and (expected_form(literal.value, literal.datatype.value) is None) == bool(_rdflib(literal).ill_typed)
    }
    data, shapes = ([quad for quad in part if quad.object not in strange] for part in (case.data, case.shapes))
    return Case(data, shapes) if strange else case


def _without_inverse_sequences(case: Case) -> Case:
    """Make the inverse of a path that has a sequence in it an optional one."""
    said = ShapesGraph(case.shapes)

    def has_sequence(node: Term) -> bool:
        if said.is_list(node):
            return True
        inner = [value for name in _OF_PATHS for value in said.values(node, name)]
        inner += [it for head in said.values(node, "sh:alternativePath") for it in said.items(node, "", head, "")]
        return any(map(has_sequence, inner))

    changed = [
        Quad(quad.subject, term("sh:zeroOrOnePath"), quad.object)
        if quad.predicate == term("sh:inversePath") and has_sequence(quad.object)  # type: ignore[arg-type]  # a path
        else quad
        for quad in case.shapes
    ]
    return Case(case.data, changed) if changed != list(case.shapes) else case


_OF_PATHS = ("sh:inversePath", "sh:zeroOrMorePath", "sh:oneOrMorePath", "sh:zeroOrOnePath")
DIFFERENCES: Sequence[Difference] = (
    Difference(
        "follows the parts of a sequence in their order when it goes the other way: ^(p/q) as ^p/^q",
        "SHACL §2.3.1.4 by SPARQL 1.1 §9.1, §18.1: the inverse of a path leads from its end to its start",
        _without_inverse_sequences,
    ),
    Difference(
        "fails on a blank node as a value under sh:lessThan and sh:lessThanOrEquals",
        "SHACL §4.5.3, §4.5.4: values that cannot be compared are results",
        _with_names_where_ordered,
    ),
    Difference(
        "compares IRIs, ill-typed literals and literals of different kinds, and fails on years, under sh:lessThan and sh:lessThanOrEquals",
        "SHACL §4.5.3, §4.5.4 by SPARQL 1.1 §17.3: < and <= have no such operands",
        _without_strange_pairs,
    ),
    Difference(
        "takes a day for a well-formed xsd:dateTime under sh:datatype",
        "SHACL §4.1.2 by XML Schema 1.1 Part 2 §3.3.7: the form has a T and a time",
        _without_strange_forms,
    ),
    Difference(
        "lets literals pass a bound that they cannot be compared with, such as a date a number",
        "SHACL §4.3 by SPARQL 1.1 §17.3: an error is not true, so there is a result",
        _without_strange_bounds,
    ),
    Difference(
        "lets a blank node pass sh:minLength 0",
        "SHACL §4.4.1: a blank node is a result whatever the length",
        _without_least_length_of_nothing,
    ),
)


def cleared(case: Case) -> tuple[Case, Counter[str]]:
    """The case without what meets a difference, and which differences it met."""
    met: Counter[str] = Counter()
    for difference in DIFFERENCES:
        clear = difference.clear(case)
        if clear is not case:
            met[difference.does] += 1
        case = clear
    return case, met


# What `alike` brings into a form that both can give

OF_RESULTS = {
    "asks a SELECT validator of a property shape once for each value, with ?value bound": "SHACL §6.3: once for a focus node",
    "leaves the value out of the results of an ASK validator at a property shape": "SHACL §6.3: sh:value is the value node",
}

# What the grammar of `queries.py` does not write where it is careful

OF_QUERIES = {
    "tells equal solutions of a query once": "SHACL §5.3: there is a result for each solution",
    "writes $PATH without brackets where paths stand in paths": "SHACL §5.3.1 by SPARQL 1.1 §9.1",
    "refuses AS ?value in SELECT validators, and sub-selects in them without ?value": "SHACL §6.3: $value is bound in ASK only",
    "keeps the backslash of an escaped name": "SPARQL 1.1 §19.8, PN_LOCAL_ESC",
    "takes an empty text and false for no term at an end of a path": "SPARQL 1.1 §9.3: a path of no length starts at any term",
    "gives STR of a blank node": "SPARQL 1.1 §17.4.2.5: it takes a literal or an IRI",
    "makes a group where GROUP BY has no solution to group": "SPARQL 1.1 §18.5.1.1: no solutions, no groups",
    "cuts off paths in reports that are nested more than two deep": "SHACL §3.6.2.2: the path is that of the shape",
    # Here pySHACL is right, and the engine behind ours is not:
    "counts a pair of nodes as often as alternatives of a path lead to it": "SPARQL 1.1 §18.4, Alternative",
}


def alike(case: Case) -> tuple[Counter[Key], Counter[Key]]:
    """The results of both engines, in the form that both can give."""
    ours, theirs = Counter(case.ours), Counter(case.theirs)
    for shape in shapes_of(case):
        for component in shape.components:
            if not isinstance(component, CustomComponent) or shape.path is None:
                continue
            mine = Counter({key: n for key, n in ours.items() if _is_of(key, shape, component)})
            ours -= mine
            if component.question.query.asks:
                for key, number in mine.items():
                    ours[key._replace(value=None)] += number
                continue
            follow = shape.path.follow(case.graph)
            ours.update({key for key in mine if follow(case.graph.number(key.focus))})
            for key in theirs:
                if _is_of(key, shape, component):
                    theirs[key] = 1
    return ours, theirs


def _is_of(key: Key, shape: Shape, component: CustomComponent) -> bool:
    return key.shape == shape.node and key.component == component.iri

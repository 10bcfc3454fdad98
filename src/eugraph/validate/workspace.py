"""The whole check of a workspace's statements: checks first, then the shapes, one finding a fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from pyoxigraph import NamedNode, Quad

from eugraph.findings import Finding, Place
from eugraph.rdf.locate import Term
from eugraph.sources import Reading
from eugraph.validate.checks import check
from eugraph.validate.declared import Vocabulary
from eugraph.validate.engine import Engine, Outcome, run_shapes
from eugraph.validate.report import Report
from eugraph.validate.shape_finding import FindPlace, ShapeFinding, shape_finding
from eugraph.validate.words import Names, Words
from eugraph.vocab import term

_SUBJECT = term("eug:subject")
_PROPERTY = term("eug:property")
_VALUE = term("eug:value")
_SHAPES = (term("sh:NodeShape"), term("sh:PropertyShape"))
_OF_A_SHAPE = tuple(
    term(f"sh:{name}")
    for name in ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf", "property", "path", "sparql")
)
# A bound that is derived -> the property that a curator states.
BOUND_OF = {
    term(f"eug:{name}{bound}"): term(f"eug:{name}" if name == "date" else f"eug:{name}Date")
    for name in ("date", "start", "end")
    for bound in ("Earliest", "Latest")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Graphs:
    """What a validation needs: curated statements with places, what follows from them, vocabulary and shapes."""

    curated: Reading
    ontology: Sequence[Quad]
    shapes: Reading
    derived: Sequence[Quad] = ()  # only the shapes look at it
    terms: Vocabulary | None = None  # of the ontology, where that was read before
    spoken_of: Sequence[Quad] = ()  # what imported sources say of things that are linked to


def has_shapes(quads: Iterable[Quad]) -> bool:
    """Tell whether a shape is among the statements.

    Spec: SHACL §2.1, <https://www.w3.org/TR/shacl/#shapes>.
    """
    return any(quad.predicate in _OF_A_SHAPE or quad.object in _SHAPES for quad in quads)


def validate(graphs: Graphs, engine: Engine = Engine.AUTO, *, repeats: bool = False) -> Report:
    """Return all findings of the checks and the shapes, each with the place where a curator mends it.

    Args:
        graphs: what to validate.
        engine: who runs the shapes.
        repeats: whether to keep what a shape finds where a check has said it better.

    Raises:
        ShapesError: the shapes cannot be run, or not by this engine.
    """
    data = chain(graphs.curated.quads, graphs.derived, graphs.ontology, graphs.spoken_of)
    outcome = run_shapes(data, graphs.shapes.quads, engine=engine, locate=shape_places(graphs.shapes))
    if graphs.spoken_of:  # little is known here of what is imported: it is validated by itself
        others = {quad.subject for quad in graphs.spoken_of} - {quad.subject for quad in graphs.curated.quads}
        outcome = replace(outcome, results=[result for result in outcome.results if result.focus not in others])
    return report_of(graphs, outcome, repeats=repeats)


def validate_imported(data: Iterable[Quad], ontology: Sequence[Quad], shapes: Reading) -> list[ShapeFinding]:
    """Return what the shapes find in statements that no curator can mend; the findings have no places.

    Args:
        data: what is validated, with what follows from it.
        ontology: the classes and concepts that the shapes ask for.
        shapes: the shapes graph.

    Raises:
        ShapesError: the shapes cannot be run.
    """
    outcome = run_shapes(chain(data, ontology), shapes.quads, locate=shape_places(shapes))
    words = Words(Names(shapes.quads, ontology), outcome.values)
    return [shape_finding(result, lambda *_: None, words, outcome.graph) for result in outcome.results]


def report_of(graphs: Graphs, outcome: Outcome, *, repeats: bool = False, known: Iterable[ShapeFinding] = ()) -> Report:
    """Return the findings of the checks, and those that stand for the results of the shapes.

    Args:
        graphs: what was validated.
        outcome: what the shapes found.
        repeats: keep what a check has said better.
        known: findings on some of the very results, made before and still right.
    """
    before = {id(finding.result): finding for finding in known}
    elsewhere = {quad.subject for quad in graphs.spoken_of if isinstance(quad.subject, NamedNode)}
    checked = check(graphs.curated, graphs.terms or Vocabulary(graphs.ontology), elsewhere)
    places = _Places(graphs.curated)
    words = Words(Names(graphs.shapes.quads, graphs.ontology), outcome.values)
    found = [
        before.get(id(result)) or shape_finding(result, places.find, words, outcome.graph) for result in outcome.results
    ]
    findings = sorted({*graphs.curated.findings, *checked, *found}, key=Finding.sort_key)
    return Report(tuple(findings if repeats else without_repeats(findings)), outcome.notes)


def shape_places(shapes: Reading) -> Callable[[NamedNode], str]:
    """Return what says where a shape is described, for messages."""
    return lambda shape: str(shapes.place(shape) or "")


def without_repeats(findings: Sequence[Finding]) -> list[Finding]:
    """Leave out what a check has said better: of the same value, or of the node as a whole that has it."""
    checked = [finding for finding in findings if not isinstance(finding, ShapeFinding)]
    nodes = {finding.focus for finding in checked}
    values = {finding.value for finding in checked}
    return [
        f
        for f in findings
        if not isinstance(f, ShapeFinding)
        or (f.value not in values and not (f.focus in nodes and f.value in ("", f.focus)))
    ]


def place_finder(curated: Reading) -> FindPlace:
    """What finds the line to mend for (focus node, property, value)."""
    return _Places(curated).find


class _Places:
    """Finds the line to mend: of the statement itself, else of the claim that it was derived from."""

    def __init__(self, curated: Reading) -> None:
        self._curated = curated
        self._claims_on = cache(self._find_claims)

    def _find_claims(self, thing: Term) -> dict[object, list[NamedNode]]:
        """Property -> the claims on it."""
        claims: dict[object, list[NamedNode]] = {}
        for quad in self._curated.with_value(thing):
            claim = quad.subject
            if quad.predicate == _SUBJECT and isinstance(claim, NamedNode):
                for about in self._curated.on(claim):
                    if about.predicate == _PROPERTY:
                        claims.setdefault(about.object, []).append(claim)
        return claims

    def _claim(self, thing: Term, path: NamedNode, value: Term | None) -> NamedNode | None:
        """The claim that gives a thing the value; else the first on the property; None where a file states it."""
        claims = self._claims_on(thing).get(path)
        if not claims or any(quad.predicate == path for quad in self._curated.on(thing)):
            return None
        telling = (
            claim
            for claim in claims
            if any(quad.predicate == _VALUE and quad.object == value for quad in self._curated.on(claim))
        )
        return next(telling, claims[0])

    def find(self, focus: Term, path: NamedNode | None, value: Term | None) -> Place | None:
        """Return where a curator mends what is wrong with (focus, path, value); None where no file speaks of it."""
        path = BOUND_OF.get(path, path) if path else None
        if path and (claim := self._claim(focus, path, value)):
            return self._curated.place(claim, _VALUE, value)
        if path is None and isinstance(value, NamedNode) and (place := self._curated.place(value)):
            return place  # the fault is in a thing that leads to the focus, such as a claim on it
        if place := self._curated.place(focus, path, value):
            return place
        quad = next(self._curated.with_value(focus), None)  # spoken of, but never described
        if quad is None or not isinstance(quad.subject, NamedNode):
            return None
        return self._curated.place(quad.subject, quad.predicate, focus)

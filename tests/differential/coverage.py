"""How often each part of the specification was met, with nodes that conform to it and with nodes that do not."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from hypothesis import Phase
from pyoxigraph import Literal
from pytest import CaptureFixture  # noqa: PT013 - the type alone

from differential.chance import FULL
from differential.compare import Case, Key
from eugraph.rdf.lexical import expected_form
from eugraph.shacl.component import Component
from eugraph.shacl.components.shape_based import Property, Qualified
from eugraph.shacl.path import Alternative, Chain, Inverse, Path, Predicate, Repeated
from eugraph.shacl.run import Run
from eugraph.shacl.shape import Shape
from eugraph.shacl.sparql.custom import CustomComponent

COMPONENTS = [
    *("Class", "Datatype", "NodeKind", "MinCount", "MaxCount"),
    *("MinExclusive", "MinInclusive", "MaxExclusive", "MaxInclusive"),
    *("MinLength", "MaxLength", "Pattern", "LanguageIn", "UniqueLang"),
    *("Equals", "Disjoint", "LessThan", "LessThanOrEquals", "Not", "And", "Or", "Xone"),
    *("Node", "Property", "QualifiedMinCount", "QualifiedMaxCount", "Closed", "HasValue", "In"),
]
PATHS = ["predicate", "inverse", "sequence", "alternative", "zeroOrMore", "oneOrMore", "zeroOrOne", "paths in paths"]
TARGETS = ["node", "class", "subjects-of", "objects-of"]
_ANY_VALUES = ("MinCount", "MaxCount", "HasValue", "Equals", "QualifiedMinCount", "QualifiedMaxCount")


def size(full: int, small: int) -> int:
    """How many examples: all in `make differential`, some in `make test`."""
    return full if FULL else small


def show(capsys: CaptureFixture[str], text: str) -> None:
    """Print at full size, whether or not the output of tests is kept back."""
    if FULL:
        with capsys.disabled():
            sys.stdout.write(f"\n{text}\n")


# A long run tells of a fault at once; a short one looks for the smallest case that has it.
PHASES = (Phase.explicit, Phase.generate) if FULL else tuple(Phase)


class Coverage:
    """Counts cases, each once for each part that it meets."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self.conforming: Counter[str] = Counter()
        self.violating: Counter[str] = Counter()
        self.met: Counter[str] = Counter()  # differences of pySHACL that a case was kept clear of

    @property
    def cases(self) -> int:
        """The number of cases that differ from each other."""
        return len(self._seen)

    def count(self, case: Case, more: Iterable[str] = ()) -> bool:
        """Count a case; `more` are parts of which it is known otherwise that the case meets them.

        Returns:
            Whether it is a new one.
        """
        known = hash((frozenset(map(str, case.data)), frozenset(map(str, case.shapes))))
        if known in self._seen:
            return False
        self._seen.add(known)
        good: set[str] = set()
        bad: set[str] = set()
        for shape in case.plan.shapes:
            nodes = set(case.plan.focus_nodes(shape, case.graph))
            if not nodes or shape.deactivated:
                continue
            failed = self._shape(case, shape, nodes, good, bad)
            (bad if failed else good).update(f"target {target.kind}" for target in shape.targets)
            (bad if failed else good).update(more)
            if _depth(shape) >= 3:
                (bad if failed else good).add("three shapes deep")
        self.conforming.update(good)
        self.violating.update(bad)
        self.met.update(_of_data(case))
        return True

    def _shape(self, case: Case, shape: Shape, nodes: set[int], good: set[str], bad: set[str]) -> bool:
        """Count a shape at nodes, and the property shapes under it; tell whether it has a result."""
        graph = case.graph
        values = Run(graph, case.plan.shapes_graph).values(shape, nodes)
        own: list[Key] = [key for key in case.ours if key.shape == shape.node]
        with_values = {node for node, found in values.by_focus.items() if found}
        failing_any: set[int] = set()
        for component in shape.components:
            name = name_of(component)
            if isinstance(component, Property):
                if component.shape.deactivated or not values.distinct:
                    continue
                failed = self._shape(case, component.shape, values.distinct, good, bad)
                (bad if failed else good).add(name)
                failing_any |= nodes if failed else set()
                continue
            failing = {graph.number(key.focus) for key in own if key.component == component.iri}
            names = (
                [name, "QualifiedValueShapesDisjoint"]
                if isinstance(component, Qualified) and component.siblings
                else [name]
            )
            if failing:
                bad.update(names)
            if (nodes if name in _ANY_VALUES else with_values) - failing:
                good.update(names)
            failing_any |= failing
        if shape.path is not None:
            kinds = [_kind(shape.path), *(["paths in paths"] if _steps(shape.path) > 1 else [])]
            if failing_any:
                bad.update(kinds)
            if with_values - failing_any:
                good.update(kinds)
        return bool(failing_any)

    def table(self, title: str) -> str:
        """The counts, for people."""
        lines = [f"{title}: {self.cases} cases", f"{'':34}{'conforming':>12}{'violating':>12}"]
        names = sorted(self.conforming.keys() | self.violating.keys())
        lines += [f"{name:34}{self.conforming[name]:12}{self.violating[name]:12}" for name in names]
        lines += [f"{number:7} cases: {what}" for what, number in sorted(self.met.items()) if number]
        return "\n".join(lines)

    def rare(self, names: Iterable[str], least: int) -> list[str]:
        """The parts that were met less often than that, on one side or the other."""
        return [name for name in names if min(self.conforming[name], self.violating[name]) < least]


def name_of(component: Component) -> str:
    """The name of a component, as the specification has it."""
    if isinstance(component, CustomComponent):
        return f"{'ASK' if component.question.query.asks else 'SELECT'} validator"
    return component.iri.value.rpartition("#")[2].removesuffix("ConstraintComponent").rpartition("/")[2]


def _kind(path: Path) -> str:
    match path:
        case Predicate():
            return "predicate"
        case Inverse():
            return "inverse"
        case Chain():
            return "sequence"
        case Alternative():
            return "alternative"
        case Repeated(at_most_once=True):
            return "zeroOrOne"
        case Repeated(at_least=1):
            return "oneOrMore"
    return "zeroOrMore"


def _steps(path: Path) -> int:
    match path:
        case Chain(paths) | Alternative(paths):
            return 1 + max(map(_steps, paths))
        case Inverse(inner) | Repeated(inner):
            return 1 + _steps(inner)
    return 0


def _depth(shape: Shape) -> int:
    return max((1 + _depth(inner) for component in shape.components for inner in component.nested()), default=0)


def _of_data(case: Case) -> Iterator[str]:
    literals = [quad.object for quad in case.data if isinstance(quad.object, Literal)]
    if any(expected_form(it.value, it.datatype.value) is not None for it in literals):
        yield "an ill-typed literal in the data"
    if any(it.language for it in literals):
        yield "a text with a language in the data"
    if any(it.datatype.value.endswith("#date") and it.value[-1] in "Z0" and len(it.value) > 10 for it in literals):
        yield "a date with a zone in the data"
    if any(shape.deactivated for targeted in case.plan.shapes for shape in targeted.walk()):
        yield "a shape that is deactivated"
    if any(
        not shape.severity.value.endswith("#Violation") for targeted in case.plan.shapes for shape in targeted.walk()
    ):
        yield "a severity other than sh:Violation"

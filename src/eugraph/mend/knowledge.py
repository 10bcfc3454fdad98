"""What there is to compute patches from: the curated statements, the concepts of the ontology, the shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import PurePath

from pyoxigraph import Literal, NamedNode, Quad

from eugraph.loading import Loaded
from eugraph.mend.wanted import Wanted
from eugraph.rdf.locate import Term
from eugraph.shacl import compile_shapes
from eugraph.shacl.components.shape_based import Property
from eugraph.shacl.path import Alternative, Path, Predicate
from eugraph.shacl.plan import Plan
from eugraph.shacl.run import Run
from eugraph.shacl.shape import Shape
from eugraph.sources.gone import Gone, gone
from eugraph.validate.workspace import BOUND_OF
from eugraph.vocab import PREF_LABEL, RDF_TYPE, term

_SUBJECT, _PROPERTY, _VALUE = (term(f"eug:{name}") for name in ("subject", "property", "value"))
_CONCEPT = term("skos:Concept")
_CODES = (term("skos:notation"), term("eug:euCode"), PREF_LABEL)


class Knowledge:
    """A workspace as patches see it. What nobody asks for is not worked out."""

    def __init__(self, loaded: Loaded) -> None:
        self.base_iri = loaded.workspace.base_iri
        self.reading = loaded.curated
        self.quads: Sequence[Quad] = loaded.curated.quads
        self._ontology: Sequence[Quad] = loaded.ontology.quads
        self._shapes_quads = loaded.shapes.quads

    # Statements

    @cached_property
    def _by_subject(self) -> dict[object, list[Quad]]:
        index: dict[object, list[Quad]] = {}
        for quad in self.quads:
            index.setdefault(quad.subject, []).append(quad)
        return index

    @cached_property
    def _claims(self) -> dict[tuple[object, object], list[NamedNode]]:
        """The claims on a property of a thing."""
        said: dict[NamedNode, dict[object, object]] = {}
        for quad in self.quads:
            if quad.predicate in (_SUBJECT, _PROPERTY) and isinstance(quad.subject, NamedNode):
                said.setdefault(quad.subject, {})[quad.predicate] = quad.object
        index: dict[tuple[object, object], list[NamedNode]] = {}
        for claim, parts in said.items():
            index.setdefault((parts.get(_SUBJECT), parts.get(_PROPERTY)), []).append(claim)
        return index

    def said_of(self, subject: object) -> list[Quad]:
        """The statements about a thing, claims on it apart."""
        return self._by_subject.get(subject, [])

    def is_described(self, node: Term) -> bool:
        """Tell whether anything is said of a thing."""
        return node in self._by_subject

    @cached_property
    def things(self) -> dict[str, list[str]]:
        """The paths below the base of what is described and in use, in their order, by kind: the first part."""
        found: dict[str, list[str]] = {}
        for node in self._by_subject:
            if isinstance(node, NamedNode) and node.value.startswith(self.base_iri) and node.value not in self.former:
                path = node.value.removeprefix(self.base_iri)
                found.setdefault(path.partition("/")[0], []).append(path)
        return {kind: sorted(paths) for kind, paths in found.items()}

    @cached_property
    def former(self) -> Mapping[str, Gone]:
        """The addresses that are no longer in use."""
        return gone(self.quads)

    @cached_property
    def file_names(self) -> dict[object, PurePath]:
        """The name of the file that a graph is."""
        return {file.graph: file.name for file in self.reading.files}

    def stated(self, subject: Term, properties: Iterable[NamedNode]) -> list[Quad]:
        """The statements of a file that give values to properties of a thing: plain ones and those of claims."""
        wanted = dict.fromkeys(BOUND_OF.get(each, each) for each in properties)
        plain = [quad for quad in self.said_of(subject) if quad.predicate in wanted]
        claims = [claim for each in wanted for claim in self._claims.get((subject, each), ())]
        return plain + [quad for claim in claims for quad in self.said_of(claim) if quad.predicate == _VALUE]

    def property_of_claim(self, node: object) -> NamedNode | None:
        """The property that a claim is on; None for what is no claim."""
        return next(
            (q.object for q in self.said_of(node) if q.predicate == _PROPERTY and isinstance(q.object, NamedNode)), None
        )

    def claimed(self, claim: Term) -> list[Quad]:
        """The statements that give a claim its value."""
        return [quad for quad in self.said_of(claim) if quad.predicate == _VALUE]

    @cached_property
    def languages(self) -> dict[NamedNode, Counter[str]]:
        """How many texts of a property there are in each language; the value of a claim counts for its property."""
        found: dict[NamedNode, Counter[str]] = {}
        for spoken_of, text in self._texts():
            found.setdefault(spoken_of, Counter())[str(text.language).lower()] += 1
        return found

    @cached_property
    def all_languages(self) -> Counter[str]:
        """How many texts there are in each language."""
        return sum(self.languages.values(), Counter())

    @cached_property
    def tags_of_text(self) -> dict[tuple[NamedNode, str], set[str]]:
        """The languages in which a text stands under a property."""
        found: dict[tuple[NamedNode, str], set[str]] = {}
        for spoken_of, text in self._texts():
            found.setdefault((spoken_of, text.value), set()).add(str(text.language).lower())
        return found

    def _texts(self) -> Iterable[tuple[NamedNode, Literal]]:
        """The texts that have a language, each with its property."""
        for quad in self.quads:
            if isinstance(quad.object, Literal) and quad.object.language:
                yield self.spoken_of(quad), quad.object

    def spoken_of(self, quad: Quad) -> NamedNode:
        """The property that a statement gives a value to: of a claim's value, that of the claim."""
        claimed = self.property_of_claim(quad.subject) if quad.predicate == _VALUE else None
        assert isinstance(quad.predicate, NamedNode)
        return claimed or quad.predicate

    # Ontology

    @cached_property
    def kinds(self) -> dict[NamedNode, set[object]]:
        """The types of each term and concept of the ontology."""
        found: dict[NamedNode, set[object]] = {}
        for quad in self._ontology:
            if isinstance(quad.subject, NamedNode):
                kinds = found.setdefault(quad.subject, set())
                if quad.predicate == RDF_TYPE:
                    kinds.add(quad.object)
        return found

    @cached_property
    def concepts(self) -> dict[str, set[NamedNode]]:
        """Concepts by what they are called: notation, EU code, label or last part of the IRI, whatever the case."""
        found: dict[str, set[NamedNode]] = {}
        concepts = {node for node, kinds in self.kinds.items() if _CONCEPT in kinds}
        for node in concepts:
            found.setdefault(last_part(node.value).casefold(), set()).add(node)
        for quad in self._ontology:
            if quad.predicate in _CODES and quad.subject in concepts and isinstance(quad.object, Literal):
                assert isinstance(quad.subject, NamedNode)
                found.setdefault(quad.object.value.casefold(), set()).add(quad.subject)
        return found

    # Shapes

    @cached_property
    def _plan(self) -> Plan:
        return compile_shapes(self._shapes_quads)

    @cached_property
    def _run(self) -> Run:
        plan = self._plan
        return Run(plan.graph(chain(self.quads, self._ontology)), plan.shapes_graph)

    @cached_property
    def _by_node(self) -> dict[Term, Shape]:
        return {shape.node: shape for root in self._plan.shapes for shape in root.walk()}

    def shape(self, node: Term) -> Shape | None:
        """The shape of that name."""
        return self._by_node.get(node)

    @cached_property
    def _by_property(self) -> dict[NamedNode, list[Shape]]:
        found: dict[NamedNode, list[Shape]] = {}
        for shape in {id(shape): shape for root in self._plan.shapes for shape in _reporting(root)}.values():
            for prop in properties_of(shape.path):
                found.setdefault(prop, []).append(shape)
        return found

    def shapes_of(self, prop: NamedNode) -> list[Shape]:
        """The shapes that look at the values of a property and report what they find."""
        return self._by_property.get(prop, [])

    def wanted(self, shapes: Sequence[Shape]) -> Wanted:
        """What shapes want of a value."""
        return Wanted(self._run, shapes)


def _reporting(root: Shape) -> Iterable[Shape]:
    """A shape with a target, and the property shapes that it has."""
    yield root
    for component in root.components:
        if isinstance(component, Property):
            yield from _reporting(component.shape)


def properties_of(path: Path | None) -> tuple[NamedNode, ...]:
    """The properties of a path that goes one step forward, by one property or one of several; none for others."""
    if isinstance(path, Predicate):
        return (path.iri,)
    if isinstance(path, Alternative):
        return tuple(step.iri for step in path.paths if isinstance(step, Predicate))
    return ()


def last_part(iri: str) -> str:
    """What stands after the last # or / of an IRI."""
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]

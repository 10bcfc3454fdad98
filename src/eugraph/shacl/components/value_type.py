"""Value type components: sh:class, sh:datatype, sh:nodeKind.

Spec: SHACL §4.1, <https://www.w3.org/TR/shacl/#core-components-value-type>.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import ClassVar

from pyoxigraph import BlankNode, Literal, NamedNode

from eugraph.shacl.component import Component, ValueComponent
from eugraph.shacl.graph import Term
from eugraph.shacl.run import Run
from eugraph.shacl.shapes_graph import ShapesGraph
from eugraph.vocab import RDF_TYPE, term

_KINDS: dict[str, tuple[type, ...]] = {
    "BlankNode": (BlankNode,),
    "IRI": (NamedNode,),
    "Literal": (Literal,),
    "BlankNodeOrIRI": (BlankNode, NamedNode),
    "BlankNodeOrLiteral": (BlankNode, Literal),
    "IRIOrLiteral": (NamedNode, Literal),
}


@dataclass(frozen=True, eq=False)
class Class(ValueComponent):
    """Each value is an instance of a class. Spec: §4.1.1, <https://www.w3.org/TR/shacl/#ClassConstraintComponent>."""

    iri: ClassVar[NamedNode] = term("sh:ClassConstraintComponent")
    kind: Term

    def wrong(self, run: Run, nodes: set[int]) -> Collection[int]:
        """See `ValueComponent.wrong`."""
        kinds = run.graph.subclasses(run.graph.number(self.kind))
        types = run.graph.forward(run.graph.number(RDF_TYPE))
        return {node for node in nodes if kinds.isdisjoint(types.get(node, ()))}

    def predicates(self) -> Iterator[NamedNode]:
        """See `Component.predicates`."""
        yield RDF_TYPE
        yield term("rdfs:subClassOf")


@dataclass(frozen=True, eq=False)
class Datatype(ValueComponent):
    """Each value is a well-formed literal of a datatype.

    Spec: §4.1.2, <https://www.w3.org/TR/shacl/#DatatypeConstraintComponent>.
    """

    iri: ClassVar[NamedNode] = term("sh:DatatypeConstraintComponent")
    datatype: NamedNode

    def wrong(self, run: Run, nodes: set[int]) -> Collection[int]:
        """See `ValueComponent.wrong`."""
        return nodes - run.well_formed(nodes, self.datatype)


@dataclass(frozen=True, eq=False)
class NodeKind(ValueComponent):
    """Each value is an IRI, a blank node, a literal, or one of two of these.

    Spec: §4.1.3, <https://www.w3.org/TR/shacl/#NodeKindConstraintComponent>.
    """

    iri: ClassVar[NamedNode] = term("sh:NodeKindConstraintComponent")
    kind: str

    def wrong(self, run: Run, nodes: set[int]) -> Collection[int]:
        """See `ValueComponent.wrong`."""
        terms, allowed = run.graph.terms, _KINDS[self.kind]
        return {node for node in nodes if not isinstance(terms[node], allowed)}


def compile_value_type(shapes: ShapesGraph, node: Term) -> Iterator[Component]:
    """Read the components of this family that a shape has.

    Raises:
        ShapesError: a parameter has not the form that its clause asks for.
    """
    for value in shapes.values(node, "sh:class"):
        yield Class(shapes.iri(node, "sh:class", value, "4.1.1"))
    datatype = shapes.one(node, "sh:datatype", "4.1.2")
    if datatype is not None:
        yield Datatype(shapes.iri(node, "sh:datatype", datatype, "4.1.2"))
    kind = shapes.one(node, "sh:nodeKind", "4.1.3")
    if kind is not None:
        name = kind.value.removeprefix(term("sh:").value)
        if name not in _KINDS:
            raise shapes.fault(node, f"sh:nodeKind is {kind}", f"Write sh:{' or sh:'.join(_KINDS)}.", "4.1.3")
        yield NodeKind(name)

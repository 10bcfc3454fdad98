"""What shapes want of one value: the constraints that bear on it, whoever says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from eugraph.rdf.lexical import expected_form
from eugraph.rdf.locate import Term
from eugraph.shacl.component import Component, ValueComponent
from eugraph.shacl.components.logical import And, Or, Xone
from eugraph.shacl.components.other import In
from eugraph.shacl.components.shape_based import Node
from eugraph.shacl.components.string_based import LanguageIn, Pattern
from eugraph.shacl.components.value_type import Class, Datatype, NodeKind
from eugraph.shacl.run import Run
from eugraph.shacl.shape import Shape
from eugraph.vocab import term

LANG_STRING = term("rdf:langString")
STRING = term("xsd:string")


@dataclass
class Wanted:
    """What a value must be like to fit some shapes."""

    run: Run
    shapes: Sequence[Shape]

    @cached_property
    def _components(self) -> list[Component]:
        return [component for shape in self.shapes for component in shape.components]

    @cached_property
    def datatypes(self) -> tuple[NamedNode, ...]:
        """The datatypes of which the value may have one; none where the shapes do not say."""
        return tuple(dict.fromkeys(found for shape in self.shapes for found in _datatypes(shape)))

    @cached_property
    def patterns(self) -> tuple[str, ...]:
        """The regular expressions that the text or IRI must match."""
        return tuple(each.pattern for each in self._components if isinstance(each, Pattern))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that the value may have, in small letters; none where the shapes do not say."""
        found = (tag.lower() for each in self._components if isinstance(each, LanguageIn) for tag in each.languages)
        return tuple(dict.fromkeys(found))

    @cached_property
    def members(self) -> tuple[Term, ...]:
        """The values that are allowed, where the shapes list them."""
        return tuple(member for each in self._components if isinstance(each, In) for member in each.members)

    @cached_property
    def is_node(self) -> bool:
        """Tell whether the value must be an IRI or an instance of a class."""
        return any(
            isinstance(each, Class) or (isinstance(each, NodeKind) and each.kind == "IRI") for each in self._components
        )

    def fits(self, value: Term) -> bool:
        """Tell whether a value breaks none of the constraints, and has the form of its datatype."""
        if isinstance(value, Literal) and expected_form(value.value, value.datatype.value):
            return False
        number = self.run.graph.number(value)
        judges = (each for each in self._components if isinstance(each, ValueComponent))
        return not any(each.wrong(self.run, {number}) for each in judges)


def _datatypes(shape: Shape) -> Iterator[NamedNode]:
    for component in shape.components:
        if isinstance(component, Datatype):
            yield component.datatype
        elif isinstance(component, Or | Xone | And):
            for inner in component.shapes:
                if inner.path is None:
                    yield from _datatypes(inner)
        elif isinstance(component, Node):
            yield from _datatypes(component.shape)

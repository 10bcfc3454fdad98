"""A shape, read and ready to run.

Spec: SHACL §2, <https://www.w3.org/TR/shacl/#shapes>.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from eugraph.shacl.component import Component
from eugraph.shacl.graph import Term
from eugraph.shacl.path import Path
from eugraph.shacl.target import Target


@dataclass(eq=False, kw_only=True)
class Shape:
    """A node shape, or with a path a property shape."""

    node: Term  # in the shapes graph
    path: Path | None
    targets: tuple[Target, ...]
    severity: NamedNode
    messages: tuple[Literal, ...]
    deactivated: bool
    components: list[Component] = field(default_factory=list)

    def walk(self) -> Iterator[Shape]:
        """The shape and all that it asks, each once, in a fixed order."""
        seen = {id(self)}
        waiting = [self]
        while waiting:
            shape = waiting.pop()
            yield shape
            for component in shape.components:
                for inner in component.nested():
                    if id(inner) not in seen:
                        seen.add(id(inner))
                        waiting.append(inner)

    def predicates(self) -> frozenset[NamedNode] | None:
        """The predicates whose statements decide on a result; None for all."""
        found: set[NamedNode] = set()
        for shape in self.walk():
            found.update(predicate for target in shape.targets for predicate in target.predicates())
            found.update(shape.path.predicates() if shape.path else ())
            for component in shape.components:
                read = component.predicates()
                if read is None:
                    return None
                found.update(read)
        return frozenset(found)

"""What the ontology and the concept schemes declare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode, Quad

from eugraph.vocab import term

_SUBCLASS = term("rdfs:subClassOf")
_DISJOINT = term("owl:disjointWith")


@dataclass
class Vocabulary:
    """What the ontology and the concept schemes declare."""

    quads: Sequence[Quad]

    @cached_property
    def declared(self) -> frozenset[NamedNode]:
        """All terms and concepts."""
        return frozenset(subject for quad in self.quads if isinstance(subject := quad.subject, NamedNode))

    @cached_property
    def _parents(self) -> dict[NamedNode, set[NamedNode]]:
        parents: dict[NamedNode, set[NamedNode]] = {}
        for quad in self.quads:
            if (
                quad.predicate == _SUBCLASS
                and isinstance(quad.subject, NamedNode)
                and isinstance(quad.object, NamedNode)
            ):
                parents.setdefault(quad.subject, set()).add(quad.object)
        return parents

    @cached_property
    def _disjoint(self) -> frozenset[tuple[NamedNode, NamedNode]]:
        pairs = [
            (quad.subject, quad.object)
            for quad in self.quads
            if quad.predicate == _DISJOINT
            and isinstance(quad.subject, NamedNode)
            and isinstance(quad.object, NamedNode)
        ]
        return frozenset(pairs) | frozenset((b, a) for a, b in pairs)

    @cached_property
    def excluding(self) -> frozenset[NamedNode]:
        """The classes of which a thing can be no other."""
        known = {*self._parents, *(kind for pair in self._disjoint for kind in pair)}
        disjoint = {kind for kind, _ in self._disjoint}
        return frozenset(kind for kind in known if not disjoint.isdisjoint(self.classes_of(kind)))

    def classes_of(self, kind: NamedNode) -> frozenset[NamedNode]:
        """The class and all classes above it."""
        found, waiting = {kind}, [kind]
        while waiting:
            fresh = self._parents.get(waiting.pop(), set()) - found
            found |= fresh
            waiting += fresh
        return frozenset(found)

    def exclude(self, one: NamedNode, other: NamedNode) -> bool:
        """Tell whether nothing can be both."""
        return any((a, b) in self._disjoint for a in self.classes_of(one) for b in self.classes_of(other))

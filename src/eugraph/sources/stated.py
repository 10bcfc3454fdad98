"""What one file states, by subject and by value; worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from pyoxigraph import NamedNode, Quad

from eugraph.rdf.locate import Term


class Stated:
    """The statements of one file."""

    def __init__(self, quads: Sequence[Quad]) -> None:
        """Take them in the order of the file."""
        self.quads = quads

    @cached_property
    def by_subject(self) -> Mapping[Term, Sequence[Quad]]:
        """Subject -> the statements on it."""
        found: dict[Term, list[Quad]] = {}
        for quad in self.quads:
            found.setdefault(quad.subject, []).append(quad)  # type: ignore[arg-type]  # RDF 1.1: no triple terms
        return found

    @cached_property
    def by_value(self) -> Mapping[Term, Sequence[Quad]]:
        """Value -> the statements that have it."""
        found: dict[Term, list[Quad]] = {}
        for quad in self.quads:
            found.setdefault(quad.object, []).append(quad)  # type: ignore[arg-type]  # as above
        return found

    @cached_property
    def names(self) -> Mapping[NamedNode, None]:
        """The values that are IRIs, each once."""
        return dict.fromkeys(value for value in self.by_value if isinstance(value, NamedNode))

    @cached_property
    def predicates(self) -> Mapping[NamedNode, None]:
        """The predicates, each once."""
        return dict.fromkeys(quad.predicate for quad in self.quads)

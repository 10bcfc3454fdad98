"""What a constraint component is: it looks at the value nodes of many focus nodes at once.

Spec: SHACL §3.4, <https://www.w3.org/TR/shacl/#validation>; §4, <https://www.w3.org/TR/shacl/#core-components>.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from pyoxigraph import Literal, NamedNode

from eugraph.shacl.graph import Term
from eugraph.shacl.path import Path
from eugraph.shacl.result import Result

if TYPE_CHECKING:
    from eugraph.shacl.run import Run
    from eugraph.shacl.shape import Shape


class Values:
    """The value nodes of each focus node of one shape."""

    def __init__(self, nodes: Collection[int], by_focus: Mapping[int, Sequence[int]] | None = None) -> None:
        """Take values.

        Args:
            nodes: the focus nodes.
            by_focus: focus node -> value nodes, each value once; None where each focus node is its own value.
        """
        self._nodes, self._by_focus = nodes, by_focus

    @cached_property
    def by_focus(self) -> Mapping[int, Sequence[int]]:
        """Focus node -> value nodes."""
        return {node: (node,) for node in self._nodes} if self._by_focus is None else self._by_focus

    @cached_property
    def distinct(self) -> set[int]:
        """All value nodes, each once."""
        return set(self._nodes if self._by_focus is None else chain.from_iterable(self._by_focus.values()))

    @cached_property
    def numbers(self) -> set[int]:
        """How many value nodes focus nodes have."""
        return set(map(len, self.by_focus.values()))


class Violation(NamedTuple):
    """One fault. What is left out is as the shape says."""

    focus: int
    value: int | None = None
    messages: tuple[Literal, ...] = ()
    path: Path | None = None


class Component(ABC):
    """A constraint of one shape: a component with the values of its parameters."""

    iri: ClassVar[NamedNode]  # of the constraint component

    @abstractmethod
    def violations(self, run: Run, shape: Shape, values: Values) -> Iterable[Violation]:
        """Return the faults of the value nodes."""

    def predicates(self) -> Iterator[NamedNode] | None:
        """The predicates that it reads from the data beside the shape's path; None for all."""
        return iter(())

    def nested(self) -> Iterable[Shape]:
        """The shapes that it asks."""
        return ()

    def failing(self, run: Run, shape: Shape, values: Values) -> set[int]:
        """Return the focus nodes that have a fault."""
        return {violation.focus for violation in self.violations(run, shape, values)}

    def explain(self, run: Run, values: Collection[int]) -> Mapping[int, tuple[Result, ...]]:  # noqa: ARG002 - see below
        """Say for value nodes at fault which results of nested shapes are behind it; nothing where none is asked."""
        return {}

    def results(self, run: Run, shape: Shape, values: Values) -> Iterator[tuple[int, Result]]:
        """Yield the faults as validation results, each with the focus node that was asked about."""
        found = list(self.violations(run, shape, values))
        if not found:
            return
        behind = self.explain(run, {violation.value for violation in found if violation.value is not None})
        terms = run.graph.terms
        for focus, value, messages, path in found:
            yield (
                focus,
                Result(
                    focus=terms[focus],
                    path=path or shape.path,
                    value=None if value is None else terms[value],
                    severity=shape.severity,
                    component=self.iri,
                    shape=shape.node,
                    messages=messages or shape.messages,
                    constraint=self.source(),
                    details=() if value is None else behind.get(value, ()),
                    asked=self,
                ),
            )

    def source(self) -> Term | None:
        """The node that results name as their sh:sourceConstraint; only SPARQL constraints have one."""
        return None


class ValueComponent(Component):
    """A component that judges each value node by itself, whatever the focus node."""

    @abstractmethod
    def wrong(self, run: Run, nodes: set[int]) -> Collection[int]:
        """Return those of the value nodes that break it."""

    def violations(self, run: Run, shape: Shape, values: Values) -> Iterable[Violation]:  # noqa: ARG002 - as the base
        """See `Component.violations`."""
        wrong = self.wrong(run, values.distinct)
        if not wrong:
            return []
        return [
            Violation(focus, value) for focus, found in values.by_focus.items() for value in found if value in wrong
        ]

    def failing(self, run: Run, shape: Shape, values: Values) -> set[int]:
        """See `Component.failing`."""
        if shape.path is None:  # each focus node is its own value
            return set(self.wrong(run, values.distinct))
        return super().failing(run, shape, values)

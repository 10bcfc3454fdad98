"""`fault`: the sentences for one constraint. The modules beside register a function for each kind of component."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch
from typing import Protocol

from eugraph.shacl import Result
from eugraph.shacl.graph import Term
from eugraph.shacl.path import Path
from eugraph.validate.words.names import Names, shown
from eugraph.vocab import PREFIXES, shorten


class Around(Protocol):
    """What a sentence may need beside the result."""

    @property
    def names(self) -> Names:
        """What people call terms."""

    def values(self, focus: Term, path: Path | None) -> list[Term] | None:
        """The values of a path at a node of the data; None where they are not at hand."""

    def near(self, word: str, known: Sequence[str]) -> str:
        """Say which known word may be meant, as "; did you mean 'x'?", or ""."""


@singledispatch
def fault(asked: object, result: Result, around: Around) -> str:  # noqa: ARG001 - what is asked is not known here
    """Say in sentences what is wrong and what to do.

    Args:
        asked: the constraint with its parameters, or None where only the name of the component is known.
        result: what was found.
        around: names and values.
    """
    name = result.component.value.removeprefix(PREFIXES["sh"]).removesuffix("ConstraintComponent")
    value = result.value if result.value is not None else result.focus
    where = f" under {around.names.path(result.path, result.shape)}" if result.path else ""
    if result.constraint is not None:
        return f"{shown(value)}{where} is found by a query that must find nothing. Look at what the query asks."
    return f"{shown(value)}{where} breaks the rule {name or shorten(result.component.value)}. Look at what it asks."


def subject(result: Result) -> Term:
    """The value that a result is about, else the node."""
    return result.value if result.value is not None else result.focus

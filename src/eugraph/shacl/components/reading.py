"""How a family of components asks for the shapes that it refers to."""

from __future__ import annotations

from typing import Protocol

from eugraph.shacl.graph import Term
from eugraph.shacl.shape import Shape


class OtherShape(Protocol):
    """Compiles a shape that another one names."""

    def __call__(self, node: Term, name: str, inner: Term, clause: str) -> Shape:
        """Return the shape `inner`, which `node` names under `name`.

        Raises:
            ShapesError: it is none, or it leads back to `node`.
        """

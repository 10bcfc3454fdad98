"""Which results behind a fault of sh:or and sh:xone belong to which of their shapes."""

from __future__ import annotations

from collections.abc import Sequence

from eugraph.shacl import Result
from eugraph.shacl.component import Component
from eugraph.shacl.components.logical import Or, Xone
from eugraph.shacl.shape import Shape


def alternatives(asked: Component | None) -> tuple[Shape, ...]:
    """The shapes of which one must hold; none where all that is behind a fault is to be mended."""
    return asked.shapes if isinstance(asked, (Or, Xone)) and len(asked.shapes) > 1 else ()


def by_alternative(shapes: Sequence[Shape], details: Sequence[Result]) -> dict[int, list[Result]]:
    """Return place of the shape -> its results.

    Results come in the order of the shapes, and sorted within one shape. So where two alternatives share a shape, the
    next one begins where a result would not be in order.
    """
    nodes = [{inner.node for inner in shape.walk()} for shape in shapes]
    found: dict[int, list[Result]] = {}
    place = 0
    for detail in details:
        own = found.get(place)
        ends = own is not None and own[-1].sort_key() >= detail.sort_key()
        start = place + 1 if ends else place
        place = next((at for at in range(start, len(shapes)) if detail.shape in nodes[at]), place)
        found.setdefault(place, []).append(detail)
    return found

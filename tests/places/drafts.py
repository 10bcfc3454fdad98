"""Texts with slots: each slot can be filled with what is good or with what breaks one constraint, and knows its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(eq=False)
class Mark:
    """A point of a text to which slots refer."""


@dataclass(eq=False)
class Slot:
    """One value."""

    good: str | Draft
    bad: str
    component: str  # of the constraint that the bad value breaks
    at: Mark | None = None  # the place that a finding shall name, if not that of the value


@dataclass(eq=False)
class Echo:
    """Another appearance of a slot's value, such as in an end tag."""

    slot: Slot


@dataclass(eq=False)
class Draft:
    """A text in parts."""

    parts: list[str | Mark | Slot | Echo | Draft] = field(default_factory=list)

    def add(self, *parts: str | Mark | Slot | Echo | Draft) -> Draft:
        self.parts += parts
        return self

    def slots(self) -> Iterator[Slot]:
        """All slots, those in other slots too."""
        for part in self.parts:
            if isinstance(part, Draft):
                yield from part.slots()
            elif isinstance(part, Slot):
                yield part
                if isinstance(part.good, Draft):
                    yield from part.good.slots()

    def text(self, bad: Slot | None = None) -> tuple[str, int]:
        """The text with one slot filled badly, and the offset that a finding shall name."""
        rendering = _Rendering(bad)
        rendering.write(self)
        return "".join(rendering.written), rendering.places.get(bad.at or bad if bad else None, -1)


class _Rendering:
    def __init__(self, bad: Slot | None) -> None:
        self.bad, self.written, self.length = bad, list[str](), 0
        self.places: dict[object, int] = {}

    def write(self, part: str | Mark | Slot | Echo | Draft) -> None:
        if isinstance(part, str):
            self.written.append(part)
            self.length += len(part)
        elif isinstance(part, Draft):
            for inner in part.parts:
                self.write(inner)
        elif isinstance(part, Echo):
            good = part.slot.good
            assert isinstance(good, str)
            self.write(part.slot.bad if part.slot is self.bad else good)
        else:
            self.places[part] = self.length
            if isinstance(part, Slot):
                self.write(part.bad if part is self.bad else part.good)

"""Plain records: what a YAML document or a row of a table says before anybody knows what its keys mean.

Every part knows where it stands, so that the statements made of it do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Spot(NamedTuple):
    """A place in the file at hand. Line and column count from 1."""

    line: int
    column: int


class Scalar(NamedTuple):
    """A text as it was written, without quotation marks."""

    text: str
    spot: Spot
    plain: bool = False  # written without quotation marks in a format where that matters


@dataclass(frozen=True, slots=True)
class Items:
    """Several values under one key."""

    values: Sequence[Value]
    spot: Spot


class Entry(NamedTuple):
    """A key with what stands under it."""

    key: str
    spot: Spot
    value: Value


@dataclass(frozen=True, slots=True)
class Record:
    """One thing, or the texts of one key by language. No key comes twice."""

    entries: Sequence[Entry]
    spot: Spot

    def value(self, key: str) -> Value | None:
        """What stands under a key, None where it is not there."""
        return next((entry.value for entry in self.entries if entry.key == key), None)


Value = Scalar | Items | Record


def each(value: Value) -> Sequence[Value]:
    """The values under a key: those of a list, else the one."""
    return value.values if isinstance(value, Items) else (value,)

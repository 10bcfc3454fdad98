"""The offsets of one statement in its text, and which module knows a format."""

from __future__ import annotations

from typing import NamedTuple


class Spot(NamedTuple):
    """Where the parts of a statement begin: offsets in a text, in characters."""

    subject: int
    predicate: int
    object: int

"""Where a statement stands in its file, told by whoever read the file."""

from __future__ import annotations

from pathlib import PurePath
from typing import Protocol

from eugraph.findings import Place
from eugraph.rdf.locate import Term
from eugraph.sources.records import Spot


class Places(Protocol):
    """Finds the places of the statements of one file. `eugraph.rdf.locate.Locator` is one that searches the text."""

    def find(self, subject: Term, predicate: Term | None = None, value: Term | None = None) -> Place | None:
        """Return where the statement stands, else the predicate, else the subject; None where it is not here."""

    def is_exact(self, subject: Term, predicate: Term | None, value: Term | None) -> bool:
        """Tell whether the very statement stands here, as far as it was given."""


class PlaceIndex:
    """The places of statements, noted while the file was read. Of two places of one statement the first counts."""

    def __init__(self, path: PurePath) -> None:
        self._path = path
        self._spots: dict[tuple[Term, Term | None, Term | None], Spot] = {}

    def note_subject(self, subject: Term, spot: Spot) -> None:
        """Note where a thing is described."""
        self._spots.setdefault((subject, None, None), spot)

    def note(self, subject: Term, predicate: Term, value: Term, spot: Spot) -> None:
        """Note where a statement has its value."""
        self._spots.setdefault((subject, predicate, None), spot)
        self._spots.setdefault((subject, predicate, value), spot)

    def find(self, subject: Term, predicate: Term | None = None, value: Term | None = None) -> Place | None:
        """Return where the statement stands, else the predicate, else the subject; None where it is not here."""
        for key in ((subject, predicate, value), (subject, predicate, None), (subject, None, None)):
            if spot := self._spots.get(key):
                return Place(self._path, *spot)
        return None

    def is_exact(self, subject: Term, predicate: Term | None, value: Term | None) -> bool:
        """Tell whether the very statement stands here, as far as it was given."""
        return (subject, predicate, value if predicate else None) in self._spots

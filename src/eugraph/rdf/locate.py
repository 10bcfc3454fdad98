"""Where in a file a statement stands: parsers tell statements without places, so findings look them up here.

The text is gone through once more, and each statement that the parser gave is laid beside the place of the same number
in the text: see `eugraph.rdf.places`. Only files that have a finding are gone through.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from pathlib import PurePath

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from eugraph.findings import Place
from eugraph.rdf.places.excerpt import excerpt
from eugraph.rdf.places.lines import line_spots
from eugraph.rdf.places.spot import Spot
from eugraph.rdf.places.turtle import turtle_spots

Term = NamedNode | BlankNode | Literal


def _xml_spots(text: str) -> Iterator[Spot]:
    from eugraph.rdf.places.rdf_xml import xml_spots  # few files need it

    return xml_spots(text)


_SPOTS: dict[RdfFormat, Callable[[str], Iterator[Spot]]] = {
    RdfFormat.TURTLE: turtle_spots,
    RdfFormat.TRIG: turtle_spots,
    RdfFormat.N_TRIPLES: line_spots,
    RdfFormat.N_QUADS: line_spots,
    RdfFormat.RDF_XML: _xml_spots,
}
_LINES = 3  # of a statement that are shown


class Locator:
    """Finds places in the text of one file."""

    def __init__(
        self,
        text: str,
        path: PurePath,
        rdf_format: RdfFormat,
        base_iri: str,
        quads: Iterable[Quad] | None = None,
        wanted: Collection[object] | None = None,
        mentioned: Collection[object] = (),
    ) -> None:
        """Take a text that a parser has accepted.

        Args:
            text: what the file holds.
            path: how messages call it.
            rdf_format: how it is written.
            base_iri: what relative IRIs are resolved against where the file sets no base.
            quads: what the parser made of it, all and in its order, with blank nodes as they are known outside of the
                file; without them it is parsed once more.
            wanted: the subjects that will be asked for; None for all.
            mentioned: the objects that will be asked for, beside those of the subjects.
        """
        self._text, self._path = text, path
        self._quads: list[Quad] = []
        self._spots: list[Spot | None] = []
        self._of: dict[object, list[int]] = {}  # subject -> its statements
        stated = parsed(text, rdf_format, base_iri) if quads is None else quads
        if wanted is None:
            self._quads = list(stated)
            self._spots = _chosen(text, rdf_format, base_iri, range(len(self._quads)), len(self._quads))
        else:
            numbers, count = list[int](), 0
            for count, quad in enumerate(stated, 1):
                if quad.subject in wanted or (mentioned and quad.object in mentioned):
                    self._quads.append(quad)
                    numbers.append(count - 1)
            self._spots = _chosen(text, rdf_format, base_iri, numbers, count)
        for number, quad in enumerate(self._quads):
            self._of.setdefault(quad.subject, []).append(number)

    def find(self, subject: Term, predicate: Term | None = None, value: Term | None = None) -> Place | None:
        """Return where the statement stands, else the predicate, else the subject; None where it is not here."""
        numbers = self._of.get(subject)
        if not numbers:
            return None
        about = [number for number in numbers if predicate is None or self._quads[number].predicate == predicate]
        exact = [number for number in about if value is not None and self._quads[number].object == value]
        for number in chain(exact, about if predicate is not None else ()):
            if spot := self._spots[number]:
                return self._place(spot.object, spot.predicate)
        spot = next((spot for number in numbers if (spot := self._spots[number])), None)
        return self._place(spot.subject, spot.subject) if spot else None

    def describes(self, subject: Term) -> bool:
        """Tell whether something is said of it here."""
        return subject in self._of

    def find_mention(self, value: Term) -> Place | None:
        """Return where something is spoken of first; None where it is not here."""
        for quad, spot in zip(self._quads, self._spots, strict=True):
            if spot and quad.object == value:
                return self._place(spot.object, spot.predicate)
        return None

    def is_exact(self, subject: Term, predicate: Term | None, value: Term | None) -> bool:
        """Tell whether the very statement stands here, as far as it was given."""
        if predicate is None:
            return True
        quads = [self._quads[number] for number in self._of.get(subject, ())]
        return any(quad.predicate == predicate and (value is None or quad.object == value) for quad in quads)

    @cached_property
    def _line_starts(self) -> Sequence[int]:
        starts, at = [0], self._text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self._text.find("\n", at + 1)
        return starts

    def _place(self, offset: int, begin: int) -> Place:
        line = bisect_right(self._line_starts, offset)
        first = bisect_right(self._line_starts, min(begin, offset))
        column = offset - self._line_starts[line - 1] + 1
        numbers = range(first, line + 1) if line - first < _LINES else (first, line)
        starts = self._line_starts
        shown = [excerpt(self._text, starts[number - 1], column if number == line else 1) for number in numbers]
        if len(numbers) < line - first:
            shown.insert(1, "…")
        return Place(self._path, line, column, "\n".join(shown))


def parsed(text: str, rdf_format: RdfFormat, base_iri: str) -> Iterator[Quad]:
    """The statements up to the first fault."""
    try:
        yield from parse(text, format=rdf_format, base_iri=base_iri)
    except SyntaxError:
        return


def _chosen(text: str, rdf_format: RdfFormat, base_iri: str, numbers: Sequence[int], count: int) -> list[Spot | None]:
    """The spots of the statements of these numbers, in rising order.

    None has one where the text has not the `count` of statements that it should: better no place than a wrong one.
    """
    if not numbers:
        return []
    found: Iterable[Spot | None]
    if rdf_format == RdfFormat.JSON_LD:
        from eugraph.rdf.places.json_ld import json_spots  # a scanner that few files need

        found = json_spots(text, base_iri, list(parsed(text, rdf_format, base_iri)))
    else:
        found = _SPOTS[rdf_format](text)
    chosen: list[Spot | None] = []
    waiting = iter(numbers)
    number, seen = next(waiting, -1), 0
    for seen, spot in enumerate(found, 1):
        if seen - 1 == number:
            chosen.append(spot)
            number = next(waiting, -1)
    return chosen if seen == count else [None] * len(numbers)

"""Which statement of a JSON-LD document is which of the parser: matched by what they say.

The parser gives statements in an order of its own (types first, graphs last). A blank node is known by the statements
that lead to it or that it has; of several alike, the first is the first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from eugraph.rdf.places.spot import Spot

ANY = "any"  # a literal, whatever its text


class Said(NamedTuple):
    """A statement as the document makes it. Blank nodes without a label are numbers."""

    subject: str | int
    predicate: str
    value: str | int  # an IRI, a labelled or unlabelled blank node, or where `texts` are given ""
    texts: tuple[str, ...]  # of a literal: the forms that its text may take
    spot: Spot


class Matching:
    """Gives each statement of the document that quad which says the same and is not taken."""

    def __init__(self, quads: Sequence[Quad]) -> None:
        self._quads = quads
        self._taken = [False] * len(quads)
        self._waiting: dict[tuple[str, str, str], deque[int]] = {}
        self._bound: dict[int, str] = {}  # unlabelled blank node of the document -> label of the parser
        self._owned: set[str] = set()
        for number, quad in enumerate(quads):
            subject, value = _name(quad.subject), quad.object
            for subject_key in (subject, "_") if subject.startswith("_:") else (subject,):
                for value_key in _keys(value):
                    self._waiting.setdefault((subject_key, quad.predicate.value, value_key), deque()).append(number)

    def spots(self, said: Iterable[Said]) -> list[Spot | None]:
        """Return the spot of each quad; None for one that the document does not make, as far as we see."""
        found: list[Spot | None] = [None] * len(self._quads)
        for statement in said:
            number = self._match(statement)
            if number is not None:
                self._taken[number] = True
                found[number] = statement.spot
        return found

    def _match(self, said: Said) -> int | None:
        subject = self._bound.get(said.subject, "_") if isinstance(said.subject, int) else said.subject
        if said.texts:
            values: tuple[str, ...] = tuple(f'"{text}' if text != ANY else ANY for text in said.texts)
        elif isinstance(said.value, int):
            values = (self._bound.get(said.value, "_"),)
        else:
            values = (said.value,)
        for value in values:
            if value == ANY and subject == "_":
                continue  # it would be a guess
            waiting = self._waiting.get((subject, said.predicate, value))
            while waiting and self._taken[waiting[0]]:
                waiting.popleft()
            for number in waiting or ():
                if not self._taken[number] and self._fits(said, self._quads[number]):
                    return number
        return None

    def _fits(self, said: Said, quad: Quad) -> bool:
        """Tell whether blank nodes can be the same; if so, they are from now on."""
        pairs = [(said.subject, _name(quad.subject)), (said.value, _name(quad.object))]
        fresh = {node: name for node, name in pairs if isinstance(node, int) and node not in self._bound}
        if any(name in self._owned for name in fresh.values()):
            return False
        self._bound.update(fresh)
        self._owned.update(fresh.values())
        return True


def _name(term: object) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value if isinstance(term, NamedNode) else ""


def _keys(value: object) -> Iterator[str]:
    """The keys under which a value is looked for."""
    if isinstance(value, Literal):
        yield f'"{value.value}'
        yield ANY
    else:
        yield _name(value)
        if isinstance(value, BlankNode):
            yield "_"

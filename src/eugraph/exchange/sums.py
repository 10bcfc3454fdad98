"""Whether two graphs are equal, told from sums: nothing is sorted or kept, so that graphs of any size are compared.

The sum of the SHA-256 of all statements, modulo 2²⁵⁶, is equal for equal graphs whatever their order. It tells what was
lost or changed on the way; it is no proof against somebody who makes graphs so that their sums are equal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, Triple

from eugraph.exchange.alike import alike

_MODULUS = 1 << 256


@dataclass(slots=True)
class Sums:
    """Sums over the statements of one graph.

    `exact` is over the statements as written, `in_form` over those that are `alike`; `of_kind` has an exact sum for the
    literals of each datatype. `different` is how many statements there are when those that are alike count once.
    """

    statements: int = 0
    different: int = 0
    exact: int = 0
    in_form: int = 0
    of_kind: dict[str, int] = field(default_factory=dict)
    has_blank_nodes: bool = False
    _subject: object = None
    _seen: set[str] = field(default_factory=set)

    def add(self, triple: Triple) -> None:
        """Add a statement. The statements of one subject come together, where alike ones are to count once."""
        form, blank = alike(triple), _has_blank(triple)
        self.has_blank_nodes = self.has_blank_nodes or blank
        number = _number(form if blank else str(triple))
        self.statements += 1
        self.exact = (self.exact + number) % _MODULUS
        if isinstance(triple.object, Literal):
            kind = triple.object.datatype.value
            self.of_kind[kind] = (self.of_kind.get(kind, 0) + number) % _MODULUS
        if triple.subject != self._subject:
            self._subject, self._seen = triple.subject, set()
        if form not in self._seen or blank:
            self._seen.add(form)
            self.different += 1
            self.in_form = (self.in_form + _number(form)) % _MODULUS


def sums_of(triples: Iterable[Triple]) -> Sums:
    """Return the sums over statements."""
    sums = Sums()
    for triple in triples:
        sums.add(triple)
    return sums


def rewritten(sent: Sums, held: Sums) -> list[str] | None:
    """Return the datatypes whose literals a store has written anew, none where it holds what was sent to the letter.

    Returns:
        None where the graphs differ in more than that.
    """
    if sent.exact == held.exact and sent.statements == held.statements:
        return []
    if sent.in_form != held.in_form or sent.different != held.statements:
        return None
    return sorted(kind for kind, number in sent.of_kind.items() if held.of_kind.get(kind) != number)


def _has_blank(triple: Triple) -> bool:
    return any(isinstance(term, BlankNode) for term in (triple.subject, triple.object))


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")

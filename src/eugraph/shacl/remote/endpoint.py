"""What validation asks of an endpoint, with limits, and what it has to say of how it went."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from pyoxigraph import BlankNode, Literal, NamedNode

from eugraph.errors import EndpointRefusedError
from eugraph.shacl.graph import Term
from eugraph.store.protocol import Solutions, Store
from eugraph.vocab import RDF_TYPE, term

MOST_ROWS = 10_000  # of one query; Virtuoso cuts its answers there, without a word, as it comes
_MOST_KINDS = 500  # classes that a query names one by one

Row = Sequence[Term | None]


class Endpoint:
    """A store that is asked for faults."""

    def __init__(self, store: Store, *, most_rows: int = MOST_ROWS) -> None:
        """Take a store; nothing is asked yet.

        Args:
            store: whose default graph is the data graph.
            most_rows: answers that are longer are cut there, which a note tells (> 0).
        """
        self._store = store
        self._most_rows = most_rows
        self._numbers = count(1)
        self._kinds: dict[Term, str] = {}
        self.notes: dict[str, None] = {}

    def fresh(self, name: str) -> str:
        """A variable that no query of this validation has yet."""
        return f"?{name}{next(self._numbers)}"

    def rows(self, variables: Sequence[str], group: str, what: str) -> list[Row]:
        """Return the distinct rows that a group binds variables to; no more than the limit.

        Args:
            variables: with their question marks.
            group: what stands within the braces of WHERE.
            what: that the rows are, for the note on an answer that was cut.
        """
        return self.answer(f"SELECT DISTINCT {' '.join(variables)} WHERE {{ {group} }}", what).rows

    def answer(self, select: str, what: str) -> _Answer:
        """Answer a SELECT that has no LIMIT of its own."""
        answer = self._store.query(f"{select} LIMIT {self._most_rows}")
        if not isinstance(answer, Solutions):
            raise EndpointRefusedError("the endpoint answered a SELECT with something else. Check its address.")
        if len(answer.rows) >= self._most_rows:
            self.notes[f"{self._most_rows} {what} are told, there may be more"] = None
        rows = [[cell if isinstance(cell, (NamedNode, BlankNode, Literal)) else None for cell in r] for r in answer.rows]
        return _Answer(answer.columns, rows)

    def some(self, variable: str, group: str, most: int) -> list[Term] | None:
        """Return the nodes that a group binds a variable to; None where they are more than `most`."""
        answer = self._store.query(f"SELECT DISTINCT {variable} WHERE {{ {group} }} LIMIT {most + 1}")
        assert isinstance(answer, Solutions)
        found = [row[0] for row in answer.rows if isinstance(row[0], (NamedNode, BlankNode, Literal))]
        return found if len(found) <= most else None

    def instances(self, variable: str, kind: Term) -> str:
        """A group that binds a variable to the instances of a class and of those below it.

        The classes are asked for once: a path through the class hierarchy costs more, and not every store can follow
        one from an end that is open.
        """
        if kind not in self._kinds:
            self._kinds[kind] = self._ways_to(kind)
        return f"{variable} {self._kinds[kind]}".replace("?kind", self.fresh("kind"))

    def _ways_to(self, kind: Term) -> str:
        below = term("rdfs:subClassOf")
        asked = f"SELECT DISTINCT ?k WHERE {{ ?k {below}+ {kind} }} LIMIT {_MOST_KINDS}"
        answer = self._store.query(asked)
        assert isinstance(answer, Solutions)
        found = [row[0] for row in answer.rows if row[0] != kind]
        if not found:
            return f"{RDF_TYPE} {kind} ."
        if len(found) < _MOST_KINDS - 1 and all(isinstance(each, NamedNode) for each in found):
            named = " ".join(sorted(map(str, found)))
            return f"{RDF_TYPE} ?kind . VALUES ?kind {{ {kind} {named} }}"
        return f"{RDF_TYPE}/{below}* {kind} ."


class _Answer:
    def __init__(self, columns: Sequence[str], rows: list[Row]) -> None:
        self.columns, self.rows = columns, rows

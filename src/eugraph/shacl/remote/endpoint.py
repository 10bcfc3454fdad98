"""What validation asks of an endpoint, with limits, and what it has to say of how it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from pyoxigraph import BlankNode, Literal, NamedNode

from eugraph.errors import EndpointRefusedError
from eugraph.shacl.graph import Term
from eugraph.store.protocol import Solutions, Store
from eugraph.vocab import RDF_TYPE, term

MOST_ROWS = 10_000  # of one query; Virtuoso cuts its answers there, without a word, as it comes
_MOST_KINDS = 500  # classes that a query names one by one
_LONGEST = 500_000  # characters of a query: shapes in shapes make it long, and an engine slow

Row = Sequence[Term | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of terms, None where a variable is unbound."""

    columns: Sequence[str]  # without question marks
    rows: Sequence[Row]


class CannotAskError(Exception):
    """A constraint that no query to an endpoint can check; the text says why."""


@dataclass(frozen=True, slots=True)
class Unasked:
    """A constraint of which nothing is known, as the endpoint could not be asked, or did not answer."""

    shape: Term
    component: NamedNode
    reason: str


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
        self.notes: dict[str, None] = {}  # what a reader should know of the answers, each once
        self.unasked: dict[Unasked, None] = {}

    def fresh(self, name: str) -> str:
        """A variable that no query of this validation has yet."""
        return f"?{name}{next(self._numbers)}"

    def rows(self, variables: Sequence[str], group: str, what: str) -> Sequence[Row]:
        """Return the distinct rows that a group binds variables to; no more than the limit.

        Args:
            variables: with their question marks.
            group: what stands within the braces of WHERE.
            what: that the rows are, for the note on an answer that was cut.
        """
        return self.answer(f"SELECT DISTINCT {' '.join(variables)} WHERE {{ {group} }}", what).rows

    def answer(self, select: str, what: str) -> Answer:
        """Answer a SELECT that has no LIMIT of its own; no more rows than the limit."""
        answer = self._ask(select, self._most_rows)
        if len(answer.rows) >= self._most_rows:
            self.notes[f"of the {what}, {self._most_rows} are told; there may be more"] = None
        return answer

    def _ask(self, select: str, most: int) -> Answer:
        if len(select) > _LONGEST:
            raise CannotAskError("the shapes in it are nested too deep for one query")
        found = self._store.query(f"{select} LIMIT {most}")
        if not isinstance(found, Solutions):
            raise EndpointRefusedError("the endpoint answered a SELECT with something else. Check its address.")
        return Answer(found.columns, [[_term(cell) for cell in row] for row in found.rows])

    def some(self, variable: str, group: str, most: int) -> list[Term] | None:
        """Return the nodes that a group binds a variable to; None where they are more than `most`."""
        rows = self._ask(f"SELECT DISTINCT {variable} WHERE {{ {group} }}", most + 1).rows
        return [row[0] for row in rows if row[0] is not None] if len(rows) <= most else None

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
        found = self.some("?k", f"?k {below}+ {kind}", _MOST_KINDS)
        if found is not None and all(isinstance(each, NamedNode) for each in found):
            named = " ".join(sorted(str(each) for each in found if each != kind))
            if not named:
                return f"{RDF_TYPE} {kind} ."
            return f"{RDF_TYPE} ?kind . VALUES ?kind {{ {kind} {named} }}"
        return f"{RDF_TYPE}/{below}* {kind} ."


def _term(cell: object) -> Term | None:
    return cell if isinstance(cell, (NamedNode, BlankNode, Literal)) else None

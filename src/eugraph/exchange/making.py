"""The statements that rows make by the template of a CONSTRUCT query, with an entry for each that cannot be made.

Spec: SPARQL 1.1 Query §16.2, <https://www.w3.org/TR/sparql11-query/#construct>.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from eugraph.exchange.construct import variable_of
from eugraph.exchange.pages import Row
from eugraph.exchange.pull_kinds import CIRCLE, ILL_TYPED, NAMED, NO_STATEMENT, NO_TERM
from eugraph.exchange.rows import NoTerm
from eugraph.rdf.lexical import expected_form
from eugraph.sources.cordis.ledger import Ledger
from eugraph.sources.skolem import names_of


@dataclass(slots=True)
class Made:
    """The statements that rows make by a template. Those with blank nodes wait until all are known."""

    ledger: Ledger
    endpoint: str
    template: Sequence[Triple]
    rows: int = 0
    _waiting: list[Triple] = field(default_factory=list)

    def of(self, rows: Sequence[Row]) -> Iterator[Triple]:
        """Yield the statements of rows, but those with blank nodes."""
        for row in rows:
            self.rows += 1
            for pattern in self.template:
                triple = self._filled(pattern, row)
                if triple is None:
                    continue
                if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode):
                    self._waiting.append(triple)
                else:
                    yield triple

    def with_names(self, base_iri: str) -> Iterator[Triple]:
        """Yield the statements with blank nodes, each node with an IRI made of what is said of it."""
        names = names_of(((t.subject, t.predicate, t.object) for t in self._waiting), base_iri)
        if names is None:
            self.ledger.add(CIRCLE, self.endpoint, 0, value=str(len(self._waiting)), note="statements")
            return
        for node, name in names.items():
            self.ledger.add(NAMED, self.endpoint, 0, value=str(node), became=name.value)
        for subject, predicate, value in self._waiting:
            yield Triple(
                names[subject] if isinstance(subject, BlankNode) else subject,
                predicate,
                names[value] if isinstance(value, BlankNode) else value,
            )

    def _filled(self, pattern: Triple, row: Row) -> Triple | None:
        """The statement that a row makes, if it makes one."""
        terms: list[NamedNode | BlankNode | Literal] = []
        for part in pattern:
            given = row.get(name) if (name := variable_of(part)) else part
            if isinstance(given, BlankNode) and not name:
                given = BlankNode(f"t{given.value}r{self.rows}")  # one of the template is another one in each row
            if given is None:
                return None
            if isinstance(given, NoTerm):
                self.ledger.add(NO_TERM, self.endpoint, self.rows, column=name, value=given.text, note=given.fault)
                return None
            assert not isinstance(given, Triple)
            terms.append(given)
        subject, predicate, value = terms
        if isinstance(subject, Literal) or not isinstance(predicate, NamedNode):
            self.ledger.add(NO_STATEMENT, self.endpoint, self.rows, value=" ".join(map(str, terms)))
            return None
        if isinstance(value, Literal) and (form := expected_form(value.value, value.datatype.value)):
            told = {"about": str(subject), "value": str(value), "note": f"expected {form}"}
            self.ledger.add(ILL_TYPED, self.endpoint, self.rows, **told)
        return Triple(subject, predicate, value)

"""What a store can do: answer a SPARQL query. Data queries see the union of the named graphs as the default graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Row = tuple[NamedNode | BlankNode | Literal | Triple | None, ...]


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer to SELECT: names of the columns and rows of terms, None where a variable is unbound."""

    columns: tuple[str, ...]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Graph:
    """The answer to CONSTRUCT or DESCRIBE."""

    triples: Sequence[Triple]


class Store(Protocol):
    """Anything that answers SPARQL 1.1 queries."""

    def query(self, text: str) -> Solutions | Graph | bool:
        """Answer a complete query: SELECT with Solutions, CONSTRUCT and DESCRIBE with a Graph, ASK with a bool.

        Raises:
            QuerySyntaxError: `text` is not SPARQL 1.1.
            EndpointError: a remote store did not answer.
        """
        ...

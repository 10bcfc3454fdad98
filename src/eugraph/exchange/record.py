"""What was pushed to a store, remembered there: one graph of our own, `<base>pushed`, outside of all others.

Each graph that we have sent, or have begun to send, is a void:Dataset in it. Only what was sent whole and read back has
a number of statements and a hash; so whenever the work is broken off, the next push knows what to do again, and what in
the store is ours to replace and to remove.

Spec: VoID §4.6.1, <https://www.w3.org/TR/void/#statistics>.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from eugraph.exchange.target import Target
from eugraph.store import Solutions
from eugraph.vocab import PREFIXES, RDF_TYPE

_VOID = "http://rdfs.org/ns/void#"
_DATASET, _TRIPLES = NamedNode(f"{_VOID}Dataset"), NamedNode(f"{_VOID}triples")
_SHA256 = NamedNode("https://schema.org/sha256")
_COMMENT = NamedNode(PREFIXES["rdfs"] + "comment")
_INTEGER = NamedNode(PREFIXES["xsd"] + "integer")
_SAYS = "What eugraph push brought to this store. Without this graph it does not know which graphs are its own."


@dataclass(frozen=True, slots=True)
class Pushed:
    """A graph as it was sent: statements that the store then held, and the hash of the release's file."""

    statements: int
    sha256: str


Entries = Mapping[str, Pushed | None]  # name of a graph -> how it was sent; None where that was not ended


def record_name(base_iri: str) -> str:
    """Return the name of the graph that remembers. No file becomes a graph of this name, and no thing has it."""
    return f"{base_iri}pushed"


def read_record(target: Target, base_iri: str) -> dict[str, Pushed | None]:
    """Return what the store remembers."""
    answer = target.store.query(
        f"SELECT ?graph ?statements ?hash WHERE {{ GRAPH <{record_name(base_iri)}> {{ ?graph a {_DATASET} "
        f"OPTIONAL {{ ?graph {_TRIPLES} ?statements ; {_SHA256} ?hash }} }} }}"
    )
    assert isinstance(answer, Solutions)
    found: dict[str, Pushed | None] = {}
    for graph, statements, sha256 in answer.rows:
        if isinstance(graph, NamedNode):
            whole = isinstance(statements, Literal) and isinstance(sha256, Literal)
            found[graph.value] = Pushed(int(statements.value), sha256.value) if whole else None  # type: ignore[union-attr]  # as `whole` says
    return found


def write_record(target: Target, base_iri: str, entries: Entries) -> None:
    """Have the store remember this, in place of what it did, in one request."""
    home = NamedNode(record_name(base_iri))
    triples = [Triple(home, _COMMENT, Literal(_SAYS, language="en"))]
    for name, pushed in sorted(entries.items()):
        graph = NamedNode(name)
        triples.append(Triple(graph, RDF_TYPE, _DATASET))
        if pushed is not None:
            triples.append(Triple(graph, _TRIPLES, Literal(str(pushed.statements), datatype=_INTEGER)))
            triples.append(Triple(graph, _SHA256, Literal(pushed.sha256)))
    target.replace(home.value, "".join(f"{triple} .\n" for triple in triples).encode())

"""Statements, found by subject, property or class; things are named by IRI, or by `_:` and a label."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
DCAT = "http://www.w3.org/ns/dcat#"
DCT = "http://purl.org/dc/terms/"
HYDRA = "http://www.w3.org/ns/hydra/core#"
LDES = "https://w3id.org/ldes#"
SPDX = "http://spdx.org/rdf/terms#"
TREE = "https://w3id.org/tree#"
VOID = "http://rdfs.org/ns/void#"

Term = NamedNode | BlankNode | Literal | Triple


def name_of(term: Any) -> str:  # noqa: ANN401 - a term of any kind
    """Return how a thing is named here; a literal by its text."""
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


class Statements:
    """An index of statements, whichever graphs they stand in."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        """Take the statements."""
        self._by_subject: dict[str, dict[str, list[Term]]] = {}
        self._by_type: dict[str, list[str]] = {}
        for quad in quads:
            subject, predicate = name_of(quad.subject), quad.predicate.value
            self._by_subject.setdefault(subject, {}).setdefault(predicate, []).append(quad.object)
            if predicate == RDF_TYPE:
                self._by_type.setdefault(name_of(quad.object), []).append(subject)

    def __contains__(self, subject: str) -> bool:
        return subject in self._by_subject

    @property
    def subjects(self) -> list[str]:
        """All that something is stated of."""
        return list(self._by_subject)

    def of_type(self, *types: str) -> list[str]:
        """Return the things of some classes, each once, in the order of the statements."""
        return list(dict.fromkeys(thing for each in types for thing in self._by_type.get(each, ())))

    def terms(self, subject: str, *properties: str) -> list[Term]:
        """Return the values of properties of a thing."""
        known = self._by_subject.get(subject, {})
        return [term for each in properties for term in known.get(each, ())]

    def values(self, subject: str, *properties: str) -> list[str]:
        """Return the values of properties of a thing by their names."""
        return [name_of(term) for term in self.terms(subject, *properties)]

    def links(self, *properties: str) -> list[tuple[str, str]]:
        """Return (thing, value) for each value of properties that is an IRI."""
        return [
            (subject, term.value)
            for subject, known in self._by_subject.items()
            for each in properties
            for term in known.get(each, ())
            if isinstance(term, NamedNode)
        ]

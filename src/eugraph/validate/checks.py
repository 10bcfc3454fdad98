"""Faults that SHACL does not see, or sees without saying what a curator needs: each check yields findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad

from eugraph.errors import did_you_mean
from eugraph.findings import Finding, Severity
from eugraph.rdf.lexical import expected_form
from eugraph.sources import Reading
from eugraph.vocab import EUG, RDF_TYPE, SCHEME, shorten, term

_SUBCLASS = term("rdfs:subClassOf")
_DISJOINT = term("owl:disjointWith")


@dataclass
class Vocabulary:
    """What the ontology and the concept schemes declare."""

    quads: Sequence[Quad]

    @cached_property
    def declared(self) -> frozenset[str]:
        """IRIs of all terms and concepts."""
        return frozenset(quad.subject.value for quad in self.quads if isinstance(quad.subject, NamedNode))

    @cached_property
    def _parents(self) -> dict[NamedNode, set[NamedNode]]:
        parents: dict[NamedNode, set[NamedNode]] = {}
        for quad in self.quads:
            if (
                quad.predicate == _SUBCLASS
                and isinstance(quad.subject, NamedNode)
                and isinstance(quad.object, NamedNode)
            ):
                parents.setdefault(quad.subject, set()).add(quad.object)
        return parents

    @cached_property
    def _disjoint(self) -> frozenset[tuple[NamedNode, NamedNode]]:
        pairs = [
            (quad.subject, quad.object)
            for quad in self.quads
            if quad.predicate == _DISJOINT
            and isinstance(quad.subject, NamedNode)
            and isinstance(quad.object, NamedNode)
        ]
        return frozenset(pairs) | frozenset((b, a) for a, b in pairs)

    def classes_of(self, kind: NamedNode) -> frozenset[NamedNode]:
        """The class and all classes above it."""
        found, waiting = {kind}, [kind]
        while waiting:
            fresh = self._parents.get(waiting.pop(), set()) - found
            found |= fresh
            waiting += fresh
        return frozenset(found)

    def exclude(self, one: NamedNode, other: NamedNode) -> bool:
        """Tell whether nothing can be both."""
        return any((a, b) in self._disjoint for a in self.classes_of(one) for b in self.classes_of(other))


def check(reading: Reading, vocabulary: Vocabulary) -> list[Finding]:
    """Return what is wrong with curated statements before any shape is asked."""
    return [
        *_ill_typed(reading),
        *_unknown_terms(reading, vocabulary),
        *_dangling(reading),
        *_two_things(reading, vocabulary),
    ]


def _finding(reading: Reading, quad: Quad, code: str, message: str) -> Finding:
    subject, value = quad.subject, quad.object
    return Finding(
        code=code,
        severity=Severity.VIOLATION,
        message=message,
        place=reading.place(subject, quad.predicate, value),  # type: ignore[arg-type]  # RDF 1.1: no triple terms
        focus=str(subject),
        path=str(quad.predicate),
        value=str(value),
    )


def _ill_typed(reading: Reading) -> Iterator[Finding]:
    for quad in reading.quads:
        value = quad.object
        if isinstance(value, Literal) and (form := expected_form(value.value, value.datatype.value)):
            kind = shorten(value.datatype.value)
            yield _finding(reading, quad, "ill-typed-literal", f"{value.value!r} is no {kind}. Write {form}.")


def _unknown_terms(reading: Reading, vocabulary: Vocabulary) -> Iterator[Finding]:
    ours = (EUG, SCHEME)
    known = {iri for iri in vocabulary.declared if iri.startswith(ours)}
    seen: set[tuple[str, str]] = set()
    for quad in reading.quads:
        for used in (quad.predicate, quad.object):
            if not isinstance(used, NamedNode) or not used.value.startswith(ours) or used.value in known:
                continue
            if (str(quad.subject), used.value) in seen:
                continue
            seen.add((str(quad.subject), used.value))
            space, _, name = used.value.rpartition("#")
            near = did_you_mean(name, (iri.rpartition("#")[2] for iri in known if iri.rpartition("#")[0] == space))
            message = (
                f"the ontology has no term {shorten(used.value)}{near or '.'} Correct the name, or declare the term."
            )
            yield _finding(reading, quad, "unknown-term", message)


def _dangling(reading: Reading) -> Iterator[Finding]:
    described = {quad.subject for quad in reading.quads}
    graphs = {file.graph for file in reading.files}
    known = [node.value.removeprefix(reading.base_iri) for node in described if isinstance(node, NamedNode)]
    for quad in reading.quads:
        value = quad.object
        if not isinstance(value, NamedNode) or not value.value.startswith(reading.base_iri):
            continue
        if value in described or value in graphs:
            continue
        slug = value.value.removeprefix(reading.base_iri)
        near = did_you_mean(slug, (iri for iri in known if iri.partition("/")[0] == slug.partition("/")[0]))
        message = f"<{slug}> is described nowhere{near or '.'} Describe it, or correct the name."
        yield _finding(reading, quad, "dangling-reference", message)


def _two_things(reading: Reading, vocabulary: Vocabulary) -> Iterator[Finding]:
    kinds: dict[object, dict[NamedNode, Quad]] = {}
    for quad in reading.quads:
        if quad.predicate == RDF_TYPE and isinstance(quad.object, NamedNode):
            kinds.setdefault(quad.subject, {})[quad.object] = quad
    for quads in kinds.values():
        for one, other in _pairs(sorted(quads, key=str)):
            if vocabulary.exclude(one, other):
                first = reading.place(quads[one].subject, RDF_TYPE, one)  # type: ignore[arg-type]  # as above
                message = (
                    f"this is said to be {shorten(other.value)}, and {shorten(one.value)} at {first}; nothing is both. "
                    "Give one of the two an IRI of its own."
                )
                yield _finding(reading, quads[other], "two-things", message)


def _pairs(kinds: Sequence[NamedNode]) -> Iterable[tuple[NamedNode, NamedNode]]:
    return ((a, b) for index, a in enumerate(kinds) for b in kinds[index + 1 :])

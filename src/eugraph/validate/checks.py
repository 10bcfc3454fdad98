"""Faults that SHACL does not see, or sees without saying what a curator needs: each check yields findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad

from eugraph.errors import did_you_mean
from eugraph.findings import Finding, Severity
from eugraph.rdf.lexical import expected_form
from eugraph.sources import Reading
from eugraph.sources.gone import REPLACED_BY, WITHDRAWN, gone
from eugraph.vocab import EUG, ONTOLOGY, PREF_LABEL, RDF_TYPE, SCHEME, SHAPES, shorten, term

_SUBCLASS = term("rdfs:subClassOf")
_DISJOINT = term("owl:disjointWith")
_SPACES = (EUG, SCHEME, SHAPES, f"{ONTOLOGY}/")
_DERIVED = frozenset(
    term(f"eug:{name}")
    for name in (
        "preferredClaim",
        "disputes",
        *(f"{what}{bound}" for what in ("date", "end", "start") for bound in ("Earliest", "Latest")),
    )
)
_DATES = frozenset(term(f"xsd:{name}") for name in ("date", "dateTime", "gYear", "gYearMonth"))
_FOUR_DIGITS = re.compile(r"\s*[1-9][0-9]{3}(?![0-9])")
_OF_A_WITHDRAWN_ADDRESS = (WITHDRAWN, REPLACED_BY, PREF_LABEL, term("eug:note"))


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
        *_odd_years(reading),
        *_redefined(reading, vocabulary),
        *_derived_only(reading),
        *_unknown_terms(reading, vocabulary),
        *_dangling(reading),
        *_withdrawn(reading),
        *_two_things(reading, vocabulary),
    ]


def _finding(reading: Reading, quad: Quad, code: str, message: str) -> Finding:
    subject, value = quad.subject, quad.object
    return Finding(
        code=code,
        severity=Severity.VIOLATION,
        message=message,
        place=reading.place(subject, quad.predicate, value, graph=quad.graph_name),  # type: ignore[arg-type]  # RDF 1.1: no triple terms
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


def _odd_years(reading: Reading) -> Iterator[Finding]:
    """Years that are not written with four digits: everything that looks at days takes the first four for the year."""
    for quad in reading.quads:
        value = quad.object
        if isinstance(value, Literal) and value.datatype in _DATES and not _FOUR_DIGITS.match(value.value):
            if expected_form(value.value, value.datatype.value):
                continue  # told already
            message = f"the year of {value.value!r} is not from 1000 to 9999. Correct the year."
            yield _finding(reading, quad, "odd-year", message)


def _redefined(reading: Reading, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Statements about terms, concepts and shapes: they would change what data means, from among the data."""
    for quad in reading.quads:
        subject = quad.subject
        if isinstance(subject, NamedNode) and (
            subject.value.startswith(_SPACES) or subject.value in vocabulary.declared
        ):
            message = (
                f"this says something of {shorten(subject.value)}, which is not data. Say it in ontology/ or shapes/, "
                "or correct the name."
            )
            yield _finding(reading, quad, "redefined-term", message)


def _derived_only(reading: Reading) -> Iterator[Finding]:
    for quad in reading.quads:
        if quad.predicate in _DERIVED:
            message = f"{shorten(quad.predicate.value)} is derived from other statements. Take the statement out."
            yield _finding(reading, quad, "derived-property", message)


def _unknown_terms(reading: Reading, vocabulary: Vocabulary) -> Iterator[Finding]:
    ours = (EUG, SCHEME)
    known = {iri for iri in vocabulary.declared if iri.startswith(ours)}
    names: dict[str, list[str]] = {}
    for iri in known:
        space, _, name = iri.rpartition("#")
        names.setdefault(space, []).append(name)
    near = _Near(names)
    for quad in reading.quads:
        for used in (quad.predicate, quad.object):
            if not isinstance(used, NamedNode) or not used.value.startswith(ours) or used.value in known:
                continue
            space, _, name = used.value.rpartition("#")
            message = (
                f"the ontology has no term {shorten(used.value)}{near(space, name) or '.'} Correct the name, or "
                "declare the term."
            )
            yield _finding(reading, quad, "unknown-term", message)


class _Near:
    """Says which known word is near. Comparing takes time, so beyond `MOST` words nothing is said."""

    MOST = 50

    def __init__(self, known: Mapping[str, Sequence[str]]) -> None:
        self._known = known  # by kind
        self._told: dict[tuple[str, str], str] = {}

    def __call__(self, kind: str, word: str) -> str:
        if (kind, word) not in self._told and len(self._told) < self.MOST:
            self._told[kind, word] = did_you_mean(word, self._known.get(kind, ()))
        return self._told.get((kind, word), "")


def _dangling(reading: Reading) -> Iterator[Finding]:
    described = {quad.subject for quad in reading.quads}
    graphs = {file.graph for file in reading.files}
    withdrawn = {quad.subject for quad in reading.quads if quad.predicate == WITHDRAWN}
    known: dict[str, list[str]] = {}
    for node in described - withdrawn:
        if isinstance(node, NamedNode):
            slug = _slug(node.value, reading)
            known.setdefault(slug.partition("/")[0], []).append(slug)
    near = _Near(known)
    for quad in reading.quads:
        value = quad.object
        if not isinstance(value, NamedNode) or not value.value.startswith(reading.base_iri):
            continue
        if value in described or value in graphs:
            continue
        slug = _slug(value.value, reading)
        meant = near(slug.partition("/")[0], slug) or "."
        message = f"<{slug}> is described nowhere{meant} Describe it, or correct the name."
        yield _finding(reading, quad, "dangling-reference", message)


def _withdrawn(reading: Reading) -> Iterator[Finding]:
    found = gone(reading.quads)
    seen: set[str] = set()
    for quad in reading.quads:
        subject, value = quad.subject, quad.object
        if (
            isinstance(subject, NamedNode)
            and subject.value in found
            and subject.value not in seen
            and quad.predicate not in _OF_A_WITHDRAWN_ADDRESS
        ):
            seen.add(subject.value)
            message = (
                f"<{_slug(subject.value, reading)}> was withdrawn and is described all the same. Move what is said to "
                "the new address, or take out eug:withdrawn."
            )
            yield _finding(reading, quad, "withdrawn-described", message)
        if quad.predicate == REPLACED_BY or not isinstance(value, NamedNode) or value.value not in found:
            continue
        former = found[value.value]
        slug = _slug(former.iri, reading)
        if former.successor:
            new = _slug(former.successor, reading)
            message = f"<{slug}> is called <{new}> since {former.day}. Write the new address."
        else:
            why = f": {former.note.rstrip('. ')}" if former.note else ""
            message = f"<{slug}> was withdrawn on {former.day}{why}. Take the statement out, or name something else."
        yield _finding(reading, quad, "withdrawn-reference", message)


def _slug(iri: str, reading: Reading) -> str:
    return iri.removeprefix(reading.base_iri)


def _two_things(reading: Reading, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Told at each place: whoever looks at one of the files alone must see it."""
    kinds: dict[object, dict[NamedNode, list[Quad]]] = {}
    for quad in reading.quads:
        if quad.predicate == RDF_TYPE and isinstance(quad.object, NamedNode):
            kinds.setdefault(quad.subject, {}).setdefault(quad.object, []).append(quad)
    for quads in kinds.values():
        for one, other in _pairs(sorted(quads, key=str)):
            if not vocabulary.exclude(one, other):
                continue
            for here, there in ((one, other), (other, one)):
                elsewhere = quads[there][0]
                place = reading.place(elsewhere.subject, RDF_TYPE, there, graph=elsewhere.graph_name)  # type: ignore[arg-type]  # as above
                message = (
                    f"this is said to be {shorten(here.value)}, and {shorten(there.value)} at {place}; "
                    "nothing is both. Give one of the two an IRI of its own."
                )
                for quad in quads[here]:
                    yield _finding(reading, quad, "two-things", message)


def _pairs(kinds: Sequence[NamedNode]) -> Iterable[tuple[NamedNode, NamedNode]]:
    return ((a, b) for index, a in enumerate(kinds) for b in kinds[index + 1 :])

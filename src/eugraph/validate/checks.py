"""Faults that SHACL does not see, or sees without saying what a curator needs: each check yields findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import chain
from operator import attrgetter
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from eugraph.errors import did_you_mean
from eugraph.findings import Finding, Severity
from eugraph.rdf.lexical import expected_form
from eugraph.sources import Reading
from eugraph.sources.gone import REPLACED_BY, WITHDRAWN, gone
from eugraph.vocab import EUG, ONTOLOGY, PREF_LABEL, RDF_TYPE, SCHEME, SHAPES, shorten, term

Subject = NamedNode | BlankNode
Value = NamedNode | BlankNode | Literal

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


# A statement and its parts: taking them out of a quad once is quicker than each time that one is asked for.
_Said = tuple[Quad, Subject, NamedNode, Value, object]
_Judge = Callable[[Any], str | None]


class _Statements:
    """Statements, and the terms in each place, each once."""

    def __init__(self, quads: Sequence[Quad]) -> None:
        self.quads = quads
        self.subjects = dict.fromkeys(map(attrgetter("subject"), quads))
        self.predicates = dict.fromkeys(map(attrgetter("predicate"), quads))
        self.values = dict.fromkeys(map(attrgetter("object"), quads))

    @cached_property
    def said(self) -> list[_Said]:
        """The statements with their parts; only where there is a fault to be found among them."""
        return [(quad, *quad) for quad in self.quads]


def check(reading: Reading, vocabulary: Vocabulary) -> list[Finding]:
    """Return what is wrong with curated statements before any shape is asked."""
    statements = _Statements(reading.quads)
    subjects, predicates, values = statements.subjects, statements.predicates, statements.values
    return [
        *_judged(reading, statements, "ill-typed-literal", 3, _faults(values, _ill_typed)),
        *_judged(reading, statements, "odd-year", 3, _faults(values, _odd_year)),
        *_judged(reading, statements, "redefined-term", 1, _faults(subjects, partial(_redefined, vocabulary))),
        *_judged(reading, statements, "derived-property", 2, _faults(predicates, _derived_only)),
        *_unknown_terms(reading, statements, vocabulary),
        *_dangling(reading, statements),
        *_withdrawn(reading, statements),
        *_two_things(reading, statements, vocabulary),
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


def _faults(terms: Iterable[Any], judge: _Judge) -> dict[Any, str]:
    return {term: message for term in terms if (message := judge(term))}


def _judged(
    reading: Reading, statements: _Statements, code: str, place: int, faults: Mapping[Any, str]
) -> Iterator[Finding]:
    """Yield a finding for each statement that has a term at fault in a place; equal terms are judged once."""
    if faults:
        yield from (
            _finding(reading, one[0], code, faults[one[place]]) for one in statements.said if one[place] in faults
        )


@lru_cache(maxsize=100_000)
def _ill_typed(value: Value) -> str | None:
    if isinstance(value, Literal) and (form := expected_form(value.value, value.datatype.value)):
        return f"{value.value!r} is no {shorten(value.datatype.value)}. Write {form}."
    return None


@lru_cache(maxsize=100_000)
def _odd_year(value: Value) -> str | None:
    """Years that are not written with four digits: everything that looks at days takes the first four for the year."""
    if isinstance(value, Literal) and value.datatype in _DATES and not _FOUR_DIGITS.match(value.value):
        if expected_form(value.value, value.datatype.value):
            return None  # told already
        return f"the year of {value.value!r} is not from 1000 to 9999. Correct the year."
    return None


def _redefined(vocabulary: Vocabulary, subject: Subject) -> str | None:
    """Statements about terms, concepts and shapes: they would change what data means, from among the data."""
    if isinstance(subject, NamedNode) and (subject.value.startswith(_SPACES) or subject.value in vocabulary.declared):
        return (
            f"this says something of {shorten(subject.value)}, which is not data. Say it in ontology/ or shapes/, "
            "or correct the name."
        )
    return None


def _derived_only(predicate: NamedNode) -> str | None:
    if predicate in _DERIVED:
        return f"{shorten(predicate.value)} is derived from other statements. Take the statement out."
    return None


def _unknown_terms(reading: Reading, statements: _Statements, vocabulary: Vocabulary) -> Iterator[Finding]:
    ours = (EUG, SCHEME)
    known = {iri for iri in vocabulary.declared if iri.startswith(ours)}
    used = chain(statements.predicates, statements.values)
    unknown = {t for t in used if isinstance(t, NamedNode) and t.value.startswith(ours) and t.value not in known}
    if not unknown:
        return
    names: dict[str, list[str]] = {}
    for iri in known:
        space, _, name = iri.rpartition("#")
        names.setdefault(space, []).append(name)
    near = _Near(names)
    for quad, _, predicate, value, _ in statements.said:
        for used_term in (predicate, value):
            if used_term not in unknown:
                continue
            assert isinstance(used_term, NamedNode)
            space, _, name = used_term.value.rpartition("#")
            message = (
                f"the ontology has no term {shorten(used_term.value)}{near(space, name) or '.'} Correct the name, or "
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


def _dangling(reading: Reading, statements: _Statements) -> Iterator[Finding]:
    base = reading.base_iri
    described = statements.subjects
    graphs = {file.graph for file in reading.files}
    nowhere = {
        value
        for value in statements.values.keys() - described.keys() - graphs
        if isinstance(value, NamedNode) and value.value.startswith(base)
    }
    if not nowhere:
        return
    withdrawn = {subject for _, subject, predicate, *_ in statements.said if predicate == WITHDRAWN}
    known: dict[str, list[str]] = {}
    for node in described.keys() - withdrawn:
        if isinstance(node, NamedNode):
            slug = _slug(node.value, reading)
            known.setdefault(slug.partition("/")[0], []).append(slug)
    near = _Near(known)
    for quad, _, _, value, _ in statements.said:
        if value in nowhere:
            assert isinstance(value, NamedNode)
            slug = _slug(value.value, reading)
            meant = near(slug.partition("/")[0], slug) or "."
            message = f"<{slug}> is described nowhere{meant} Describe it, or correct the name."
            yield _finding(reading, quad, "dangling-reference", message)


def _withdrawn(reading: Reading, statements: _Statements) -> Iterator[Finding]:
    found = gone(reading.quads)
    if not found:
        return
    seen: set[str] = set()
    for quad, subject, predicate, value, _ in statements.said:
        if (
            isinstance(subject, NamedNode)
            and subject.value in found
            and subject.value not in seen
            and predicate not in _OF_A_WITHDRAWN_ADDRESS
        ):
            seen.add(subject.value)
            message = (
                f"<{_slug(subject.value, reading)}> was withdrawn and is described all the same. Move what is said to "
                "the new address, or take out eug:withdrawn."
            )
            yield _finding(reading, quad, "withdrawn-described", message)
        if predicate == REPLACED_BY or not isinstance(value, NamedNode) or value.value not in found:
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


def _two_things(reading: Reading, statements: _Statements, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Told at each place: whoever looks at one of the files alone must see it."""
    kinds: dict[object, dict[NamedNode, list[Quad]]] = {}
    for quad in statements.quads:
        if quad.predicate == RDF_TYPE and isinstance(quad.object, NamedNode):
            kinds.setdefault(quad.subject, {}).setdefault(quad.object, []).append(quad)
    for quads in kinds.values():
        if len(quads) == 1:
            continue
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

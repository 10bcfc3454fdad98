"""Faults that SHACL does not see, or sees without saying what a curator needs: each check yields findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from weakref import WeakKeyDictionary

from pyoxigraph import Literal, NamedNode, Quad

from eugraph.errors import did_you_mean
from eugraph.findings import Finding, Severity
from eugraph.rdf.lexical import expected_form
from eugraph.rdf.locate import Term
from eugraph.sources import Reading
from eugraph.sources.gone import REPLACED_BY, WITHDRAWN, gone
from eugraph.sources.stated import Stated
from eugraph.validate.declared import Vocabulary
from eugraph.vocab import EUG, ONTOLOGY, PREF_LABEL, RDF_TYPE, SCHEME, SHAPES, shorten, term

_SPACES = (EUG, SCHEME, SHAPES, f"{ONTOLOGY}/")
_DERIVED = frozenset(
    term(f"eug:{name}")
    for name in (
        "preferredClaim",
        "disputes",
        *(f"{what}{bound}" for what in ("date", "end", "start") for bound in ("Earliest", "Latest")),
    )
)
_TEXTS = frozenset((term("xsd:string"), term("rdf:langString")))
_DATES = frozenset(term(f"xsd:{name}") for name in ("date", "dateTime", "gYear", "gYearMonth"))
_FOUR_DIGITS = re.compile(r"\s*[1-9][0-9]{3}(?![0-9])")
_OF_A_WITHDRAWN_ADDRESS = (WITHDRAWN, REPLACED_BY, PREF_LABEL, term("eug:note"))


def check(reading: Reading, vocabulary: Vocabulary, elsewhere: Collection[Term] = ()) -> list[Finding]:
    """Return what is wrong with curated statements before any shape is asked.

    Args:
        reading: the curated files.
        vocabulary: the terms of the ontology.
        elsewhere: things that imported sources describe.
    """
    return [
        *_ill_typed(reading),
        *_redefined(reading, vocabulary),
        *_derived_only(reading),
        *_unknown_terms(reading, vocabulary),
        *_dangling(reading, elsewhere),
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


_Faults = Mapping[Literal, str]  # literal -> message
_KNOWN: WeakKeyDictionary[Stated, tuple[_Faults, _Faults]] = WeakKeyDictionary()  # of files that stay read


def _ill_typed(reading: Reading) -> Iterator[Finding]:
    for stated in reading.stated.values():
        known = _KNOWN.get(stated)
        if known is None:
            known = _KNOWN[stated] = _literal_faults(value for value in stated.by_value if type(value) is Literal)
        ill_typed, odd_years = known
        for literal, message in ill_typed.items():
            yield from (_finding(reading, quad, "ill-typed-literal", message) for quad in stated.by_value[literal])
        for literal, message in odd_years.items():
            yield from (_finding(reading, quad, "odd-year", message) for quad in stated.by_value[literal])


def _literal_faults(literals: Iterable[Literal]) -> tuple[_Faults, _Faults]:
    """Those that are no value of their type; dates that others would read wrongly, as they take four digits."""
    ill_typed, odd_years = dict[Literal, str](), dict[Literal, str]()
    for literal in literals:
        datatype = literal.datatype
        if datatype in _TEXTS:
            continue
        text = literal.value
        if form := expected_form(text, datatype.value):
            ill_typed[literal] = f"{text!r} is no {shorten(datatype.value)}. Write {form}."
        elif datatype in _DATES and not _FOUR_DIGITS.match(text):
            odd_years[literal] = f"the year of {text!r} is not from 1000 to 9999. Correct the year."
    return ill_typed, odd_years


def _redefined(reading: Reading, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Statements about terms, concepts and shapes: they would change what data means, from among the data."""
    for stated in reading.stated.values():
        for subject, quads in stated.by_subject.items():
            if isinstance(subject, NamedNode) and (subject.value.startswith(_SPACES) or subject in vocabulary.declared):
                message = (
                    f"this says something of {shorten(subject.value)}, which is not data. Say it in ontology/ or "
                    "shapes/, or correct the name."
                )
                yield from (_finding(reading, quad, "redefined-term", message) for quad in quads)


def _derived_only(reading: Reading) -> Iterator[Finding]:
    for stated in reading.stated.values():
        for quad in _with_predicates(stated, _DERIVED):
            message = f"{shorten(quad.predicate.value)} is derived from other statements. Take the statement out."
            yield _finding(reading, quad, "derived-property", message)


def _with_predicates(stated: Stated, predicates: Collection[NamedNode]) -> Iterator[Quad]:
    if not stated.predicates.keys().isdisjoint(predicates):
        yield from (quad for quad in stated.quads if quad.predicate in predicates)


def _unknown_terms(reading: Reading, vocabulary: Vocabulary) -> Iterator[Finding]:
    ours = (EUG, SCHEME)
    near: _Near | None = None
    for stated in reading.stated.values():
        used = (stated.predicates.keys() | stated.names.keys()) - vocabulary.declared
        unknown = {used_term for used_term in used if used_term.value.startswith(ours)}
        for quad in stated.quads if unknown else ():
            for used_term in (quad.predicate, quad.object):
                if used_term in unknown:
                    assert isinstance(used_term, NamedNode)
                    near = near or _Near(_names_by_space(vocabulary), lambda space, name: shorten(f"{space}#{name}"))
                    space, _, name = used_term.value.rpartition("#")
                    meant = near(space, name) or "."
                    shown = shorten(used_term.value)
                    message = f"the ontology has no term {shown}{meant} Correct the name, or declare the term."
                    yield _finding(reading, quad, "unknown-term", message)


def _names_by_space(vocabulary: Vocabulary) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for node in vocabulary.declared:
        space, _, name = node.value.rpartition("#")
        names.setdefault(space, []).append(name)
    return names


class _Near:
    """Says which known word is near. Comparing takes time, so beyond `MOST` words nothing is said."""

    MOST = 50

    def __init__(self, known: Mapping[str, Sequence[str]], written: Callable[[str, str], str]) -> None:
        self._known = known  # by kind
        self._written = written  # how a message writes kind and word
        self._told: dict[tuple[str, str], str] = {}

    def __call__(self, kind: str, word: str) -> str:
        if (kind, word) not in self._told and len(self._told) < self.MOST:
            known = self._known.get(kind, ())
            self._told[kind, word] = did_you_mean(word, known, lambda meant: self._written(kind, meant))
        return self._told.get((kind, word), "")


def _dangling(reading: Reading, elsewhere: Collection[Term]) -> Iterator[Finding]:
    files = reading.stated.values()
    described: set[Term] = set(elsewhere).union(
        *(stated.by_subject for stated in files), (file.graph for file in reading.files)
    )
    near: _Near | None = None
    for stated in files:
        nowhere = {node for node in stated.names.keys() - described if node.value.startswith(reading.base_iri)}
        for value in (node for node in stated.names if node in nowhere) if nowhere else ():  # in the file's order
            near = near or _Near(_slugs_by_kind(reading), lambda _, slug: slug)
            slug = _slug(value.value, reading)
            meant = near(slug.partition("/")[0], slug) or "."
            message = f"<{slug}> is described nowhere{meant} Describe it, or correct the name."
            yield from (_finding(reading, quad, "dangling-reference", message) for quad in stated.by_value[value])


def _slugs_by_kind(reading: Reading) -> dict[str, list[str]]:
    """The addresses of all things that are described and not withdrawn."""
    known: dict[str, list[str]] = {}
    withdrawn = gone(reading.quads)
    for stated in reading.stated.values():
        for node in stated.by_subject:
            if isinstance(node, NamedNode) and node.value not in withdrawn:
                slug = _slug(node.value, reading)
                known.setdefault(slug.partition("/")[0], []).append(slug)
    return known


def _withdrawn(reading: Reading) -> Iterator[Finding]:
    files = reading.stated.values()
    found = gone(reading.quads) if any(WITHDRAWN in stated.predicates for stated in files) else {}
    for iri, former in found.items():
        node, slug = NamedNode(iri), _slug(iri, reading)
        described = (quad for stated in files for quad in stated.by_subject.get(node, ()))
        if quad := next((quad for quad in described if quad.predicate not in _OF_A_WITHDRAWN_ADDRESS), None):
            message = (
                f"<{slug}> was withdrawn and is described all the same. Move what is said to the new address, or take "
                "out eug:withdrawn."
            )
            yield _finding(reading, quad, "withdrawn-described", message)
        if former.successor:
            new = _slug(former.successor, reading)
            message = f"<{slug}> is called <{new}> since {former.day}. Write the new address."
        else:
            why = f": {former.note.rstrip('. ')}" if former.note else ""
            message = f"<{slug}> was withdrawn on {former.day}{why}. Take the statement out, or name something else."
        for stated in files:
            for quad in stated.by_value.get(node, ()):
                if quad.predicate != REPLACED_BY:
                    yield _finding(reading, quad, "withdrawn-reference", message)


def _slug(iri: str, reading: Reading) -> str:
    return iri.removeprefix(reading.base_iri)


def _kinds(reading: Reading, vocabulary: Vocabulary) -> dict[object, dict[NamedNode, list[Quad]]]:
    """Of which classes each thing is, as far as they exclude others, and what says so."""
    kinds: dict[object, dict[NamedNode, list[Quad]]] = {}
    for stated in reading.stated.values():
        for kind in stated.names.keys() & vocabulary.excluding:
            for quad in stated.by_value[kind]:
                if quad.predicate == RDF_TYPE:
                    kinds.setdefault(quad.subject, {}).setdefault(kind, []).append(quad)
    return kinds


def _two_things(reading: Reading, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Told at each place: whoever looks at one of the files alone must see it."""
    for quads in _kinds(reading, vocabulary).values():
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

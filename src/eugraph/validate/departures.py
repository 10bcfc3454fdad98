"""Where a graph in the words of a vocabulary departs from it: unknown terms, wrong classes and datatypes, wrong counts.

The vocabulary is read as a demand, as a shape is: what it says of every member of a class, and the graph does not
state, is missing. To OWL itself, which takes nothing to be known in full, that would be no fault.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from pyoxigraph import Literal, NamedNode, Quad, Triple

from eugraph.rdf.lexical import expected_form
from eugraph.validate.vocabulary import RDFS_LITERAL, Alternatives, Restriction, Vocabulary
from eugraph.vocab import PREFIXES, RDF_TYPE, shorten

_XSD, _SCHEMA = PREFIXES["xsd"], PREFIXES["schema"]
_STRING = f"{_XSD}string"
_STRINGS = frozenset(_XSD + name for name in ("string", "normalizedString", "token", "language"))
_SIGNED = ("integer", "nonPositiveInteger", "negativeInteger", "long", "int", "short", "byte")
_UNSIGNED = ("nonNegativeInteger", "positiveInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte")
_WHOLE = frozenset(_XSD + name for name in (*_SIGNED, *_UNSIGNED))
# What a plain text must look like to be a value of schema.org's datatypes; those absent here take any text.
_SCHEMA_FORMS = {
    "Boolean": ("boolean",),
    "Date": ("date", "gYearMonth", "gYear"),
    "DateTime": ("dateTime",),
    "Time": ("time",),
    "Number": ("decimal", "double"),
    "Float": ("decimal", "double"),
    "Integer": ("integer",),
}
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+\Z")


class Kind(StrEnum):
    """In which way a graph departs."""

    UNKNOWN_CLASS = "unknown class"
    UNKNOWN_PROPERTY = "unknown property"
    UNCLASSED = "without a class"  # a subject or a value that would need one
    DOMAIN = "subject of another class"
    RANGE = "value of another class or type"
    TOO_FEW = "too few values"
    TOO_MANY = "too many values"
    DISJOINT = "classes that exclude each other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """One way in which a graph departs, with how often it does."""

    kind: Kind
    class_: str  # of the subject, or that demands it; as prefix:name, or nothing
    property_: str  # as prefix:name, or nothing
    found: str  # class or datatype of the value, or the class that excludes the first
    count: int
    example: str  # IRI of the first subject by code points


def departures(statements: Iterable[Triple | Quad], vocabulary: Vocabulary) -> list[Departure]:
    """Return where the statements depart from the vocabulary, grouped and sorted."""
    return _Comparison(statements, vocabulary).departures()


class _Comparison:
    def __init__(self, statements: Iterable[Triple | Quad], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._own: dict[str, set[str]] = defaultdict(set)  # classes stated
        self._said: dict[str, dict[str, set[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(set))
        for statement in statements:
            subject, value = statement.subject, statement.object
            if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
                continue
            if statement.predicate == RDF_TYPE:
                self._own[subject.value].add(value.value)
            else:
                self._said[subject.value][statement.predicate.value].add(value)
        self._lineages: dict[frozenset[str], frozenset[str]] = {}
        self._found: dict[tuple[Kind, str, str, str], tuple[int, str]] = {}

    def departures(self) -> list[Departure]:
        for subject in sorted(self._own.keys() | self._said.keys()):
            self._of_classes(subject)
            for name, values in self._said.get(subject, {}).items():
                self._of_property(subject, name, values)
            self._of_counts(subject, self._said.get(subject, {}))
        return [
            Departure(kind=kind, class_=class_, property_=name, found=found, count=count, example=example)
            for (kind, class_, name, found), (count, example) in sorted(self._found.items())
        ]

    def _note(self, subject: str, kind: Kind, class_: str = "", name: str = "", found: str = "") -> None:
        key = (kind, class_, name and shorten(name), found)
        count, example = self._found.get(key, (0, subject))
        self._found[key] = (count + 1, example)

    def _lineage(self, iri: str) -> frozenset[str]:
        """The classes of a thing, those above included."""
        own = frozenset(self._own.get(iri, ()))
        if (known := self._lineages.get(own)) is None:
            known = frozenset().union(*(self._vocabulary.classes.get(name, {name}) for name in own))
            self._lineages[own] = known
        return known

    def _named(self, iri: str) -> str:
        """The narrowest classes of a thing, for people."""
        own = self._own.get(iri, set())
        wider = {above for name in own for above in self._vocabulary.classes.get(name, ()) if above != name}
        return " ".join(sorted(shorten(name) for name in own - wider))

    def _of_classes(self, subject: str) -> None:
        for name in self._own.get(subject, ()):
            if name not in self._vocabulary.classes:
                self._note(subject, Kind.UNKNOWN_CLASS, shorten(name))
        for pair in combinations(sorted(self._lineage(subject)), 2):
            if frozenset(pair) in self._vocabulary.disjoint:
                self._note(subject, Kind.DISJOINT, shorten(pair[0]), "", shorten(pair[1]))

    def _of_property(self, subject: str, name: str, values: set[NamedNode | Literal]) -> None:
        known = self._vocabulary.properties.get(name)
        if known is None:
            self._note(subject, Kind.UNKNOWN_PROPERTY, self._named(subject), name)
            return
        lineage = self._lineage(subject)
        for domain in known.domains:
            if not lineage:
                self._note(subject, Kind.UNCLASSED, "", name, "subject")
            elif not lineage & domain.classes:
                self._note(subject, Kind.DOMAIN, self._named(subject), name)
        for wanted in known.ranges:
            self._of_values(subject, "", name, values, wanted)

    def _of_values(
        self, subject: str, class_: str, name: str, values: Iterable[NamedNode | Literal], wanted: Alternatives
    ) -> None:
        for value in values:
            if self._fits(value, wanted):
                continue
            if isinstance(value, Literal):
                self._note(subject, Kind.RANGE, class_, name, _type_of(value, wanted))
            elif value.value not in self._own:
                self._note(subject, Kind.UNCLASSED, class_, name, "value")
            else:
                self._note(subject, Kind.RANGE, class_, name, self._named(value.value))

    def _of_counts(self, subject: str, said: Mapping[str, set[NamedNode | Literal]]) -> None:
        for class_ in self._lineage(subject):
            for restriction in self._vocabulary.restrictions.get(class_, ()):
                self._restricted(subject, class_, restriction, said)
        for name, values in said.items():
            known = self._vocabulary.properties.get(name)
            if known and known.functional and len(values) > 1:
                self._note(subject, Kind.TOO_MANY, "", name)

    def _restricted(
        self, subject: str, class_: str, restriction: Restriction, said: Mapping[str, set[NamedNode | Literal]]
    ) -> None:
        values = {value for name, of_it in said.items() if restriction.of in self._above(name) for value in of_it}
        lacking = restriction.some and not any(self._fits(value, restriction.some) for value in values)
        if len(values) < restriction.least or lacking:
            self._note(subject, Kind.TOO_FEW, shorten(class_), restriction.of)
        if restriction.most is not None and len(values) > restriction.most:
            self._note(subject, Kind.TOO_MANY, shorten(class_), restriction.of)
        if restriction.every:
            self._of_values(subject, shorten(class_), restriction.of, values, restriction.every)

    def _above(self, name: str) -> frozenset[str]:
        known = self._vocabulary.properties.get(name)
        return known.above if known else frozenset((name,))

    def _fits(self, value: NamedNode | Literal, wanted: Alternatives) -> bool:
        if isinstance(value, Literal):
            if wanted.texts and value.value in wanted.texts and value.datatype.value == _STRING:
                return True
            return any(_is_of(value, datatype) for datatype in wanted.datatypes)
        return bool(self._lineage(value.value) & wanted.classes)


def _is_of(literal: Literal, wanted: str) -> bool:
    """Tell whether the value of a literal is one of a datatype: the integer 3 is a nonNegativeInteger."""
    own, text = literal.datatype.value, literal.value
    if expected_form(text, own) is not None:
        return False
    if wanted.startswith(_SCHEMA):
        if wanted == f"{_SCHEMA}URL":
            return _ABSOLUTE.match(text) is not None
        forms = _SCHEMA_FORMS.get(wanted.removeprefix(_SCHEMA))
        return forms is None or any(expected_form(text, _XSD + form) is None for form in forms)
    if wanted in (own, RDFS_LITERAL) or (wanted == _STRING and own in _STRINGS):
        return True
    return own in _WHOLE and wanted in {*_WHOLE, f"{_XSD}decimal"} and expected_form(text, wanted) is None


def _type_of(literal: Literal, wanted: Alternatives) -> str:
    """What a literal is, for people: its datatype, or the text where texts are listed or the text is the fault."""
    own = literal.datatype.value
    by_form = any(name.startswith(_SCHEMA) for name in wanted.datatypes)
    is_listed = bool(wanted.texts) and own == _STRING
    return f'"{literal.value}"' if is_listed or by_form or own in wanted.datatypes else shorten(own)

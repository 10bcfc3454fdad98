"""The JSON-LD context: which plain name stands for which property or class, made from the ontology.

Names are the local names of our own terms and names chosen here for the terms that we reuse. A date that may be
partial has three names, one for each datatype: startDate, startMonth, startYear; issued, issuedMonth, issuedYear. A
prefix that is also the name of a property (`role`, `country`, `status`) is written with a capital, `Role:coordinator`:
in JSON-LD a name has one meaning.

Spec: JSON-LD 1.1 §3.1 and §4, <https://www.w3.org/TR/json-ld11/#the-context>.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, Triple

from eugraph.rdf.turtle_terms import Names, Prefixes
from eugraph.vocab import EUG, PREFIXES, SCHEME

Json = str | int | bool | list["Json"] | dict[str, "Json"]

_RDF, _RDFS, _OWL, _XSD = (PREFIXES[name] for name in ("rdf", "rdfs", "owl", "xsd"))
ALIASES = ("id", "type", "included")  # of keywords; a relative address must not look like one
_ONE, _MANY = False, True
_ID, _TEXT, _PLAIN, _DATE, _DECIMAL = "@id", "@language", "", f"{_XSD}date", f"{_XSD}decimal"
_STRING, _MONTH, _YEAR = (f"{_XSD}{name}" for name in ("string", "gYearMonth", "gYear"))
_REUSED = (
    ("name", "skos:prefLabel", _TEXT, _ONE),
    ("altName", "skos:altLabel", _TEXT, _MANY),
    ("title", "dcterms:title", _TEXT, _ONE),
    ("description", "dcterms:description", _TEXT, _ONE),
    ("abstract", "dcterms:abstract", _TEXT, _ONE),
    ("rights", "dcterms:rights", _TEXT, _ONE),
    ("latitude", "schema:latitude", _DECIMAL, _ONE),
    ("longitude", "schema:longitude", _DECIMAL, _ONE),
    ("definition", "skos:definition", _TEXT, _ONE),
    ("example", "skos:example", _TEXT, _MANY),
    ("scopeNote", "skos:scopeNote", _TEXT, _MANY),
    ("label", "rdfs:label", _TEXT, _ONE),
    ("comment", "rdfs:comment", _TEXT, _ONE),
    ("keyword", "dcat:keyword", _TEXT, _MANY),
    ("notation", "skos:notation", _PLAIN, _MANY),
    ("issued", "dcterms:issued", _DATE, _ONE),
    ("issuedMonth", "dcterms:issued", _MONTH, _ONE),
    ("issuedYear", "dcterms:issued", _YEAR, _ONE),
    ("modified", "dcterms:modified", _DATE, _ONE),
    ("created", "dcterms:created", _DATE, _ONE),
    ("homepage", "foaf:homepage", _ID, _ONE),
    ("page", "foaf:page", _ID, _MANY),
    ("source", "dcterms:source", _ID, _MANY),
    ("publisher", "dcterms:publisher", _ID, _ONE),
    ("creator", "dcterms:creator", _ID, _MANY),
    ("license", "dcterms:license", _ID, _ONE),
    ("partOf", "dcterms:isPartOf", _ID, _MANY),
    ("hasPart", "dcterms:hasPart", _ID, _MANY),
    ("inScheme", "skos:inScheme", _ID, _MANY),
    ("topConceptOf", "skos:topConceptOf", _ID, _MANY),
    ("hasTopConcept", "skos:hasTopConcept", _ID, _MANY),
    ("broader", "skos:broader", _ID, _MANY),
    ("narrower", "skos:narrower", _ID, _MANY),
    ("exactMatch", "skos:exactMatch", _ID, _MANY),
    ("closeMatch", "skos:closeMatch", _ID, _MANY),
    ("relatedMatch", "skos:relatedMatch", _ID, _MANY),
    ("broadMatch", "skos:broadMatch", _ID, _MANY),
    ("narrowMatch", "skos:narrowMatch", _ID, _MANY),
    ("seeAlso", "rdfs:seeAlso", _ID, _MANY),
    ("isDefinedBy", "rdfs:isDefinedBy", _ID, _ONE),
    ("sameAs", "owl:sameAs", _ID, _MANY),
    ("wasDerivedFrom", "prov:wasDerivedFrom", _ID, _MANY),
    ("wasGeneratedBy", "prov:wasGeneratedBy", _ID, _MANY),
    ("generatedAtTime", "prov:generatedAtTime", f"{_XSD}dateTime", _ONE),
    ("hadPrimarySource", "prov:hadPrimarySource", _ID, _MANY),
)
_SINGLE_VALUED = (f"{_OWL}FunctionalProperty", f"{EUG}SingleValuedProperty")
_CLASSES = (f"{_OWL}Class", f"{_RDFS}Class")
_PROPERTIES = (f"{_OWL}ObjectProperty", f"{_OWL}DatatypeProperty", f"{_RDF}Property", *_SINGLE_VALUED)
_PLAIN_RANGES = ("", f"{_XSD}string", f"{_RDFS}Literal", f"{_RDFS}Resource")
_VALUE_PROPERTIES = {f"{EUG}value", f"{_RDF}value"}  # of any type: never coerced
# The order of keys in a node: these, then others by name, then those, then keys that are no names.
_BEGIN = (
    "name altName acronym legalName title description definition property value comparator participatesIn organisation "
    "role startDate startMonth startYear endDate endMonth endYear date month year startEarliest "
    "startLatest endEarliest endLatest dateEarliest dateLatest durationMonths status grant grantNumber doi funder "
    "programme call fundingScheme currency totalCost euContribution netEuContribution inKindContribution "
    "otherContribution"
)
_END = "source confidence note hasParticipation holdsParticipation preferredClaim disputes"
_RANK = {name: rank for rank, name in enumerate(_BEGIN.split())}
_RANK |= {name: 200 + rank for rank, name in enumerate(_END.split())}
_ELSEWHERE, _LAST = 100, 300
_MOST_ORDERS = 5000  # sets of properties whose order is kept
_NATIVE = (f"{_XSD}integer", f"{_XSD}boolean")  # whose values may be those of JSON


_PREFIXES = {**PREFIXES, "scheme": SCHEME}  # or readers that shorten addresses would write ../scheme/role


@dataclass(frozen=True, slots=True)
class Term:
    """One key of a document: the name of a property, or of a class (`kind` is then "@class").

    `kind` says what a bare value under this key is: "@id" an IRI, "@vocab" a name of this context, "@language" a map
    from language to text, a datatype IRI a literal of that type, "" nothing special; "@reverse" the key says the
    property from object to subject.
    """

    name: str
    iri: str
    kind: str
    many: bool


class Plan(NamedTuple):
    """How a property is written. Plans sort in the order of keys in a node."""

    rank: int
    name: str
    predicate: str  # N-Triples text
    main: Term | None  # its first name
    terms: Mapping[str, Term]  # by kind
    plain: Mapping[str, Term]  # those of them under which a literal is a text of JSON
    thing: Term | None  # for an object that is no literal
    other: Term | None  # for a literal of a type that has no term


@dataclass(frozen=True)
class Context:
    """Names for properties and classes, and prefixes for everything else."""

    terms: Mapping[str, Term]
    prefixes: Prefixes
    classes: Mapping[str, Term] = field(init=False)
    _properties: Mapping[str, Sequence[Term]] = field(init=False, repr=False)  # IRI -> names, the main one first
    _plans: dict[str, Plan] = field(default_factory=dict, init=False, repr=False)
    _orders: dict[tuple[str, ...], Sequence[Plan]] = field(default_factory=dict, init=False, repr=False)
    _definitions: dict[str, tuple[Collection[str], str]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        properties: dict[str, list[Term]] = {}
        for term in self.terms.values():
            if term.kind not in ("@class", "@reverse"):
                properties.setdefault(term.iri, []).append(term)
        object.__setattr__(self, "_properties", properties)
        object.__setattr__(self, "classes", {t.iri: t for t in self.terms.values() if t.kind == "@class"})

    def plan_of(self, predicate: str) -> Plan:
        """Return how to write a property, given as N-Triples text."""
        plan = self._plans.get(predicate)
        if plan is None:
            terms = self._properties.get(predicate[1:-1], ())
            kinds = {term.kind: term for term in reversed(terms)}
            if "" in kinds:
                kinds.setdefault(_STRING, kinds[""])
            other = next((term for term in terms if term.kind != "@language"), None)
            main = terms[0] if terms else None
            name = main.name if main else predicate
            rank = _RANK.get(name, _ELSEWHERE) if main else _LAST
            if predicate == f"<{_RDF}type>":
                rank = -1
            thing = kinds.get("@id") or kinds.get("@vocab") or other
            plain = {kind: term for kind, term in kinds.items() if kind == term.kind and kind not in _NATIVE}
            plan = self._plans[predicate] = Plan(rank, name, predicate, main, kinds, plain, thing, other)
        return plan

    def plans_of(self, predicates: tuple[str, ...]) -> Sequence[Plan]:
        """Return how to write several properties, in the order of keys in a node."""
        plans = self._orders.get(predicates)
        if plans is None:
            if len(self._orders) >= _MOST_ORDERS:
                self._orders.clear()
            plans = self._orders[predicates] = sorted([self.plan_of(predicate) for predicate in predicates])
        return plans

    @classmethod
    def from_ontology(cls, statements: Iterable[Triple | Quad], prefixes: Mapping[str, str] = _PREFIXES) -> Context:
        """Make the context of an ontology: its own terms, and those that it is known to reuse."""
        terms: dict[str, Term] = {}
        for term in (*_own_terms(statements), *_reused_terms(), *_TURNED):
            if term.name not in ALIASES:
                terms.setdefault(term.name, term)
        spaces = {prefix.capitalize() if prefix in terms else prefix: space for prefix, space in prefixes.items()}
        return cls(terms, Prefixes({prefix: space for prefix, space in spaces.items() if prefix not in terms}))

    def without(self, prefixes: Collection[str]) -> Context:
        """Return the context without some prefixes, for a document with IRIs whose scheme has such a name."""
        spaces = {prefix: space for prefix, space in self.prefixes.spaces.items() if prefix not in prefixes}
        return Context(self.terms, Prefixes(spaces))

    def inline(
        self, names: Names, terms: Collection[str], *, base: str | None, included: bool
    ) -> tuple[set[str], list[str]]:
        """Return the prefixes and the lines of a context that holds these terms and the prefixes `names` has used."""
        defined = [self._define(name) for name in sorted(terms)]
        used = names.used.union(*(prefixes for prefixes, _ in defined))
        lines = [_line("@base", names.moved(base))] if base is not None else []
        lines += _ALIASES
        if included:
            lines.append(_line("included", "@included"))
        for prefix in sorted(used):
            lines.append(_prefix_line(prefix, names.space(prefix)))
        lines += [line for _, line in defined]
        return used, lines

    def whole(self, base: str) -> bytes:
        """Return a document with nothing but a context that holds everything."""
        names = Names(self.prefixes)
        names.used.update(self.prefixes.spaces)
        _, lines = self.inline(names, self.terms, base=base, included=True)
        return b'{\n  "@context": ' + context_text(lines) + b"\n}\n"

    def _define(self, name: str) -> tuple[Collection[str], str]:
        """Return the prefixes that the definition of a term needs, and its line."""
        found = self._definitions.get(name)
        if found is None:
            term, names = self.terms[name], Names(self.prefixes)
            iri = names.node(f"<{term.iri}>").strip("<>")
            definition: dict[str, Json] = {"@reverse" if term.kind == "@reverse" else "@id": iri}
            if term.kind in ("@id", "@vocab"):
                definition["@type"] = term.kind
            elif term.kind and term.kind[0] != "@":
                definition["@type"] = names.node(f"<{term.kind}>").strip("<>")
            container: list[Json] = ["@language"] if term.kind == "@language" else []
            container += ["@set"] if term.many and term.kind != "@class" else []
            if container:
                definition["@container"] = container if len(container) > 1 else container[0]
            line = _line(name, iri if definition == {"@id": iri} else definition)
            found = self._definitions[name] = (names.used, line)
        return found


def context_text(lines: Iterable[str]) -> bytes:
    """Return the value of "@context", one definition a line, indented to stand in a document."""
    return ("{\n" + ",\n".join(lines) + "\n  }").encode()


@functools.lru_cache(maxsize=256)
def _prefix_line(prefix: str, space: str) -> str:
    return _line(prefix, space if space[-1] in ":/?#[]@" else {"@id": space, "@prefix": True})


def _line(name: str, definition: Json) -> str:
    return f"    {json.dumps(name)}: {json.dumps(definition, ensure_ascii=False)}"


_ALIASES = (_line("id", "@id"), _line("type", "@type"))
_TURNED = (
    Term("claims", f"{EUG}subject", "@reverse", _MANY),
    Term("participations", f"{EUG}participatesIn", "@reverse", _MANY),
)


def _reused_terms() -> Iterable[Term]:
    for name, curie, kind, many in _REUSED:
        prefix, _, local = curie.partition(":")
        yield Term(name, PREFIXES[prefix] + local, kind, many)


def _own_terms(statements: Iterable[Triple | Quad]) -> Iterable[Term]:
    """Yield the terms of our namespace that the ontology declares, in order of their names."""
    types: dict[str, set[str]] = {}
    ranges: dict[str, set[str]] = {}
    for statement in statements:
        subject, predicate, value = statement.subject, statement.predicate.value, statement.object
        if isinstance(subject, NamedNode) and subject.value.startswith(EUG):
            if predicate == f"{_RDF}type" and isinstance(value, NamedNode):
                types.setdefault(subject.value, set()).add(value.value)
            elif predicate == f"{_RDFS}range":
                ranges.setdefault(subject.value, set()).add(value.value if isinstance(value, NamedNode) else "")
    names = {iri[len(EUG) :] for iri in types}
    for iri, found in sorted(types.items()):
        name = iri[len(EUG) :]
        if found.intersection(_CLASSES):
            yield Term(name, iri, "@class", _MANY)
        elif found.intersection(_PROPERTIES):
            many = not found.intersection(_SINGLE_VALUED)
            yield from _property_terms(name, _kind(iri, found, ranges.get(iri, {""})), many, names)


def _kind(iri: str, types: set[str], ranges: set[str]) -> str:
    if iri == f"{EUG}property":
        return "@vocab"
    if iri in _VALUE_PROPERTIES:
        return _PLAIN
    if f"{_OWL}ObjectProperty" in types:
        return _ID
    target = next(iter(ranges)) if len(ranges) == 1 else ""
    if target == f"{_RDF}langString":
        return _TEXT
    if target in _PLAIN_RANGES:
        return _PLAIN
    return target if target.startswith(_XSD) else _ID


def _property_terms(name: str, kind: str, many: bool, names: Collection[str]) -> Iterable[Term]:
    iri = EUG + name
    if kind != _PLAIN or not name.lower().endswith("date"):
        yield Term(name, iri, kind, many)
        return
    yield Term(name, iri, _DATE, many)  # a date that may be partial
    for suffix, datatype in (("Month", _MONTH), ("Year", _YEAR)):
        variant = name[:-4] + suffix if len(name) > 4 else suffix.lower()
        if variant not in names:
            yield Term(variant, iri, datatype, many)

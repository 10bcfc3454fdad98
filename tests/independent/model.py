"""The workspace's data as plain Python values, and what follows from it, worked out without the engine.

Nothing here comes from the package under test: rdflib parses Turtle, the two small readers below the few keys that the
data's YAML and CSV use, dicts and loops do the rest. Derived are the first and
last days that partial dates can mean, the preferred claims and what disputes them, the plain values of claims, inverse
links, coordinators and durations.
"""

from __future__ import annotations

import calendar
import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

import rdflib
from ruamel.yaml import YAML

BASE = "https://w3id.org/eugraph/id/"
EUG = "https://w3id.org/eugraph/ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SCHEME = "https://w3id.org/eugraph/scheme/"
COUNTRY = "http://publications.europa.eu/resource/authority/country/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
BROADER = "http://www.w3.org/2004/02/skos/core#broader"
MATCH = "http://www.w3.org/2004/02/skos/core#exactMatch"
SOURCE = "http://purl.org/dc/terms/source"
PUBLISHER = "http://purl.org/dc/terms/publisher"
NOTATION = "http://www.w3.org/2004/02/skos/core#notation"
PART_OF = "http://purl.org/dc/terms/isPartOf"
HAS_PART = "http://purl.org/dc/terms/hasPart"
TITLE = "http://purl.org/dc/terms/title"
DESCRIPTION = "http://purl.org/dc/terms/description"
HOMEPAGE = "http://xmlns.com/foaf/0.1/homepage"
PAGE = "http://xmlns.com/foaf/0.1/page"
DATES = {XSD + "gYear", XSD + "gYearMonth", XSD + "date"}
NUMBERS = {XSD + "integer", XSD + "decimal"}

INVERSES = {
    EUG + "grant": EUG + "funds",
    EUG + "funds": EUG + "grant",
    EUG + "organisation": EUG + "holdsParticipation",
    EUG + "participatesIn": EUG + "hasParticipation",
    EUG + "predecessor": EUG + "successor",
    EUG + "successor": EUG + "predecessor",
    EUG + "relatedTo": EUG + "relatedTo",
    PART_OF: HAS_PART,
    HAS_PART: PART_OF,
}


class Term(NamedTuple):
    """An IRI (without datatype and language) or a literal."""

    text: str
    datatype: str = ""
    language: str = ""

    @property
    def is_iri(self) -> bool:
        return not self.datatype and not self.language

    @property
    def cell(self) -> str:
        """The text as a query engine shows it: numbers in their shortest form."""
        return number(Decimal(self.text)) if self.datatype in NUMBERS else self.text


class Statement(NamedTuple):
    """A subject, a property and a value."""

    subject: str
    property: str
    value: Term


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One source's statement."""

    iri: str
    subject: str
    property: str
    values: tuple[Term, ...]
    comparator: str
    confidence: str
    currency: str
    date_text: str  # "" where it has none
    sources: tuple[str, ...]


@dataclass
class Model:
    """Curated and derived statements, by subject and property."""

    curated: set[Statement]  # what the data files say
    background: set[Statement]  # what the concept schemes and the ontology say
    derived: set[Statement] = field(default_factory=set)
    _index: dict[str, dict[str, set[Term]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))

    def __post_init__(self) -> None:
        for statement in self.curated | self.background:
            self._put(statement)
        for claim in self.claims:
            self._derive_bounds(claim.iri, "date", "date")
        self._derive_coordinators()
        self._derive_values()
        self._derive_inverses()
        self._derive_of_participations()
        for subject in list(self._index):
            self._derive_bounds(subject, "startDate", "start")
            self._derive_bounds(subject, "endDate", "end")
            self._derive_duration(subject)
        self._derive_disputes()

    # Looking up

    def values(self, subject: str, prop: str) -> list[Term]:
        """All values of a property, sorted."""
        return sorted(self._index.get(subject, {}).get(_full(prop), ()))

    def one(self, subject: str, prop: str) -> Term | None:
        """The value of a property that has one at most."""
        found = self.values(subject, prop)
        assert len(found) <= 1, (subject, prop, found)
        return found[0] if found else None

    def cell(self, subject: str, prop: str) -> str:
        """That value as text, "" where there is none."""
        found = self.one(subject, prop)
        return found.cell if found else ""

    def iris(self, subject: str, prop: str) -> list[str]:
        """The texts of all values of a property."""
        return [term.text for term in self.values(subject, prop)]

    def things(self, *kinds: str) -> list[str]:
        """All things of these classes."""
        wanted = {Term(EUG + kind) for kind in kinds}
        return sorted(s for s, properties in list(self._index.items()) if wanted & properties.get(TYPE, set()))

    def subjects(self, prop: str, value: str) -> list[str]:
        """All things that have this IRI as a value of the property."""
        return self._reverse.get((_full(prop), value), [])

    def having(self, prop: str) -> list[str]:
        """All things that have a value of the property."""
        return sorted(s for s, properties in list(self._index.items()) if properties.get(_full(prop)))

    def name(self, thing: str) -> str:
        """The name in English, else the first in another language, else the IRI."""
        labels = self.values(thing, LABEL)
        english = sorted(label.text for label in labels if label.language == "en")
        other = sorted(label.text for label in labels if label.language != "en")
        return (english + other + [thing])[0]

    def english(self, thing: str) -> str:
        """The English name, "" where there is none."""
        return min((label.text for label in self.values(thing, LABEL) if label.language == "en"), default="")

    def country(self, organisation: str) -> str:
        """The name of an organisation's country, else its code, else ""."""
        place = self.cell(organisation, "country")
        return self.english(place) or place.rpartition("/")[2]

    def confidence(self, thing: str) -> str:
        """stated, derived or unverified, "" where nothing is said."""
        return self.cell(thing, "confidence").rpartition("#")[2]

    @cached_property
    def participations(self) -> list[tuple[str, str, str]]:
        """Participation, what it is in, and organisation."""
        return [
            (thing, undertaking, organisation)
            for thing in self._index
            for undertaking in self.iris(thing, "participatesIn")
            for organisation in self.iris(thing, "organisation")
        ]

    @cached_property
    def claims(self) -> list[Claim]:
        """Every claim of the data."""
        return [
            Claim(
                iri=thing,
                subject=subject,
                property=prop,
                values=tuple(self.values(thing, "value")),
                comparator=self.cell(thing, "comparator").rpartition("#")[2] or "exactly",
                confidence=self.confidence(thing),
                currency=self.cell(thing, "currency"),
                date_text=self.cell(thing, "date"),
                sources=tuple(self.iris(thing, SOURCE)),
            )
            for thing in list(self._index)
            for subject in self.iris(thing, "subject")
            for prop in self.iris(thing, "property")
        ]

    @cached_property
    def _reverse(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for statement in self._all():
            if statement.value.is_iri:
                found[statement.property, statement.value.text].append(statement.subject)
        return {key: sorted(subjects) for key, subjects in found.items()}

    # Deriving

    def _all(self) -> Iterator[Statement]:
        for subject, properties in list(self._index.items()):
            for prop, values in list(properties.items()):
                for value in list(values):
                    yield Statement(subject, prop, value)

    def _put(self, statement: Statement) -> None:
        self._index[statement.subject][statement.property].add(statement.value)

    def _add(self, subject: str, prop: str, value: Term) -> None:
        statement = Statement(subject, _full(prop), value)
        if statement not in self.curated:
            self.derived.add(statement)
            self._put(statement)

    def _derive_bounds(self, subject: str, prop: str, stem: str) -> None:
        for value in self.values(subject, prop):
            if value.datatype in DATES:
                first, last = bounds(value.text)
                self._add(subject, f"{stem}Earliest", Term(first, XSD + "date"))
                self._add(subject, f"{stem}Latest", Term(last, XSD + "date"))

    def _derive_values(self) -> None:
        coordinated = {statement.subject for statement in self.derived if statement.property == EUG + "coordinator"}
        single = {s.subject for s in self.background if s.value.text == EUG + "SingleValuedProperty"}
        rivals: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in self.claims:
            if claim.confidence == "unverified":
                continue
            if claim.property == EUG + "coordinator" and claim.subject in coordinated:
                continue  # a participation has told it
            if claim.property not in single:
                for value in claim.values:
                    self._add(claim.subject, claim.property, value)
            elif claim.currency in ("", "EUR"):
                rivals[claim.subject, claim.property].append(claim)
        for (subject, prop), claims in rivals.items():
            best = min(claims, key=self._standing)
            self._add(subject, "preferredClaim", Term(best.iri))
            for value in best.values:
                self._add(subject, prop, value)

    def _standing(self, claim: Claim) -> tuple[int, int, int, int, str]:
        """The better the claim, the smaller."""
        ranks = [int(r.text) for s in claim.sources for k in self.iris(s, "sourceKind") for r in self.values(k, "rank")]
        latest = [int(day.text.replace("-", "")) for day in self.values(claim.iri, "dateLatest")]
        return (
            ("stated", "derived").index(claim.confidence),
            min(ranks),
            -max(latest, default=0),
            0 if claim.comparator == "exactly" else 1,
            claim.iri,
        )

    def _derive_inverses(self) -> None:
        for statement in list(self._all()):
            if statement.property in INVERSES and statement.value.is_iri:
                self._add(statement.value.text, INVERSES[statement.property], Term(statement.subject))

    def _derive_of_participations(self) -> None:
        for participation, undertaking, organisation in self.participations:
            self._add(organisation, "takesPartIn", Term(undertaking))
            for country in self.iris(organisation, "country"):
                self._add(participation, "participantCountry", Term(country))

    def _derive_coordinators(self) -> None:
        for participation, undertaking, organisation in self.participations:
            if SCHEME + "role#coordinator" in self.iris(participation, "role"):
                self._add(undertaking, "coordinator", Term(organisation))

    def _derive_duration(self, subject: str) -> None:
        start, end = self.one(subject, "startDate"), self.one(subject, "endDate")
        if Term(EUG + "Project") not in self.values(subject, TYPE) or not (start and end):
            return
        if {start.datatype, end.datatype} & {XSD + "gYear"}:
            return  # years alone tell no months
        (year, month, day), last = _ymd(bounds(start.text)[0]), _ymd(bounds(end.text)[1])
        if (year, month, day) > last:
            return
        if self.values(subject, "durationMonths"):
            return  # a claim has told it
        months = next(n for n in range(1, 10_000) if (year * 12 + month + n, day) > (last[0] * 12 + last[1], last[2]))
        self._add(subject, "durationMonths", Term(str(months), XSD + "integer"))

    def _derive_disputes(self) -> None:
        by_iri = {claim.iri: claim for claim in self.claims}
        by_key: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in self.claims:
            by_key[claim.subject, claim.property].append(claim)
        for subject in list(self._index):
            for iri in self.iris(subject, "preferredClaim"):
                best = by_iri[iri]
                for rival in by_key[best.subject, best.property]:
                    if rival.iri != best.iri and self._differ(best, rival):
                        self._add(rival.iri, "disputes", Term(best.iri))

    def _differ(self, one: Claim, other: Claim) -> bool:
        """Tell whether two claims disagree. A less exact date and a broader concept do not."""
        return any(
            not (
                a.datatype in DATES and b.datatype in DATES and (a.text.startswith(b.text) or b.text.startswith(a.text))
            )
            and not (a in self.values(b.text, BROADER) or b in self.values(a.text, BROADER))
            and (a.cell != b.cell or one.comparator != other.comparator)
            for a in one.values
            for b in other.values
        )


def load(root: Path) -> Model:
    """Read the data, the concept schemes and the ontology of a workspace."""
    return Model(curated=_read(root / "data"), background=_read(root / "ontology"))


def bounds(text: str) -> tuple[str, str]:
    """The first and the last day that a year, a month or a day can mean."""
    if len(text) == 4:
        return f"{text}-01-01", f"{text}-12-31"
    if len(text) == 7:
        return f"{text}-01", f"{text}-{calendar.monthrange(int(text[:4]), int(text[5:]))[1]}"
    return text, text


def number(value: Decimal) -> str:
    """A number in its shortest form, without an exponent."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def _full(prop: str) -> str:
    return prop if ":" in prop else EUG + prop


def _ymd(day: str) -> tuple[int, int, int]:
    year, month, date = day.split("-")
    return int(year), int(month), int(date)


def _read(folder: Path) -> set[Statement]:
    readers = {".ttl": _parse, ".yaml": _parse_yaml, ".csv": _parse_fields}
    return {
        statement
        for path in sorted(folder.rglob("*"))
        if path.suffix in readers
        for statement in readers[path.suffix](path.read_text(encoding="utf-8"))
    }


@cache
def _parse(text: str) -> frozenset[Statement]:
    """Read Turtle; literals stay as written."""
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        graph = rdflib.Graph().parse(data=text, format="turtle", publicID=BASE)
    finally:
        rdflib.NORMALIZE_LITERALS = before
    return frozenset(Statement(str(s), str(p), _term(o)) for s, p, o in graph if not isinstance(s, rdflib.BNode))


def _term(node: rdflib.term.Node) -> Term:
    if not isinstance(node, rdflib.Literal):
        return Term(str(node))
    return Term(str(node), "" if node.language else str(node.datatype or XSD + "string"), (node.language or "").lower())


# Descriptions in YAML and CSV, with the keys that the data uses; another key is an error here

NAMED = {"name": LABEL, "description": DESCRIPTION, "remark": EUG + "remark"}  # texts in languages
PLAIN = {"acronym": EUG + "acronym"}
LINKS = {"source": SOURCE, "partOf": PART_OF, "predecessor": EUG + "predecessor", "confidence": EUG + "confidence"}
DAYS = {"date": EUG + "date"}


@cache
def _parse_yaml(text: str) -> frozenset[Statement]:
    """Read documents of one project each; every scalar stays the text that it is."""
    return frozenset(s for thing in YAML(typ="base").load_all(text) for s in _project(thing))


def _project(thing: dict[str, Any]) -> Iterator[Statement]:
    claims = thing.pop("claims", [])
    iri = BASE + thing.pop("id")
    yield Statement(iri, TYPE, Term(EUG + thing.pop("type")))
    for key, value in thing.items():
        yield from (Statement(iri, prop, term) for prop, term in _said(key, value))
    for claim in claims:
        (prop, _), *_ = _said(claim["property"], claim["value"])
        local = re.split("[/#]", prop)[-1]
        node = f"{BASE}claim/{iri.removeprefix(BASE)}/{local}/{claim['source'].removeprefix('source/')}"
        yield Statement(node, TYPE, Term(EUG + "Claim"))
        yield Statement(node, EUG + "subject", Term(iri))
        yield Statement(node, EUG + "property", Term(prop))
        for _, term in _said(claim.pop("property"), claim.pop("value")):
            yield Statement(node, EUG + "value", term)
        for key, value in claim.items():
            yield from (Statement(node, prop, term) for prop, term in _said(key, value))


def _said(key: str, value: Any) -> list[tuple[str, Term]]:
    """The property of a key, with each of its values."""
    if key in NAMED:
        return [(NAMED[key], Term(text, language=language)) for language, text in value.items()]
    values = value if isinstance(value, list) else [value]
    if key in LINKS:
        return [(LINKS[key], Term(_address(text))) for text in values]
    if key in DAYS:
        return [(DAYS[key], Term(text, XSD + "date")) for text in values]
    return [(PLAIN[key], Term(text, XSD + "string")) for text in values]


def _address(text: str) -> str:
    if text.startswith("Confidence:"):
        return SCHEME + text.lower().replace(":", "#")
    return text if "://" in text else BASE + text


@cache
def _parse_fields(text: str) -> frozenset[Statement]:
    """Read the table of fields of science."""
    skos = "http://www.w3.org/2004/02/skos/core#"
    links = {"broader": BROADER, "topConceptOf": skos + "topConceptOf", "inScheme": skos + "inScheme", "source": SOURCE}
    found = set()
    for row in csv.DictReader(io.StringIO(text)):
        iri = f"{BASE}field/{row.pop('id')}"
        found |= {Statement(iri, TYPE, Term(kind)) for kind in (EUG + "FieldOfScience", skos + "Concept")}
        found.add(Statement(iri, LABEL, Term(row.pop("name@en"), language="en")))
        found.add(Statement(iri, skos + "notation", Term(row.pop("notation"), XSD + "string")))
        found |= {
            Statement(iri, links[key], Term(_address(text)))
            for key, cell in row.items()
            for text in cell.split(" | ")
            if text
        }
    return frozenset(found)

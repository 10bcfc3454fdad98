"""Counts, as pages are made, which properties the things of each class have in a release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from eugraph.publish.documents import Document
from eugraph.publish.pages.links import anchor
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.summary import Totals
from eugraph.publish.pages.summary import Uses as Counts
from eugraph.publish.pages.terms import key, ordered
from eugraph.publish.pages.vocabulary import code
from eugraph.publish.pages.words import capital
from eugraph.rdf.turtle_blanks import Subjects
from eugraph.vocab import PREFIXES, shorten

_TYPE = key("rdf:type")
_XSD = PREFIXES["xsd"]


@dataclass(frozen=True, slots=True)
class Use:
    """How often a property is used on things of a class in this release, and what it leads to."""

    property: Markup
    curie: str
    count: int
    leads_to: Markup


@dataclass(frozen=True, slots=True)
class Uses:
    """What things of a class have in this release."""

    anchor: str  # id of the table
    of: str  # id of the class on the same page
    label: str
    count: int
    rows: Sequence[Use]


def uses_in(document: Document, subjects: Subjects, classes: Mapping[str, str]) -> Counts:
    """Count the properties of the things of a document.

    Args:
        document: which things.
        subjects: its statements.
        classes: those of its things and of what they point to.
    """
    things: Counter[str] = Counter()
    uses: dict[str, dict[str, tuple[int, set[str]]]] = {}
    for thing in document.things:
        iri = thing.value
        class_ = classes.get(iri)
        own = subjects.get(f"<{iri}>")
        if class_ is None or own is None:
            continue
        things[class_] += 1
        of_class = uses.setdefault(class_, {})
        for predicate, objects in own.items():
            if predicate == _TYPE:
                continue
            number, leads = of_class.get(predicate, (0, set()))
            for value in objects if len(objects) < len("ten objects") else ordered(objects)[:10]:
                leads.add(_lead(value, classes))
            of_class[predicate] = number + 1, leads
    return {
        class_: (number, {predicate: (n, sorted(leads)) for predicate, (n, leads) in uses[class_].items()})
        for class_, number in things.items()
    }


def shown(totals: Totals, pen: Pen) -> list[Uses]:
    """Return the counts by class, the most frequent properties first."""
    found = []
    leads: dict[tuple[str, str], list[str]] = {}
    for (class_, predicate, lead), number in totals.leads.items():
        if number and lead:
            leads.setdefault((class_, predicate), []).append(lead)
    for class_, count in sorted(totals.things.items()):
        rows = [(n, predicate) for (c, predicate), n in totals.uses.items() if c == class_ and n]
        rows.sort(key=lambda row: (-row[0], row[1]))
        uses = [
            Use(
                code(predicate[1:-1], pen),
                shorten(predicate[1:-1]),
                number,
                Markup(", ").join(code(lead, pen) for lead in sorted(leads.get((class_, predicate), ())))
                or Markup("address"),
            )
            for number, predicate in rows
        ]
        name = anchor(class_)
        if count:
            found.append(Uses(f"used-{name}", name, capital(pen.names.label(class_)), count, uses))
    return sorted(found, key=lambda uses: uses.label)


def _lead(value: str, classes: Mapping[str, str]) -> str:
    """Return the class or datatype of a value, "" for an address elsewhere."""
    if value[0] == "<":
        return classes.get(value[1:-1], "")
    quote = value.rindex('"')
    tail = value[quote + 1 :]
    return tail[3:-1] if tail[:1] == "^" else f"{PREFIXES['rdf']}langString" if tail else f"{_XSD}string"

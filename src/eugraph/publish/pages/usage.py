"""Counts, as pages are made, which properties the things of each class have in a release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from eugraph.publish.documents import Document
from eugraph.publish.pages.links import anchor
from eugraph.publish.pages.pen import Pen
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


class Usage:
    """Counts which properties things of each class have, and what those lead to."""

    def __init__(self) -> None:
        self._things: Counter[str] = Counter()
        self._uses: Counter[tuple[str, str]] = Counter()
        self._leads: dict[tuple[str, str], set[str]] = {}

    def count(self, document: Document, subjects: Subjects, classes: Mapping[str, str]) -> None:
        """Take in the things of a document; `classes` has those of its things and of what they point to."""
        for thing in document.things:
            iri = thing.value
            class_ = classes.get(iri)
            own = subjects.get(f"<{iri}>")
            if class_ is None or own is None:
                continue
            self._things[class_] += 1
            for predicate, objects in own.items():
                if predicate == _TYPE:
                    continue
                use = (class_, predicate)
                self._uses[use] += 1
                leads = self._leads.setdefault(use, set())
                for value in objects if len(objects) < len("ten objects") else ordered(objects)[:10]:
                    leads.add(_lead(value, classes))

    def add(self, other: Usage) -> None:
        """Take in the counts of other documents."""
        self._things.update(other._things)
        self._uses.update(other._uses)
        for use, leads in other._leads.items():
            self._leads.setdefault(use, set()).update(leads)

    def shown(self, pen: Pen) -> list[Uses]:
        """Return the counts by class, the most frequent properties first."""
        found = []
        for class_, count in sorted(self._things.items()):
            rows = [(n, predicate) for (c, predicate), n in self._uses.items() if c == class_]
            rows.sort(key=lambda row: (-row[0], row[1]))
            uses = [
                Use(
                    code(predicate[1:-1], pen),
                    shorten(predicate[1:-1]),
                    number,
                    Markup(", ").join(code(lead, pen) for lead in sorted(self._leads[class_, predicate]) if lead)
                    or Markup("address"),
                )
                for number, predicate in rows
            ]
            name = anchor(class_)
            found.append(Uses(f"used-{name}", name, capital(pen.names.label(class_)), count, uses))
        return sorted(found, key=lambda uses: uses.label)


def _lead(value: str, classes: Mapping[str, str]) -> str:
    """Return the class or datatype of a value, "" for an address elsewhere."""
    if value[0] == "<":
        return classes.get(value[1:-1], "")
    quote = value.rindex('"')
    tail = value[quote + 1 :]
    return tail[3:-1] if tail[:1] == "^" else f"{PREFIXES['rdf']}langString" if tail else f"{_XSD}string"

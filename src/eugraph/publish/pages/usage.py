"""Counts, as pages are made, which properties the things of each class have in a release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from eugraph.publish.documents import Document
from eugraph.publish.pages.links import anchor
from eugraph.publish.pages.overview import Overview
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
    """Counts, as pages are made, which properties things of each class have, and what those lead to."""

    def __init__(self, overview: Overview) -> None:
        self._overview = overview
        self._things: Counter[str] = Counter()
        self._uses: Counter[tuple[str, str]] = Counter()
        self._leads: dict[tuple[str, str], set[str]] = {}

    def add(self, document: Document, subjects: Subjects) -> None:
        """Take in the things of a document."""
        classes = self._overview.classes
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
                    leads.add(self._lead(value))

    def _lead(self, value: str) -> str:
        """Return the class or datatype of a value, "" for an address elsewhere."""
        if value[0] == "<":
            return self._overview.classes.get(value[1:-1], "")
        quote = value.rindex('"')
        tail = value[quote + 1 :]
        return tail[3:-1] if tail[:1] == "^" else f"{PREFIXES['rdf']}langString" if tail else f"{_XSD}string"

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

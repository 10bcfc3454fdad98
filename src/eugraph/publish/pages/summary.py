"""What pages that sum up tell of documents: entries of lists, and which properties are used."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import orjson
from markupsafe import Markup

# class -> number of things, and property -> number of things that have it, and what it leads to
Uses = Mapping[str, tuple[int, Mapping[str, tuple[int, Sequence[str]]]]]


class Entry(NamedTuple):
    """The place of a document in a list, whose order is that of the first two."""

    order: str
    iri: str
    digest: str  # another one whenever a list or a collection tells something else


class Told(NamedTuple):
    """What is told of one document."""

    kind: str  # first segment of the path
    order: str  # name that lists are sorted by
    iri: str
    name: str
    shown: str  # the name, as markup
    cells: Sequence[str]  # of the list, as markup
    uses: Uses
    member: str = ""  # what a collection tells, as JSON

    def dumps(self) -> str:
        """Return it as a text."""
        return orjson.dumps([*self]).decode()

    @classmethod
    def loads(cls, text: str) -> Told:
        """Return what a text of `dumps` says."""
        return cls._make(orjson.loads(text))

    @property
    def entry(self) -> Entry:
        """Where it stands in a list, and what stands for all that lists and collections tell of it."""
        said = orjson.dumps([self.kind, self.order, self.iri, self.name, self.shown, self.member, *self.cells])
        return Entry(self.order, self.iri, hashlib.blake2b(said, digest_size=16).hexdigest())

    @property
    def row(self) -> tuple[Markup, list[Markup]]:
        """The name and the cells of the list."""
        return Markup(self.shown), [*map(Markup, self.cells)]  # noqa: S704 - written as markup


@dataclass(slots=True)
class Totals:
    """Counts over all documents: how often a property is used on things of a class, and what it leads to."""

    things: Counter[str] = field(default_factory=Counter)  # class
    uses: Counter[tuple[str, str]] = field(default_factory=Counter)  # class, property
    leads: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # class, property, what it leads to

    def add(self, told: Iterable[Told], sign: int = 1) -> None:
        """Count some documents, or with -1 count them no more."""
        for document in told:
            for class_, (number, uses) in document.uses.items():
                self.things[class_] += sign * number
                for predicate, (having, leads) in uses.items():
                    self.uses[class_, predicate] += sign * having
                    for lead in leads:
                        self.leads[class_, predicate, lead] += sign

    def dump(self) -> list[dict[str, int]]:
        """Return what is not zero, as `load` takes it."""
        joined = (self.things.items(), _joined(self.uses.items()), _joined(self.leads.items()))
        return [{key: number for key, number in found if number} for found in joined]

    @classmethod
    def load(cls, dumped: Sequence[Mapping[str, int]]) -> Totals:
        """Return what was dumped."""
        things, uses, leads = dumped
        split_uses = ((key.split("\n"), number) for key, number in uses.items())
        split_leads = ((key.split("\n"), number) for key, number in leads.items())
        return cls(
            Counter(things),
            Counter({(class_, predicate): number for (class_, predicate), number in split_uses}),
            Counter({(class_, predicate, lead): number for (class_, predicate, lead), number in split_leads}),
        )


def _joined(counted: Iterable[tuple[Sequence[str], int]]) -> Iterable[tuple[str, int]]:
    return (("\n".join(key), number) for key, number in counted)

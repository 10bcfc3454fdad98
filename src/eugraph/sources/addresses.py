"""The addresses of things that a file does not give one: made by the rule of their kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from eugraph.errors import MissingKeyError
from eugraph.rdf.jsonld_context import Term
from eugraph.sources.kinds import claim_path, grant_path, participation_path
from eugraph.sources.records import Record, Scalar, Spot, each
from eugraph.sources.words import ID, TYPE, Words


@dataclass(frozen=True, slots=True)
class Link:
    """How a record hangs on the record around it."""

    term: Term
    parent: NamedNode


@dataclass(frozen=True, slots=True)
class _Rule:
    """Of which keys an address is made. What stands under the key `way` has the first from the thing around it."""

    way: str
    keys: Sequence[str]
    path: Callable[..., str | None]
    doubtful: int  # the key that is to blame where the parts make no address


_RULES = {
    "Claim": _Rule("claims", ("subject", "property", "source"), claim_path, 2),
    "Participation": _Rule("participations", ("participatesIn", "organisation", "role"), participation_path, 1),
    "Grant": _Rule("grant", ("funds",), grant_path, 0),
}
_PARTS = {rule.way: name for name, rule in _RULES.items()}


def part_class(link: Link | None) -> str:
    """Return the class of a thing that follows from the key that it stands under, "" where none does."""
    return _PARTS.get(link.term.name, "") if link else ""


class Addresses:
    """Makes the addresses of one file. None is made twice, and none equals one that is written."""

    def __init__(self, words: Words, base_iri: str) -> None:
        self._words, self._base = words, base_iri
        self._taken: set[str] = set()

    def reserve(self, record: Record) -> None:
        """Remember the addresses that are written in a record and in what it holds."""
        for entry in record.entries:
            for value in each(entry.value):
                if isinstance(value, Record):
                    self.reserve(value)
                elif isinstance(value, Scalar) and entry.key == ID:
                    self._taken.add(value.text)

    def made(self, record: Record, link: Link | None) -> NamedNode:
        """Return the address of a record that has none; a second one of the same parts ends in /2.

        Raises:
            InputError: its kind has no rule, or a part that the rule needs is missing or means nothing.
        """
        path = self._by_rule(record, link)
        number, unique = 1, path
        while unique in self._taken:
            number += 1
            unique = f"{path}/{number}"
        self._taken.add(unique)
        return NamedNode(self._base + unique)

    def _by_rule(self, record: Record, link: Link | None) -> str:
        names = self._classes(record) or [part_class(link)]
        rule = next((_RULES[name] for name in names if name in _RULES), None)
        if rule is None:
            fault = "this thing has no address. Give it one, such as id: project/harmony."
            raise self._words.fault(MissingKeyError, record.spot, fault)
        remedy = f"Add an id, or {', '.join(rule.keys)}, of which it is made."
        parts, spots = list[str](), list[Spot]()
        for key in rule.keys:
            if link and link.term.name == rule.way and key == rule.keys[0]:
                part, spot = link.parent, record.spot
            else:
                word = self._first(record, key)
                if word is None:
                    fault = f"this thing has no address, and {key} is missing. {remedy}"
                    raise self._words.fault(MissingKeyError, record.spot, fault)
                part, spot = self._words.name(word) if key == "property" else self._words.address(word), word.spot
            parts.append(self._words.path_of(part) or part.value)
            spots.append(spot)
        path = rule.path(*parts)
        if path is None:
            key = rule.keys[rule.doubtful]
            fault = f"no address can be made of this {key}. Add an id, or correct the {key}."
            raise self._words.fault(MissingKeyError, spots[rule.doubtful], fault)
        return path

    def _first(self, record: Record, key: str) -> Scalar | None:
        """Return the first value of a key, or the address of the first thing under it."""
        value = record.value(key)
        first = next(iter(each(value)), None) if value is not None else None
        if isinstance(first, Record):
            first = first.value(ID)
        return first if isinstance(first, Scalar) else None

    def _classes(self, record: Record) -> list[str]:
        value = record.value(TYPE)
        return [word.text for word in each(value) if isinstance(word, Scalar)] if value is not None else []

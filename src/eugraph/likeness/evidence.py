"""How a score is made: the likeness of names, and other evidence, each of which closes a part of what is missing to 1.

A score is 1 minus the product of what each piece of evidence leaves open (noisy-or, after Pearl 1988). Names that are
equal leave a tenth open. Docs: docs/match.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eugraph.likeness.descriptions import Description
from eugraph.likeness.names import initials, letters, word_likeness, words

NAME = 0.9  # times the likeness of the names
VAT = 0.6
HOMEPAGE = 0.6
MEMBERS = 0.6  # times the share of the curated project's organisations that take part in the other as well
ACRONYM = 0.4
START = 0.3
TOWN = 0.3
COUNTRY = 0.1
OTHER_TOWN = 0.9  # what is left of a score where both towns are known and differ

_TOWNS_LIKE = 0.6
_ACRONYM = 3  # letters at least
_SAINTS = frozenset(("saint", "sankt", "santa"))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two descriptions are of one thing, from 0 to 1, and what was counted for and against it."""

    score: float
    evidence: tuple[str, ...]


def excluded(one: Description, other: Description) -> bool:
    """Tell whether two descriptions cannot be of one thing: country, number or year of the start disagree."""
    return (
        _disagree(one.countries, other.countries)
        or _disagree(one.numbers, other.numbers)
        or (bool(one.years and other.years) and min(abs(a - b) for a in one.years for b in other.years) > 1)
    )


def _disagree(some: Sequence[str], others: Sequence[str]) -> bool:
    return bool(some and others) and set(some).isdisjoint(others)


def likeness(one: Description, other: Description, *, names: float, members: float = 0) -> Likeness:
    """Return how like two descriptions are that are not `excluded`.

    Args:
        one: the curated description.
        other: the imported one.
        names: how like their names are, from 0 to 1.
        members: the share of the organisations of `one` that are known to take part in `other`.
    """
    towns = _same_town(one.towns, other.towns)
    found = [
        (NAME * names, f"names {names:.2f}"),
        (VAT * (not set(one.vats).isdisjoint(other.vats)), "VAT number, which others have too"),
        (HOMEPAGE * same_host(one.hosts, other.hosts), "homepage"),
        (MEMBERS * members, f"{members:.0%} of the organisations"),
        (ACRONYM * same_acronym(one, other), "acronym"),
        (START * (not set(one.years).isdisjoint(other.years)), "year of the start"),
        (TOWN * (towns is True), "town"),
        (COUNTRY * (not set(one.countries).isdisjoint(other.countries)), "country"),
    ]
    left = 1.0
    for closes, _ in found:
        left *= 1 - closes
    evidence = [words_for_it for closes, words_for_it in found if closes]
    score = 1 - left
    if towns is False:
        score *= OTHER_TOWN
        evidence.append("another town")
    return Likeness(score, tuple(evidence))


def same_host(some: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether a host is that of the other side, or one below it.

    >>> same_host(["med.example.org"], ["example.org"])
    True
    """
    return any(a == b or a.endswith(f".{b}") or b.endswith(f".{a}") for a in some for b in others)


def same_acronym(one: Description, other: Description) -> bool:
    """Tell whether both have an acronym in common, or one has that which the name of the other makes."""
    mine, others = _acronyms(one), _acronyms(other)
    return not (mine.isdisjoint(others) and mine.isdisjoint(_made(other)) and others.isdisjoint(_made(one)))


def _acronyms(thing: Description) -> set[str]:
    return {short for text in thing.acronyms if len(short := letters(text)) >= _ACRONYM}


def _made(thing: Description) -> set[str]:
    return {short for name in thing.names if len(short := initials(name)) >= _ACRONYM}


def _same_town(some: Sequence[str], others: Sequence[str]) -> bool | None:
    """Tell whether towns are one, perhaps in two languages; None where one is not known."""
    mine, theirs = ({w for town in towns for w in words(town) if w not in _SAINTS} for towns in (some, others))
    if not mine or not theirs:
        return None
    return any(word_likeness(a, b) >= _TOWNS_LIKE or _begin_alike(a, b) for a in mine for b in theirs)


def _begin_alike(one: str, other: str) -> bool:
    return min(len(one), len(other)) > 3 and one[:3] == other[:3]  # Rome, Roma

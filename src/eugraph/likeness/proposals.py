"""Which curated thing may be which imported one: all pairs that are like enough, the likeliest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from eugraph.likeness.descriptions import QUERIES, Description, descriptions
from eugraph.likeness.evidence import excluded, likeness
from eugraph.likeness.names import Words, letters, words
from eugraph.likeness.word_index import WordIndex
from eugraph.store import EmbeddedStore
from eugraph.vocab import term

LEAST = 0.6  # the score from which on a pair is proposed, where nobody wants another

_MOST = 3  # pairs for one curated thing
_GAP = 0.2  # pairs that are so much less likely than the likeliest for the same thing are left out
_NAMES_LEAST = 0.3  # names that are less like are not looked at
_SPOKEN = 6  # letters from which on an acronym is compared as a name, too: forms are filled with names in its place

_TAKES_PART_IN = term("eug:takesPartIn")

Pairs = Collection[tuple[str, str]]  # addresses, curated and imported


@dataclass(frozen=True, slots=True)
class Proposal:
    """A curated and an imported description that may be of one thing."""

    one: Description
    other: Description
    score: float  # 0 to 1, two decimals
    evidence: tuple[str, ...]


def proposals(
    curated: EmbeddedStore,
    imported: EmbeddedStore,
    *,
    joined: Pairs,
    apart: Pairs = (),
    least: float = LEAST,
    say: Callable[[str], object] = lambda _: None,
) -> list[Proposal]:
    """Return the pairs that a person should look at, by curated address, the likeliest first.

    Args:
        curated: the curated statements, with what follows from them.
        imported: the imported ones, likewise.
        joined: pairs that are known to be one thing. Neither of a pair is compared, if both are described.
        apart: pairs that are known to be two things.
        least: score from which on a pair is proposed, over 0 to 1.
        say: takes a line on what is compared.
    """
    found: list[Proposal] = []
    members = Members(curated, imported, joined)
    for kind in QUERIES:
        mine, others = list(descriptions(curated, kind)), list(descriptions(imported, kind))
        there = {each.iri for each in others}
        pairs = [(one, other) for one, other in joined if other in there]
        pairs += ((each.iri, each.iri) for each in mine if each.iri in there)  # one address is one thing
        known, taken = ({pair[side] for pair in pairs} for side in (0, 1))
        asked = [each for each in mine if each.iri not in known]
        left = [each for each in others if each.iri not in taken]
        say(f"comparing {len(asked)} curated {kind}s with {len(left)} imported ones")
        candidates = Candidates(left)
        for one in asked:
            likely = ((other, names) for other, names in candidates.of(one) if (one.iri, other.iri) not in apart)
            found += _best(one, likely, members, least)
    return found


def _best(
    one: Description, pairs: Iterable[tuple[Description, float]], members: Members, least: float
) -> list[Proposal]:
    found = []
    for other, names in pairs:
        if not excluded(one, other):
            like = likeness(one, other, names=names, members=members.share(one, other))
            found.append(Proposal(one, other, round(like.score, 2), like.evidence))
    found.sort(key=lambda proposal: (-proposal.score, proposal.other.iri))
    enough = max(least, found[0].score - _GAP) if found else least
    return [proposal for proposal in found[:_MOST] if proposal.score >= enough]


class Members:
    """Which organisations take part in a project on both sides, as far as they are known to be the same."""

    def __init__(self, curated: EmbeddedStore, imported: EmbeddedStore, joined: Pairs) -> None:
        self._curated, self._imported = curated, imported
        self._same: dict[str, set[str]] = defaultdict(set)
        for one, other in joined:
            self._same[one].add(other)

    def share(self, one: Description, other: Description) -> float:
        """Return the share of the organisations of a curated project that take part in an imported one, 0 to 1."""
        mine = _members(self._curated, one.iri) if one.kind == "project" else ()
        if not mine:
            return 0.0
        theirs = _members(self._imported, other.iri)
        return sum(not self._same[member].isdisjoint(theirs) for member in mine) / len(mine)


def _members(store: EmbeddedStore, project: str) -> set[str]:
    found = (quad.subject for quad in store.having(_TAKES_PART_IN, NamedNode(project)))
    return {member.value for member in found if isinstance(member, NamedNode)}


class Candidates:
    """Finds the descriptions that are worth comparing with one: like in name, or with evidence that few share."""

    def __init__(self, others: Sequence[Description]) -> None:
        """Take all descriptions of one kind."""
        self._by_name: dict[Words, list[Description]] = defaultdict(list)
        self._by_sign: dict[str, list[Description]] = defaultdict(list)
        for other in others:
            for name in names_of(other):
                self._by_name[name].append(other)
            for sign in _signs(other):
                self._by_sign[sign].append(other)
        self._index = WordIndex(self._by_name)

    def of(self, one: Description) -> Iterator[tuple[Description, float]]:
        """Yield each description with the likeness of the names, from 0 to 1; sorted by address."""
        best: dict[str, tuple[Description, float]] = {}
        for name in names_of(one):
            for like, value in self._index.like(name, _NAMES_LEAST).items():
                for other in self._by_name[like]:
                    if value > best.get(other.iri, (other, 0.0))[1]:
                        best[other.iri] = (other, value)
        for sign in _signs(one):
            for other in self._by_sign[sign]:
                best.setdefault(other.iri, (other, 0.0))
        yield from (best[iri] for iri in sorted(best))


def names_of(thing: Description) -> Sequence[Words]:
    """Return the names that are compared, as words.

    Titles tell projects apart, acronyms do not: 650 acronyms of Horizon Europe are those of several. Of organisations
    the forms often hold a second name where an acronym is asked for.
    """
    short = {letters(acronym): acronym for acronym in thing.acronyms}
    if thing.kind == "project":
        names = [name for name in thing.names if letters(name) not in short]
    else:
        names = [*thing.names, *(acronym for key, acronym in short.items() if len(key) >= _SPOKEN)]
    return sorted({words(name) for name in names})


def _signs(thing: Description) -> Iterator[str]:
    yield from (f"acronym {letters(acronym)}" for acronym in thing.acronyms)
    yield from (f"host {host}" for host in thing.hosts)
    yield from (f"vat {vat}" for vat in thing.vats)

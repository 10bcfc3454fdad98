"""What pages tell of other things than their own: one look over the whole graph, made once a release.

IRIs are interned, as each stands in many tables.

Kept are countries, periods, who takes part in what, codes of diseases, who points to whom, ranks of sources, which
files speak of what, and which statements are derived alone.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache, partial
from sys import intern
from typing import NamedTuple

from pyoxigraph import Literal, Triple

from eugraph.derive import derived_graph
from eugraph.publish.looking import Looking
from eugraph.publish.pages.terms import key, plain
from eugraph.publish.pages.words import code
from eugraph.vocab import EUG, term

LONGEST_LIST = 200  # items; what comes after is counted
BACKWARD = {  # property -> heading of the list on the page that it points to, in the order of the page
    "eug:studies": "Studied by",
    "eug:fieldOfScience": "In this field",
    "eug:programme": "Grants under this programme",
    "eug:call": "Grants of this call",
    "eug:funder": "Funds",
    "eug:lead": "Leads",
    "eug:affiliation": "People",
    "eug:operator": "Operates",
    "eug:developer": "Developed",
    "eug:usesPlatform": "Used by",
    "eug:result": "Result of",
    "eug:originatesFrom": "Gave rise to",
    "eug:contributesTo": "Contributions from",
    "dcterms:publisher": "Sources published",
    "skos:broader": "Narrower",
    "dcterms:source": "Cited by the descriptions of",
    "prov:hadPrimarySource": "Cited in the files",
}
_PERHAPS_DERIVED = (  # shown on pages, and made by derive where no file states them
    *("dcterms:hasPart", "dcterms:isPartOf", "eug:predecessor", "eug:successor", "eug:relatedTo"),
    *("eug:coordinator", "eug:durationMonths"),
)
_RANK = term("eug:rank")


@dataclass(slots=True)
class Taking:
    """A participation as the pages of organisations and projects tell it."""

    iri: str
    organisation: str = ""
    within: str = ""
    roles: list[str] = field(default_factory=list)


class Mentioned(NamedTuple):
    """Who points to a thing by a property."""

    curie: str
    who: Sequence[str]  # the first `LONGEST_LIST` by name
    total: int


@dataclass(slots=True)
class Overview:
    """See the module."""

    countries: dict[str, str] = field(default_factory=dict)
    starts: dict[str, str] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)
    takings: dict[str, Taking] = field(default_factory=dict)
    by_organisation: dict[str, list[Taking]] = field(default_factory=dict)
    members: dict[str, Collection[str]] = field(default_factory=dict)  # what they are in -> organisations
    codes: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    mentions: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # thing -> property -> who, also twice
    mentioned: dict[str, Sequence[Mentioned]] = field(default_factory=dict)  # the same, as a page tells it
    makers: dict[str, Sequence[str]] = field(default_factory=dict)  # result -> who points to it by eug:result
    licences: dict[str, str] = field(default_factory=dict)  # of sources
    rights: dict[str, str] = field(default_factory=dict)  # of sources: whose they are, as they ask to be cited
    kinds_of_source: dict[str, str] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    graphs: dict[str, frozenset[str]] = field(default_factory=dict)
    derived: dict[str, Collection[tuple[str, str]]] = field(default_factory=dict)  # thing -> property, value; sorted
    given: dict[str, Decimal] = field(default_factory=dict)  # EU contributions
    in_euro: set[str] = field(default_factory=set)  # whose amounts are in EUR

    def rank(self, source: str) -> int:
        """Return how near a source is to what it reports: 1 is the best, 9 where nothing is said."""
        return self.ranks.get(self.kinds_of_source.get(source, ""), 9)


class Look:
    """Is shown all statements, and then gives the overview."""

    def __init__(self, base_iri: str) -> None:
        self._seen, self._derived = Overview(), str(derived_graph(base_iri))
        self._stated: set[tuple[str, str, str]] = set()
        self._concluded: set[tuple[str, str, str]] = set()
        self._with = cache(lambda graphs, graph: graphs | {graph})  # most things share one set

    def watch(self, looking: Looking) -> None:
        """Ask to be shown statements, in any order."""
        seen = self._seen
        for curie, table in (
            ("eug:country", seen.countries),
            ("eug:startDate", seen.starts),
            ("eug:endDate", seen.ends),
            ("eug:sourceKind", seen.kinds_of_source),
            ("dcterms:license", seen.licences),
            ("dcterms:rights", seen.rights),
        ):
            looking.on(key(curie), partial(_keep, table))
        looking.on(key("eug:organisation"), self._organisation)
        looking.on(key("eug:participatesIn"), self._within)
        looking.on(key("eug:role"), self._role)
        looking.on(key("skos:exactMatch"), self._match)
        looking.on(key("rdf:type"), self._class)
        looking.on(key("eug:euContribution"), self._given)
        looking.on(key("eug:currency"), self._currency)
        for curie in BACKWARD:
            looking.on(key(curie), partial(self._mention, curie))
        for curie in _PERHAPS_DERIVED:
            looking.on(key(curie), partial(self._state, term(curie).value))

    def finished(self, vocabulary: Iterable[Triple]) -> Overview:
        """Return what was seen, in an order that does not depend on that of the quads.

        Args:
            vocabulary: ontology and concept schemes, for the ranks of kinds of sources.
        """
        seen = self._seen
        seen.ranks = ranks(vocabulary)
        derived: dict[str, list[tuple[str, str]]] = {}
        for thing, *said in sorted(self._concluded - self._stated):
            derived.setdefault(thing, []).append((said[0], said[1]))
        seen.derived.update(derived)
        seen.licences = {iri: found for iri, found in seen.licences.items() if iri in seen.kinds_of_source}
        for codes in seen.codes.values():
            codes.sort()
        members: dict[str, set[str]] = {}
        for taking in sorted(seen.takings.values(), key=lambda taking: taking.iri):
            taking.roles.sort()
            if taking.organisation and taking.within:
                seen.by_organisation.setdefault(taking.organisation, []).append(taking)
                members.setdefault(taking.within, set()).add(taking.organisation)
        seen.members.update(members)
        return seen

    def _taking(self, subject: str) -> Taking:
        found = self._seen.takings.get(subject)
        if found is None:
            found = self._seen.takings[subject] = Taking(subject)
        return found

    def _organisation(self, subject: str, value: str, _graph: str) -> None:
        taking, found = self._taking(subject), plain(value)
        taking.organisation = intern(min(found, taking.organisation or found))

    def _within(self, subject: str, value: str, _graph: str) -> None:
        taking, found = self._taking(subject), plain(value)
        taking.within = intern(min(found, taking.within or found))

    def _role(self, subject: str, value: str, _graph: str) -> None:
        roles, found = self._taking(subject).roles, plain(value)
        if found not in roles:
            roles.append(intern(found))

    def _match(self, subject: str, value: str, _graph: str) -> None:
        codes = self._seen.codes.setdefault(subject, [])
        if (found := code(plain(value))) and found not in codes:
            codes.append(found)

    def _class(self, subject: str, value: str, graph: str) -> None:
        found = plain(value)
        if found.startswith(EUG):
            classes = self._seen.classes
            classes[subject] = intern(min(found, classes.get(subject, found)))
        if graph not in ("", self._derived):
            graphs = self._seen.graphs
            graphs[subject] = self._with(graphs.get(subject, frozenset()), intern(graph[1:-1]))

    def _given(self, subject: str, value: str, _graph: str) -> None:
        with contextlib.suppress(InvalidOperation):
            if (amount := Decimal(plain(value))).is_finite():
                self._seen.given[subject] = min(amount, self._seen.given.get(subject, amount))

    def _currency(self, subject: str, value: str, _graph: str) -> None:
        if plain(value) == "EUR":
            self._seen.in_euro.add(subject)

    def _mention(self, curie: str, subject: str, value: str, _graph: str) -> None:
        if value[0] == "<":
            self._seen.mentions.setdefault(intern(value[1:-1]), {}).setdefault(curie, []).append(subject)

    def _state(self, predicate: str, subject: str, value: str, graph: str) -> None:
        found = self._concluded if graph == self._derived else self._stated
        found.add((subject, predicate, intern(plain(value))))


def ranks(vocabulary: Iterable[Triple]) -> dict[str, int]:
    """Return the ranks of kinds of sources that the vocabulary gives."""
    return {
        str(getattr(triple.subject, "value", "")): int(triple.object.value)
        for triple in vocabulary
        if triple.predicate == _RANK and isinstance(triple.object, Literal) and triple.object.value.isdigit()
    }


def _keep(table: dict[str, str], subject: str, value: str, _graph: str) -> None:
    """Keep one value for each subject: the first in order."""
    found = plain(value)
    table[subject] = intern(min(found, table.get(subject, found)))

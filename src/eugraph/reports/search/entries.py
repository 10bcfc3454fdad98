"""What can be found: each thing with its names, identifiers and topics, read from a store by a few plain queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from eugraph.store import Solutions, Store
from eugraph.vocab import EUG, PREF_LABEL, SCHEME, term

TERM, CONCEPT = "term", "concept"  # kinds of what the ontology describes

_LABEL = "rdfs:label"  # what a term of the ontology is called
_NAMES = ("skos:prefLabel", _LABEL, "eug:acronym", "skos:altLabel", "dcterms:title", "eug:legalName")
_ACRONYM = term("eug:acronym")
_FULL = (term("dcterms:title"), term("eug:legalName"))  # told beside the name, as it often is an acronym
_IDENTIFIERS = (
    *("eug:pic", "eug:ror", "eug:vat", "eug:rcn", "eug:doi", "eug:cometId", "eug:clinicalTrialId", "eug:hashtag"),
    *("eug:grantNumber", "skos:notation", "skos:exactMatch", "skos:closeMatch"),
)
_LOOSE = (term("skos:closeMatch"),)
_TOPICS = ("eug:studies", "eug:fieldOfScience", "dcat:keyword")
_PARTS = frozenset({"claim", "grant", "graph", "node", "participation"})  # stand beside what people look for


@dataclass(slots=True)
class Entry:
    """One thing as it can be found."""

    iri: str
    kind: str  # the first part of its path below the base; or `TERM`, `CONCEPT`
    label: str = ""
    full: str = ""  # the official title or legal name, where that is another
    short: list[str] = field(default_factory=list)  # names that stand for it: of all languages, and acronyms
    names: list[str] = field(default_factory=list)  # other names
    identifiers: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)  # identifiers of what is close to it
    topics: list[str] = field(default_factory=list)
    weight: int = 0  # undertakings that it takes part in, or partners that it has


def read_entries(store: Store, base_iri: str) -> list[Entry]:
    """Return what can be found in a store, in the order of IRIs. Things without a name are left out.

    Args:
        store: holds the graph, with the ontology where its terms are to be found.
        base_iri: what the IRIs of things begin with.

    Raises:
        EndpointError: a remote store did not answer.
    """
    found: dict[str, Entry] = {}
    labels = _take_names(store, base_iri, found)
    grants = {grant.value: host.value for host, grant in _pairs(store, "eug:grant")}
    for thing, predicate, value in _values(store, _IDENTIFIERS):
        if entry := found.get(grants.get(thing, thing)):
            (entry.codes if predicate in _LOOSE else entry.identifiers).append(value)
    for thing, _, value in _values(store, _TOPICS):
        if entry := found.get(thing):
            entry.topics.append(labels.get(value, value))
    for member, undertaking in _pairs(store, "eug:takesPartIn"):
        for iri in (member.value, undertaking.value):
            if entry := found.get(iri):
                entry.weight += 1
    for entry in found.values():
        for texts in (entry.short, entry.names, entry.identifiers, entry.codes, entry.topics):
            texts[:] = sorted(set(texts))
    return [found[iri] for iri in sorted(found)]


def _take_names(store: Store, base_iri: str, found: dict[str, Entry]) -> dict[str, str]:
    """Make an entry for each thing that has a name. Return the names, by IRI."""
    named: dict[str, tuple[bool, str]] = {}
    full: dict[str, tuple[bool, str]] = {}
    for iri, predicate, name in _literals(store, _NAMES):
        kind = _kind(iri, base_iri)
        if not kind:
            continue
        entry = found.setdefault(iri, Entry(iri, kind))
        rank = (name.language not in ("en", None), " ".join(name.value.split()))
        if predicate in (PREF_LABEL, term(_LABEL)):
            named[iri] = min(rank, named.get(iri, rank))
        if predicate in _FULL:
            full[iri] = min(rank, full.get(iri, rank))
        is_short = predicate in (PREF_LABEL, term(_LABEL), _ACRONYM)
        (entry.short if is_short else entry.names).append(rank[1])
    for iri in [iri for iri in found if iri not in named]:
        del found[iri]
    for iri, entry in found.items():
        entry.label = named[iri][1]
        entry.full = full.get(iri, (False, ""))[1]
        entry.full = "" if entry.full.casefold() == entry.label.casefold() else entry.full
    return {iri: entry.label for iri, entry in found.items()}


def _kind(iri: str, base_iri: str) -> str:
    """Return of which kind a thing is; "" for what is not looked for."""
    if iri.startswith(base_iri):
        kind, slash, _ = iri[len(base_iri) :].partition("/")
        return kind if slash and kind not in _PARTS else ""
    if iri.startswith(EUG):
        return TERM
    return CONCEPT if iri.startswith(SCHEME) and "#" in iri else ""


def _rows(store: Store, curies: Iterable[str]) -> Iterator[tuple[NamedNode, NamedNode, object]]:
    for curie in curies:  # one by one: an engine reads one column in order
        predicate = term(curie)
        answer = store.query(f"SELECT ?thing ?value WHERE {{ ?thing {predicate} ?value }}")
        assert isinstance(answer, Solutions)
        for thing, value in answer.rows:
            if isinstance(thing, NamedNode):
                yield thing, predicate, value


def _literals(store: Store, curies: Iterable[str]) -> Iterator[tuple[str, NamedNode, Literal]]:
    for thing, predicate, value in _rows(store, curies):
        if isinstance(value, Literal):
            yield thing.value, predicate, value


def _values(store: Store, curies: Iterable[str]) -> Iterator[tuple[str, NamedNode, str]]:
    for thing, predicate, value in _rows(store, curies):
        if isinstance(value, (NamedNode, Literal)):
            yield thing.value, predicate, value.value


def _pairs(store: Store, curie: str) -> Iterator[tuple[NamedNode, NamedNode]]:
    for thing, _, value in _rows(store, (curie,)):
        if isinstance(value, NamedNode):
            yield thing, value

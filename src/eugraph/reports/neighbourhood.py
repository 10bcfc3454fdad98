"""What a store says of one thing and of what stands with it: grant, participations, claims, and the names of others.

Three rounds of questions, each small, so that a remote endpoint answers them as well: the statements; names and kinds
of what they point to; names of what those point to, such as countries.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from eugraph.errors import QueryError
from eugraph.store import Graph, Store
from eugraph.vocab import PREF_LABEL, RDF_TYPE, term

Term = NamedNode | BlankNode | Literal | Triple

INCOMING = tuple(
    term(f"eug:{name}")
    for name in (
        "affiliation",
        "call",
        "contributesTo",
        "developer",
        "funder",
        "lead",
        "operator",
        "originatesFrom",
        "programme",
        "result",
        "studies",
        "usesPlatform",
    )
)  # links that are told from their end as well
_LABEL = term("rdfs:label")
_OF_OTHERS = (
    PREF_LABEL,
    _LABEL,
    RDF_TYPE,
    *map(term, ("eug:country", "eug:funds", "eug:startDate", "eug:endDate", "foaf:page")),
)
_BATCH = 500  # IRIs in one question


class Neighbourhood:
    """Statements by subject and predicate, and by predicate and object."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._values: dict[Term, dict[NamedNode, list[Term]]] = {}
        self._subjects: dict[tuple[NamedNode, Term], list[Term]] = {}
        self.triples: list[Triple] = []
        self.add(triples)

    def add(self, triples: Iterable[Triple]) -> None:
        """Take in more; what is there already changes nothing."""
        for triple in triples:
            values = self._values.setdefault(triple.subject, {}).setdefault(triple.predicate, [])
            if triple.object not in values:
                values.append(triple.object)
                self._subjects.setdefault((triple.predicate, triple.object), []).append(triple.subject)
                self.triples.append(triple)

    def of(self, subject: Term) -> dict[NamedNode, list[Term]]:
        """All that is said of `subject`, by predicate."""
        return self._values.get(subject, {})

    def values(self, subject: Term | None, predicate: NamedNode) -> list[Term]:
        """The objects, in the order of their text."""
        return sorted(self._values.get(subject, {}).get(predicate, ()), key=str) if subject is not None else []

    def value(self, subject: Term | None, predicate: NamedNode) -> Term | None:
        """The first object, or None."""
        return next(iter(self.values(subject, predicate)), None)

    def subjects(self, predicate: NamedNode, value: Term) -> list[Term]:
        """The subjects, in the order of their text."""
        return sorted(self._subjects.get((predicate, value), ()), key=str)

    def names(self, thing: Term) -> list[tuple[NamedNode, Term]]:
        """All names of a thing or term, each with the property that says so."""
        return [(predicate, name) for predicate in (PREF_LABEL, _LABEL) for name in self.values(thing, predicate)]

    def name(self, thing: Term) -> str | None:
        """The English name of a thing or term, else one in another language, else None."""
        names = [name for _, name in self.names(thing) if isinstance(name, Literal)]
        return min(names, key=lambda name: (name.language != "en", name.value)).value if names else None


def neighbourhood(store: Store, thing: NamedNode) -> Neighbourhood:
    """Ask for what is around `thing`.

    Raises:
        EndpointError: a remote store did not answer.
    """
    grant, of, about, within = (term(f"eug:{n}") for n in ("grant", "organisation", "subject", "participatesIn"))
    found = Neighbourhood(
        _construct(
            store,
            f"{{ {thing} ?p ?o BIND({thing} AS ?s) }}"
            f" UNION {{ {thing} {grant} ?s . ?s ?p ?o }}"
            f" UNION {{ ?s {within} {thing} ; ?p ?o }}"
            f" UNION {{ ?s {of} {thing} ; {within} ?where ; ?p ?o }}"
            f" UNION {{ ?s {about} {thing} ; ?p ?o }}"
            f" UNION {{ {thing} {grant} ?g . ?s {about} ?g ; ?p ?o }}"
            f" UNION {{ VALUES ?p {{ {' '.join(map(str, INCOMING))} }} ?s ?p {thing} BIND({thing} AS ?o) }}",
        )
    )
    asked = set[NamedNode]()
    for _ in range(2):
        spoken = {t for triple in found.triples for t in (triple.subject, triple.predicate, triple.object)}
        unnamed = {t for t in spoken if isinstance(t, NamedNode) and found.name(t) is None} - asked
        asked |= unnamed
        found.add(_named(store, sorted(unnamed, key=str)))
    return found


def _named(store: Store, things: Sequence[NamedNode]) -> Iterable[Triple]:
    predicates = " ".join(map(str, _OF_OTHERS))
    for start in range(0, len(things), _BATCH):
        batch = " ".join(map(str, things[start : start + _BATCH]))
        yield from _construct(store, f"VALUES ?s {{ {batch} }} VALUES ?p {{ {predicates} }} ?s ?p ?o")


def _construct(store: Store, pattern: str) -> Sequence[Triple]:
    answer = store.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}")
    if not isinstance(answer, Graph):
        raise QueryError("the endpoint answered a CONSTRUCT with something else than a graph. Check its address.")
    return answer.triples

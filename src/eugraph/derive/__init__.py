"""What follows from the curated statements, made by CONSTRUCT rules in the order declared here.

The rules are read from `rules/`. One step is no rule: the plain value of a property is copied from its claims as
written, because a query engine may rewrite a literal on the way ("366805.0" to "366805").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain

from pyoxigraph import NamedNode, Quad, Triple

from eugraph.errors import QueryError
from eugraph.store import EmbeddedStore, Graph
from eugraph.vocab import PREFIXES, RDF_TYPE, term

RULES_BEFORE_VALUES = ("claim-dates", "preferred-claims", "coordinators")
RULES_AFTER_VALUES = ("inverses", "period-bounds", "durations", "disputes")

_OF_CLAIMS = {term(f"eug:{name}"): name for name in ("subject", "property", "value", "confidence")}
_NAME = re.compile(r"\b[a-z]+:[A-Za-z]\w*")
_SINGLE = term("eug:SingleValuedProperty")
_UNVERIFIED = term("confidence:unverified")


def derived_graph(base_iri: str) -> NamedNode:
    """The name of the graph that holds all derived statements."""
    return NamedNode(f"{base_iri}graph/derived")


def derive(quads: Sequence[Quad], background: Sequence[Quad], *, base_iri: str) -> list[Quad]:
    """Return the statements that follow from `quads` and are not among them, sorted, in the derived graph.

    Args:
        quads: the curated statements.
        background: ontology and concept schemes, which the rules consult and which are not repeated.
        base_iri: what the derived graph's name begins with.
    """
    looked_at = consulted()
    seen, seen_background = ([quad for quad in part if quad.predicate in looked_at] for part in (quads, background))
    store = EmbeddedStore(chain(seen, seen_background))
    stated = {quad.triple for quad in seen}
    graph = derived_graph(base_iri)
    found: dict[Triple, None] = {}

    def take(triples: Iterable[Triple]) -> None:
        fresh = [triple for triple in triples if triple not in stated and triple not in found]
        found.update(dict.fromkeys(fresh))
        store.extend(Quad(t.subject, t.predicate, t.object, graph) for t in fresh)

    ruled: list[Triple] = []
    for name in RULES_BEFORE_VALUES:
        ruled += (triples := _apply(name, store))
        take(triples)
    values = _plain_values(seen, ruled, seen_background)
    valued = {triple.predicate for triple in values}
    stated |= {quad.triple for quad in quads if quad.predicate in valued}
    take(values)
    for name in RULES_AFTER_VALUES:
        take(_apply(name, store))
    return sorted((Quad(t.subject, t.predicate, t.object, graph) for t in found), key=str)


@cache
def consulted() -> frozenset[NamedNode]:
    """The predicates that are looked at: of claims, and all names in rules, where no other variable is a predicate."""
    texts = (rule(name) for name in (*RULES_BEFORE_VALUES, *RULES_AFTER_VALUES))
    names = {name for text in texts for name in _NAME.findall(text) if name.partition(":")[0] in PREFIXES}
    return frozenset((RDF_TYPE, *_OF_CLAIMS, *map(term, names)))


@cache
def rule(name: str) -> str:
    """The text of a rule."""
    return files("eugraph.derive").joinpath("rules", f"{name}.rq").read_text(encoding="utf-8")


def _apply(name: str, store: EmbeddedStore) -> Sequence[Triple]:
    answer = store.query(rule(name))
    if not isinstance(answer, Graph):
        raise QueryError(f"the rule {name} is no CONSTRUCT.")
    return answer.triples


def _plain_values(quads: Iterable[Quad], ruled: Sequence[Triple], background: Iterable[Quad]) -> list[Triple]:
    """Copy values from claims: of the preferred claim where a property has one value, else of every verified claim.

    What a rule has already written of a thing's property stands: a participation tells the coordinator, a page may err.
    """
    settled = {(t.subject, t.predicate) for t in ruled}
    single = {subject for subject, _, value, _ in background if value == _SINGLE}
    preferred = {t.object for t in ruled if t.predicate == term("eug:preferredClaim")}
    claims: dict[object, dict[str, list[object]]] = {}
    for subject, predicate, value, _ in quads:
        if name := _OF_CLAIMS.get(predicate):
            claims.setdefault(subject, {}).setdefault(name, []).append(value)
    values: list[Triple] = []
    for claim, said in claims.items():
        for prop in said.get("property", ()):
            if claim in preferred if prop in single else _UNVERIFIED not in said.get("confidence", ()):
                values += (
                    Triple(subject, prop, value)  # type: ignore[arg-type]  # the shapes see to it that these are IRIs
                    for subject in said.get("subject", ())
                    for value in said.get("value", ())
                    if isinstance(subject, NamedNode) and isinstance(prop, NamedNode) and (subject, prop) not in settled
                )
    return values

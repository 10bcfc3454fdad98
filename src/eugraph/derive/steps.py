"""The steps of deriving, in their order, and which statements each looks at.

All but one are CONSTRUCT rules, read from `rules/`. One is none: the plain value of a property is copied from its
claims as written, because a query engine may rewrite a literal on the way ("366805.0" to "366805").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Triple

from eugraph.vocab import PREFIXES, RDF_TYPE, term

RULES_BEFORE_VALUES = ("claim-dates", "preferred-claims", "coordinators")
VALUES = "values"
RULES_AFTER_VALUES = (
    "names",
    "inverses",
    "takes-part",
    "participant-countries",
    "period-bounds",
    "durations",
    "disputes",
)
STEPS = (*RULES_BEFORE_VALUES, VALUES, *RULES_AFTER_VALUES)

Stated = Mapping[NamedNode, Iterable[Quad | Triple]]  # statements by predicate

_OF_CLAIMS = tuple(term(f"eug:{name}") for name in ("property", "subject", "value", "confidence"))
_PREFERRED = term("eug:preferredClaim")
_UNVERIFIED = term("confidence:unverified")
_NAME = re.compile(r"\b[a-z]+:[A-Za-z]\w*")
_RULES = Path(__file__).with_name("rules")


@cache
def rule(name: str) -> str:
    """The text of a rule."""
    return (_RULES / f"{name}.rq").read_text(encoding="utf-8")


@cache
def _names(name: str) -> frozenset[NamedNode]:
    """All terms that a rule names."""
    found = {name for name in _NAME.findall(rule(name)) if name.partition(":")[0] in PREFIXES}
    return frozenset(map(term, found))


@cache
def looks_at(step: str) -> frozenset[NamedNode]:
    """The predicates of the statements that decide on what a step finds, and some more perhaps.

    Of a rule they are all names in it, as no rule has a predicate that is a variable without a list of what it can be.
    The step that is none looks at claims, and at what the rules before it found.
    """
    if step == VALUES:
        return frozenset(_OF_CLAIMS).union(*map(looks_at, RULES_BEFORE_VALUES))
    return _names(step) | {RDF_TYPE}


@cache
def consulted() -> frozenset[NamedNode]:
    """The predicates of the statements that any step looks at."""
    return frozenset().union(*map(looks_at, STEPS))


@cache
def classes() -> frozenset[NamedNode]:
    """The classes by which rules ask for things, among other names: things of other classes are told by no type."""
    return frozenset().union(*map(_names, (*RULES_BEFORE_VALUES, *RULES_AFTER_VALUES)))


def plain_values(stated: Stated, ruled: Collection[Triple], single: Collection[object]) -> Iterator[Triple]:
    """Copy values from claims: of the preferred claim where a property has one value, else of every verified claim.

    What a rule has already written of a thing's property stands: a participation tells the coordinator, a page may err.

    Args:
        stated: the curated statements.
        ruled: what the rules before found.
        single: the properties that have one value.
    """
    settled = {(triple.subject, triple.predicate) for triple in ruled}
    preferred = {triple.object for triple in ruled if triple.predicate == _PREFERRED}
    properties, subjects, values, confidences = (_by_claim(stated.get(predicate, ())) for predicate in _OF_CLAIMS)
    for claim, about in properties.items():
        for prop in about:
            if claim in preferred if prop in single else _UNVERIFIED not in confidences.get(claim, ()):
                yield from (
                    Triple(subject, prop, value)  # type: ignore[arg-type]  # the shapes see to it that these are IRIs
                    for subject in subjects.get(claim, ())
                    for value in values.get(claim, ())
                    if isinstance(subject, NamedNode) and isinstance(prop, NamedNode) and (subject, prop) not in settled
                )


def _by_claim(statements: Iterable[Quad | Triple]) -> dict[object, list[object]]:
    found: dict[object, list[object]] = {}
    for statement in statements:
        found.setdefault(statement.subject, []).append(statement.object)
    return found

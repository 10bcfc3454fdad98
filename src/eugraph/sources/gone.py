"""Addresses that are no longer used: things that got another address, and descriptions that were withdrawn.

Curated files say so with `eug:withdrawn` and, for a thing that is described under another address now,
`dcterms:isReplacedBy`. Such an address has no class, so no report finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from eugraph.vocab import PREF_LABEL, term

WITHDRAWN = term("eug:withdrawn")
REPLACED_BY = term("dcterms:isReplacedBy")
_NOTE = term("eug:note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """An address that is no longer used. Texts are in English, else in another language, else empty."""

    iri: str
    day: str  # from which it is not used, as written
    successor: str  # the last of its new addresses; empty where it has none
    name: str
    note: str


def gone(quads: Sequence[Quad]) -> dict[str, Gone]:
    """Return all addresses that `quads` say are withdrawn, by their IRIs, in their order.

    An address that got a new one more than once leads to the last. Where the new ones form a circle, which the shapes
    do not let pass, it leads to one of them.
    """
    days: dict[str, str] = {}
    for quad in quads:
        if quad.predicate != WITHDRAWN:
            continue
        subject, value = quad.subject, quad.object
        if isinstance(subject, NamedNode) and isinstance(value, Literal):
            days[subject.value] = min(value.value, days.get(subject.value, value.value))
    if not days:
        return {}
    steps: dict[str, str] = {}
    texts: dict[tuple[str, NamedNode], list[Literal]] = {}
    for quad in quads:
        subject, value = quad.subject, quad.object
        if not isinstance(subject, NamedNode) or subject.value not in days:
            continue
        if quad.predicate == REPLACED_BY and isinstance(value, NamedNode):
            steps[subject.value] = min(value.value, steps.get(subject.value, value.value))
        elif quad.predicate in (PREF_LABEL, _NOTE) and isinstance(value, Literal):
            texts.setdefault((subject.value, quad.predicate), []).append(value)
    return {
        iri: Gone(
            iri=iri,
            day=days[iri],
            successor=_last(iri, steps),
            name=_text(texts.get((iri, PREF_LABEL), ())),
            note=_text(texts.get((iri, _NOTE), ())),
        )
        for iri in sorted(days)
    }


def _last(iri: str, steps: Mapping[str, str]) -> str:
    seen = {iri}
    while (new := steps.get(iri)) is not None and new not in seen:
        seen.add(new)
        iri = new
    return iri if len(seen) > 1 else ""


def _text(found: Iterable[Literal]) -> str:
    ranked = sorted(found, key=lambda text: (text.language != "en", text.language or "", text.value))
    return ranked[0].value if ranked else ""

"""Lists of what a thing is related to: what it points to, and what points to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from eugraph.publish.pages import layout
from eugraph.publish.pages.kinds import kind_of
from eugraph.publish.pages.overview import BACKWARD, LONGEST_LIST, Overview
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.terms import key, plain
from eugraph.rdf.turtle_blanks import Properties

_PARTS = key("dcterms:hasPart")
_LAST = "~"  # sorts after every date


@dataclass(frozen=True, slots=True)
class Group:
    """A list under a heading; `more` are not listed."""

    label: str
    items: Sequence[Markup]
    more: int = 0


def related_of(own: Properties, pen: Pen, overview: Overview, things: Sequence[str]) -> list[Group]:
    """Return what a thing points to. Its parts stand by kind, each with its year and in order of time.

    Args:
        own: what is said of the thing.
        pen: writes names.
        overview: for the years.
        things: what stands in the same document, and is not listed here.
    """
    found, here = [], {f"<{thing}>" for thing in things}
    for predicate in layout.RELATED:
        if not (others := own.get(predicate, set()) - here):
            continue
        label = layout.label(predicate, pen.names)
        iris = [plain(value) for value in others]
        found += _parts(label, iris, pen, overview) if predicate == _PARTS else [_group(label, iris, pen)]
    return found


def mentions_of(iri: str, pen: Pen, overview: Overview) -> list[Group]:
    """Return who points to a thing."""
    mentioned = {found.curie: found for found in overview.mentioned.get(iri, ())}
    return [
        Group(label, [pen.iri(who) for who in found.who], found.total - len(found.who))
        for curie, label in BACKWARD.items()
        if (found := mentioned.get(curie))
    ]


def _parts(label: str, iris: Sequence[str], pen: Pen, overview: Overview) -> list[Group]:
    kinds: dict[str, list[str]] = {}
    for iri in iris:
        kinds.setdefault(pen.names.name(iri).target.partition("/")[0], []).append(iri)
    return [
        _group(f"{label}: {kind_of(kind).many.lower()}" if kind else label, kinds[kind], pen, overview)
        for kind in sorted(kinds)
    ]


def _group(label: str, iris: Sequence[str], pen: Pen, overview: Overview | None = None) -> Group:
    """Return a list by name; with an overview, by start and name, those without start last."""
    starts = overview.starts if overview else {}
    ranked = sorted(iris, key=lambda iri: (starts.get(iri, _LAST), pen.names.label(iri).casefold(), iri))
    items = [_item(iri, starts.get(iri, ""), pen) for iri in ranked[:LONGEST_LIST]]
    return Group(label, items, max(0, len(iris) - LONGEST_LIST))


def _item(iri: str, start: str, pen: Pen) -> Markup:
    name = pen.iri(iri)
    return name + Markup(' <span class="quiet">') + pen.day(start) + Markup("</span>") if start else name

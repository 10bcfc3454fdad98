"""What changed of each thing: an edit for each property of a node, and one for a node that came or went as a whole.

A participation, a grant and a claim are told with the thing that they belong to, as in its document. Derived statements
are counted and not told: they follow from what is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import NamedNode, Quad, Triple

from eugraph.changes.side import Side, Told
from eugraph.changes.statements import Difference, differing
from eugraph.changes.surroundings import Surroundings, is_curated
from eugraph.reports.neighbourhood import Term

_DEEPEST = 3  # a claim on the grant of a project


class Kind(StrEnum):
    """What happened to a node."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A property of a node with other values; or a part of a thing that came or went as a whole."""

    node: Term
    kind: Kind
    predicate: NamedNode | None = None  # None for a part as a whole
    removed: Sequence[Term] = ()
    added: Sequence[Term] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A thing that changed, with what changed of it and of its parts."""

    node: Term
    kind: Kind
    edits: Sequence[Edit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Everything that differs between two states."""

    old: Side
    new: Side
    difference: Difference
    things: Sequence[Thing]
    around: Surroundings
    elsewhere: int  # statements that only stand in another graph than before
    derived: tuple[int, int]  # derived statements that went, and that came
    fixed: Sequence[Told] | None  # findings that are no more; None where a side was not validated
    found: Sequence[Told] | None  # those that are new


def changes(old: Side, new: Side) -> Changes:
    """Compare two states.

    Raises:
        InputError: one cannot be read.
    """
    difference = differing(old, new)
    gone, come = old.quads_of(difference.gone), new.quads_of(difference.come)
    before, after = _curated(gone), _curated(come)
    stayed = before.keys() & after.keys()
    lost = [triple for triple in before if triple not in stayed]
    won = [triple for triple in after if triple not in stayed]
    around = Surroundings(old, new, {triple.subject for triple in (*lost, *won)})
    fixed, found = _findings(old, new)
    return Changes(
        old=old,
        new=new,
        difference=difference,
        things=_things(lost, won, around),
        around=around,
        elsewhere=len(stayed),
        derived=(sum(not is_curated(quad) for quad in gone), sum(not is_curated(quad) for quad in come)),
        fixed=fixed,
        found=found,
    )


def _curated(quads: Iterable[Quad]) -> dict[Triple, None]:
    return dict.fromkeys(quad.triple for quad in quads if is_curated(quad))


def _things(lost: Iterable[Triple], won: Iterable[Triple], around: Surroundings) -> Sequence[Thing]:
    values: dict[Term, dict[NamedNode, tuple[list[Term], list[Term]]]] = {}
    for side, triples in enumerate((lost, won)):
        for triple in triples:
            values.setdefault(triple.subject, {}).setdefault(triple.predicate, ([], []))[side].append(triple.object)
    edits: dict[Term, list[Edit]] = {}
    for node in sorted(values, key=str):
        thing = _thing(node, around)
        told = edits.setdefault(thing, [])
        kind = _kind(node, around)
        if kind != Kind.CHANGED:
            told += [] if node == thing else [Edit(node=node, kind=kind)]
            continue
        for predicate, (removed, added) in sorted(values[node].items(), key=lambda item: str(item[0])):
            left = [[v for v in side if not _is_told(v, thing, around)] for side in (removed, added)]
            if left[0] or left[1]:
                told.append(
                    Edit(node=node, kind=kind, predicate=predicate, removed=_sorted(left[0]), added=_sorted(left[1]))
                )
    things = [
        Thing(node=node, kind=_kind(node, around), edits=sorted(told, key=lambda edit: edit.node != node))
        for node, told in edits.items()
    ]
    return [thing for thing in things if thing.edits or (thing.kind != Kind.CHANGED and thing.node in values)]


def _thing(node: Term, around: Surroundings) -> Term:
    """The thing with which a node is told."""
    for _ in range(_DEEPEST):
        owner = around.owner(node)
        if owner is None:
            break
        node = owner
    return node


def _is_told(value: Term, thing: Term, around: Surroundings) -> bool:
    """Tell whether a value is a part of the thing that is told as a whole: the link to it is no edit of its own."""
    return (
        isinstance(value, NamedNode)
        and around.owner(value) is not None
        and _thing(value, around) == thing
        and _kind(value, around) != Kind.CHANGED
    )


def _kind(node: Term, around: Surroundings) -> Kind:
    if around.is_new(node) == around.is_gone(node):
        return Kind.CHANGED
    return Kind.ADDED if around.is_new(node) else Kind.REMOVED


def _sorted(values: Iterable[Term]) -> Sequence[Term]:
    return sorted(values, key=str)


def _findings(old: Side, new: Side) -> tuple[Sequence[Told], Sequence[Told]] | tuple[None, None]:
    if old.findings is None or new.findings is None:
        return None, None
    before, after = Counter(old.findings), Counter(new.findings)
    return list((before - after).elements()), list((after - before).elements())

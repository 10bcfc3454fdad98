"""Sentences on several values: how many there are, how two properties compare, shapes within a shape."""

from __future__ import annotations

from collections import Counter

from pyoxigraph import Literal, NamedNode

from eugraph.rdf.values import compare, value_of
from eugraph.shacl import Result
from eugraph.shacl.components.cardinality import MaxCount, MinCount
from eugraph.shacl.components.logical import And, Not, Or, Xone
from eugraph.shacl.components.other import Closed, HasValue
from eugraph.shacl.components.property_pair import Disjoint, Equals, LessThan, LessThanOrEquals
from eugraph.shacl.components.shape_based import Node, Qualified
from eugraph.shacl.components.string_based import UniqueLang
from eugraph.shacl.path import Predicate
from eugraph.shacl.shape import Shape
from eugraph.validate.words.alternatives import by_alternative
from eugraph.validate.words.fault import Around, fault, subject
from eugraph.validate.words.names import listed, short, shown


def _number(result: Result, around: Around) -> tuple[int | None, str]:
    """How many values there are, if that is known, and the property."""
    values = around.values(result.focus, result.path)
    return None if values is None else len(values), around.names.path(result.path, result.shape)


@fault.register
def _(asked: MinCount, result: Result, around: Around) -> str:
    number, path = _number(result, around)
    if number is None:
        return f"there are too few values of {path}: {asked.count} must be at least. Add what is missing."
    if not number:
        return f"there is no value of {path}. Add {'one' if asked.count == 1 else asked.count}."
    has = "is 1 value" if number == 1 else f"are {number} values"
    return f"there {has} of {path}, and {asked.count} are needed at least. Add {asked.count - number}."


@fault.register
def _(asked: MaxCount, result: Result, around: Around) -> str:
    number, path = _number(result, around)
    if not asked.count:
        return f"{path} may not be said here. Take it out."
    has = f"there are {number} values" if number else "there are too many values"
    are, keep = ("is", "Keep one") if asked.count == 1 else ("are", f"Keep {asked.count}")
    return f"{has} of {path}, and {asked.count} {are} allowed at most. {keep}."


@fault.register
def _(asked: UniqueLang, result: Result, around: Around) -> str:  # noqa: ARG001 - the same for all
    values = around.values(result.focus, result.path) or []
    tags = Counter(v.language.lower() for v in values if isinstance(v, Literal) and v.language)
    twice = listed([f"@{tag}" for tag, number in sorted(tags.items()) if number > 1], "and") or "one language"
    return f"{around.names.path(result.path, result.shape)} has several texts in {twice}. Keep one text a language."


@fault.register
def _(asked: Equals, result: Result, around: Around) -> str:
    path, other = around.names.path(result.path, result.shape), around.names.term(asked.other)
    value = subject(result)
    others = around.values(result.focus, Predicate(asked.other))
    remedy = "Add it there, or take it out"
    if others is None:
        return f"{shown(value)} stands under {path} or {other} alone, and both must have the same values. {remedy}."
    there = value in others
    has, lacks = (other, path) if there else (path, other)
    return f"{shown(value)} stands under {has} alone, and {lacks} must have the same values. {remedy}."


@fault.register
def _(asked: Disjoint, result: Result, around: Around) -> str:
    path, other = around.names.path(result.path, result.shape), around.names.term(asked.other)
    value = shown(subject(result))
    return f"{value} stands under {path} and under {other}, which may share no value. Take one of them out."


@fault.register
def _(asked: LessThan, result: Result, around: Around) -> str:
    return _order(asked.other, result, around, "less than", LessThan.right)


@fault.register
def _(asked: LessThanOrEquals, result: Result, around: Around) -> str:
    return _order(asked.other, result, around, "at most", LessThanOrEquals.right)


def _order(other: NamedNode, result: Result, around: Around, side: str, right: frozenset[int]) -> str:
    value, path = subject(result), around.names.path(result.path, result.shape)
    number = value_of(value) if isinstance(value, Literal) else None
    others = around.values(result.focus, Predicate(other)) or []
    found = {o: compare(number, value_of(o) if isinstance(o, Literal) else None) for o in others}
    broken = [o for o, order in found.items() if order not in right]
    named = around.names.term(other)
    if not broken:
        return f"{shown(value)} under {path} must be {side} what stands under {named}. Correct one of them."
    against = f"{listed([shown(o) for o in broken], 'and')} under {named}"
    if all(found[o] is None for o in broken):
        return f"{shown(value)} under {path} cannot be compared with {against}. Write values of one type."
    return f"{shown(value)} under {path} must be {side} {against}, and is not. Correct one of them."


@fault.register
def _(asked: HasValue, result: Result, around: Around) -> str:
    where = f" among the values of {around.names.path(result.path, result.shape)}" if result.path else " here"
    return f"{shown(asked.value)} is missing{where}. Add it."


@fault.register
def _(asked: Closed, result: Result, around: Around) -> str:
    used = result.path.iri if isinstance(result.path, Predicate) else None
    allowed = sorted(short(iri) for iri in asked.allowed)
    meant = around.near(short(used), allowed) if used is not None else ""
    known = f": only {listed(allowed, 'and')} may" if allowed else ""
    path = around.names.path(result.path)
    return f"{path} may not be said here{known}{meant or '.'} Take it out, or correct the name."


def _shape_name(shape: Shape, around: Around) -> str:
    label = around.names.label(shape.node)
    if label:
        return f"“{label}”"
    return short(shape.node) if isinstance(shape.node, NamedNode) else ""


@fault.register
def _(asked: Not, result: Result, around: Around) -> str:
    name = _shape_name(asked.shapes[0], around)
    what = f"as {name} says, and may not be" if name else "such as the shape forbids"
    return f"{shown(subject(result))} is {what}. Change what is said of it."


@fault.register
def _(asked: Node, result: Result, around: Around) -> str:
    return _unlike(result, _shape_name(asked.shape, around))


@fault.register
def _(asked: And, result: Result, around: Around) -> str:
    return _unlike(result, listed([name for shape in asked.shapes if (name := _shape_name(shape, around))], "and"))


def _unlike(result: Result, name: str) -> str:
    return f"{shown(subject(result))} is not as {name or 'it'} {'asks' if name else 'must be'}. Mend what is behind it."


@fault.register
def _(asked: Or, result: Result, around: Around) -> str:  # noqa: ARG001 - the same for all
    number = len(asked.shapes)
    if number == 1:
        return _unlike(result, "")
    return f"{shown(subject(result))} must be one of {number} things, and is none. Mend one of them."


@fault.register
def _(asked: Xone, result: Result, around: Around) -> str:
    failed = by_alternative(asked.shapes, result.details)
    fits = [shape for place, shape in enumerate(asked.shapes) if place not in failed]
    if not fits:
        must = f"must be exactly one of {len(asked.shapes)} things"
        return f"{shown(subject(result))} {must}, and is none. Mend one of them."
    names = [name for shape in fits if (name := _shape_name(shape, around))]
    which = f" ({listed(names, 'and')})" if len(names) == len(fits) else ""
    return f"{shown(subject(result))} is {len(fits)} things at once{which}, and must be exactly one. Decide for one."


@fault.register
def _(asked: Qualified, result: Result, around: Around) -> str:
    number, path = _number(result, around)
    name = _shape_name(asked.shape, around) or "asked"
    of_all = "the values" if number is None else f"the {number} values"
    if asked.at_most is not None:
        fit = f"more than {asked.at_most}" if asked.at_most else "one or more"
        may = f"{asked.at_most} may be at most" if asked.at_most else "none may be"
        return f"{fit} of {of_all} of {path} are as {name}, and {may}. Take some out."
    if number == 0:
        return f"there is no value of {path}, and {asked.at_least} as {name} must be. Add {asked.at_least}."
    need = "1 must be" if asked.at_least == 1 else f"{asked.at_least} must be"
    return f"too few of {of_all} of {path} are as {name}: {need}. Add another, or mend one of them."

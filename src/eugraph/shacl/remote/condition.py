"""What can be said of a value by looking at nothing but it: value types, ranges, texts, lists.

A store may have another idea than the specification of which literals are well-formed, and of which can be compared. So
a query asks only for what no engine doubts, and what is neither right nor wrong beyond doubt is judged here.

Spec: SHACL §4.1 to §4.4 and §4.8, <https://www.w3.org/TR/shacl/#core-components>; SPARQL 1.1 §17.4,
<https://www.w3.org/TR/sparql11-query/#SparqlOps>.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import singledispatch

from pyoxigraph import BlankNode, Literal, NamedNode

from eugraph.rdf.lexical import has_form
from eugraph.rdf.values import ORDERED
from eugraph.shacl.component import Component
from eugraph.shacl.components.other import In
from eugraph.shacl.components.string_based import LanguageIn, MaxLength, MinLength, Pattern
from eugraph.shacl.components.value_range import Bound
from eugraph.shacl.components.value_type import Datatype, NodeKind
from eugraph.shacl.graph import Term
from eugraph.shacl.remote.form import plain_form
from eugraph.vocab import PREFIXES, term

_KINDS = {"BlankNode": ("isBlank",), "IRI": ("isIRI",), "Literal": ("isLiteral",)}
_LANG_STRING = term("rdf:langString")
_STRING = PREFIXES["xsd"] + "string"
_ZONED = "[0-9](Z|[+-][0-9][0-9]:[0-9][0-9])$"
_OPERATORS = {frozenset((-1,)): ">", frozenset((-1, 0)): ">=", frozenset((1,)): "<", frozenset((1, 0)): "<="}


@dataclass(frozen=True, slots=True)
class Condition:
    """Expressions that are true or false and never an error."""

    right: str  # beyond doubt
    doubt: str | None = None  # not right beyond doubt, nor wrong; None where there is no doubt


@singledispatch
def condition(component: Component, value: str) -> Condition | None:  # noqa: ARG001 - what others look at
    """Return when a value is right; None where that takes more than to look at it.

    Args:
        component: the constraint.
        value: the variable.
    """
    return None


@condition.register
def _(component: NodeKind, value: str) -> Condition:
    kinds = component.kind.split("Or")
    return Condition(" || ".join(f"{_KINDS[kind][0]}({value})" for kind in kinds))


@condition.register
def _(component: Datatype, value: str) -> Condition:
    if component.datatype == _LANG_STRING:  # not every store tells the datatype of a text with a language
        return Condition(surely(f'isLiteral({value}) && LANG({value}) != ""'))
    same = f"isLiteral({value}) && DATATYPE({value}) = {component.datatype}"
    if component.datatype.value == _STRING:
        same += f' && LANG({value}) = ""'
    if not has_form(component.datatype.value):
        return Condition(surely(same))
    form = plain_form(component.datatype.value)
    fits = f"REGEX(STR({value}), {Literal(form)})" if form else "false"
    return Condition(surely(f"{same} && {fits}"), surely(f"{same} && !({fits})"))


@condition.register
def _(component: Bound, value: str) -> Condition:
    sign, bound = _OPERATORS[component.right], component.bound
    ordered = next((each for each in ORDERED if bound.datatype.value in each), None)
    if component.value is None or ordered is None:
        return Condition("false")
    return _compared(value, str(bound), sign, [ordered], _of(value, ordered))


@condition.register
def _(component: MinLength, value: str) -> Condition:
    return Condition(f"!isBlank({value}) && STRLEN(STR({value})) >= {component.length}")


@condition.register
def _(component: MaxLength, value: str) -> Condition:
    return Condition(f"!isBlank({value}) && STRLEN(STR({value})) <= {component.length}")


@condition.register
def _(component: Pattern, value: str) -> Condition:
    flags = f", {Literal(component.flags)}" if component.flags else ""
    return Condition(surely(f"!isBlank({value}) && REGEX(STR({value}), {Literal(component.pattern)}{flags})"))


@condition.register
def _(component: LanguageIn, value: str) -> Condition:
    ranges = (f"LANGMATCHES(LANG({value}), {Literal(language)})" for language in component.languages)
    return Condition(surely(f'isLiteral({value}) && LANG({value}) != "" && ({_any(ranges)})'))


@condition.register
def _(component: In, value: str) -> Condition:
    return Condition(_any(is_term(value, member) for member in component.members))


def is_term(value: str, wanted: Term) -> str:
    """An expression that is true where a variable is a term; a blank node of the shapes is none of the data."""
    if isinstance(wanted, BlankNode):
        return "false"
    if isinstance(wanted, NamedNode):
        return f"{value} = {wanted}"
    text = f'isLiteral({value}) && STR({value}) = {Literal(wanted.value)} && LANG({value}) = "{wanted.language or ""}"'
    if not wanted.language:  # not every store tells the datatype of a text with a language
        text += f" && DATATYPE({value}) = {wanted.datatype}"
    return f"(sameTerm({value}, {wanted}) || {surely(text)})"  # Virtuoso's sameTerm is false of equal literals


def ordered_pair(one: str, other: str, sign: str) -> Condition:
    """When two values are in an order, such as `<`."""
    both = _any(f"({_of(one, kind)}) && ({_of(other, kind)})" for kind in ORDERED)
    return _compared(one, other, sign, ORDERED, both)


def _compared(one: str, other: str, sign: str, kinds: Iterable[Collection[str]], comparable: str) -> Condition:
    """When two values are in an order, of which `comparable` says that they are of one kind."""
    alike = f'(DATATYPE({one}) = <{_STRING}> || REGEX(STR({one}), "{_ZONED}") = REGEX(STR({other}), "{_ZONED}"))'
    plain = " && ".join(f"({_any(_plainly(node, kinds))})" for node in (one, other) if node.startswith("?"))
    told = f"COALESCE(IF({one} {sign} {other}, true, true), false)"
    decided = f"({plain}) && {alike} && {told}"
    return Condition(
        surely(f"({comparable}) && {decided} && {one} {sign} {other}"),
        surely(f"({comparable}) && !({surely(decided)})"),
    )


def _plainly(value: str, kinds: Iterable[Collection[str]]) -> Iterable[str]:
    by_form: dict[str, list[str]] = {}
    for datatype in sorted(name for kind in kinds for name in kind):
        by_form.setdefault(plain_form(datatype) or "", []).append(datatype)
    for form, datatypes in by_form.items():
        of = _of(value, datatypes)
        if datatypes == [_STRING]:
            yield of
        elif form:
            yield f"({of} && REGEX(STR({value}), {Literal(form)}))"


def _of(value: str, datatypes: Collection[str]) -> str:
    return f"DATATYPE({value}) IN ({', '.join(f'<{name}>' for name in sorted(datatypes))})"


def _any(parts: Iterable[str]) -> str:
    return " || ".join(parts) or "false"


def surely(expression: str) -> str:
    """The expression, with an error as false."""
    return f"COALESCE({expression}, false)"

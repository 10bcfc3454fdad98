"""Sentences on one value: its type, range and text, and the list that it must be in."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode

from eugraph.rdf.lexical import expected_form
from eugraph.rdf.values import compare, value_of
from eugraph.shacl import Result
from eugraph.shacl.components.other import In
from eugraph.shacl.components.string_based import LanguageIn, MaxLength, MinLength, Pattern
from eugraph.shacl.components.value_range import Bound
from eugraph.shacl.components.value_type import Class, Datatype, NodeKind
from eugraph.shacl.graph import Term
from eugraph.validate.words.fault import Around, fault, subject
from eugraph.validate.words.names import listed, short, shown
from eugraph.vocab import PREFIXES, shorten

_XSD = PREFIXES["xsd"]
_LANG_STRING = f"{PREFIXES['rdf']}langString"
_NOUNS = {
    "boolean": "true or false",
    "date": "day",
    "dateTime": "moment",
    "decimal": "number",
    "double": "number",
    "gYear": "year",
    "gYearMonth": "month",
    "integer": "whole number",
    "string": "plain text",
    "anyURI": "address",
}
_KINDS = {
    "BlankNode": "a node without an IRI",
    "IRI": "an IRI",
    "Literal": "a text, a number or a date",
    "BlankNodeOrIRI": "a thing",
    "BlankNodeOrLiteral": "a text, a number, a date or a node without an IRI",
    "IRIOrLiteral": "an IRI, a text, a number or a date",
}
_REMEDIES = {
    "IRI": "Write the address in < >, or a name with a prefix.",
    "Literal": "Write the value in quotation marks.",
    "BlankNodeOrIRI": "Name a thing in place of a text.",
}
_SIDES = {
    "MinExclusive": "more than",
    "MinInclusive": "at least",
    "MaxExclusive": "less than",
    "MaxInclusive": "at most",
}


@fault.register
def _(asked: Datatype, result: Result, around: Around) -> str:  # noqa: ARG001 - the same for all
    value, wanted = subject(result), asked.datatype.value
    kind = shorten(wanted)
    noun = _NOUNS.get(wanted.removeprefix(_XSD))
    named = f"{noun} ({kind})" if noun else kind
    form = expected_form("\0", wanted)
    if not isinstance(value, Literal):
        return f"{shown(value)} is a thing, and a value of the type {kind} is asked for. Write {form or 'the value'}."
    if wanted == _LANG_STRING:
        return f"{shown(value)} has no language. Add one, such as @en."
    if value.datatype == asked.datatype:
        return f"{shown(value)} is no {named}. Write {expected_form(value.value, wanted)}."
    if value.language and form is None:
        return f"{shown(value)} has a language, and {kind} is asked for. Take @{value.language} away."
    if expected_form(value.value, wanted):
        return f"{shown(value)} is no {named}. Write {form}, with the datatype {kind}."
    remedy = "Write it in quotation marks, without a datatype" if kind == "xsd:string" else f"Write ^^{kind} behind it"
    was = "a text" if value.datatype.value == f"{_XSD}string" else shorten(value.datatype.value)
    return f"{shown(value)} is written as {was}, and {kind} is asked for. {remedy}."


@fault.register
def _(asked: Class, result: Result, around: Around) -> str:
    value, kind = subject(result), around.names.term(asked.kind)
    if isinstance(value, Literal):
        return f"{shown(value)} is a text, and a thing of the class {kind} is asked for. Name that thing by its IRI."
    return f"{shown(value)} is not of the class {kind}. Name a thing of that class, or give this one the class."


@fault.register
def _(asked: NodeKind, result: Result, around: Around) -> str:  # noqa: ARG001 - the same for all
    remedy = _REMEDIES.get(asked.kind, "Write it so.")
    return f"{shown(subject(result))} is not {_KINDS[asked.kind]}, and must be. {remedy}"


@fault.register
def _(asked: Bound, result: Result, around: Around) -> str:  # noqa: ARG001 - the same for all
    value, bound = subject(result), shown(asked.bound)
    side = _SIDES[asked.iri.value.removeprefix(PREFIXES["sh"]).removesuffix("ConstraintComponent")]
    number = value_of(value) if isinstance(value, Literal) else None
    if number is None or compare(asked.value, number) is None:
        kind = shorten(asked.bound.datatype.value)
        return f"{shown(value)} cannot be compared with {bound}. Write a value of the type {kind}, {side} {bound}."
    return f"{shown(value)} is out of range. Write {side} {bound}."


@fault.register
def _(asked: MinLength, result: Result, around: Around) -> str:  # noqa: ARG001 - the same for all
    return _length(result, asked.length, "at least")


@fault.register
def _(asked: MaxLength, result: Result, around: Around) -> str:  # noqa: ARG001 - the same for all
    return _length(result, asked.length, "at most")


def _length(result: Result, wanted: int, side: str) -> str:
    value = subject(result)
    if isinstance(value, BlankNode):
        return f"a node without an IRI has no length, and a text of {side} {wanted} characters is asked for. Write one."
    has, remedy = len(value.value), "Write more" if side == "at least" else "Shorten it"
    return f"{shown(value)} has {_characters(has)}, and {side} {_characters(wanted)} must be. {remedy}."


def _characters(number: int) -> str:
    """Return "1 character", "2 characters"."""
    return f"{number} character" + ("" if number == 1 else "s")


@fault.register
def _(asked: Pattern, result: Result, around: Around) -> str:  # noqa: ARG001 - the same for all
    case = ", whatever the case of letters" if "i" in asked.flags else ""
    pattern = " ".join(asked.pattern.split())
    return f"{shown(subject(result))} does not match the pattern {pattern}{case}. Write it in that form."


@fault.register
def _(asked: LanguageIn, result: Result, around: Around) -> str:  # noqa: ARG001 - the same for all
    value, tags = subject(result), listed([f"@{tag}" for tag in asked.languages]) if asked.languages else "none"
    if isinstance(value, Literal) and value.language:
        return f"the language of {shown(value)} is not one of those allowed: {tags}. Say it in one of them."
    return f"{shown(value)} has no language. Write a text with one of {tags}."


@fault.register
def _(asked: In, result: Result, around: Around) -> str:
    value, members = subject(result), [_brief(member) for member in asked.members]
    if not members:
        return f"{shown(value)} is not allowed: no value is. Take it out."
    if same := [m for m in asked.members if type(m) is type(value) and m.value == value.value]:
        return f"{shown(value)} has not the datatype or the language that is asked for. Write {same[0]}."
    known = [_word(member) for member in asked.members if type(member) is type(value)]
    meant = around.near(_word(value), known)
    one, remedy = ("must be", "that") if len(members) == 1 else ("must be one of", "one of these")
    return f"{shown(value)} {one} {listed(members)}{meant or '.'} Write {remedy}."


def _brief(node: Term) -> str:
    return short(node) if isinstance(node, NamedNode) else shown(node)


def _word(node: Term) -> str:
    return short(node) if isinstance(node, NamedNode) else node.value

"""What a validation result says to a person: the shape's own message, else a sentence made from what was asked."""

from __future__ import annotations

from pyoxigraph import NamedNode

from eugraph.shacl import Result
from eugraph.shacl.graph import Term
from eugraph.vocab import PREFIXES, shorten

_FAULTS = {
    "And": "{value} does not conform to all of the shapes that it must conform to",
    "Class": "{value} is not of the class that is asked for",
    "Closed": "{path} is a property that is not allowed here",
    "Datatype": "{value} has another datatype than is asked for, or not the form of it",
    "Disjoint": "{value} stands under two properties that may share no value",
    "Equals": "{value} stands under one of two properties that must have the same values",
    "HasValue": "a value that must be there is missing under {path}",
    "In": "{value} is not in the list of allowed values",
    "LanguageIn": "{value} is in none of the allowed languages",
    "LessThan": "{value} is not less than the value that it must be less than",
    "LessThanOrEquals": "{value} is greater than the value that it may at most be equal to",
    "MaxCount": "there are too many values of {path}",
    "MaxExclusive": "{value} is too great",
    "MaxInclusive": "{value} is too great",
    "MaxLength": "{value} is too long",
    "MinCount": "there are too few values of {path}",
    "MinExclusive": "{value} is too small",
    "MinInclusive": "{value} is too small",
    "MinLength": "{value} is too short",
    "Node": "{value} does not conform to a shape that it must conform to",
    "NodeKind": "{value} is not of the kind of term that is asked for",
    "Not": "{value} conforms to a shape that it may not conform to",
    "Or": "{value} conforms to none of the shapes of which it must conform to one",
    "Pattern": "{value} does not match the pattern that is asked for",
    "QualifiedMaxCount": "too many values of {path} conform to a shape",
    "QualifiedMinCount": "too few values of {path} conform to a shape",
    "SPARQL": "{value} is found by a query that must find nothing",
    "UniqueLang": "two values of {path} share a language",
    "Xone": "{value} conforms to none, or to more than one, of the shapes of which it must conform to exactly one",
}
_SUFFIX = "ConstraintComponent"


def message_of(result: Result) -> str:
    """Return the shape's message, else a sentence on what is wrong."""
    if result.messages:
        return result.messages[0].value
    return f"{sentence(result)}."


def sentence(result: Result) -> str:
    """Say what is wrong, without a full stop."""
    name = result.component.value.removeprefix(PREFIXES["sh"]).removesuffix(_SUFFIX)
    fault = _FAULTS.get(name, f"{{value}} breaks the constraint {shorten(result.component.value)}")
    value = result.value if result.value is not None else result.focus
    return fault.format(value=shown(value), path=result.path or "it")


def reasons_of(result: Result) -> tuple[str, ...]:
    """Return a sentence for each leaf of what is behind a result: the faults that have no reason of their own."""
    found: dict[str, None] = {}
    waiting = list(reversed(result.details))
    while waiting:
        detail = waiting.pop()
        if detail.details:
            waiting += reversed(detail.details)
        else:
            found[message_of(detail)] = None
    return tuple(found)


def shown(term: Term) -> str:
    """A term as messages show it: a name before an IRI."""
    return shorten(term.value) if isinstance(term, NamedNode) else str(term)

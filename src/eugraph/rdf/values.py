"""The values that literals stand for, and which of two comes first.

Spec: SPARQL 1.1 Query §17.3, <https://www.w3.org/TR/sparql11-query/#OperatorMapping>; XML Schema 1.1 Part 2 §3.3,
<https://www.w3.org/TR/xmlschema11-2/#built-in-primitive-datatypes>.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from pyoxigraph import Literal

from eugraph.rdf.lexical import expected_form
from eugraph.vocab import PREFIXES

_XSD = PREFIXES["xsd"]
WHOLE = frozenset(  # datatypes of whole numbers
    _XSD + name
    for name in [
        "integer",
        "nonNegativeInteger",
        "positiveInteger",
        "nonPositiveInteger",
        "negativeInteger",
        "long",
        "int",
        "short",
        "byte",
        "unsignedLong",
        "unsignedInt",
        "unsignedShort",
        "unsignedByte",
    ]
)
_FLOATS = frozenset((f"{_XSD}double", f"{_XSD}float"))
_TEMPORAL = frozenset(_XSD + name for name in ("date", "dateTime", "dateTimeStamp", "time", "gYear", "gYearMonth"))
ORDERED = (  # sets of datatypes whose values have an order, in each of which any two can be compared
    WHOLE | _FLOATS | {f"{_XSD}decimal"},
    frozenset((f"{_XSD}dateTime", f"{_XSD}dateTimeStamp")),
    *(
        frozenset((_XSD + name,))
        for name in ("boolean", "date", "dayTimeDuration", "gYear", "gYearMonth", "string", "time", "yearMonthDuration")
    ),
)
_PARTS = re.compile(
    r"(?:(?P<year>-?\d{4,})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?)?T?"
    r"(?:(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d(?:\.\d+)?))?(?P<zone>Z|[+-]\d\d:\d\d)?\Z"
)
_SPAN = re.compile(
    r"(?P<sign>-)?P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?\Z"
)
_FOURTEEN_HOURS = Fraction(14 * 3600)


class Value(NamedTuple):
    """What a literal stands for: values of one kind can be compared."""

    kind: str
    size: str | bool | int | float | Decimal | Fraction
    zoned: bool = True  # False for a moment without time zone


def value_of(literal: Literal) -> Value | None:
    """Return the value, or None where the literal is ill-typed or its datatype has no order that SPARQL knows."""
    datatype, text = literal.datatype.value, literal.value
    if literal.language or expected_form(text, datatype) is not None:
        return None
    if datatype == f"{_XSD}string":
        return Value("text", text)
    if datatype in WHOLE:
        return Value("number", int(text) if len(text) <= 4000 else Decimal(text))
    if datatype == f"{_XSD}decimal":
        return Value("number", Decimal(text))
    if datatype in _FLOATS:
        return Value("number", float(text.replace("INF", "inf")))
    if datatype == f"{_XSD}boolean":
        return Value("boolean", text in ("true", "1"))
    if datatype in _TEMPORAL:
        return _moment(text, datatype)
    return _span(text, datatype)


def compare(one: Value | None, other: Value | None) -> int | None:
    """Return -1, 0 or 1 as `one` is less than, equal to or greater than `other`; None where nobody can tell.

    A moment without time zone is compared with one that has a zone only where no zone could change the answer.
    """
    if one is None or other is None or one.kind != other.kind:
        return None
    left, right = one.size, other.size
    if one.zoned != other.zoned:
        assert isinstance(left, Fraction)
        assert isinstance(right, Fraction)
        apart = left - right
        return None if abs(apart) <= _FOURTEEN_HOURS else (1 if apart > 0 else -1)
    if isinstance(left, float) or isinstance(right, float):  # SPARQL promotes the other operand
        left, right = float(left), float(right)
    if left == right:
        return 0
    if left < right:  # type: ignore[operator]  # values of one kind
        return -1
    return 1 if left > right else None  # type: ignore[operator]  # NaN is neither


def _moment(text: str, datatype: str) -> Value:
    match = _PARTS.match(text)
    assert match is not None
    year, month, day = int(match["year"] or 1972), int(match["month"] or 1), int(match["day"] or 1)
    seconds = Fraction(_days_before(year, month) + day - 1) * 86400
    if match["hour"]:
        seconds += int(match["hour"]) * 3600 + int(match["minute"]) * 60 + Fraction(match["second"])
    zone = match["zone"]
    if zone and zone != "Z":
        shift = int(zone[1:3]) * 3600 + int(zone[4:6]) * 60
        seconds -= shift if zone[0] == "+" else -shift
    name = datatype.removeprefix(_XSD)
    return Value("dateTime" if name == "dateTimeStamp" else name, seconds, zone is not None)


def _days_before(year: int, month: int) -> int:
    """Days from the start of year 0 to the start of a month, in the Gregorian calendar carried on into the past."""
    year -= month < 3  # the year begins in March: the leap day is its last
    shifted = (month + 9) % 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (shifted * 306 + 5) // 10


def _span(text: str, datatype: str) -> Value | None:
    name = datatype.removeprefix(_XSD)
    if name not in ("dayTimeDuration", "yearMonthDuration"):
        return None
    match = _SPAN.match(text)
    assert match is not None
    parts = {part: Fraction(number or 0) for part, number in match.groupdict().items() if part != "sign"}
    size = parts["years"] * 12 + parts["months"]
    if name == "dayTimeDuration":
        size = ((parts["days"] * 24 + parts["hours"]) * 60 + parts["minutes"]) * 60 + parts["seconds"]
    return Value(name, -size if match["sign"] else size)

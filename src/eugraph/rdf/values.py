"""The values that literals stand for, and which of two comes first.

Spec: SPARQL 1.1 Query §17.3, <https://www.w3.org/TR/sparql11-query/#OperatorMapping>; XML Schema 1.1 Part 2 §3.3,
<https://www.w3.org/TR/xmlschema11-2/#built-in-primitive-datatypes>.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from pyoxigraph import Literal

from eugraph.rdf.lexical import lexical_space
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
_FOURTEEN_HOURS = 14 * 3600  # seconds


class Moment(NamedTuple):
    """A moment or a span of time: those of one kind can be compared."""

    kind: str
    size: int | Fraction  # in seconds or months; of a moment since the start of year 0
    zoned: bool = True  # False for a moment without time zone


Value = str | bool | int | Decimal | float | Moment


def value_of(literal: Literal) -> Value | None:
    """Return the value, or None where the literal is ill-typed or its datatype has no order that SPARQL knows."""
    datatype, text = literal.datatype.value, literal.value
    read = reader(datatype)
    return read(text) if read and lexical_space(datatype)(text) else None


def reader(datatype: str) -> Callable[[str], Value] | None:
    """Return what makes values of texts in the lexical space of a datatype; None where they have no order."""
    return _READERS.get(datatype)


def compare(one: Value | None, other: Value | None) -> int | None:
    """Return -1, 0 or 1 as `one` is less than, equal to or greater than `other`; None where nobody can tell.

    A moment without time zone is compared with one that has a zone only where no zone could change the answer.
    """
    types = type(one), type(other)
    if types not in _COMPARABLE:
        if isinstance(one, Moment) and isinstance(other, Moment):
            return _compare_moments(one, other)
        if not _NUMBERS.issuperset(types):
            return None
        # SPARQL promotes both; by way of a decimal, as whole numbers may be too great for a double.
        one, other = float(Decimal(one)), float(Decimal(other))  # type: ignore[arg-type]  # they are numbers
    if one < other:  # type: ignore[operator]  # values of one kind
        return -1
    if one == other:
        return 0
    return 1 if one > other else None  # type: ignore[operator]  # NaN is neither


_NUMBERS = frozenset((int, Decimal, float))
_COMPARABLE = frozenset(  # types whose values Python compares as they are
    ((int, int), (int, Decimal), (Decimal, int), (Decimal, Decimal), (float, float), (str, str), (bool, bool))
)


def _compare_moments(one: Moment, other: Moment) -> int | None:
    if one.kind != other.kind:
        return None
    apart = one.size - other.size
    if one.zoned != other.zoned and -_FOURTEEN_HOURS <= apart <= _FOURTEEN_HOURS:
        return None
    return (apart > 0) - (apart < 0)


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) <= 4000 else Decimal(text)


def _float(text: str) -> float:
    return float(text.replace("INF", "inf"))


def _boolean(text: str) -> bool:
    return text in ("true", "1")


def _moment(kind: str, text: str) -> Moment:
    match = _PARTS.match(text)
    assert match is not None
    year, month, day = int(match["year"] or 1972), int(match["month"] or 1), int(match["day"] or 1)
    seconds: int | Fraction = (_days_before(year, month) + day - 1) * 86400
    if match["hour"]:
        seconds += int(match["hour"]) * 3600 + int(match["minute"]) * 60 + Fraction(match["second"])
    zone = match["zone"]
    if zone and zone != "Z":
        shift = int(zone[1:3]) * 3600 + int(zone[4:6]) * 60
        seconds -= shift if zone[0] == "+" else -shift
    return Moment(kind, seconds, zone is not None)


def _days_before(year: int, month: int) -> int:
    """Days from the start of year 0 to the start of a month, in the Gregorian calendar carried on into the past."""
    year -= month < 3  # the year begins in March: the leap day is its last
    shifted = (month + 9) % 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (shifted * 306 + 5) // 10


def _span(kind: str, text: str) -> Moment:
    match = _SPAN.match(text)
    assert match is not None
    parts = {part: Fraction(number or 0) for part, number in match.groupdict().items() if part != "sign"}
    size = parts["years"] * 12 + parts["months"]
    if kind == "dayTimeDuration":
        size = ((parts["days"] * 24 + parts["hours"]) * 60 + parts["minutes"]) * 60 + parts["seconds"]
    return Moment(kind, -size if match["sign"] else size)


_READERS: dict[str, Callable[[str], Value]] = {
    f"{_XSD}string": str,
    f"{_XSD}boolean": _boolean,
    f"{_XSD}decimal": Decimal,
    **dict.fromkeys(WHOLE, _whole),
    **dict.fromkeys(_FLOATS, _float),
    **{_XSD + kind: partial(_moment, kind) for kind in ("date", "dateTime", "time", "gYear", "gYearMonth")},
    f"{_XSD}dateTimeStamp": partial(_moment, "dateTime"),
    **{_XSD + kind: partial(_span, kind) for kind in ("dayTimeDuration", "yearMonthDuration")},
}

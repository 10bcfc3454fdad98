"""Does a literal's text belong to its datatype?

Spec: XML Schema 1.1 Part 2, <https://www.w3.org/TR/xmlschema11-2/>; RDF 1.1 Concepts §3.3,
<https://www.w3.org/TR/rdf11-concepts/#section-Graph-Literal>.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from functools import cache, partial

from eugraph.vocab import PREFIXES

_XSD = PREFIXES["xsd"]
_ZONE = r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
_YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
_TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_DAYS = r"(?:\d+D)?"
_CLOCK = r"(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?"
_INTEGER = r"[+-]?\d+"
_DOUBLE = r"(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN)"
_BASE64 = r"(?:[A-Za-z0-9+/] ?){3}[A-Za-z0-9+/] ?"
_BASE64_END = r"(?:[A-Za-z0-9+/] ?[AQgw] ?= ?=|(?:[A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?=)"

_FORMS: dict[str, tuple[str, str]] = {
    "base64Binary": (rf"(?:(?:{_BASE64})*(?:{_BASE64}|{_BASE64_END}))?", "bytes in base 64"),
    "boolean": (r"true|false|0|1", "true or false"),
    "date": (rf"({_YEAR})-({_MONTH})-(\d\d){_ZONE}", "a day of the calendar as YYYY-MM-DD"),
    "dateTime": (rf"({_YEAR})-({_MONTH})-(\d\d)T{_TIME}{_ZONE}", "YYYY-MM-DDThh:mm:ss"),
    "dateTimeStamp": (
        rf"({_YEAR})-({_MONTH})-(\d\d)T{_TIME}{_ZONE.removesuffix('?')}",
        "YYYY-MM-DDThh:mm:ssZ, with its time zone",
    ),
    "dayTimeDuration": (rf"-?P(?=[\dT]){_DAYS}{_CLOCK}", "a span of time such as P3DT4H"),
    "decimal": (r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", "a number such as 1250.50, without separators"),
    "double": (_DOUBLE, "a number such as 1.5E6"),
    "duration": (rf"-?P(?=[\dT])(?:\d+Y)?(?:\d+M)?{_DAYS}{_CLOCK}", "a span of time such as P1Y6M"),
    "float": (_DOUBLE, "a number such as 1.5E6"),
    "gDay": (rf"---{_DAY}{_ZONE}", "---DD"),
    "gMonth": (rf"--{_MONTH}{_ZONE}", "--MM"),
    "gMonthDay": (rf"--(?:{_MONTH}-(?:0[1-9]|1\d|2\d)|(?!02){_MONTH}-30|(?:0[13578]|1[02])-31){_ZONE}", "--MM-DD"),
    "gYear": (rf"{_YEAR}{_ZONE}", "a year as YYYY"),
    "gYearMonth": (rf"{_YEAR}-{_MONTH}{_ZONE}", "a month as YYYY-MM"),
    "hexBinary": (r"(?:[0-9A-Fa-f]{2})*", "bytes as pairs of hexadecimal digits"),
    "integer": (_INTEGER, "a whole number"),
    "language": (r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*", "a language tag such as en"),
    "nonNegativeInteger": (r"\+?\d+|-0+", "a whole number, 0 or more"),
    "positiveInteger": (r"\+?0*[1-9]\d*", "a whole number, 1 or more"),
    "nonPositiveInteger": (r"-\d+|\+?0+", "a whole number, 0 or less"),
    "negativeInteger": (r"-0*[1-9]\d*", "a whole number, -1 or less"),
    "normalizedString": (r"[^\t\n\r]*", "a text without tabs and line ends"),
    "time": (rf"{_TIME}{_ZONE}", "hh:mm:ss"),
    "token": (r"(?:[^\s]+(?: [^\s]+)*)?", "a text without spaces at its ends or double spaces in it"),
    "yearMonthDuration": (r"-?P(?=\d)(?:\d+Y)?(?:\d+M)?", "a span of time such as P1Y6M"),
}
_BITS = {"byte": 8, "short": 16, "int": 32, "long": 64}
_RANGES = {
    **{_XSD + name: (-(1 << bits - 1), (1 << bits - 1) - 1) for name, bits in _BITS.items()},
    **{f"{_XSD}unsigned{name.capitalize()}": (0, (1 << bits) - 1) for name, bits in _BITS.items()},
}
_HINTS = {_XSD + name: hint for name, (_, hint) in _FORMS.items()}


def has_form(datatype: str) -> bool:
    """Tell whether not every text is a literal of a datatype, as far as we know."""
    return datatype in _RANGES or datatype in _HINTS


def lexical_space(datatype: str) -> Callable[[str], object]:
    """Return what tells, by being true or false, whether a text is in the lexical space of a datatype.

    A datatype that we do not know holds every text.
    """
    return _space(datatype) if has_form(datatype) else _anything


def expected_form(lexical: str, datatype: str) -> str | None:
    """Return None where `lexical` is in the lexical space of `datatype`, else the form that it should have."""
    if lexical_space(datatype)(lexical):
        return None
    low, high = _RANGES.get(datatype, (0, 0))
    return _HINTS.get(datatype) or f"a whole number from {low} to {high}"


@cache
def _space(datatype: str) -> Callable[[str], object]:
    """See `lexical_space`; compiled when it is first asked for, as most never are."""
    if bounds := _RANGES.get(datatype):
        return partial(_is_between, *bounds)
    pattern = re.compile(rf"(?:{_FORMS[datatype.removeprefix(_XSD)][0]})\Z", re.ASCII)
    return partial(_is_day, pattern) if pattern.groups else pattern.match


def _anything(_: str) -> bool:
    return True


def _is_between(low: int, high: int, text: str) -> bool:
    written = _space(f"{_XSD}integer")(text) and len(text.lstrip("+-0")) <= len(str(high))
    return bool(written) and low <= int(text) <= high


def _is_day(pattern: re.Pattern[str], text: str) -> bool:
    match = pattern.match(text)
    if match is None:
        return False
    day = int(match[3])
    return 1 <= day <= 28 or 28 < day <= calendar.monthrange(2000 + int(match[1]) % 400, int(match[2]))[1]

"""Does a literal's text belong to its datatype?

Spec: XML Schema 1.1 Part 2, <https://www.w3.org/TR/xmlschema11-2/>; RDF 1.1 Concepts §3.3,
<https://www.w3.org/TR/rdf11-concepts/#section-Graph-Literal>.
"""

from __future__ import annotations

import calendar
import re

from eugraph.vocab import PREFIXES

_XSD = PREFIXES["xsd"]
_ZONE = r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
_YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
_TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_MONTH = r"(?:0[1-9]|1[0-2])"
_INTEGER = r"[+-]?\d+"
_DOUBLE = r"(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN)"

_FORMS: dict[str, tuple[str, str]] = {
    "boolean": (r"true|false|0|1", "true or false"),
    "date": (rf"({_YEAR})-({_MONTH})-(\d\d){_ZONE}", "a day of the calendar as YYYY-MM-DD"),
    "dateTime": (rf"({_YEAR})-({_MONTH})-(\d\d)T{_TIME}{_ZONE}", "YYYY-MM-DDThh:mm:ss"),
    "decimal": (r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", "a number such as 1250.50, without separators"),
    "double": (_DOUBLE, "a number such as 1.5E6"),
    "float": (_DOUBLE, "a number such as 1.5E6"),
    "gMonthDay": (rf"--{_MONTH}-(?:0[1-9]|[12]\d|3[01]){_ZONE}", "--MM-DD"),
    "gYear": (rf"{_YEAR}{_ZONE}", "a year as YYYY"),
    "gYearMonth": (rf"{_YEAR}-{_MONTH}{_ZONE}", "a month as YYYY-MM"),
    "integer": (_INTEGER, "a whole number"),
    "nonNegativeInteger": (r"\+?\d+|-0+", "a whole number, 0 or more"),
    "positiveInteger": (r"\+?0*[1-9]\d*", "a whole number, 1 or more"),
    "time": (rf"{_TIME}{_ZONE}", "hh:mm:ss"),
}
_CHECKS = {_XSD + name: (re.compile(rf"(?:{form})\Z"), hint) for name, (form, hint) in _FORMS.items()}


def expected_form(lexical: str, datatype: str) -> str | None:
    """Return None where `lexical` is in the lexical space of `datatype`, else the form that it should have.

    A datatype that we do not know holds every text.
    """
    check = _CHECKS.get(datatype)
    if check is None:
        return None
    pattern, hint = check
    match = pattern.match(lexical)
    if match and match.groups():
        year, month, day = (int(part) for part in match.groups())
        if not 1 <= day <= calendar.monthrange(2000 + year % 400, month)[1]:
            match = None
    return None if match else hint

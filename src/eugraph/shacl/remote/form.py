"""Which texts are well-formed literals for certain, in regular expressions that every engine reads alike.

What does not fit is not wrong for that: it is looked at by `eugraph.rdf.lexical`, which knows the calendar and ranges.

Spec: XML Schema 1.1 Part 2 §3, <https://www.w3.org/TR/xmlschema11-2/#built-in-datatypes>.
"""

from __future__ import annotations

from eugraph.vocab import PREFIXES

_XSD = PREFIXES["xsd"]
_YEAR, _MONTH = "[1-9][0-9]{3}", "(0[1-9]|1[0-2])"
_DAY = "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
_DATE = f"{_YEAR}-{_DAY}"
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?"
_ZONE = "(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])?"
_DOUBLE = "[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?"
_SMALL = {"byte": 2, "short": 4, "int": 9, "long": 18}  # so many digits are always within the range

_PLAIN = {
    "boolean": "(true|false|0|1)",
    "date": _DATE + _ZONE,
    "dateTime": f"{_DATE}T{_TIME}{_ZONE}",
    "dayTimeDuration": "P[0-9]+D",
    "decimal": "[+-]?[0-9]+([.][0-9]+)?",
    "double": _DOUBLE,
    "duration": "P[0-9]+[YMD]",
    "float": _DOUBLE,
    "gYear": _YEAR + _ZONE,
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "integer": "[+-]?[0-9]+",
    "language": "[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*",
    "negativeInteger": "-[1-9][0-9]*",
    "nonNegativeInteger": "[0-9]+",
    "nonPositiveInteger": "-[0-9]+",
    "normalizedString": "[ -~]*",
    "positiveInteger": "[1-9][0-9]*",
    "time": _TIME + _ZONE,
    "token": "[!-~]+( [!-~]+)*",
    "yearMonthDuration": "P[0-9]+[YM]",
    **{name: f"-?[0-9]{{1,{digits}}}" for name, digits in _SMALL.items()},
    **{f"unsigned{name.capitalize()}": f"[0-9]{{1,{digits}}}" for name, digits in _SMALL.items()},
}


def plain_form(datatype: str) -> str | None:
    """Return a regular expression that only well-formed literals of a datatype fit, though not all; None for none."""
    form = _PLAIN.get(datatype.removeprefix(_XSD)) if datatype.startswith(_XSD) else None
    return f"^({form})$" if form else None

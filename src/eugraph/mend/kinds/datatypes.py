"""A literal whose text is right, or right but for its spelling, under a datatype that is missing or wrong.

What can be read in two ways is left alone: 1,250 may be a thousand or one and a quarter, 01/02/2020 two days.

Spec: XML Schema 1.1 Part 2, <https://www.w3.org/TR/xmlschema11-2/>.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from eugraph.mend.change import Candidate
from eugraph.mend.wanted import LANG_STRING, STRING, Wanted
from eugraph.rdf.locate import Term
from eugraph.vocab import PREFIXES, shorten

XSD = PREFIXES["xsd"]

_SPACE = " \t\r\n"
_GROUPS = re.compile(r"([+-]?\d{1,3})((?:,\d{3})+|(?:\.\d{3})+|(?:[ '\u00a0\u202f]\d{3})+)(?:([.,])(\d+))?\Z")
_COMMA = re.compile(r"([+-]?\d+),(\d{1,2}|\d{4,})\Z")
_TRAILING = re.compile(r"([+-]?\d+)\.0+\Z")
_EXPONENT = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)[eE][+-]?\d{1,2}\Z")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})\Z")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)T00:00:00(?:\.0+)?(?:Z|[+]00:00)?\Z")
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})\Z")
_MONTH_FIRST = re.compile(r"(\d{1,2})[/.](\d{4})\Z")


def candidates(old: Term, wanted: Wanted) -> Iterator[Candidate]:
    """Yield literals of the datatypes that are wanted: with the text as it is, else with its spelling mended."""
    if not isinstance(old, Literal):
        return
    datatypes = [each for each in wanted.datatypes if each != LANG_STRING]
    found = False
    for datatype in datatypes:
        value = Literal(old.value, datatype=datatype)
        if value != old and wanted.fits(value):
            found = True
            yield Candidate(value, _why(old, datatype))
    if found:
        return
    for datatype in datatypes:
        for text in respelled(old.value, datatype):
            value = Literal(text, datatype=datatype)
            if wanted.fits(value):
                yield Candidate(value, f"{old.value!r} is {text} in the form of {shorten(datatype.value)}")


def _why(old: Literal, datatype: NamedNode) -> str:
    if datatype == STRING:
        was = f"the language tag {old.language}" if old.language else f"the datatype {shorten(old.datatype.value)}"
        return f"a plain text is wanted, without {was}"
    return f"{old.value!r} has the form of {shorten(datatype.value)}, which is wanted"


def respelled(text: str, datatype: NamedNode) -> Iterator[str]:
    """Yield the one text that another spelling of a value of a datatype means, or nothing."""
    trimmed = text.strip(_SPACE)
    seen = {text}
    for text_of in _SPELLINGS.get(datatype.value.removeprefix(XSD), ()):
        meant = text_of(trimmed)
        if meant is not None and meant not in seen:
            seen.add(meant)
            yield meant


def _as_it_is(text: str) -> str:
    return text


def _boolean(text: str) -> str | None:
    return text.lower() if text.lower() in ("true", "false") else None


def _decimal(text: str) -> str | None:
    if grouped := _GROUPS.match(text):
        sign, groups, mark, rest = grouped[1], grouped[2], grouped[3], grouped[4]
        separator = groups[0]
        if mark == separator or (separator in ",." and mark is None and groups.count(separator) == 1):
            return None  # the one separator may be a decimal sign
        digits = sign + re.sub(r"\D", "", groups)
        return f"{digits}.{rest}" if rest else digits
    if comma := _COMMA.match(text):
        return f"{comma[1]}.{comma[2]}"
    if _EXPONENT.match(text):
        return f"{Decimal(text):f}"
    return None


def _integer(text: str) -> str | None:
    number = text if _TRAILING.match(text) else _decimal(text)
    if number is None:
        return None
    whole = _TRAILING.match(number)
    return whole[1] if whole else number


def _date(text: str) -> str | None:
    if found := _MIDNIGHT.match(text):
        return found[1]
    if found := _YEAR_FIRST.match(text):
        return _day(found[1], found[2], found[3])
    if found := _DAY_FIRST.match(text):
        day, sign, month, year = found.groups()
        if sign == "." or int(day) > 12:  # with dots, the day is first everywhere
            return _day(year, month, day)
        if int(month) > 12:
            return _day(year, day, month)
    return None


def _month(text: str) -> str | None:
    if found := _MONTH.match(text):
        return f"{found[1]}-{int(found[2]):02}"
    if found := _MONTH_FIRST.match(text):
        return f"{found[2]}-{int(found[1]):02}"
    return None


def _day(year: str, month: str, day: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"


_SPELLINGS: dict[str, tuple[Callable[[str], str | None], ...]] = {
    "boolean": (_as_it_is, _boolean),
    "date": (_as_it_is, _date),
    "decimal": (_as_it_is, _decimal),
    "gYear": (_as_it_is,),
    "gYearMonth": (_as_it_is, _month),
    "integer": (_as_it_is, _integer),
    "string": (_as_it_is,),
}

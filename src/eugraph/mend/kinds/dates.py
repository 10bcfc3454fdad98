"""A first and a last day that changed places, where that is certain.

It is where the "last" day is the first of a month and the "first" one the last of a month; or where another claim on
the thing says of one of the two dates that it is the other. Else one of the years may be wrong, and nobody can tell.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode, Quad

from eugraph.mend.change import Change
from eugraph.mend.knowledge import Knowledge
from eugraph.rdf.locate import Term
from eugraph.vocab import term

_DATE = term("xsd:date")


def swapped(known: Knowledge, subject: Term, start: NamedNode, end: NamedNode) -> tuple[tuple[Change, ...], str] | None:
    """Return the changes that swap two dates of a thing, and why; None where that is not certain."""
    starts, ends = known.stated(subject, [start]), known.stated(subject, [end])
    for one in starts:
        for other in ends:
            first, last = one.object, other.object
            if not isinstance(first, Literal) or not isinstance(last, Literal):
                continue
            changes = (Change.of_value(one, last), Change.of_value(other, first))
            if len(starts) == len(ends) == 1 and _ends_month(first) and _begins_month(last):
                return changes, f"{last.value} begins a month and {first.value} ends one"
            if _says(starts, one, last) or _says(ends, other, first):
                return changes, "another claim says of one of the two dates that it is the other"
    return None


def _says(quads: Sequence[Quad], apart: Quad, value: Literal) -> bool:
    return any(quad != apart and quad.object == value for quad in quads)


def _begins_month(date: Literal) -> bool:
    return date.datatype == _DATE and date.value[8:10] == "01"


def _ends_month(date: Literal) -> bool:
    if date.datatype != _DATE or not date.value[:4].isdigit():
        return False
    year, month = int(date.value[:4]), int(date.value[5:7])
    return int(date.value[8:10]) == calendar.monthrange(2000 + year % 400, month)[1]

"""What the columns of CORDIS hold, in all the spellings of its programmes: dates, money, truth values, countries."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T][0-9:.]*Z?)?\Z")
_WHOLE = re.compile(r"-?[0-9]+\Z")
_AMOUNT = re.compile(r"(-?[0-9]+)[.,]([0-9]{1,20})\Z")
_CENTS = 2  # decimals
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]+)?\Z")
_TRUTH = {"true": "true", "false": "false", "1": "true", "0": "false", "y": "true", "n": "false"}


@lru_cache(maxsize=65536)
def day(text: str) -> str | None:
    """Return the day of a date, or of a date with a time, as YYYY-MM-DD; None where no calendar has it."""
    found = _DAY.match(text)
    if not found:
        return None
    try:
        date.fromisoformat(found[1])
    except ValueError:
        return None
    return found[1]


@lru_cache(maxsize=65536)
def amount(text: str) -> tuple[str, int] | None:
    """Return an amount of money as an xsd:decimal is written, and in cents; None where it is none.

    A comma before the decimals, as in Horizon 2020, becomes a point. What is beyond cents is rounded in the second
    value alone, half to even.
    """
    if _WHOLE.match(text):
        return text, int(text) * 100
    found = _AMOUNT.match(text)
    if not found:
        return None
    whole, decimals = found.groups()
    cents = int(whole + decimals.ljust(2, "0")[:2])
    if len(decimals) > _CENTS:
        cents = int(Decimal(f"{whole}.{decimals}").scaleb(_CENTS).to_integral_value())
    return f"{whole}.{decimals}", cents


@lru_cache(maxsize=65536)
def decimals(text: str) -> str:
    """Return how many digits an amount has behind its point or comma, "" where nothing is stated."""
    return str(len(text.replace(",", ".").partition(".")[2])) if text else ""


def truth(text: str) -> str | None:
    """Return "true" or "false" for any way in which a file says so; None where it says neither."""
    return _TRUTH.get(text.lower())


def months(start: str, end: str) -> int:
    """Return the months from one day to another (YYYY-MM-DD), both counted; one that has begun counts whole."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    return (last.year - first.year) * 12 + last.month - first.month + (last.day >= first.day)


def euros(cents: int) -> str:
    """Return cents as euros with two decimals."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def point(text: str) -> tuple[str, str] | None:
    """Return latitude and longitude of a place on the map, in degrees as written; None where it is none."""
    latitude, _, longitude = "".join(text.split()).partition(",")
    if not (_DEGREES.match(latitude) and _DEGREES.match(longitude)):
        return None
    return (latitude, longitude) if abs(float(latitude)) <= 90 and abs(float(longitude)) <= 180 else None

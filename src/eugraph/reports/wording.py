"""Dates, periods and amounts as people write them, in English, whatever the machine's language."""

from __future__ import annotations

import re
from decimal import Decimal

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?\Z")
_AMOUNT = re.compile(r"[+-]?\d{1,30}(?:\.\d{0,30})?\Z")


def date_in_words(text: str) -> str:
    """Return "1 January 2021", "June 2023" or "2025" for a date as XSD writes it; another text as it is."""
    found = _DATE.match(text)
    if not found or found[2] is None:
        return text
    month = f"{_MONTHS[int(found[2]) - 1]} {found[1]}"
    return f"{int(found[3])} {month}" if found[3] else month


def period_in_words(start: str, end: str, months: str = "") -> str:
    """Return "1 January 2021 to June 2023 (30 months)"; one of the dates may be empty."""
    if start and end:
        words = f"{date_in_words(start)} to {date_in_words(end)}"
    elif start or end:
        words = f"from {date_in_words(start)}" if start else f"until {date_in_words(end)}"
    else:
        words = ""
    return f"{words} ({months} months)" if words and months else words


def amount_in_words(text: str, currency: str = "") -> str:
    """Return "1,500,000.50 EUR": thousands apart, cents where there are any; another text as it is."""
    if not _AMOUNT.match(text):
        return f"{text} {currency}".rstrip()
    amount = Decimal(text)
    digits = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount.quantize(_fraction(amount)):,f}"
    return f"{digits} {currency}".rstrip()


def _fraction(amount: Decimal) -> Decimal:
    """Two digits behind the point, or as many as there are."""
    exponent = amount.normalize().as_tuple().exponent
    return Decimal(1).scaleb(min(-2, exponent if isinstance(exponent, int) else -2))

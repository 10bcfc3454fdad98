"""Dates, periods, amounts and properties as people write them, in English, whatever the machine's language."""

from __future__ import annotations

import re
from decimal import Decimal

from eugraph.vocab import shorten

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?\Z")
_AMOUNT = re.compile(r"[+-]?\d{1,30}(?:\.\d{0,30})?\Z")
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PROPERTIES = {
    "dcat:keyword": "keywords",
    "dcterms:bibliographicCitation": "citation",
    "dcterms:description": "description",
    "dcterms:hasPart": "parts",
    "dcterms:isPartOf": "part of",
    "dcterms:issued": "issued",
    "dcterms:license": "licence",
    "dcterms:modified": "modified",
    "dcterms:publisher": "publisher",
    "dcterms:source": "sources",
    "dcterms:title": "official title",
    "eug:fieldOfScience": "field of science",
    "eug:pic": "PIC",
    "eug:rcn": "RCN",
    "eug:result": "results",
    "eug:ror": "ROR",
    "eug:sme": "small or medium-sized",
    "eug:studies": "diseases",
    "eug:usesPlatform": "platform",
    "foaf:homepage": "website",
    "foaf:page": "pages",
    "skos:altLabel": "also called",
    "skos:broader": "kind of",
    "skos:closeMatch": "nearly the same",
    "skos:definition": "definition",
    "skos:exactMatch": "same as",
    "skos:notation": "code",
}  # where the ontology has no label, or one that does not read well beside a value


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


def property_in_words(iri: str, label: str | None = None) -> str:
    """Return how a property is called beside a value: by our own words, else by its `label`, else by its IRI."""
    return _PROPERTIES.get(shorten(iri)) or label or spaced(iri)


def spaced(iri: str) -> str:
    """Return the words of a term's name: "number of partners"."""
    return _WORD.sub(" ", re.split(r"[#/]", iri)[-1]).lower() or iri

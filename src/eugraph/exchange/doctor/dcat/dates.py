"""Dates that cannot be in this order."""

from __future__ import annotations

from collections.abc import Iterator

from eugraph.exchange.doctor.dcat.fault import Fault
from eugraph.exchange.doctor.dcat.properties import DATES
from eugraph.exchange.doctor.dcat.statements import Statements
from eugraph.exchange.doctor.dcat.terms import short
from eugraph.exchange.doctor.dcat.wrong import VALUE
from eugraph.findings import Severity
from eugraph.rdf.lexical import expected_form

_DATED = ("dcat:Catalog", "dcat:CatalogRecord", "dcat:Dataset", "dcat:DatasetSeries", "dcat:Distribution")
_DAY = len("2026-01-01")


def dates(said: Statements) -> Iterator[Fault]:
    """Yield what was modified before it was issued, and periods that end before they start."""
    for kind in _DATED:
        for node in said.of_class(kind):
            if pair := _disorder(said, node, "dcterms:issued", "dcterms:modified"):
                message = f"dcterms:modified is before dcterms:issued: {VALUE}. Correct one."
                yield Fault(node, "dates-disordered", Severity.WARNING, message, f"{pair[1]} and {pair[0]}")
    for node in said.of_class("dcterms:PeriodOfTime"):
        if pair := _disorder(said, node, "dcat:startDate", "dcat:endDate"):
            message = f"The period ends before it starts; dcat:startDate and dcat:endDate are {VALUE}. Correct one."
            yield Fault(node, "period-disordered", Severity.VIOLATION, message, f"{pair[0]} and {pair[1]}")


def _disorder(said: Statements, node: int, first: str, last: str) -> tuple[str, str] | None:
    """The latest first and the earliest last day as written, where the one is after the other.

    What is known to the year or month is compared by that much. Time zones do not count: a day is long enough.
    """
    start, end = max(_days(said, node, first), default=""), min(_days(said, node, last), default="")
    known = min(len(start), len(end))
    return (start, end) if start[:known] > end[:known] else None


def _days(said: Statements, node: int, name: str) -> list[str]:
    found = []
    for value in said.literals(node, name):
        datatype = value.datatype.value
        if short(datatype) in DATES and value.value[:1].isdigit() and expected_form(value.value, datatype) is None:
            parts = value.value[:_DAY].rstrip("Z").split("+")[0]
            found.append(parts if len(parts) in (4, 7, _DAY) else parts[:4])
    return found

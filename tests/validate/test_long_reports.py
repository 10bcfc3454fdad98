"""Very many findings: what a person reads stays short, and what a program reads is written without being held."""

from __future__ import annotations

import tracemalloc

import pytest

from eugraph.findings import Severity
from eugraph.validate import Report, pieces
from eugraph.validate.listing import Listing
from validate.samples import BASE, many

REPORT = Report(tuple(many(20_000)))


def listing() -> Listing:
    return REPORT.listing(BASE)


@pytest.mark.parametrize(("form", "longest"), [("text", 1_000), ("html", 4_000_000)])
def test_what_people_read_does_not_grow_without_end(form: str, longest: int) -> None:
    several = Report((*REPORT.findings, *many(20_000, code="other", severity=Severity.INFO)))
    one, two = (sum(map(len, pieces(form, report.listing(BASE)))) for report in (REPORT, several))
    assert one < longest
    assert two < longest


@pytest.mark.parametrize("form", ["json", "jsonld", "sarif", "junit", "github"])
def test_what_programs_read_is_never_held_as_a_whole(form: str) -> None:
    shown = listing()
    next(iter(pieces(form, shown)))  # what is loaded and compiled once is not what is measured
    tracemalloc.start()
    try:
        length = sum(map(len, pieces(form, shown)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert length > 20_000 * 100
    # JSON-LD knows the names of all results before the first is written; the others know next to nothing.
    assert peak < length


@pytest.mark.parametrize("form", ["json", "ttl", "jsonld", "sarif", "junit", "github"])
def test_every_finding_is_in_what_programs_read(form: str) -> None:
    text = "".join(pieces(form, listing()))
    assert "thing/19999" in text
    assert text.count("is no number") >= 20_000

"""The page on these checks names every code, every property and every metric, as they are."""

from __future__ import annotations

import re

from docs.pages_apart import page, sections
from eugraph.exchange.doctor.dcat.codes import CODES
from eugraph.exchange.doctor.dcat.properties import PROPERTIES
from eugraph.exchange.doctor.dcat.score.metrics import METRICS
from eugraph.exchange.doctor.dcat.score.result import MOST, RATINGS
from eugraph.exchange.doctor.dcat.vocabularies import VOCABULARIES
from eugraph.findings import Severity

SECTIONS = sections(page("doctor-catalogue.md"), 2)


def rows(section: str) -> list[list[str]]:
    """The cells of the rows of all tables in a section, without heads."""
    lines = [line for line in SECTIONS[section].splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if not set(row[0]) <= {"-", " "}]


def test_every_code_stands_under_its_check() -> None:
    told = {
        (section, row[0].strip("`"))
        for section in SECTIONS
        for row in rows(section)
        if re.fullmatch(r"`[a-z]+(-[a-z]+)*`", row[0])
    }
    assert told == {(code.check, name) for name, code in CODES.items()}


def test_mandatory_and_recommended_properties_are_those_of_the_table() -> None:
    told = {row[0].strip("`"): row[1:] for row in rows("dcat-ap") if ":" in row[0]}
    assert set(told) == {kind for kind, asked in PROPERTIES.items() if any(p.least or p.recommended for p in asked)}
    for kind, cells in told.items():
        kinds = [[p.name for p in PROPERTIES[kind] if p.least]]
        kinds += [
            [p.name for p in PROPERTIES[kind] if p.recommended == each] for each in (Severity.WARNING, Severity.INFO)
        ]
        assert [sorted(re.findall(r"`([^`]+)`", cell)) for cell in cells] == [sorted(names) for names in kinds], kind


def test_every_metric_is_told_with_its_points() -> None:
    told = [tuple(row[:4]) for row in rows("score") if row[1].startswith("`")]
    assert told == [(each.dimension, f"`{each.key}`", str(each.points), each.of) for each in METRICS]


def test_the_words_are_told_with_their_limits() -> None:
    told = [tuple(row) for row in rows("score") if " to " in row[0]]
    ends = [MOST, *(limit - 1 for limit, _ in RATINGS)]
    assert told == [(f"{limit} to {end}", word) for (limit, word), end in zip(RATINGS, ends, strict=False)]


def test_the_vocabularies_whose_foreign_values_are_violations_are_told() -> None:
    grave = {name for name, table in VOCABULARIES.items() if table.foreign == Severity.VIOLATION}
    words = ("file-type", "media-type", "language", "frequency", "status", "availability", "licence-type")
    assert grave == set(words)  # "violation for file and media types, languages, …" in the page

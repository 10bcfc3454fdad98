"""A good catalogue gets no alarm, and the score that it deserves."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import parse

from eugraph.exchange.doctor.dcat import examine, score
from eugraph.findings import Severity
from publish.catalogues import FORMATS, read, tiny_release


@pytest.mark.parametrize("ending", FORMATS)
def test_of_the_reference_release_only_what_is_not_known_is_told(release: Path, ending: str) -> None:
    found = list(examine(read(release / f"catalog.{ending}"), "https://example.org/catalog"))
    assert {(each.code, each.severity) for each in found} == {("property-recommended", Severity.INFO)}
    assert [each.message.split(",")[0] for each in found] == ["A dcterms:PeriodOfTime has no dcat:endDate"]


def test_of_a_release_with_all_settings_only_what_is_not_known_is_told(tmp_path: Path) -> None:
    found = list(examine(read(tiny_release(tmp_path) / "catalog.ttl"), "https://example.org/catalog"))
    assert {(each.code, each.severity) for each in found} == {("property-recommended", Severity.INFO)}


def test_the_reference_release_gets_full_marks(release: Path) -> None:
    got = score(parse(path=release / "catalog.ttl"), lambda _: 200)
    assert (got.points, got.most, got.rating) == (405, 405, "excellent")
    assert [each for each in got.measured if each.met < each.asked] == []


def test_what_was_not_asked_counts_neither_for_nor_against(release: Path) -> None:
    got = score(parse(path=release / "catalog.ttl"))
    assert got.most == 405 - 50 - 30
    assert got.not_examined() == ["access-url-status", "download-url-status"]
    assert got.rating == "excellent"

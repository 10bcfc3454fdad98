"""The files of CORDIS that lie beside the clone in continuous integration: every row of them is read, as it stands."""

from __future__ import annotations

import csv
import io
import tarfile
from pathlib import Path

import pytest

from eugraph.sources.cordis.csv_rows import read_table
from eugraph.sources.cordis.ledger import Ledger
from eugraph.sources.cordis.opening import Opening
from sources.cordis.tables_for_tests import read_paths

HORIZON = {
    "project": 19_189,
    "organization": 119_242,
    "result": 91_721,
    "euroSciVoc": 40_472,
    "legalBasis": 24_973,
    "topics": 19_189,
    "policyPriorities": 95_244,
    "topicKeyword": 71_243,
    "webLink": 709,
    "fundingScheme": 28,
}


@pytest.fixture(scope="module")
def cordis(shared: Path) -> Path:
    """The folder of the files of CORDIS."""
    folder = shared / "cordis"
    if not folder.is_dir():
        pytest.skip("the files of CORDIS do not lie beside this clone")
    return folder


def test_horizon_europe_is_read_whole_from_its_archive(cordis: Path) -> None:
    ledger = Ledger(io.BytesIO())
    counts = {}
    with tarfile.open(cordis / "horizon-tables.tar.xz", "r|xz") as archive:
        files = (header for header in archive if header.isreg())
        for member, header in zip(Opening([cordis / "horizon-tables.tar.xz"], ledger).members(), files, strict=True):
            assert member.name.endswith(f"!{header.name}")
            data = archive.extractfile(header)
            assert data is not None
            text = data.read().decode()
            found = read_table(member.stream, member.name, ledger)
            assert found is not None
            expected = csv.reader(io.StringIO(text, newline=""), delimiter=";")
            next(expected)
            lines = text.split("\n")
            counts[found[0].name] = 0
            for (line, values), want in zip(found[1], expected, strict=True):
                assert values == want
                assert lines[line - 1].startswith(f'"{values[0]}";"{values[1]}"')
                counts[found[0].name] += 1
    assert counts == HORIZON
    assert not ledger.counts


def test_tables_and_records_of_one_archive_are_told_apart(cordis: Path) -> None:
    outcome = read_paths(cordis / "haemato-subset.tar.gz")
    assert len(outcome.records) == 120
    assert {outcome.tables[file]: len(rows) for file, rows in outcome.rows.items()}["organization"] == 626
    assert outcome.entries == []


def test_horizon_2020_with_commas_is_read(cordis: Path) -> None:
    outcome = read_paths(cordis / "h2020-sample")
    assert {outcome.tables[file]: len(rows) for file, rows in outcome.rows.items()} == {
        "organization": 5_149,
        "project": 175,
        "topics": 35_383,
    }
    assert outcome.entries == []

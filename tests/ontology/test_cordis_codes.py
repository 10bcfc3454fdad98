"""The concept schemes have the codes that CORDIS uses: whatever an import points to is described."""

from __future__ import annotations

import csv
import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import SKOS

SCHEMES = Path(__file__).resolve().parents[2] / "ontology" / "schemes"
EU_CODE = URIRef("https://w3id.org/eugraph/ontology#euCode")


def described(scheme: str, predicate: URIRef = SKOS.notation) -> set[str]:
    """The codes of a scheme's concepts."""
    return {str(code) for code in Graph().parse(SCHEMES / f"{scheme}.ttl").objects(None, predicate)}


def members(archive: Path, *names: str) -> Iterator[dict[str, str]]:
    """The rows of CSV files of an archive."""
    with tarfile.open(archive) as files:
        for member in files:
            if Path(member.name).name in names and (file := files.extractfile(member)):
                yield from csv.DictReader(io.TextIOWrapper(file, "utf-8-sig", newline=""), delimiter=";")


def rows(path: Path, delimiter: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines, delimiter=delimiter)


def test_countries_are_those_for_which_cordis_has_a_code(shared: Path) -> None:
    codes = {row["euCode"] for row in rows(shared / "cordis" / "reference" / "cordisref-countries.csv", ";")}
    assert len(codes) > 200
    assert described("country", EU_CODE) == codes


def test_every_funding_scheme_of_horizon_europe_is_described(shared: Path) -> None:
    codes = {row["code"] for row in members(shared / "cordis" / "horizon-tables.tar.xz", "fundingScheme.csv")}
    assert len(codes) == 28
    assert codes <= described("funding-scheme")


@pytest.mark.parametrize(
    ("column", "scheme"),
    [
        ("fundingScheme", "funding-scheme"),
        ("status", "status"),
        ("role", "role"),
        ("activityType", "activity-type"),
    ],
)
def test_codes_of_projects_and_participants_are_described(shared: Path, column: str, scheme: str) -> None:
    cordis = shared / "cordis"
    found = [
        *members(cordis / "haemato-subset.tar.gz", "project.csv", "organization.csv"),
        *rows(cordis / "h2020-sample" / "h2020_projects_sample.csv", ","),
        *rows(cordis / "h2020-sample" / "h2020_organizations_sample.csv", ","),
    ]
    codes = {row[column] for row in found if column in row} - {""}
    assert len(codes) >= 3
    assert codes <= described(scheme)

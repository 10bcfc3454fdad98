"""Reports over all of Horizon Europe beside the reference workspace: their totals to the cent, and what the docs tell."""

from __future__ import annotations

import csv
import os
import re
import shutil
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

import eugraph
from conftest import ROOT
from eugraph.api import OpenWorkspace
from eugraph.loading import load
from eugraph.reports import Library
from imported.measuring import documented, measured

FULL = os.environ.get("EUGRAPH_CORDIS") == "full"
BASE = "https://w3id.org/eugraph/id/"
LONGEST_S = (
    20  # a report that looks up each participation takes minutes; a second is the budget, which is no test's to keep
)


@pytest.fixture(scope="module")
def horizon(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenWorkspace]:
    """The reference workspace with all of Horizon Europe."""
    if not FULL:
        pytest.skip("takes some minutes: make cordis")
    root = tmp_path_factory.mktemp("horizon") / "workspace"
    for name in ("data", "ontology", "queries", "shapes"):
        shutil.copytree(ROOT / name, root / name)
    source = shared / "cordis" / "horizon-tables.tar.xz"
    settings = (ROOT / "eugraph.toml").read_text(encoding="utf-8")
    (root / "eugraph.toml").write_text(
        f'{settings}\n[sources.cordis]\nkind = "cordis"\nfiles = ["{source}"]\ndate = 2025-12-06\n'
        'on_violation = "report"\n',
        encoding="utf-8",
    )
    yield eugraph.open(root)
    shutil.rmtree(root)


def cents(amount: object) -> Decimal:
    """Rounded to the cent: one amount of CORDIS has ten digits behind the point."""
    return Decimal(str(amount)).quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize("name", sorted(Library.open(ROOT / "queries").reports))
def test_each_report_answers_for_the_examples_of_its_header(horizon: OpenWorkspace, name: str) -> None:
    from eugraph.answering import answer

    report = Library.open(ROOT / "queries")[name]
    every = {parameter.name: parameter.example for parameter in report.parameters}
    for given in (report.example(), every):
        answer(horizon.settings, name, given, timeout_s=LONGEST_S)


def test_money_by_country_and_year_is_all_the_money_of_horizon_europe(horizon: OpenWorkspace) -> None:
    rows = horizon.query("money-by-country-and-year")
    assert cents(sum(map(Decimal, map(str, rows.column("netEuContribution"))))) == Decimal("50521531327.44")
    concentration = horizon.query("funding-concentration")
    assert cents(sum(map(Decimal, map(str, concentration.column("netEuContribution"))))) == Decimal("50521531327.44")
    assert all(row["concentration"] is not None and row["equals"] is not None for row in concentration.dicts())


def test_grants_by_programme_and_year_are_all_of_horizon_europe(horizon: OpenWorkspace) -> None:
    rows = [
        row for row in horizon.query("funding-by-programme-and-year").dicts()
        if row["programme"] == f"{BASE}programme/horizon-europe"
    ]  # fmt: skip
    assert sum(int(str(row["projects"])) for row in rows) == 19_189
    assert sum(Decimal(str(row["euContribution"])) for row in rows) == Decimal("50526238233.67")


def test_what_an_organisation_does_not_list_is_what_cordis_tells_of_it(horizon: OpenWorkspace, shared: Path) -> None:
    """None of the projects of Horizon Europe is named on a page of EHA; the participations were looked up by hand."""
    with (shared / "cordis" / "eha" / "eha_participations_horizon.csv").open(encoding="utf-8", newline="") as file:
        expected = {
            (row["projectID"], row["acronym"], row["startDate"], row["endDate"]) for row in csv.DictReader(file)
        }
    rows = horizon.query("unlisted-projects", organisation="eha").dicts()
    assert {tuple(map(str, (r["grantNumber"], r["acronym"], r["start"], r["end"]))) for r in rows} == expected
    assert {row["register"] for row in rows} == {f"{BASE}source/cordis"}
    assert all(row["described"] for row in rows)
    imported = horizon.query("unlisted-projects", organisation="organisation/935297572")
    assert imported.rows == horizon.query("unlisted-projects", organisation="eha").rows


def test_partners_are_those_of_both_descriptions(horizon: OpenWorkspace) -> None:
    curated = {row[0] for row in eugraph.open(ROOT).query("partners", organisation="eha")}
    together = {row[0] for row in horizon.query("partners", organisation="eha")}
    assert curated <= together
    assert together == {row[0] for row in horizon.query("partners", organisation="organisation/935297572")}


def test_the_pairs_that_the_docs_count_are_there(horizon: OpenWorkspace) -> None:
    told = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    found = re.search(r"Horizon Europe ([\d,]+) pairs have a project in common", told)
    assert found
    (count,) = horizon.query(
        """
        PREFIX eug: <https://w3id.org/eugraph/ontology#>
        SELECT (COUNT(*) AS ?pairs) WHERE {
            SELECT ?a ?b WHERE {
                { SELECT DISTINCT ?a ?project WHERE { GRAPH ?from { ?x eug:organisation ?a ; eug:participatesIn ?project } } }
                { SELECT DISTINCT ?b ?project WHERE { GRAPH ?from { ?y eug:organisation ?b ; eug:participatesIn ?project } } }
            } GROUP BY ?a ?b
        }
        """,
        **{"from": f"<{BASE}graph/cordis>"},
    ).rows[0]
    organisations = 30_721  # each is paired with itself too, and each pair comes twice
    assert isinstance(count, int)
    assert (count - organisations) // 2 == int(found[1].replace(",", ""))


def test_the_figures_for_researchers_are_those_of_the_reports(horizon: OpenWorkspace) -> None:
    told = (ROOT / "docs" / "for-researchers.md").read_text(encoding="utf-8")
    figures = dict(re.findall(r"^\| `eugraph query ([^`]+)` \| [^|]+ \| ([\d,.]+) \|$", told, re.MULTILINE))
    assert len(figures) >= 6
    for asked, figure in figures.items():
        name, *words = asked.split()
        given = dict(word.split("=", 1) for word in words if word != "--param")
        rows = horizon.query(name, **given).dicts()
        assert figure in {
            f"{value:,}" for value in (len(rows), *rows[0].values()) if isinstance(value, int | Decimal)
        }, asked


def test_known_pairs_come_back_as_the_page_on_matches_says(horizon: OpenWorkspace) -> None:
    loaded = load(horizon.settings)
    assert loaded.imported is not None
    known, found = measured(loaded, loaded.imported.store())
    assert known == 139
    assert found == documented(4)

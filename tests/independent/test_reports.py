"""Each report equals an independent computation, and one changed value changes just the rows that it should."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from independent.engine import rows_over
from independent.model import BASE, Model, load
from independent.reports import REPORTS, Row

TRIED: dict[str, list[dict[str, str]]] = {
    "collaborations": [{}, {"min": "2"}, {"min": "3"}, {"min": "1000"}],
    "coordinators": [{}, {"since": "2022-01-01", "until": "2023-12-31"}],
    "coordinators-by-field": [
        {"field": "field/21"},
        {"field": "field/225"},
        {"field": "field/21", "country": "ESP"},
        {"field": "field/0"},
    ],
    "funding-concentration": [{}, {"within": "programme/h2020"}, {"within": "programme/none"}],
    "money-by-country-and-year": [{}, {"country": "ESP"}, {"country": "XKX"}],
    "networks": [{}, {"on": "2017-06-01"}, {"on": "2022-01-01"}, {"on": "1990-01-01"}],
    "organisations-by-projects": [{}, {"country": "NLD"}, {"country": "ESP"}, {"country": "XKX"}],
    "new-entrants": [
        {"year": "2023"},
        {"year": "2017"},
        {"year": "2022", "within": "programme/horizon-europe", "country": "NLD"},
        {"year": "1990"},
    ],
    "partner-network": [
        {"organisation": "organisation/eha"},
        {"organisation": "organisation/eha", "min": "3"},
        {"organisation": "organisation/charite"},
        {"organisation": "organisation/nobody"},
    ],
    "partner-search": [
        {"topic": "hematology"},
        {"topic": "LEUKEMIA", "country": "ESP"},
        {"topic": "horizon-msca"},
        {"topic": "nothing of the kind"},
    ],
    "projects": [{}, {"within": "programme/horizon-europe"}, {"since": "2022-01-01", "until": "2022-12-31"}],
    "partners": [
        {"organisation": "organisation/eha"},
        {"organisation": "organisation/eha", "since": "2017-01-01"},
        {"organisation": "organisation/eha", "since": "2023-07-01"},
        {"organisation": "organisation/charite", "since": "2099-01-01"},
        {"organisation": "organisation/nobody"},
    ],
    "projects-by-disease": [{}, {"disease": "disease/haematologic-malignancies"}, {"disease": "disease/nothing"}],
    "shared-undertakings": [
        {"organisation": "organisation/eha"},
        {"organisation": "organisation/eha", "partner": "organisation/charite"},
        {"organisation": "organisation/charite", "partner": "organisation/nobody"},
    ],
    "timeline": [
        {},
        {"since": "2017-01-01"},
        {"until": "2016-12-31"},
        {"since": "2004-04-30", "until": "2004-05-01"},
    ],
    "unlisted-projects": [
        {"organisation": "organisation/eha"},
        {"organisation": "organisation/charite"},
        {"organisation": "organisation/nobody"},
    ],
    "unnamed-projects": [
        {"organisation": "organisation/eha", "page": "source/eu-projects-eha"},
        {"organisation": "organisation/eha", "page": "source/harmony-imi-project-factsheet"},
        {"organisation": "organisation/charite", "page": "source/eu-projects-eha"},
    ],
}
EVERY = {"project-card": "project", "project-members": "project", "publications": "project", "provenance": "thing"}
KINDS = {
    "project-card": ("Project",),
    "project-members": ("Project",),
    "publications": ("Project",),
    "provenance": ("Project", "Grant", "Network", "Partnership", "Platform", "Activity", "Disease", "FundingProgramme"),
}

Rows = dict[tuple[str, str], list[Row]]


def test_every_query_has_an_independent_computation(repository: Path) -> None:
    assert sorted(REPORTS) == sorted(path.stem for path in (repository / "queries").glob("*.rq"))


@pytest.mark.parametrize("name", sorted(REPORTS.keys() - EVERY.keys()))
def test_a_report_equals_its_independent_computation(
    name: str, workspace: Model, workspace_rows: Callable[..., list[Row]]
) -> None:
    for params in TRIED.get(name, [{}]):
        assert workspace_rows(name, **params) == REPORTS[name](workspace, **params)


@pytest.mark.parametrize("name", sorted(EVERY))
def test_a_report_on_one_thing_equals_its_independent_computation_for_every_thing(
    name: str, workspace: Model, workspace_rows: Callable[..., list[Row]]
) -> None:
    for thing in [*workspace.things(*KINDS[name]), BASE + "project/none"]:
        given = {EVERY[name]: thing.removeprefix(BASE)}
        assert workspace_rows(name, **given) == REPORTS[name](workspace, **given)


# One changed value: which rows change, and that nothing else does.


def all_rows(root: Path) -> Rows:
    """The rows of all reports by report and first parameter; the engine's equal the independent ones."""
    model = load(root)
    answer = rows_over(root)
    found: Rows = {}
    for name, computation in REPORTS.items():
        asked = TRIED.get(name, [{}])[:1]
        if name in EVERY:
            asked = [{EVERY[name]: thing.removeprefix(BASE)} for thing in model.things("Project")]
        for params in asked:
            rows = answer(name, **params)
            assert rows == computation(model, **params)
            found[name, next(iter(params.values()), "")] = rows
    return found


@pytest.fixture(scope="session")
def before(repository: Path) -> Rows:
    """The rows of all reports over the unchanged workspace."""
    return all_rows(repository)


@pytest.fixture
def copy(repository: Path, tmp_path: Path) -> Path:
    """A copy of the workspace to change."""
    root = tmp_path / "workspace"
    for folder in ("data", "ontology", "queries", "shapes"):
        shutil.copytree(repository / folder, root / folder)
    shutil.copy(repository / "eugraph.toml", root)
    return root


Changes = dict[tuple[str, str], tuple[set[Row], set[Row]]]


def changes(before: Rows, copy: Path, path: str, subject: str, old: str, new: str) -> Changes:
    """Change one value in the block of a subject; return the rows that went and that came, by report."""
    file = copy / "data" / path
    text = file.read_text(encoding="utf-8")
    blocks = re.findall(rf"^<{re.escape(subject)}>\s.*?\.$\n", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 1, f"{path} has {len(blocks)} blocks of {subject}"
    assert blocks[0].count(old) == 1, f"{old} stands {blocks[0].count(old)} times in the block of {subject}"
    file.write_text(text.replace(blocks[0], blocks[0].replace(old, new)), encoding="utf-8")
    after = all_rows(copy)
    assert after.keys() == before.keys()
    return {
        key: (set(before[key]) - set(after[key]), set(after[key]) - set(before[key]))
        for key in before
        if before[key] != after[key]
    }


def test_rows_are_unique(before: Rows) -> None:
    for key, rows in before.items():
        assert len(set(rows)) == len(rows), key


def test_another_country_changes_the_rows_of_the_organisation_and_of_both_countries(
    before: Rows, copy: Path, workspace: Model
) -> None:
    who = BASE + "organisation/charite"
    changed = changes(
        before, copy, "organisations.ttl", "organisation/charite", "eug:country country:DEU", "eug:country country:NLD"
    )
    countries = changed.pop(("participations-by-country", ""))
    assert {row[1] for row in countries[0] | countries[1]} == {"Germany", "Netherlands"}
    taken = {u.removeprefix(BASE) for _, u, o in workspace.participations if o == who}
    projects = {u for u in taken if u.startswith("project/")}
    assert changed.pop(("organisations-by-projects", ""))
    for name, asked, seat in (("partners", "organisation/eha", 2), ("partner-search", "hematology", 2)):
        ((gone_row,), (come_row,)) = changed.pop((name, asked))
        assert (gone_row[0], gone_row[seat], come_row[seat]) == (who, "Germany", "Netherlands")
    for project in projects:
        gone, come = changed.pop(("project-members", project))
        assert {row[0] for row in gone | come} == {who}
        assert {row[2] for row in gone} == {"Germany"}
        assert {row[2] for row in come} == {"Netherlands"}
        countries_on_card = changed.pop(("project-card", project), (set(), set()))
        assert {row[1] for row in countries_on_card[0] | countries_on_card[1]} <= {"Countries taking part"}
    assert not changed


def test_another_contribution_changes_its_participation_and_the_sums_it_is_in(before: Rows, copy: Path) -> None:
    changed = changes(
        before,
        copy,
        "projects/achilles.ttl",
        "participation/achilles/ijc/coordinator",
        'eug:euContribution "564376.32"^^xsd:decimal',
        'eug:euContribution "564377.32"^^xsd:decimal',
    )
    gone, come = changed.pop(("project-members", "project/achilles"))
    assert [row[4] for row in gone] == ["564376.32"]
    assert [row[4] for row in come] == ["564377.32"]
    ((gone_row,), (come_row,)) = changed.pop(("participations-by-country", ""))
    assert gone_row[:-1] == come_row[:-1]
    assert float(come_row[-1]) - float(gone_row[-1]) == pytest.approx(1)
    ((gone_row,), (come_row,)) = changed.pop(("money-by-kind", ""))
    assert gone_row[:2] == come_row[:2] == ("Participation", "EU contribution")
    assert not changed


def test_another_end_date_changes_the_rows_that_show_it(before: Rows, copy: Path) -> None:
    changed = changes(
        before,
        copy,
        "projects/achilles.ttl",
        "project/achilles",
        'eug:endDate "2029-11-30"^^xsd:date',
        'eug:endDate "2030-11-30"^^xsd:date',
    )
    card = changed.pop(("project-card", "project/achilles"))
    assert {row[1:3] for row in card[0]} == {("End", "2029-11-30"), ("Duration (months)", "48")}
    assert {row[1:3] for row in card[1]} == {("End", "2030-11-30"), ("Duration (months)", "60")}
    assert len(changed.pop(("provenance", "project/achilles"))[1]) == 1
    for name in ("projects", "timeline"):
        ((gone_row,), (come_row,)) = changed.pop((name, ""))
        assert gone_row[0] == come_row[0] == BASE + "project/achilles"
    gone, come = changed.pop(("shared-undertakings", "organisation/eha"))
    assert {row[2] for row in gone | come} == {BASE + "project/achilles"}
    assert {row[5] for row in come} == {"2030-11-30"}
    ((gone_row,), (come_row,)) = changed.pop(("unnamed-projects", "organisation/eha"))
    assert (gone_row[4], come_row[4]) == ("2029-11-30", "2030-11-30")
    ((gone_row,), (come_row,)) = changed.pop(("unlisted-projects", "organisation/eha"))
    assert (gone_row[5], come_row[5]) == ("2029-11-30", "2030-11-30")
    assert not changed


def test_another_role_changes_who_coordinates(before: Rows, copy: Path) -> None:
    changed = changes(
        before,
        copy,
        "projects/achilles.ttl",
        "participation/achilles/ijc/coordinator",
        "eug:role role:coordinator",
        "eug:role role:participant",
    )
    who = BASE + "organisation/ijc"
    ((gone_row,), come) = changed.pop(("coordinators", ""))
    assert (gone_row[0], gone_row[2], come) == (BASE + "project/achilles", who, set())
    assert changed.pop(("missing", "")) == (set(), {(BASE + "project/achilles", "Project", "ACHILLES", "coordinator")})
    ((gone_row,), come) = changed.pop(("project-card", "project/achilles"))
    assert (gone_row[1], gone_row[3], come) == ("Coordinator", who, set())
    ((gone_row,), (come_row,)) = changed.pop(("project-members", "project/achilles"))
    assert (gone_row[0], gone_row[3], come_row[3]) == (who, "coordinator", "participant")
    ((gone_row,), (come_row,)) = changed.pop(("organisations-by-projects", ""))
    assert (gone_row[0], int(gone_row[4]) - int(come_row[4])) == (who, 1)
    gone, come = changed.pop(("roles", ""))
    assert {row[1] for row in gone | come} == {"coordinator", "participant"}
    gone, come = changed.pop(("coordinators-by-field", "field/21"))
    assert {row[0] for row in gone} == {who}
    ((gone_row,), (come_row,)) = changed.pop(("partner-search", "hematology"))
    assert (gone_row[0], int(gone_row[4]) - int(come_row[4])) == (who, 1)
    assert not changed


def test_another_disease_changes_what_is_studied_and_what_stands_above_it(before: Rows, copy: Path) -> None:
    changed = changes(
        before, copy, "projects/achilles.ttl", "project/achilles", "<disease/lymphoma>", "<disease/multiple-myeloma>"
    )
    gone, come = changed.pop(("projects-by-disease", ""))
    assert {row[2] for row in gone | come} == {BASE + "project/achilles"}
    assert BASE + "disease/lymphoma" in {row[0] for row in gone}
    assert BASE + "disease/multiple-myeloma" in {row[0] for row in come}
    moved = {row[0] for row in gone | come}
    gone, come = changed.pop(("diseases", ""))
    assert {row[0] for row in gone | come} == moved
    card = changed.pop(("project-card", "project/achilles"))
    assert [len(side) for side in card] == [1, 1]
    stated = changed.pop(("provenance", "project/achilles"))
    assert {row[1] for row in stated[1]} == {BASE + "disease/multiple-myeloma"}
    assert not changed


def test_another_confidence_changes_which_of_the_rival_values_is_shown(before: Rows, copy: Path) -> None:
    claim = "claim/grant/harmony/euContribution/harmony-imi-project-factsheet"
    changed = changes(before, copy, "projects/harmony.ttl", claim, "confidence:stated", "confidence:unverified")
    gone, come = changed.pop(("projects", ""))
    assert {row[0] for row in gone | come} == {BASE + "project/harmony"}
    assert {row[5] for row in come} == {""}
    assert (BASE + claim) in {row[0] for row in changed.pop(("unverified", ""))[1]}
    assert ("Grant", "EU contribution") in {row[:2] for row in changed.pop(("money-by-kind", ""))[1]}
    assert {row[3] for row in changed.pop(("missing", ""))[1]} == {"EU contribution"}
    assert {row[2] for row in changed.pop(("funding-by-programme-and-year", ""))[1]} == {"2017"}
    assert {row[1] for row in changed.pop(("project-card", "project/harmony"))[0]} == {"EU contribution"}
    gone, come = changed.pop(("sources", ""))
    assert {int(row[7]) for row in gone} == {int(row[7]) + 1 for row in come}
    assert not changed

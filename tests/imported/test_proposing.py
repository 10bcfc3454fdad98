"""Proposed matches of a workspace: written for a person, kept once decided, and then part of the graph."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from cli.runner import fingerprint, run
from eugraph.checking import check
from eugraph.cli.match import command
from eugraph.config import Workspace, open_workspace
from eugraph.errors import SettingError, UnreadableWorkspaceError
from eugraph.findings import Severity
from eugraph.likeness import LEAST
from eugraph.live import LiveWorkspace
from eugraph.loading import load
from eugraph.pipeline import build
from eugraph.proposing import Proposed, propose
from eugraph.sources.decisions import COLUMNS
from imported.test_workspace import asked, with_source

WORKS = """
# An organisation without an identifier.

@base <https://w3id.org/eugraph/id/> .
@prefix country: <http://publications.europa.eu/resource/authority/country/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix eug: <https://w3id.org/eugraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<organisation/works>
    a eug:Organisation ;
    skos:prefLabel "Works Renamed"@en ;
    eug:country country:GBR ;
    eug:city "Leeds" ;
    dcterms:source <source/record> .
"""
SAME = "SELECT ?one ?other { ?one <http://www.w3.org/2002/07/owl#sameAs> ?other } ORDER BY ?one"
ID = "https://w3id.org/eugraph/id/"


@pytest.fixture
def workspace(tiny: Workspace) -> Workspace:
    (tiny.data / "works.ttl").write_text(WORKS, encoding="utf-8")
    return with_source(tiny)


def counts(made: Proposed) -> tuple[int, int, int, int]:
    return made.new, made.open, made.same, made.different


def table(workspace: Workspace) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(workspace.matches.read_text(encoding="utf-8-sig"))))


def write(workspace: Workspace, rows: list[dict[str, str]]) -> None:
    """As a spreadsheet saves it: line ends of its own, and no byte order mark."""
    text = io.StringIO()
    out = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    out.writeheader()
    out.writerows(rows)
    workspace.matches.write_bytes(text.getvalue().encode())


def decide(workspace: Workspace, decision: str) -> None:
    (row,) = table(workspace)
    write(workspace, [row | {"decision": decision, "by": "Jo Doe", "on": "2026-11-26", "note": "They moved."}])


def joined(workspace: Workspace) -> dict[str, str]:
    return {one.removeprefix(ID): other.removeprefix(ID) for one, other in asked(workspace, SAME)}


def test_a_pair_is_proposed_with_what_a_person_needs_to_decide(workspace: Workspace) -> None:
    assert counts(propose(workspace)) == (1, 1, 0, 0)
    assert table(workspace) == [
        dict.fromkeys(COLUMNS, "")
        | {
            "thing": "organisation/works", "name": "Works Renamed", "country": "GBR", "town": "Leeds",
            "imported": "organisation/999000003", "imported_name": "Works Renamed", "imported_country": "GBR",
            "imported_town": "Leeds", "imported_identifiers": "PIC 999000003; VAT GB12345",
            "score": "0.94", "evidence": "names 1.00; town; country",
        }
    ]  # fmt: skip
    assert "organisation/works" not in joined(workspace)  # a score joins nothing


def test_proposing_again_changes_nothing_and_does_not_write(workspace: Workspace) -> None:
    propose(workspace)
    before, written = workspace.matches.read_bytes(), workspace.matches.stat().st_mtime_ns
    assert counts(propose(workspace)) == (0, 1, 0, 0)
    assert (workspace.matches.read_bytes(), workspace.matches.stat().st_mtime_ns) == (before, written)


def test_what_was_decided_to_be_the_same_joins_with_who_and_when(workspace: Workspace, tmp_path: Path) -> None:
    propose(workspace)
    decide(workspace, "same")
    assert joined(workspace)["organisation/works"] == "organisation/999000003"
    assert joined(workspace)["organisation/uni"] == "organisation/999000001"  # by PIC, as before
    assert not [f for f in check(load(workspace)).findings if f.severity == Severity.VIOLATION]
    assert counts(propose(workspace)) == (0, 0, 1, 0)
    _, made = build(workspace, tmp_path / "dist")
    assert made is not None
    page = (tmp_path / "dist" / "organisation" / "works.html").read_text(encoding="utf-8")
    assert 'href="../organisation/999000003.html"' in page
    assert "Decided by Jo Doe" in page
    turtle = (tmp_path / "dist" / "organisation" / "works.ttl").read_text(encoding="utf-8")
    assert "owl:sameAs <organisation/999000003>" in turtle
    assert 'eug:date "2026-11-26"^^xsd:date' in turtle
    assert (tmp_path / "dist" / "graph" / "matches.ttl").is_file()


def test_reports_follow_a_decision(workspace: Workspace) -> None:
    question = ("query", "unlisted-projects", "--param", "organisation=organisation/works", "--format", "csv")
    propose(workspace)
    assert len(run(workspace.root, *question).out.splitlines()) == 1  # the header
    decide(workspace, "same")
    listed = {line.split(",")[0].removeprefix(ID) for line in run(workspace.root, *question).out.splitlines()[1:]}
    assert listed == {"project/900000001", "project/900000002"}


def test_what_was_decided_to_be_different_is_kept_and_never_proposed_again(workspace: Workspace) -> None:
    propose(workspace)
    decide(workspace, "different")
    kept = table(workspace)
    assert counts(propose(workspace)) == (0, 0, 0, 1)
    assert table(workspace) == kept
    assert "organisation/works" not in joined(workspace)
    different = "ASK { ?one <http://www.w3.org/2002/07/owl#differentFrom> ?other }"
    assert run(workspace.root, "query", "-", stdin=different).out.strip() == "true"
    assert not [f for f in check(load(workspace)).findings if f.severity == Severity.VIOLATION]


def test_a_decision_holds_against_an_identifier(workspace: Workspace) -> None:
    row = {"thing": "organisation/uni", "imported": "organisation/999000001", "decision": "different"}
    write(workspace, [row | {"by": "Jo Doe", "on": "2026-11-26"}])
    assert "organisation/uni" not in joined(workspace)


def test_a_note_without_a_decision_is_kept(workspace: Workspace) -> None:
    propose(workspace)
    (row,) = table(workspace)
    write(workspace, [row | {"note": "Ask them."}])
    assert counts(propose(workspace)) == (0, 1, 0, 0)
    assert [row["note"] for row in table(workspace)] == ["Ask them."]


def test_an_open_row_follows_the_data_and_goes_when_nothing_speaks_for_it(workspace: Workspace) -> None:
    propose(workspace)
    file = workspace.data / "works.ttl"
    file.write_text(WORKS.replace("Leeds", "York"), encoding="utf-8")
    assert counts(propose(workspace)) == (0, 1, 0, 0)
    assert [row["evidence"] for row in table(workspace)] == ["names 1.00; country; another town"]
    file.write_text(WORKS.replace("GBR", "DEU"), encoding="utf-8")
    assert counts(propose(workspace)) == (0, 0, 0, 0)
    assert table(workspace) == []


def test_a_decision_on_what_is_not_described_is_told_with_its_line(workspace: Workspace) -> None:
    propose(workspace)
    (row,) = table(workspace)
    said = {"decision": "same", "by": "Jo Doe", "on": "2026-11-26"}
    write(workspace, [row | said | {"imported": "organisation/999000009"}])
    (finding,) = [f for f in check(load(workspace)).findings if f.code == "dangling-reference"]
    assert str(finding.place).startswith("matches.csv:2:")
    assert finding.message.startswith("<organisation/999000009> is described nowhere")
    assert counts(propose(workspace)) == (1, 1, 1, 0)


def test_mending_leaves_decisions_to_people(workspace: Workspace) -> None:
    propose(workspace)
    decide(workspace, "same")
    text = workspace.matches.read_bytes().replace(b"organisation/works", b"organisation/wroks")
    workspace.matches.write_bytes(text)
    outcome = run(workspace.root, "fix", "--apply")
    assert outcome.err.startswith("0 patches in 0 files applied")
    assert workspace.matches.read_bytes() == text


def test_a_broken_table_stops_what_needs_it_and_is_left_as_it_is(workspace: Workspace) -> None:
    propose(workspace)
    text = workspace.matches.read_text(encoding="utf-8-sig").replace(",,,,\n", ",perhaps,,,\n")
    workspace.matches.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableWorkspaceError, match=r"matches\.csv:2:\d+: 'perhaps' is no decision"):
        propose(workspace)
    assert workspace.matches.read_text(encoding="utf-8") == text
    outcome = run(workspace.root, "validate")
    assert (outcome.status, outcome.out.splitlines()[0].startswith("matches.csv:2:")) == (2, True)
    assert run(workspace.root, "build").status == 2


def test_names_that_a_spreadsheet_would_compute_are_texts(workspace: Workspace) -> None:
    (workspace.data / "works.ttl").write_text(WORKS.replace("Works Renamed", "=Works Renamed"), encoding="utf-8")
    propose(workspace)
    assert ",\x20=Works Renamed," in workspace.matches.read_text(encoding="utf-8-sig")
    assert [row["name"].strip() for row in table(workspace)] == ["=Works Renamed"]


def test_a_decision_after_a_build_gives_the_release_of_a_build_from_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    propose(workspace)
    build(workspace, tmp_path / "dist")
    decide(workspace, "same")
    build(workspace, tmp_path / "dist")
    build(workspace, tmp_path / "anew")
    assert fingerprint(tmp_path / "dist") == fingerprint(tmp_path / "anew")


def test_a_thing_that_does_not_lie_below_the_base_is_not_proposed(workspace: Workspace) -> None:
    text = WORKS.replace("<organisation/works>", "<https://other.example/works>")
    (workspace.data / "works.ttl").write_text(text, encoding="utf-8")
    assert counts(propose(workspace)) == (0, 0, 0, 0)
    assert load(workspace).curated.findings == []


def test_the_release_is_the_same_whatever_line_ends_the_table_has(workspace: Workspace, tmp_path: Path) -> None:
    propose(workspace)
    decide(workspace, "same")
    build(workspace, tmp_path / "one")
    text = workspace.matches.read_bytes().replace(b"\r\n", b"\n")
    workspace.matches.write_bytes(b"\xef\xbb\xbf" + text)
    build(workspace, tmp_path / "two")
    assert fingerprint(tmp_path / "one") == fingerprint(tmp_path / "two")


def test_watching_sees_a_decision(workspace: Workspace) -> None:
    live = LiveWorkspace(workspace.root)
    assert live.look() is not None
    write(workspace, [{"thing": "organisation/nowhere", "imported": "organisation/999000003", "decision": "sure"}])
    answer = live.look()
    assert answer is not None
    assert answer.report is not None
    assert "wrong-value" in {finding.code for finding in answer.report.findings}


def test_without_an_imported_source_there_is_nothing_to_match_and_the_table_is_not_read(tiny: Workspace) -> None:
    with pytest.raises(SettingError, match="there is no imported source to match with"):
        propose(tiny)
    assert not tiny.matches.exists()
    tiny.matches.write_text("no table", encoding="utf-8")
    assert load(tiny).curated.findings == []


def test_the_command_says_what_is_to_be_decided(workspace: Workspace) -> None:
    outcome = run(workspace.root, "match")
    assert outcome.status == 0
    assert outcome.out == "matches.csv: 1 to decide (1 of them new), 0 same, 0 different\n"
    assert "comparing 2 curated organisations with 3 imported ones" in outcome.err
    assert run(workspace.root, "match", "--min-score", "0.95").out == "matches.csv: 0 to decide, 0 same, 0 different\n"
    assert run(workspace.root, "match", "--min-score", "2").status == 2


def test_the_command_proposes_from_the_score_that_is_documented() -> None:
    (option,) = [param for param in command.params if param.name == "min_score"]
    assert option.default == LEAST


def test_a_workspace_is_opened_with_its_table(workspace: Workspace) -> None:
    assert open_workspace(workspace.root).matches == workspace.root / "matches.csv"

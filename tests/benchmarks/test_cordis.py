"""The benchmark of the import, on invented tables: every side does its work, and states about the same."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Store

from benchmarks import cordis, morph_kgc
from benchmarks.cordis_tables import TWO, some_projects
from benchmarks.cost import Line
from benchmarks.effort import DEFAULT
from eugraph.config import Workspace
from eugraph.vocab import term
from sources.cordis.importing import INVENTED

QUICK = replace(DEFAULT, long_rounds=1)
NEARLY = 0.7  # most of the invented rows have a fault, which the peers pass on
TWO_TABLES = [str(INVENTED / name) for name in TWO]


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Line]:
    folder = tmp_path_factory.mktemp("cordis")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(morph_kgc, "PYTHON", folder / "none")  # it takes seconds to start, and has a test of its own
        return {line.what: line for line in cordis.compare(INVENTED, folder, QUICK)}


def test_each_aim_has_its_line(lines: dict[str, Line]) -> None:
    budgets = [line.budget for line in lines.values() if line.budget]
    assert [budget.times for budget in budgets if budget.times] == [2, 2.2, 1 / 3, 1 / 30]
    assert [budget.plus for budget in budgets if budget.plus] == [1024**3, 1024**3]


def test_every_side_took_time_and_memory(lines: dict[str, Line]) -> None:
    assert all(line.ours.value > 0 for line in lines.values())
    peers = [line for line in lines.values() if line.peer_name and "morph-kgc" not in line.peer_name]
    assert len(peers) == 6
    assert all(line.peer and line.peer.value > 0 for line in peers)


def test_the_store_holds_what_was_imported_and_what_pyoxigraph_loads(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "peer").mkdir()
    ours = dict(cordis.to_store(str(tmp_path / "ours"), str(INVENTED)))
    assert ours["import seconds"] < ours["seconds"]
    list(cordis.by_pyoxigraph(str(tmp_path / "peer"), str(tmp_path / "ours" / cordis.QUADS)))
    sizes = [len(Store.read_only(str(tmp_path / side / cordis.STORE))) for side in ("ours", "peer")]
    assert sizes == [ours["import statements"]] * 2


def test_the_script_with_rdflib_states_nearly_all_that_we_do(tmp_path: Path) -> None:
    ours = dict(cordis.to_quads(str(tmp_path), *TWO_TABLES))
    list(cordis.by_rdflib(str(tmp_path), *TWO_TABLES))
    found = dict(cordis.in_both(str(tmp_path / cordis.QUADS), str(tmp_path / cordis.TRIPLES)))
    assert found["same"] > NEARLY * ours["statements"]
    assert found["same"] > NEARLY * found["statements"]


@pytest.mark.skipif(not morph_kgc.PYTHON.is_file(), reason="`make bench-cordis` makes the environment of morph-kgc")
def test_morph_kgc_states_nearly_all_that_we_do(tmp_path: Path) -> None:
    ours = dict(cordis.to_quads(str(tmp_path), *TWO_TABLES))
    list(cordis.by_morph_kgc(str(tmp_path), *TWO_TABLES))
    found = dict(cordis.in_both(str(tmp_path / cordis.QUADS), str(tmp_path / morph_kgc.OUTPUT)))
    assert found["same"] > NEARLY * ours["statements"]
    assert found["same"] > NEARLY * found["statements"]


def test_the_mapping_of_morph_kgc_says_every_predicate_that_most_rows_have(tmp_path: Path) -> None:
    list(cordis.to_quads(str(tmp_path), *TWO_TABLES))
    morph_kgc.command(tmp_path, cordis.BASE)
    mapped = set(re.findall(r"rml:predicate (<[^>]+>)", (tmp_path / "morph-kgc.rml.ttl").read_text(encoding="utf-8")))
    quads = (tmp_path / cordis.QUADS).read_text(encoding="utf-8").splitlines()
    things = ("project", "grant", "participation")
    ours = {line.split(" ")[1] for line in quads if line.startswith(tuple(f"<{cordis.BASE}{kind}/" for kind in things))}
    seldom = {str(term("eug:printedName")), str(term("dcterms:identifier"))}  # of values that differ, or are wrong
    assert ours - mapped == seldom


def test_without_morph_kgc_its_line_says_why(lines: dict[str, Line]) -> None:
    line = next(line for line in lines.values() if line.peer_name == "morph-kgc")
    assert line.peer is None
    assert line.verdict == ""
    assert "make bench-cordis" in line.note


def test_without_the_tables_nothing_is_measured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tiny: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cordis, "ROOT", tmp_path / "clone")
    assert cordis.measure(tiny, QUICK) == []
    assert "horizon-tables.tar.xz is not there" in capsys.readouterr().err


def test_half_the_projects_keep_their_rows_in_every_table(tmp_path: Path) -> None:
    half = some_projects(INVENTED, tmp_path / "half", 2)
    numbers = _column(half / "project.csv", "id")
    assert set(numbers) == set(_column(INVENTED / "project.csv", "id")[::2])
    for path in INVENTED.glob("*.csv"):
        column = "id" if path.name == "project.csv" else "projectID"
        kept = [number for number in _column(path, column) if number in numbers]
        assert _column(half / path.name, column) == kept


def _column(path: Path, column: str) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row[column] for row in csv.DictReader(file, delimiter=";")]

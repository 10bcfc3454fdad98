"""What `eugraph fix` does with files, paths, and what it cannot do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.runner import fingerprint, run
from conftest import ROOT
from eugraph.config import Workspace, open_workspace
from eugraph.errors import OutputError
from eugraph.loading import load
from eugraph.mend import diff_of, mend, write_mended
from eugraph.mend.proposals import KINDS

ALPHA, OTHERS = "data/projects/alpha.ttl", "data/others.ttl"


def _spoil(workspace: Workspace, file: str, good: str, bad: str) -> Path:
    path = workspace.root / file
    text = path.read_text()
    assert good in text
    path.write_text(text.replace(good, bad))
    return path


def test_a_good_workspace_has_nothing_to_mend(tiny: Workspace) -> None:
    before = fingerprint(tiny.root)
    outcome = run(tiny.root, "fix", "--apply")
    assert (outcome.status, outcome.out) == (0, "")
    assert outcome.err.startswith("0 patches in 0 files applied; ")
    assert fingerprint(tiny.root) == before


def test_the_reference_workspace_has_nothing_to_mend() -> None:
    mending = mend(load(open_workspace(ROOT)))
    assert (list(mending.fixes), diff_of(mending)) == ([], "")


def test_nothing_is_written_without_apply(tiny: Workspace) -> None:
    _spoil(tiny, ALPHA, "eug:acronym", "eug:akronym")
    before = fingerprint(tiny.root)
    outcome = run(tiny.root, "fix")
    assert outcome.status == 1
    assert outcome.out.startswith(f"--- a/{ALPHA}\n+++ b/{ALPHA}\n@@ ")
    assert '-    eug:akronym "ALPHA" ;\n+    eug:acronym "ALPHA" ;\n' in outcome.out
    assert fingerprint(tiny.root) == before


def test_only_the_paths_that_are_named_are_mended(tiny: Workspace) -> None:
    alpha = _spoil(tiny, ALPHA, "eug:acronym", "eug:akronym")
    others = _spoil(tiny, OTHERS, "country:NLD", '"NL"')
    spoilt = alpha.read_text()
    assert run(tiny.root, "fix", OTHERS, "--apply").status == 0
    assert "country:NLD" in others.read_text()
    assert alpha.read_text() == spoilt
    assert run(tiny.root, "fix", "data/projects", "--apply").status == 0
    assert "eug:acronym" in alpha.read_text()


def test_a_file_outside_of_data_is_mended_as_if_it_lay_there(tiny: Workspace, tmp_path: Path) -> None:
    outside = tmp_path / "one.ttl"
    outside.write_text(
        "@prefix eug: <https://w3id.org/eugraph/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<organisation/one> a eug:Organisation ; skos:prefLabel "One  Society"@en .\n'
    )
    outcome = run(tiny.root, "fix", str(outside), "--apply")
    assert outcome.status == 0
    assert '"One Society"@en' in outside.read_text()


def test_a_file_that_cannot_be_read_stops_everything(tiny: Workspace) -> None:
    _spoil(tiny, ALPHA, "eug:acronym", "eug:akronym")
    _spoil(tiny, OTHERS, "country:NLD ;", "country:NLD ,,")
    before = fingerprint(tiny.root)
    outcome = run(tiny.root, "fix", "--apply")
    assert (outcome.status, outcome.out) == (2, "")
    assert "(syntax-error)" in outcome.err
    assert fingerprint(tiny.root) == before


def test_a_file_that_somebody_changed_meanwhile_is_left_alone(tiny: Workspace) -> None:
    alpha = _spoil(tiny, ALPHA, "eug:acronym", "eug:akronym")
    _spoil(tiny, OTHERS, "country:NLD", '"NL"')
    mending = mend(load(tiny))
    alpha.write_text(alpha.read_text() + "# a line of somebody else\n")
    before = fingerprint(tiny.root)
    with pytest.raises(OutputError, match="somebody has changed it meanwhile"):
        write_mended(mending)
    assert fingerprint(tiny.root) == before


def test_a_patch_that_would_bring_another_finding_is_a_suggestion(tiny: Workspace) -> None:
    """With its property spelt right, there would be two acronyms."""
    _spoil(tiny, ALPHA, 'eug:acronym "ALPHA"', 'eug:acronym "ALPHA" ;\n    eug:akronym "ALFA"')
    outcome = run(tiny.root, "fix")
    assert (outcome.status, outcome.out) == (0, "")
    assert "not mended, as thing-acronym would come at data/projects/alpha.ttl" in outcome.err


def test_patches_that_hold_are_kept_beside_one_that_does_not(tiny: Workspace) -> None:
    _spoil(tiny, ALPHA, 'eug:acronym "ALPHA"', 'eug:acronym "ALPHA" ;\n    eug:akronym "ALFA"')
    _spoil(tiny, ALPHA, '"2021-01-01"^^xsd:date', '"2021-01-01"')
    _spoil(tiny, OTHERS, "country:NLD", '"NL"')
    outcome = run(tiny.root, "fix", "--apply")
    assert outcome.status == 0
    assert "2 patches in 2 files applied" in outcome.err
    assert "eug:akronym" in (tiny.root / ALPHA).read_text()


def test_one_thing_in_two_files_is_mended_in_both(tiny: Workspace) -> None:
    statement = '<organisation/eha> <https://w3id.org/eugraph/ontology#sme> "False" .\n'
    for name in ("one", "two"):
        (tiny.data / f"{name}.ttl").write_text(statement)
    outcome = run(tiny.root, "fix", "--apply")
    assert outcome.status == 0
    for name in ("one", "two"):
        assert (tiny.data / f"{name}.ttl").read_text() == statement.replace('"False"', "false")


def test_a_hostile_text_is_shown_in_one_line_and_without_control_characters(tiny: Workspace) -> None:
    _spoil(tiny, ALPHA, '"Alpha"@en', r'"  Al\u001b[31mpha\u202e"@en')
    outcome = run(tiny.root, "fix")
    assert "\u001b" not in outcome.err
    assert "\u202e" not in outcome.err


def test_every_kind_of_mending_has_its_row_in_the_documentation() -> None:
    table = (ROOT / "docs" / "fix.md").read_text().partition("## What it mends")[2].partition("\n## ")[0]
    assert sorted(re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)) == sorted(KINDS)


def test_every_kind_of_mending_has_a_case() -> None:
    told = "".join(path.read_text() for path in (ROOT / "tests" / "mend" / "cases").glob("*/told.txt"))
    assert {kind for kind in KINDS if f": {kind}: " in told} == set(KINDS)

"""JSON: every report keeps to the schema that is shipped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from cli.runner import run
from eugraph.config import Workspace
from eugraph.findings import Severity
from eugraph.validate import Report
from eugraph.validate.formats.json_report import schema_text
from validate.samples import BASE, samples

SCHEMA = json.loads(schema_text())


@pytest.mark.parametrize("report", samples())
@pytest.mark.parametrize("show", list(Severity))
def test_a_report_keeps_to_the_schema(report: Report, show: Severity) -> None:
    document = json.loads(report.write("json", BASE, show=show))
    Draft202012Validator.check_schema(SCHEMA)
    assert list(Draft202012Validator(SCHEMA).iter_errors(document)) == []
    assert len(document["findings"]) == sum(finding.severity >= show for finding in report.findings)
    assert document["conforms"] == (not report.findings)


def test_the_schema_lets_nothing_else_pass() -> None:
    document = json.loads(samples()[2].write("json", BASE))
    for change in ({"severity": "bad"}, {"line": 0}, {"focus": "thing"}, {"more": 1}, {"reasons": "why"}):
        broken = {**document, "findings": [document["findings"][0] | change]}
        assert list(Draft202012Validator(SCHEMA).iter_errors(broken)), change


def test_the_report_of_a_workspace_and_of_a_release_keep_to_it(tiny: Workspace, release: Path) -> None:
    for text in (run(tiny.root, "validate", "--format", "json").out, (release / "validation.json").read_text("utf-8")):
        assert list(Draft202012Validator(SCHEMA).iter_errors(json.loads(text))) == []


def test_the_schema_can_be_printed_without_a_workspace(tmp_path: Path) -> None:
    outcome = run(tmp_path, "schema", "--of", "report")
    assert outcome.status == 0
    assert json.loads(outcome.out) == SCHEMA
    assert run(tmp_path, "schema", "--of", "report", "--out", "report.json").status == 0
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8")) == SCHEMA

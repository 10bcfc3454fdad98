"""GitHub annotations: a command a finding, whatever stands in it."""

from __future__ import annotations

from pathlib import PurePath

from eugraph.findings import Finding, Place, Severity
from eugraph.validate import Report
from validate.samples import BASE, HOSTILE, hostile, many


def test_a_command_names_level_file_line_column_rule_and_thing() -> None:
    (first, *_) = Report(tuple(many(1, severity=Severity.WARNING))).write("github", BASE).splitlines()
    assert first == "::warning file=data/a.ttl,line=1,col=1,title=name::“0” is no number. Write a number. [thing/0]"


def test_what_would_end_a_property_or_a_line_is_escaped() -> None:
    place = Place(PurePath("data/a,b:c%.ttl"), 2)
    finding = Finding(code="x", severity=Severity.VIOLATION, message="50%\n::error::no", place=place)
    (first, *_) = Report((finding,)).write("github", BASE).splitlines()
    assert first == "::error file=data/a%2Cb%3Ac%25.ttl,line=2,title=x::50%25 ::error::no"


def test_no_text_of_the_data_makes_a_command() -> None:
    text = Report(tuple(hostile())).write("github", BASE)
    assert [line.split(" ")[0] for line in text.split("\n")[:-2]] == ["::error"] * 2 + ["::warning"] * 2 + [
        "::notice"
    ] * 2
    assert len(text.splitlines()) == len(HOSTILE) + 1
    assert not set(text) & {"\x1b", "\x00", "\r"}


def test_the_gravest_come_first_and_the_sum_last() -> None:
    findings = (*many(2, severity=Severity.INFO), *many(1))
    lines = Report(findings).write("github", BASE).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", "::notice", "::notice", "1"]

"""The text: a line a finding, one line for many with one cause, and no more lines than a person reads."""

from __future__ import annotations

import pytest

from cli.runner import run
from eugraph.config import Workspace
from eugraph.findings import Severity
from eugraph.validate import Report, pieces
from eugraph.validate.listing import Listing
from validate.samples import BASE, HOSTILE, hostile, many, validated


def lines(report: Report, *, whole: bool = False) -> list[str]:
    return "".join(pieces("text", report.listing(BASE, whole=whole))).splitlines()


def test_ten_findings_with_one_cause_have_a_line_each() -> None:
    assert len(lines(Report(tuple(many(10))))) == 11


def test_more_share_a_line_that_counts_them() -> None:
    assert lines(Report(tuple(many(312)))) == [
        "data/a.ttl:1:1: violation: “0” is no number. Write a number. [thing/0, thing/1, thing/2 and 309 more] (name, 312 times)",
        "findings with one cause share a line: see each with eugraph validate --all",
        "312 violations, 0 warnings, 0 infos",
    ]


def test_all_of_them_can_be_seen() -> None:
    assert len(lines(Report(tuple(many(312))), whole=True)) == 313


def test_another_severity_rule_or_message_is_another_cause() -> None:
    findings = (*many(11), *many(11, code="other"), *many(11, severity=Severity.INFO))
    assert [line.count("times") for line in lines(Report(findings))] == [1, 1, 1, 0, 0]


def test_values_without_quotes_do_not_part_a_cause() -> None:
    data = "".join(f"ex:x{n} a ex:T ; ex:p ex:o{n} ." for n in range(11))
    report = validated(data, "ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:class ex:Org ] .")
    assert len(lines(report)) == 3


def test_of_many_causes_the_gravest_are_shown_in_the_order_of_places() -> None:
    mild = [finding for n in range(150) for finding in many(1, code=f"mild{n}", severity=Severity.INFO, file="a")]
    grave = many(1, code="grave", file="z")
    shown = lines(Report((*mild, *grave)))
    assert len(shown) == 102
    assert shown[99].startswith("data/z.ttl:1:1: violation")
    assert shown[100] == "51 findings less grave or further down are left out: see all with eugraph validate --all"
    assert shown[101] == "1 violation, 0 warnings, 150 infos"


def test_reasons_stand_behind_the_message() -> None:
    report = validated(
        "ex:x ex:p ex:o .", "ex:S sh:targetNode ex:x ; sh:node [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] ."
    )
    assert lines(report)[0] == (
        "violation: <http://example.org/x> is not as it must be. Mend what is behind it. "
        "Why: there is no value of q. Add one. [<http://example.org/x>] (S)"
    )


def test_nothing_in_the_data_moves_the_terminal_or_makes_a_line() -> None:
    shown = "".join(pieces("text", Report(tuple(hostile())).listing(BASE)))
    assert len(shown.splitlines()) == len(HOSTILE) + 1
    assert not set(shown) & {"\x1b", "\x00", "\r", "\u202e"}


def test_colours_are_there_for_who_paints_and_are_not_made_of_data() -> None:
    listing: Listing = Report(tuple(hostile())).listing(BASE, paint=lambda text, tone: f"<{tone}:{text}>")
    shown = "".join(pieces("text", listing))
    assert "<violation:violation>" in shown
    assert "<place:data/a,b:c%20 2.ttl:3:2>" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("form", ["text", "json", "html", "ttl", "jsonld", "sarif", "junit", "github"])
def test_what_goes_to_a_file_has_no_colours(tiny: Workspace, form: str) -> None:
    outcome = run(tiny.root, "validate", "--format", form)
    assert outcome.status == 0
    assert outcome.out
    assert "\x1b" not in outcome.out


def test_the_option_all_lists_each(tiny: Workspace) -> None:
    text = "@base <https://w3id.org/eugraph/id/> . @prefix eug: <https://w3id.org/eugraph/ontology#> .\n"
    path = tiny.root / "data" / "more.ttl"
    several = "".join(f'<project/p{n}> eug:acronymm "a" .\n' for n in range(11))
    path.write_text(text + several)
    assert run(tiny.root, "validate", "--show", "violation").out.count("eug:acronymm") == 1
    assert run(tiny.root, "validate", "--show", "violation", "--all").out.count("eug:acronymm") == 11

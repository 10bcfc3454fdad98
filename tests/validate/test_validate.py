"""The report: places, repeats, formats; and the same results as pySHACL's own."""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePath

import pyoxigraph as ox
import pytest
from rdflib import SH, Graph

from cli.runner import run
from eugraph.checking import check
from eugraph.config import Workspace
from eugraph.findings import Finding, Place, Severity
from eugraph.loading import load
from eugraph.validate import Report

BASE = "https://w3id.org/eugraph/id/"
ALPHA = "data/projects/alpha.ttl"


def change(workspace: Workspace, file: str, old: str, new: str) -> int:
    """Replace a text in a file and return the line at which the new one stands."""
    path = workspace.root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return text.count("\n", 0, text.index(new)) + 1 if new else 0


def grave(workspace: Workspace) -> list[tuple[str, str]]:
    findings = check(load(workspace)).findings
    return [(finding.code, str(finding.place)) for finding in findings if finding.severity >= Severity.WARNING]


def test_a_fault_of_a_plain_statement_is_placed_at_its_value(tiny: Workspace) -> None:
    line = change(tiny, "data/others.ttl", 'eug:pic "999000001"', 'eug:pic "99900001"')
    assert grave(tiny) == [("organisation-pic", f"data/others.ttl:{line}:13")]


def test_a_fault_of_a_derived_statement_is_placed_at_the_claim_that_it_came_from(tiny: Workspace) -> None:
    line = change(tiny, ALPHA, 'eug:value "2021-01-01"^^xsd:date', 'eug:value "2024-01-01"^^xsd:date')
    assert f"{ALPHA}:{line}:15" in {place for _, place in grave(tiny)}


def test_a_missing_statement_is_placed_at_its_subject(tiny: Workspace) -> None:
    change(tiny, ALPHA, '    skos:prefLabel "Alpha"@en ;\n', "")
    assert {place for _, place in grave(tiny)} == {f"{ALPHA}:10:1"}


def test_an_ill_typed_value_is_told_once(tiny: Workspace) -> None:
    line = change(tiny, ALPHA, '"2021-01-01"^^xsd:date', '"2021-02-30"^^xsd:date')
    assert grave(tiny) == [("ill-typed-literal", f"{ALPHA}:{line}:15")]


def test_only_what_is_wrong_in_the_named_paths_is_told(tiny: Workspace) -> None:
    change(tiny, ALPHA, "role:coordinator", "role:coordinater")
    assert run(tiny.root, "validate", str(tiny.root / "data" / "others.ttl")).status == 0
    assert run(tiny.root, "validate", str(tiny.root / "data" / "projects")).status == 1
    assert "role:coordinater" in run(tiny.root, "validate", str(tiny.root / ALPHA)).out


def test_a_file_outside_of_the_workspace_is_validated_with_it(tiny: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "new.ttl"
    path.write_text(
        f"@base <{BASE}> .\n<participation/alpha/clinic/participant> a <https://w3id.org/eugraph/ontology#Participation> ;\n"
        "  <https://w3id.org/eugraph/ontology#organisation> <organisation/nobody> .\n"
    )
    outcome = run(tiny.root, "validate", str(path))
    assert outcome.status == 1
    assert re.search(r"new.ttl:3:\d+: violation: <organisation/nobody> is described nowhere", outcome.out)
    assert not (tiny.root / "data" / "new.ttl").exists()


@pytest.mark.parametrize(("severity", "status"), [("violation", 0), ("info", 1)])
def test_fail_on_sets_the_mildest_severity_that_fails(tiny: Workspace, severity: str, status: int) -> None:
    assert run(tiny.root, "validate", "--fail-on", severity).status == status


def test_other_shapes_may_be_used(tiny: Workspace, tmp_path: Path) -> None:
    shapes = tmp_path / "own.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix eug: <https://w3id.org/eugraph/ontology#> .\n"
        "<https://e.org/S> a sh:NodeShape ; sh:targetClass eug:Project ; sh:property <https://e.org/S#logo> .\n"
        '<https://e.org/S#logo> a sh:PropertyShape ; sh:path <https://e.org/logo> ; sh:minCount 1 ; sh:message "A logo!"@en .'
    )
    outcome = run(tiny.root, "validate", "--shapes", str(shapes))
    assert outcome.status == 1
    assert outcome.out.count("A logo!") == 2


FINDINGS = (
    Finding(
        code="x-y",
        severity=Severity.WARNING,
        message='say "so"\nand mend',
        place=Place(PurePath("data/x.ttl"), 3, 5, '<x> eug:acronym\n  "a"@en ;'),
        focus=f"<{BASE}project/x>",
        path="<https://w3id.org/eugraph/ontology#acronym>",
        value='"a \\"b\\""@en',
        shape="https://w3id.org/eugraph/shapes#x-y",
        component=str(SH.PatternConstraintComponent),
    ),
    Finding(code="z", severity=Severity.VIOLATION, message="bad", place=Place(PurePath("data/y.ttl")), unreadable=True),
)
REPORT = Report(FINDINGS)


def test_the_text_has_a_line_a_finding_and_a_sum() -> None:
    assert REPORT.write("text", BASE).splitlines() == [
        'data/x.ttl:3:5: warning: say "so" and mend [project/x] (x-y)',
        "data/y.ttl: violation: bad (z)",
        "1 violation, 1 warning, 0 infos",
    ]


def test_the_json_holds_everything() -> None:
    document = json.loads(REPORT.write("json", BASE))
    assert document["conforms"] is False
    assert document["counts"] == {"violation": 1, "warning": 1, "info": 0}
    assert document["findings"][0] == {
        "severity": "warning",
        "code": "x-y",
        "message": 'say "so"\nand mend',
        "reasons": [],
        "file": "data/x.ttl",
        "line": 3,
        "column": 5,
        "written": '<x> eug:acronym\n  "a"@en ;',
        "focus": f"<{BASE}project/x>",
        "path": "<https://w3id.org/eugraph/ontology#acronym>",
        "value": '"a \\"b\\""@en',
        "shape": "https://w3id.org/eugraph/shapes#x-y",
        "component": str(SH.PatternConstraintComponent),
    }


def test_the_turtle_is_a_shacl_report_without_blank_nodes() -> None:
    graph = Graph().parse(data=REPORT.write("ttl", BASE), format="turtle")
    results = set(graph.objects(None, SH.result))
    assert len(results) == 2
    assert {str(v) for v in graph.objects(None, SH.resultSeverity)} == {str(SH.Warning), str(SH.Violation)}
    quads = ox.parse(REPORT.write("ttl", BASE), format=ox.RdfFormat.TURTLE)
    assert not any(isinstance(t, ox.BlankNode) for quad in quads for t in (quad.subject, quad.object))


def test_the_exit_status_tells_unreadable_from_findings() -> None:
    assert REPORT.exit_status(Severity.VIOLATION) == 2
    assert Report(FINDINGS[:1]).exit_status(Severity.VIOLATION) == 0
    assert Report(FINDINGS[:1]).exit_status(Severity.WARNING) == 1
    assert Report(()).exit_status(Severity.INFO) == 0


def test_the_reference_workspace_has_no_violation_and_no_warning(release: Path) -> None:
    document = json.loads((release / "validation.json").read_bytes())
    assert document["counts"]["violation"] == 0
    assert document["counts"]["warning"] == 0
    assert all(finding["line"] for finding in document["findings"])

"""Renaming and withdrawing: what is found, what the release holds, and that reports stay as they were."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from cli.runner import run
from eugraph.checking import check
from eugraph.config import Workspace
from eugraph.findings import Severity
from eugraph.loading import load
from eugraph.pipeline import build
from eugraph.publish.documents import Contents
from eugraph.publish.gone import Former, Kind, part
from eugraph.publish.statements import Statements
from eugraph.sources.gone import gone
from eugraph.vocab import PREFIXES

BASE = "https://w3id.org/eugraph/id/"
HEAD = f"@base <{BASE}> .\n" + "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())
RENAMED = '<project/alfa> dcterms:isReplacedBy <project/alpha> ; eug:withdrawn "2026-01-01"^^xsd:date .\n'
WITHDRAWN = """\
<project/gamma> skos:prefLabel "Gamma"@en ; eug:note "It was never funded."@en , "Nie bewilligt."@de ;
    eug:withdrawn "2026-02-03"^^xsd:date .
"""


def quads(text: str) -> list[Quad]:
    graph = NamedNode(f"{BASE}graph/g")
    parsed = parse(HEAD + text, format=RdfFormat.TURTLE)
    return [Quad(q.subject, q.predicate, q.object, graph) for q in parsed]


def former(text: str) -> dict[str, Former]:
    statements = Statements()
    statements.take(quads(text))
    return {address.path: address for address in part(Contents(statements, BASE), statements)[1]}


def put(workspace: Workspace, text: str) -> None:
    (workspace.data / "gone.ttl").write_text(HEAD + text, encoding="utf-8")


def found(workspace: Workspace) -> list[tuple[str, str, str]]:
    """Code, place and message of what stops a build."""
    findings = check(load(workspace)).findings
    return [(f.code, str(f.place), f.message) for f in findings if f.severity == Severity.VIOLATION]


# What is said


def test_a_renamed_thing_leads_to_its_new_address() -> None:
    address = former(RENAMED + "<project/alpha> a eug:Project .")["project/alfa"]
    assert (address.kind, address.target, address.day) == (Kind.RENAMED, "project/alpha", "2026-01-01")
    assert address.name == "project/alfa"


def test_a_withdrawn_thing_leads_nowhere_and_keeps_name_and_reason() -> None:
    address = former(WITHDRAWN)["project/gamma"]
    assert (address.kind, address.target) == (Kind.WITHDRAWN, "")
    assert (address.name, address.note) == ("Gamma", "It was never funded.")


def test_a_thing_that_was_renamed_twice_leads_to_the_last_address() -> None:
    text = RENAMED + '<project/alpha-1> dcterms:isReplacedBy <project/alfa> ; eug:withdrawn "2025-01-01"^^xsd:date .'
    assert former(text + "<project/alpha> a eug:Project .")["project/alpha-1"].target == "project/alpha"


def test_a_thing_that_was_renamed_and_then_withdrawn_leads_to_what_says_so() -> None:
    text = WITHDRAWN + '<project/gama> dcterms:isReplacedBy <project/gamma> ; eug:withdrawn "2025-01-01"^^xsd:date .'
    assert former(text)["project/gama"].target == "project/gamma"
    assert former(text)["project/gamma"].kind == Kind.WITHDRAWN


def test_addresses_in_a_circle_do_not_hang() -> None:
    text = "".join(
        f'<project/{a}> dcterms:isReplacedBy <project/{b}> ; eug:withdrawn "2025-01-01"^^xsd:date .\n'
        for a, b in ("ab", "bc", "ca", "dd")
    )
    assert set(former(text)) == {"project/a", "project/b", "project/c", "project/d"}


def test_a_new_address_may_be_that_of_something_without_a_document_of_its_own() -> None:
    text = """
    <participation/alfa/uni/partner> dcterms:isReplacedBy <participation/alpha/uni/participant> ;
        eug:withdrawn "2026-01-01"^^xsd:date .
    <participation/alpha/uni/participant> eug:participatesIn <project/alpha> .
    <project/alpha> a eug:Project .
    """
    assert former(text)["participation/alfa/uni/partner"].target == "project/alpha"


def test_a_new_address_may_be_elsewhere() -> None:
    text = '<project/a> dcterms:isReplacedBy <https://example.org/a> ; eug:withdrawn "2026-01-01"^^xsd:date .'
    assert former(text)["project/a"].target == "https://example.org/a"


def test_something_that_has_a_successor_and_is_described_is_not_gone() -> None:
    text = "<organisation/a> a eug:Organisation ; dcterms:isReplacedBy <organisation/b> ."
    assert gone(quads(text)) == {}
    assert former(text) == {}


def test_the_order_of_statements_does_not_matter() -> None:
    statements = quads(RENAMED + WITHDRAWN + '<project/alfa> eug:withdrawn "2025-12-31"^^xsd:date .')
    assert gone(statements) == gone(statements[::-1])
    assert list(gone(statements)) == sorted(gone(statements))


# What is found


def test_a_workspace_with_renamed_and_withdrawn_things_conforms(tiny: Workspace) -> None:
    put(tiny, RENAMED + WITHDRAWN)
    assert found(tiny) == []


def test_a_reference_to_an_old_address_is_a_finding_with_the_new_one(tiny: Workspace) -> None:
    put(tiny, RENAMED)
    path = tiny.data / "projects" / "beta.ttl"
    path.write_text(path.read_text().replace("eug:predecessor <project/alpha>", "eug:predecessor <project/alfa>"))
    assert found(tiny) == [
        (
            "withdrawn-reference",
            "data/projects/beta.ttl:17:21",
            "<project/alfa> is called <project/alpha> since 2026-01-01. Write the new address.",
        )
    ]


def test_a_reference_to_a_withdrawn_thing_is_a_finding_with_the_reason(tiny: Workspace) -> None:
    put(tiny, WITHDRAWN)
    path = tiny.data / "projects" / "beta.ttl"
    path.write_text(path.read_text().replace("eug:participatesIn <project/beta>", "eug:participatesIn <project/gamma>"))
    [(code, place, message)] = found(tiny)
    assert (code, place) == ("withdrawn-reference", "data/projects/beta.ttl:25:24")
    assert message == (
        "<project/gamma> was withdrawn on 2026-02-03: It was never funded. Take the statement out, or name something else."
    )


def test_a_thing_that_is_withdrawn_and_described_is_one_finding(tiny: Workspace) -> None:
    put(tiny, '<organisation/clinic> eug:withdrawn "2026-01-01"^^xsd:date .')
    codes = [code for code, _, _ in found(tiny)]
    assert codes.count("withdrawn-described") == 1
    assert set(codes) == {"withdrawn-described", "withdrawn-reference"}
    assert ("withdrawn-described", "data/others.ttl:29:7") in {(code, place) for code, place, _ in found(tiny)}


def test_a_new_address_that_nobody_describes_dangles(tiny: Workspace) -> None:
    put(tiny, RENAMED.replace("<project/alpha>", "<project/alpa>"))
    [(code, _, message)] = found(tiny)
    assert code == "dangling-reference"
    assert "did you mean 'project/alpha'?" in message


def test_an_old_address_is_never_suggested(tiny: Workspace) -> None:
    put(tiny, RENAMED.replace("alfa", "betas") + WITHDRAWN)
    path = tiny.data / "projects" / "beta.ttl"
    path.write_text(path.read_text().replace("eug:predecessor <project/alpha>", "eug:predecessor <project/betass>"))
    [(code, _, message)] = found(tiny)
    assert code == "dangling-reference"
    assert "betas'" not in message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<project/alfa> dcterms:isReplacedBy <project/alpha> .", "gone-withdrawn-missing"),
        (RENAMED + "<project/alfa> dcterms:isReplacedBy <project/beta> .", "gone-isReplacedBy"),
        (RENAMED.replace("<project/alpha>", '"project/alpha"'), "gone-isReplacedBy"),
        (RENAMED.replace("<project/alpha>", "<project/alfa>"), "gone-isReplacedBy-cycle"),
        (RENAMED.replace('"2026-01-01"^^xsd:date', '"2026-01"^^xsd:gYearMonth'), "gone-withdrawn"),
        (RENAMED.replace('"2026-01-01"^^xsd:date', '"2026-01-32"^^xsd:date'), "ill-typed-literal"),
    ],
)
def test_what_is_said_half_or_twice_stops_the_build(text: str, code: str, tiny: Workspace, tmp_path: Path) -> None:
    put(tiny, text)
    assert code in {found_code for found_code, _, _ in found(tiny)}
    assert build(tiny, tmp_path / "dist")[1] is None


# What the release holds


@pytest.fixture
def released(tiny: Workspace) -> tuple[Path, Path]:
    """The release of the tiny workspace, without and with old addresses."""
    before, after = tiny.root / "before", tiny.root / "after"
    assert build(tiny, before)[1]
    put(tiny, RENAMED + WITHDRAWN)
    assert build(tiny, after)[1]
    return before, after


def test_an_old_address_has_a_small_document_in_both_forms(released: tuple[Path, Path]) -> None:
    _, after = released
    turtle = list(parse((after / "project/alfa.ttl").read_bytes(), format=RdfFormat.TURTLE))
    assert {(str(q.subject), q.predicate.value.rpartition("/")[2].rpartition("#")[2]) for q in turtle} == {
        (f"<{BASE}project/alfa>", "isReplacedBy"),
        (f"<{BASE}project/alfa>", "withdrawn"),
        (f"<{BASE}project/alpha>", "prefLabel"),
    }
    document = json.loads((after / "project/gamma.jsonld").read_bytes())
    assert document["id"] == "project/gamma"
    assert document["withdrawn"] == "2026-02-03"
    assert document["note"]["de"] == ["Nie bewilligt."]
    assert "type" not in document


def test_an_old_address_is_not_listed_and_not_counted(released: tuple[Path, Path]) -> None:
    before, after = (json.loads((folder / "release.json").read_bytes())["counts"] for folder in released)
    assert after["things"]["project"] == before["things"]["project"]
    assert after["documents"] == before["documents"] + 1  # graph/gone
    pages = {path.relative_to(released[1]).as_posix(): path for path in released[1].rglob("*.html")}
    texts = {name: path.read_text(encoding="utf-8") for name, path in pages.items()}
    assert "Alpha" in texts["project/index.html"]
    assert [name for name, text in texts.items() if "alfa" in text] == ["project/alfa.html"]
    assert [name for name, text in texts.items() if "Gamma" in text] == ["project/gamma.html"]


def test_the_page_of_an_old_address_leads_on_or_says_why_not(released: tuple[Path, Path]) -> None:
    renamed = (released[1] / "project/alfa.html").read_text(encoding="utf-8")
    assert "project/alpha.html" in renamed
    withdrawn = (released[1] / "project/gamma.html").read_text(encoding="utf-8")
    assert "It was never funded." in withdrawn
    assert "http-equiv" not in withdrawn


def test_the_dump_keeps_what_is_said_of_an_old_address(released: tuple[Path, Path]) -> None:
    lines = gzip.decompress((released[1] / "dump/all.nq.gz").read_bytes()).decode()
    assert f"<{BASE}project/alfa> <{PREFIXES['dcterms']}isReplacedBy> <{BASE}project/alpha>" in lines


def test_no_report_changes(released: tuple[Path, Path]) -> None:
    before, after = released
    reports = sorted(path.name for path in (before / "query").glob("*.csv"))
    assert len(reports) > 20
    for name in reports:
        assert (after / "query" / name).read_bytes() == (before / "query" / name).read_bytes(), name


def test_an_old_address_moves_with_the_base(tiny: Workspace) -> None:
    put(tiny, RENAMED)
    assert build(tiny, tiny.root / "dist", base_iri="https://example.org/p/")[1]
    [new] = {
        quad.object.value
        for quad in parse((tiny.root / "dist/project/alfa.ttl").read_bytes(), format=RdfFormat.TURTLE)
        if quad.predicate.value.endswith("isReplacedBy") and not isinstance(quad.object, Literal)
    }
    assert new == "https://example.org/p/project/alpha"


def test_the_command_says_where_and_what_to_write(tiny: Workspace) -> None:
    put(tiny, WITHDRAWN + "<project/beta> eug:successor <project/gamma> .")
    outcome = run(tiny.root, "validate", "--show", "violation")
    assert outcome.status == 1
    assert "data/gone.ttl:" in outcome.out
    assert "(withdrawn-reference)" in outcome.out

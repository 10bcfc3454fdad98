"""A workspace with an imported source: asked, validated, brought up to date."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from cli.runner import fingerprint, run
from eugraph.answering import answer
from eugraph.checking import check, check_paths
from eugraph.config import Workspace, open_workspace
from eugraph.errors import SettingError, UnreachableFileError
from eugraph.findings import Severity
from eugraph.loading import load
from eugraph.pipeline import build
from eugraph.sources.cordis.mapping.source import ATTRIBUTION, LICENCE
from eugraph.store import Solutions
from eugraph.vocab import RDF_TYPE, term
from pages.checking import broken_links, read_pages
from sources.cordis.importing import INVENTED

IMPORTED = 4  # projects: with a row of their own, or known by number only
COUNT = "SELECT (COUNT(DISTINCT ?it) AS ?n) { ?it a <https://w3id.org/eugraph/ontology#Project> }"
MEETING = """
# An organisation that curated files and the import both describe.

@base <https://w3id.org/eugraph/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix eug: <https://w3id.org/eugraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<organisation/nowhere>
    a eug:Organisation ;
    skos:prefLabel "University of Nowhere"@en ;
    eug:pic "999000001" ;
    dcterms:source <source/record> .
"""


def with_source(tiny: Workspace, on_violation: str = "report") -> Workspace:
    shutil.copytree(INVENTED, tiny.root / "downloads")
    with (tiny.root / "eugraph.toml").open("a", encoding="utf-8") as file:
        file.write(
            f'\n[sources.cordis]\nkind = "cordis"\nfiles = ["downloads"]\ndate = 2025-12-06\n'
            f'on_violation = "{on_violation}"\n'
        )
    return open_workspace(tiny.root)


@pytest.fixture
def workspace(tiny: Workspace) -> Workspace:
    return with_source(tiny)


def asked(workspace: Workspace, query: str) -> list[tuple[str, ...]]:
    result = answer(workspace, "-", {}, text=query).result
    assert isinstance(result, Solutions)
    return [tuple(getattr(term, "value", "") for term in row) for row in result.rows]


def folders(workspace: Workspace) -> Iterator[tuple[str, int]]:
    for parent in ("imports/cordis", "base", "store", "findings"):
        for folder in sorted((workspace.kept / parent).glob("*/")):
            yield f"{parent}/{folder.name}", folder.stat().st_ino


def test_a_query_sees_what_is_curated_and_what_is_imported(tiny: Workspace) -> None:
    curated = int(asked(tiny, COUNT)[0][0])
    workspace = with_source(tiny)
    assert asked(workspace, COUNT) == [(str(curated + IMPORTED),)]
    same = "SELECT ?one ?other { ?one <http://www.w3.org/2002/07/owl#sameAs> ?other } ORDER BY ?one"
    base = "https://w3id.org/eugraph/id/organisation"
    assert asked(workspace, same) == [
        (f"{base}/eha", f"{base}/999000002"),
        (f"{base}/uni", f"{base}/999000001"),
    ]
    held = "SELECT ?it { <https://w3id.org/eugraph/id/organisation/999000001> eug:holdsParticipation ?it }"
    prefix = "PREFIX eug: <https://w3id.org/eugraph/ontology#> "
    participation = "https://w3id.org/eugraph/id/participation/900000001/999000001/coordinator-1"
    assert asked(workspace, prefix + held) == [(participation,)]


def test_what_did_not_change_is_not_made_again(workspace: Workspace) -> None:
    asked(workspace, COUNT)
    check(load(workspace))
    before = dict(folders(workspace))
    assert len(before) == 4
    asked(workspace, COUNT)
    check(load(workspace))
    assert dict(folders(workspace)) == before


def test_an_edited_file_makes_another_store_of_the_same_import(workspace: Workspace) -> None:
    before = int(asked(workspace, COUNT)[0][0])
    kept = {name: inode for name, inode in folders(workspace) if not name.startswith("store")}
    more = (workspace.data / "projects" / "beta.ttl").read_text(encoding="utf-8").replace("beta", "gamma")
    (workspace.data / "projects" / "gamma.ttl").write_text(more, encoding="utf-8")
    assert int(asked(workspace, COUNT)[0][0]) == before + 1
    (workspace.data / "projects" / "gamma.ttl").unlink()
    assert int(asked(workspace, COUNT)[0][0]) == before
    assert {name: inode for name, inode in folders(workspace) if not name.startswith("store")} == kept


def test_a_changed_source_is_imported_anew_and_what_it_no_longer_says_is_gone(workspace: Workspace) -> None:
    before = int(asked(workspace, COUNT)[0][0])
    table = workspace.root / "downloads" / "project.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("900000002", "900000004"), encoding="utf-8")
    names = {row[0] for row in asked(workspace, COUNT.replace("(COUNT(DISTINCT ?it) AS ?n)", "?it"))}
    assert len(names) == before + 1  # of 900000002 the participants still speak
    (workspace.root / "downloads" / "organization.csv").unlink()
    names = {row[0].rpartition("/")[2] for row in asked(workspace, COUNT.replace("(COUNT(DISTINCT ?it) AS ?n)", "?it"))}
    assert "900000004" in names
    assert "900000077" not in names


def test_findings_on_a_source_have_file_and_line_and_stop_only_where_they_shall(tiny: Workspace) -> None:
    workspace = with_source(tiny)
    report = check(load(workspace))
    found = [finding for finding in report.findings if finding.source == "cordis"]
    assert found
    placed = [finding for finding in found if finding.place and finding.place.line]
    assert placed
    for finding in placed:
        assert finding.place is not None
        path = Path(finding.place.path)
        file = path if path.is_absolute() else tiny.root / path
        line = file.read_text(encoding="utf-8").splitlines()[finding.place.line - 1]
        number = finding.focus.split("/")[6].rstrip(">")  # https://w3id.org/eugraph/id/kind/number…
        assert number in line.replace("_", "-").lower() or finding.focus.split("/")[5] in ("call", "programme", "field")
    own = [finding for finding in report.findings if not finding.source]
    assert report.exit_status(Severity.INFO) == 1
    assert report.exit_status(Severity.VIOLATION) == int(any(f.severity == Severity.VIOLATION for f in own))
    strict = (tiny.root / "eugraph.toml").read_text(encoding="utf-8").replace('"report"', '"stop"')
    (tiny.root / "eugraph.toml").write_text(strict, encoding="utf-8")
    again = check(load(open_workspace(tiny.root)))
    worst = max(finding.severity for finding in found)
    assert again.findings == report.findings
    assert again.exit_status(worst) == 1


def test_findings_that_were_kept_are_those_that_were_found(workspace: Workspace) -> None:
    first = check(load(workspace)).findings
    assert check(load(workspace)).findings == first
    shutil.rmtree(workspace.kept)
    assert check(load(workspace)).findings == first


def test_curated_files_may_speak_of_what_is_imported(workspace: Workspace) -> None:
    file = workspace.data / "link.ttl"
    file.write_text(
        MEETING.replace("organisation/nowhere", "participation/alpha/imported/participant")
        .replace("a eug:Organisation", "a eug:Participation")
        .replace('skos:prefLabel "University of Nowhere"@en', "eug:participatesIn <project/alpha>")
        .replace('eug:pic "999000001"', "eug:organisation <organisation/999000001>")
        .replace("@prefix skos", "@prefix role: <https://w3id.org/eugraph/scheme/role#> .\n@prefix skos")
        .replace(
            "dcterms:source <source/record>",
            "eug:role role:participant ; eug:confidence <https://w3id.org/eugraph/scheme/confidence#stated> ;\n"
            "    dcterms:source <source/record>",
        ),
        encoding="utf-8",
    )
    assert [f for f in check_paths(workspace, [file]).findings if f.severity == Severity.VIOLATION] == []
    file.write_text(file.read_text(encoding="utf-8").replace("999000001", "999000009"), encoding="utf-8")
    assert {f.code for f in check_paths(workspace, [file]).findings if f.severity == Severity.VIOLATION} == {
        "dangling-reference"
    }


def test_a_file_of_data_cannot_have_the_graph_of_a_source(workspace: Workspace) -> None:
    (workspace.data / "cordis.ttl").write_text(MEETING, encoding="utf-8")
    with pytest.raises(SettingError, match=r"the source cordis and the file data/cordis\.ttl would be one graph"):
        load(workspace)


def test_a_source_that_went_is_told_and_what_was_kept_stays(workspace: Workspace) -> None:
    asked(workspace, COUNT)
    before = dict(folders(workspace))
    shutil.rmtree(workspace.root / "downloads")
    with pytest.raises(UnreachableFileError, match="names it as a source"):
        load(workspace)
    assert dict(folders(workspace)) == before


def test_the_command_line_tells_of_the_steps_and_of_the_report(workspace: Workspace) -> None:
    outcome = run(workspace.root, "validate", "--format", "json")
    assert "importing cordis: downloads" in outcome.err
    assert "validating cordis" in outcome.err
    findings = json.loads(outcome.out)["findings"]
    assert {finding.get("source") for finding in findings} >= {"cordis"}
    again = run(workspace.root, "validate", "--format", "json")
    assert (again.out, again.err) == (outcome.out, "")


def test_a_release_holds_what_is_imported_beside_what_is_only_reported(workspace: Workspace, tmp_path: Path) -> None:
    report, release = build(workspace, tmp_path / "dist")
    assert release is not None
    told = json.loads((tmp_path / "dist" / "validation.json").read_bytes())
    assert sum("source" in finding for finding in told["findings"]) == sum(bool(f.source) for f in report.findings)
    assert os.fspath(workspace.root) not in (tmp_path / "dist" / "validation.json").read_text(encoding="utf-8")
    pages = read_pages(tmp_path / "dist")
    assert broken_links(tmp_path / "dist", pages) == []
    page = (tmp_path / "dist" / "project" / "900000001.html").read_text(encoding="utf-8")
    assert "© European Union, CORDIS" in page
    assert "https://creativecommons.org/licenses/by/4.0/" in page
    meeting = (tmp_path / "dist" / "organisation" / "uni.html").read_text(encoding="utf-8")
    assert 'href="../organisation/999000001.html"' in meeting
    document = (tmp_path / "dist" / "project" / "900000001.ttl").read_text(encoding="utf-8")
    assert "<participation/900000001/999000001/coordinator-1>" in document


def test_a_release_with_a_source_is_the_same_whatever_is_kept_and_however_many_make_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    for name, jobs in (("one", 1), ("two", 2), ("again", 1)):
        build(workspace, tmp_path / name, jobs=jobs)
        if name == "two":
            shutil.rmtree(workspace.kept)
    assert fingerprint(tmp_path / "one") == fingerprint(tmp_path / "two") == fingerprint(tmp_path / "again")


def test_the_catalogue_has_the_source_under_its_own_licence(workspace: Workspace, tmp_path: Path) -> None:
    _, made = build(workspace, tmp_path / "dist")
    assert made is not None
    found = json.loads((tmp_path / "dist/dataset/source/cordis.schema.jsonld").read_text(encoding="utf-8"))
    assert found["license"].startswith("https://creativecommons.org/licenses/by/4.0")
    assert "CORDIS" in found["creditText"]
    assert 50 <= len(found["description"]) <= 5000
    (download,) = found["distribution"]
    assert download["contentUrl"].endswith("/dump/cordis.nq.gz")
    # What a programme's files hold is curated: those of the source would be the source once more.
    programmes = [path.stem for path in (tmp_path / "dist/dataset/programme").glob("*.ttl")]
    assert programmes == ["frame"]


def test_each_imported_document_tells_licence_and_attribution_and_its_results(
    workspace: Workspace, tmp_path: Path
) -> None:
    build(workspace, tmp_path / "dist")
    base = workspace.base_iri
    source, licence = NamedNode(f"{base}source/cordis"), NamedNode(LICENCE)
    imported = [quad.subject for quad in load(workspace).imported.quads() if quad.predicate == RDF_TYPE]  # type: ignore[union-attr]  # there is a source
    paths = {subject.value.removeprefix(base) for subject in imported if isinstance(subject, NamedNode)}
    documents = [path for path in sorted(paths) if (tmp_path / "dist" / f"{path}.ttl").is_file()]
    assert {path.partition("/")[0] for path in documents} > {"project", "organisation", "call"}
    for path in documents:
        for ending, form in (("ttl", RdfFormat.TURTLE), ("jsonld", RdfFormat.JSON_LD)):
            said = {quad.triple for quad in parse(path=str(tmp_path / "dist" / f"{path}.{ending}"), format=form)}
            assert Triple(source, term("dcterms:license"), licence) in said, path
            assert Triple(source, term("dcterms:rights"), Literal(ATTRIBUTION, language="en")) in said, path
    results = {subject for subject in paths if subject.startswith("result/")}
    assert results
    assert not (tmp_path / "dist" / "result").exists()
    pages = "".join(page.read_text(encoding="utf-8") for page in (tmp_path / "dist" / "project").glob("*.html"))
    assert all(f'<tr id="{result}">' in pages for result in results)

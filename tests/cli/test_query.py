"""`eugraph query`: reports, ad-hoc queries, formats, refusals."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli.runner import run
from eugraph.cli.query import FORMS
from eugraph.config import Workspace
from eugraph.reports import FORMATS

NAMED = {
    "HARMONY": ("2017-01", "2023-06"),
    "HARMONY PLUS": ("2020-10", "2023-09"),
    "PROFILE": ("2015", "2019"),
    "T2EVOLVE": ("2021-01", "2025"),
    "ENERCA 1": ("2002-10", "2004-04"),
    "ENERCA 2": ("2005-09", "2008-08"),
    "ENERCA 3": ("2009-07", "2012"),
    "TOLERATE": ("2022-10-01", "2026-09-30"),
    "ASCERTAIN": ("2022-12-01", "2026-11-30"),
    "InnoCAR-T": ("2023-01-01", "2026-12-31"),
    "FANTOM": ("2023-01-01", "2026-12-31"),
    "CarrerasLeaders": ("2023-01-01", "2027-12-31"),
    "CarrerasPathfinders": ("2024-09-01", "2029-08-31"),
    "ACHILLES": ("2025-12-01", "2029-11-30"),
}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_at_least_fourteen_reports_are_listed(repository: Path) -> None:
    outcome = run(repository, "query", "--list")
    names = [line.split()[0] for line in outcome.out.splitlines() if not line.startswith(" ")]
    assert outcome.status == 0
    assert len(names) >= 14
    folder = repository / "queries"
    assert {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.rq")} == set(names)


def test_the_projects_report_has_every_project_with_period_and_money(repository: Path) -> None:
    found = {row["acronym"]: row for row in rows(run(repository, "query", "projects", "--format", "csv").out)}
    assert {name: (found[name]["start"], found[name]["end"]) for name in NAMED} == NAMED
    assert found["HARMONY"]["totalCost"] == "42433075"
    assert found["ENERCA 3"]["totalCost"] == "2000000"
    numbers = {row["grantNumber"] for row in rows(run(repository, "query", "projects", "--format", "csv").out)}
    assert {"116026", "945406", "675746", "769064", "847140", "20081210"} <= numbers
    assert "e-ENERCA" in found


def test_the_disagreement_report_shows_every_disputed_count_with_its_choice(repository: Path) -> None:
    found = rows(run(repository, "query", "disputed-claims", "--format", "csv").out)
    partners = [
        row
        for row in found
        if row["subject"].endswith("project/harmony") and row["property"].endswith("numberOfPartners")
    ]
    assert {row["value"] for row in partners} >= {"51", "52", "53"}
    assert [row["value"] for row in partners if row["preferred"] == "true"] == ["53"]
    centres = [
        row
        for row in found
        if row["subject"].endswith("network/eurobloodnet") and row["property"].endswith("numberOfCentres")
    ]
    assert {(row["value"], row["comparator"]) for row in centres} >= {
        ("66", "exactly"),
        ("100", "over"),
        ("60", "exactly"),
        ("67", "exactly"),
    }
    assert len([row for row in centres if row["preferred"] == "true"]) == 1
    assert all(row["source"] and row["confidence"] for row in found)
    assert all(row["rule"] for row in found if row["preferred"] == "true")


def test_parameters_reach_the_report(repository: Path) -> None:
    outcome = run(repository, "query", "project-members", "--param", "project=project/profile", "--format", "csv")
    assert outcome.status == 0
    assert any("KU Leuven" in cell for row in rows(outcome.out) for cell in row.values())


def test_an_ad_hoc_query_is_read_from_standard_input_and_from_a_file(repository: Path, tmp_path: Path) -> None:
    text = "PREFIX eug: <https://w3id.org/eugraph/ontology#> SELECT (COUNT(*) AS ?n) WHERE { ?p eug:acronym ?acronym ; a eug:Project }"
    path = tmp_path / "count.rq"
    path.write_text(text)
    by_stdin = run(repository, "query", "-", "--param", "acronym=HARMONY", "--format", "csv", stdin=text)
    by_file = run(repository, "query", str(path), "-p", "acronym=HARMONY", "--format", "csv")
    assert by_stdin.out == by_file.out == "n\n1\n"


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml", "md"])
def test_every_format_of_rows_is_written(repository: Path, form: str) -> None:
    outcome = run(repository, "query", "roles", "--format", form)
    assert outcome.status == 0
    assert "participant" in outcome.out


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld"])
def test_every_format_of_graphs_is_written(repository: Path, form: str) -> None:
    outcome = run(
        repository, "query", "-", "--format", form, stdin="DESCRIBE <https://w3id.org/eugraph/id/project/harmony>"
    )
    assert outcome.status == 0
    assert "HARMONY" in outcome.out


def test_a_parameter_that_names_nothing_is_told_and_the_answer_stands(repository: Path) -> None:
    outcome = run(repository, "query", "partners", "-p", "organisation=organisation/ehaa", "--format", "csv")
    assert outcome.status == 0
    assert outcome.out.splitlines() == ["partner,name,country,undertakings,projects,firstYear,lastYear"]
    assert outcome.err == "eugraph: nothing is described at organisation/ehaa; did you mean 'eha'?\n"
    far = run(repository, "query", "partners", "-p", "organisation=organisation/quite-another-thing")
    assert "nothing is described at organisation/quite-another-thing. Look at its spelling." in far.err
    bare = run(repository, "query", "partners", "-p", "organisation=ijc")
    assert not bare.err  # the example in the header tells the kind
    other = run(repository, "query", "provenance", "-p", "thing=eurobloodnet")
    assert other.err == "eugraph: nothing is described at project/eurobloodnet; did you mean 'network/eurobloodnet'?\n"
    for given in ("organisation/eha", "https://example.org/elsewhere"):
        assert not run(repository, "query", "partners", "-p", f"organisation={given}").err


def test_a_parameter_that_names_a_former_address_is_told(tiny: Workspace) -> None:
    (tiny.data / "gone.ttl").write_text(
        "@prefix dcterms: <http://purl.org/dc/terms/> . @prefix eug: <https://w3id.org/eugraph/ontology#> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        '<organisation/college> dcterms:isReplacedBy <organisation/uni> ; eug:withdrawn "2026-03-01"^^xsd:date .\n'
        '<organisation/none> eug:withdrawn "2026-03-02"^^xsd:date .\n'
    )
    renamed = run(tiny.root, "query", "partners", "-p", "organisation=organisation/college")
    assert renamed.err == "eugraph: organisation/college is called organisation/uni since 2026-03-01. Ask for that.\n"
    withdrawn = run(tiny.root, "query", "partners", "-p", "organisation=organisation/none")
    assert withdrawn.err == "eugraph: organisation/none was withdrawn on 2026-03-02.\n"


def test_a_query_among_the_reports_is_told_with_its_file(tiny: Workspace) -> None:
    (tiny.queries / "all.rq").write_text("SELECT * { ?s ?p ?o }")
    told = run(tiny.root, "query", "roles")
    assert told.status == 2
    assert "queries/all.rq:1: the header needs one line `# title: …`" in told.err
    assert "Keep a query that is no report in another folder." in told.err


def test_yes_and_no_are_written(repository: Path) -> None:
    outcome = run(repository, "query", "-", "--format", "json", stdin="ASK { ?s ?p ?o }")
    assert json.loads(outcome.out)["boolean"] is True


@pytest.mark.parametrize(
    ("arguments", "stdin", "said"),
    [
        (["partner"], "", "no report is called 'partner'; did you mean 'partners'?"),
        (
            ["partners"],
            "",
            "the parameter organisation is missing. Give it a value, such as organisation=organisation/eha (on the command line after --param).",
        ),
        (["partners", "-p", "organisation=a b"], "", "'a b' is no IRI"),
        (["partners", "-p", "organisation=A b"], "", "Write one such as organisation/eha or https://…; `eugraph show`"),
        (["SELECT * { ?s ?p ?o }"], "", "or comes on standard input, as `-`."),
        (["-"], "SELECT * { <project/x> ?p ?o }", "<project/x> is no whole IRI. Write it whole"),
        (["partners", "-p", "organisation"], "", "is not NAME=VALUE"),
        (["-"], "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE would ask another endpoint"),
        (["-"], "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "is none of the store's graphs"),
        (["-"], "LOAD <file:///etc/passwd>", "LOAD is an update"),
        (["-"], "SELECT * {", "this is not SPARQL 1.1"),
        (["-", "-p", "x=1"], "SELECT * { ?s ?p ?o }", "no variable ?x"),
        (["gone.rq"], "", "gone.rq: the query cannot be read"),
        (["roles", "--format", "ttl"], "", "rows have no format ttl"),
        (["roles", "--format", "doc"], "", "'doc' is not one of 'table', 'csv'"),
        (["-", "--format", "md"], "ASK { ?s ?p ?o }", "yes or no has no format md"),
        (["-"], "# nothing", "the query is empty"),
        (["-", "--endpoint", ""], "ASK {}", "an endpoint's address begins with http"),
        (["roles", "--timeout-s", "nan"], "", "nan is no number of seconds"),
        (["roles", "--timeout-s", "inf"], "", "inf is not in the range"),
        (["partners", "-p", "organisation=a", "-p", "organisation=b"], "", "organisation is given twice"),
        (["partners", "-p", "organisation=a%zz"], "", "'a%zz' is no IRI"),
        (["-", "-p", "p=12"], "SELECT * { ?s ?p ?o }", "?p stands where only an IRI can"),
        (["data"], "", "no report is called 'data'. `eugraph query --list`"),
        ([], "", "Name a report"),
    ],
)
def test_a_query_that_cannot_be_asked_is_told(repository: Path, arguments: list[str], stdin: str, said: str) -> None:
    outcome = run(repository, "query", *arguments, stdin=stdin)
    assert outcome.status == 2
    assert said in outcome.err


def test_the_formats_that_the_command_offers_are_those_that_there_are() -> None:
    assert FORMS == FORMATS


def test_a_file_with_the_header_of_a_report_is_asked_as_the_report(tiny: Workspace) -> None:
    path = str(tiny.queries / "project-members.rq")
    by_name = run(tiny.root, "query", "project-members", "-p", "project=project/beta", "--format", "csv")
    by_file = run(tiny.root, "query", path, "-p", "project=project/beta", "--format", "csv")
    assert by_file.status == 0
    assert by_file.out == by_name.out
    assert "the parameter project is missing" in run(tiny.root, "query", path).err


def shell(
    folder: Path, *arguments: str, stdin: bytes | None, before: str = "pass"
) -> subprocess.CompletedProcess[bytes]:
    program = f"import sys; {before}; from eugraph.cli import main; main()"
    environment = {"PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "0", "PATH": ""}
    command = [sys.executable, "-c", program, "-C", str(folder), "query", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=60, env=environment, check=False)


def test_standard_input_is_utf_8_whatever_the_locale(tiny: Workspace) -> None:
    query = "\ufeffASK { BIND('é' AS ?x) FILTER(STRLEN(?x) = 1) }".encode()
    assert shell(tiny.root, "-", stdin=query).stdout == b"true\n"
    done = shell(tiny.root, "-", stdin=b"ASK { ?s ?p '\xe9' }")
    assert (done.returncode, b"standard input: the query is not UTF-8 (byte 13)" in done.stderr) == (2, True)
    done = shell(tiny.root, "-", stdin=None, before="sys.stdin = None")
    assert (done.returncode, b"standard input is closed" in done.stderr) == (2, True)


def test_a_query_that_takes_too_long_ends_with_3(tiny: Workspace) -> None:
    query = b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    done = shell(tiny.root, "-", "--timeout-s", "1", stdin=query)
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"the query was not answered within 1 s" in done.stderr


def test_what_a_terminal_would_obey_is_shown_as_an_escape(tiny: Workspace) -> None:
    path = tiny.queries / "roles.rq"
    path.write_text(path.read_text().replace("# title:", "# title:   \x1b]0;x\x07\n# asks:    \x1b[2J\n# old:", 1))
    text = path.read_text().splitlines(keepends=True)
    path.write_text(
        "".join(line for line in text if not line.startswith("# old")).replace("# asks:    \x1b[2J\n", "", 1)
    )
    path.write_text(path.read_text().replace("# asks:", "# asks: \x1b[2J", 1))
    assert "roles" in run(tiny.root, "query", "--list").out
    assert "\\u001b[2J" in run(tiny.root, "query", "--list").out
    assert "\x1b" not in run(tiny.root, "query", "--list").out
    query = r"SELECT ?x { VALUES ?x { '\u001b[31mred\u202e' } }"
    assert "\\u001b[31mred\\u202e" in run(tiny.root, "query", "-", stdin=query).out
    assert "\x1b[31mred" in run(tiny.root, "query", "-", "--format", "csv", stdin=query).out


VOCABULARY = """@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
schema:Person a owl:Class ; rdfs:subClassOf [ owl:onProperty schema:name ; owl:maxCardinality 1 ] .
schema:name a owl:DatatypeProperty .
"""
PEOPLE = "PREFIX schema: <https://schema.org/> CONSTRUCT { <urn:p> a schema:Person ; schema:name %s } WHERE {}"


@pytest.mark.parametrize(("names", "status"), [('"P"', 0), ('"P" , "Q"', 1)])
def test_a_graph_is_compared_with_a_vocabulary(repository: Path, tmp_path: Path, names: str, status: int) -> None:
    vocabulary = tmp_path / "v.ttl"
    vocabulary.write_text(VOCABULARY, encoding="utf-8")
    outcome = run(
        repository, "query", "-", "--against", str(vocabulary), "--format", "csv", stdin=(PEOPLE % names).encode()
    )
    assert outcome.status == status, outcome.err
    rows = ["too many values,schema:Person,schema:name,,1,urn:p"] if status else []
    assert outcome.out.splitlines() == ["departure,class,property,found,count,example", *rows]


@pytest.mark.parametrize(
    ("query", "name", "text", "fault"),
    [
        ("SELECT * { ?s ?p ?o } LIMIT 1", "v.ttl", VOCABULARY, "only a graph can be compared"),
        (PEOPLE % '"P"', "v.ttl", "<urn:a> <urn:b> <urn:c> .", "no class and no property is described here"),
        (PEOPLE % '"P"', "absent.ttl", "", "the file cannot be read"),
        (PEOPLE % '"P"', "v.ttl", "<urn:a> <urn:b>", "v.ttl"),
        (PEOPLE % '"P"', "v.txt", VOCABULARY, "v.txt"),
    ],
)
def test_what_cannot_be_compared_is_told(
    repository: Path, tmp_path: Path, query: str, name: str, text: str, fault: str
) -> None:
    if text:
        (tmp_path / name).write_text(text, encoding="utf-8")
    outcome = run(repository, "query", "-", "--against", str(tmp_path / name), stdin=query.encode())
    assert outcome.status == 2
    assert outcome.out == ""
    assert fault in outcome.err


def test_a_profile_is_asked_by_its_name(repository: Path) -> None:
    outcome = run(repository, "query", "profiles/eurio", "--format", "nt")
    assert outcome.status == 0
    assert "<http://data.europa.eu/s66#Project>" in outcome.out

"""`eugraph add`: what is asked, what is written, what is refused, and that nothing is written that does not conform."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.runner import Outcome, fingerprint, run
from eugraph.config import Workspace

SOURCE = ("--source", "https://example.org/new", "--source-title", "A new page", "--source-kind", "press")


def add(root: Path, kind: str, *options: str, stdin: str | None = None) -> Outcome:
    return run(root, "add", kind, *options, stdin=stdin)


def refused(root: Path, kind: str, *options: str, status: int = 2) -> str:
    """What is said where nothing may be written."""
    before = fingerprint(root)
    outcome = add(root, kind, *options)
    assert outcome.status == status, outcome
    assert fingerprint(root) == before
    assert len(outcome.err.strip().splitlines()) >= 2
    return outcome.err


def conforms(root: Path, *paths: str) -> None:
    outcome = run(root, "validate", *paths)
    assert outcome.status == 0, outcome.out
    assert run(root, "fmt", "--check", *paths).status == 0


@pytest.mark.parametrize("form", ["turtle", "yaml"])
@pytest.mark.parametrize("kind", ["project", "organisation"])
def test_the_fewest_answers_conform(kind: str, form: str, tiny: Workspace) -> None:
    outcome = add(tiny.root, kind, "--name", "Gamma", "--format", form)
    assert outcome.status == 0, outcome.err
    file = outcome.out.removeprefix("wrote ").strip()
    assert outcome.err.endswith(f"next: eugraph validate {file}\n")
    conforms(tiny.root, file)


def test_without_a_terminal_all_missing_answers_are_named_at_once(tiny: Workspace) -> None:
    said = refused(tiny.root, "project", "--coordinator", "uni")
    assert "missing: --name (Name, in English); --source (a coordinator needs it: where this is said)." in said
    assert "(docs/errors.md#missing-answers)" in said
    said = refused(tiny.root, "project", "--name", "X", "--source", "https://example.org/new")
    assert "--source-title (Title of the page, as it prints it); --source-kind (Who speaks there)." in said


FULL = (
    *("--acronym", "DELTA", "--name", "Delta", "--title", "The whole of Delta", "--description", "It counts.\nTwice."),
    *("--start", "2024-03", "--end", "2026", "--homepage", "https://delta.example.org/", "--grant-number", "101000009"),
    *("--programme", "Example Programme", "--new-coordinator", "Neue Universität", "--country", "nl"),
    *("--set", "rcn=123456", "--retrieved", "2026-03-04"),
)


def test_everything_is_written_to_its_place(tiny: Workspace) -> None:
    outcome = add(tiny.root, "project", *FULL, *SOURCE)
    assert outcome.status == 0, outcome.err
    assert outcome.out == "wrote data/sources.ttl\nwrote data/organisations.ttl\nwrote data/projects/delta.ttl\n"
    text = (tiny.root / "data/projects/delta.ttl").read_text(encoding="utf-8")
    head, _, body = text.partition("\n\n")
    assert head.startswith("@base <https://w3id.org/eugraph/id/> .\n@prefix confidence: ")
    assert body == (
        "<project/delta>\n    a eug:Project ;\n"
        '    skos:prefLabel "Delta"@en ;\n'
        '    dcterms:title "The whole of Delta"@en ;\n'
        '    dcterms:description """It counts.\nTwice."""@en ;\n'
        "    dcterms:source <source/a-new-page> ;\n"
        '    eug:acronym "DELTA" ;\n'
        '    eug:endDate "2026"^^xsd:gYear ;\n'
        "    eug:grant <grant/delta> ;\n"
        '    eug:rcn "123456" ;\n'
        '    eug:startDate "2024-03"^^xsd:gYearMonth ;\n'
        "    foaf:homepage <https://delta.example.org/> .\n\n"
        '<grant/delta>\n    a eug:Grant ;\n    skos:prefLabel "Grant of DELTA"@en ;\n'
        "    dcterms:source <source/a-new-page> ;\n"
        '    eug:grantNumber "101000009" ;\n    eug:programme <programme/frame> .\n\n'
        "<participation/delta/neue-universitat/coordinator>\n    a eug:Participation ;\n"
        "    dcterms:source <source/a-new-page> ;\n    eug:confidence confidence:stated ;\n"
        "    eug:organisation <organisation/neue-universitat> ;\n    eug:participatesIn <project/delta> ;\n"
        "    eug:role role:coordinator .\n"
    )
    assert "country:NLD" in (tiny.root / "data/organisations.ttl").read_text(encoding="utf-8")
    assert '"2026-03-04"^^xsd:date' in (tiny.root / "data/sources.ttl").read_text(encoding="utf-8")
    conforms(tiny.root, "data/projects/delta.ttl", "data/sources.ttl", "data/organisations.ttl")
    assert "organisation/neue-universitat" in run(tiny.root, "query", "coordinators").out


def test_yaml_says_the_same_as_turtle(tiny: Workspace) -> None:
    add(tiny.root, "project", *FULL, *SOURCE)
    turtle = run(tiny.root, "query", "project-card", "--param", "project=project/delta").out
    (tiny.root / "data/projects/delta.ttl").unlink()
    options = [
        *FULL[: FULL.index("--new-coordinator")],
        "--coordinator",
        "neue-universitat",
        *FULL[FULL.index("--set") : -2],
    ]
    outcome = add(tiny.root, "project", *options, "--source", "a-new-page", "--format", "yaml")
    assert (outcome.status, outcome.out) == (0, "wrote data/projects/delta.yaml\n"), outcome.err
    assert run(tiny.root, "query", "project-card", "--param", "project=project/delta").out == turtle
    conforms(tiny.root, "data/projects/delta.yaml")


def test_what_stands_in_a_file_is_kept_when_something_is_added_to_it(tiny: Workspace) -> None:
    add(tiny.root, "organisation", "--name", "One")
    file = tiny.root / "data/organisations.ttl"
    file.write_text(f"# Ours.\n\n{file.read_text()}\n# the end\n")
    before = file.read_text()
    assert add(tiny.root, "organisation", "--name", "Two", "--type", "hospital", "--country", "Greece").status == 0
    after = file.read_text()
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    assert after.endswith(
        "# the end\n\n<organisation/two>\n    a eug:Organisation ;\n"
        '    skos:prefLabel "Two"@en ;\n    eug:country country:GRC ;\n    eug:organisationType orgtype:hospital .\n'
    )
    conforms(tiny.root, "data/organisations.ttl")


def test_a_source_that_is_described_is_found_by_its_page_and_used_again(tiny: Workspace) -> None:
    outcome = add(
        tiny.root, "project", "--name", "Gamma", "--coordinator", "EHA", "--source", "https://example.org/news"
    )
    assert (outcome.status, outcome.out) == (0, "wrote data/projects/gamma.ttl\n"), outcome.err
    assert "dcterms:source <source/news>" in (tiny.root / "data/projects/gamma.ttl").read_text()


def test_a_person_is_asked_again_until_the_answer_is_right(tiny: Workspace) -> None:
    answers = [
        *("GAMMA", "", "Gamma", "", "", "March", "2024-03", "", "", "no", "101000007"),
        *(
            "?",
            "frame",
            "nobody",
            "uni",
            "",
            "?",
            "example.org",
            "https://example.org/new",
            "A new page",
            "?",
            "press",
            "",
            "",
        ),
    ]
    outcome = add(tiny.root, "project", "--ask", stdin="\n".join(answers) + "\n")
    assert outcome.status == 0, outcome.err
    for said in (
        "Acronym (may be empty): ",
        "This is needed.",
        "The start is not a date",
        "The grant number is not one short text",
        "programme/frame  Example Programme",
        "nothing here is called 'nobody'",
        "Where this is said: the address of a page, or a source of the workspace (? lists them): ",
        "  source/record  The funder's record",
        "no source is called 'example.org'. Name one of the workspace, or write the whole address of a page",
        "Read on, YYYY-MM-DD (empty for 20",
        "Address project/… (empty for gamma): ",
    ):
        assert said in outcome.err
    assert outcome.out == "wrote data/sources.ttl\nwrote data/projects/gamma.ttl\n"
    conforms(tiny.root, "data/projects/gamma.ttl", "data/sources.ttl")


def test_one_who_leaves_in_the_middle_changes_nothing(tiny: Workspace) -> None:
    before = fingerprint(tiny.root)
    assert add(tiny.root, "project", "--ask", stdin="GAMMA\n").status == 1
    assert fingerprint(tiny.root) == before


def test_a_dry_run_shows_the_files_and_writes_nothing(tiny: Workspace) -> None:
    before = fingerprint(tiny.root)
    outcome = add(tiny.root, "project", "--name", "Gamma", "--dry-run")
    assert outcome.status == 0
    assert outcome.out.startswith("data/projects/gamma.ttl:\n@base <")
    assert "data/projects/gamma.ttl:5:1: info: The description is missing." in outcome.err
    assert fingerprint(tiny.root) == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--name", "Alpha"), r"project/alpha is described already\. Name another slug with --slug.*\n.*#slug"),
        (("--name", "X", "--slug", "beta"), r"project/beta is described already"),
        (("--name", "X", "--slug", "ALPHA"), r"'ALPHA' is no slug"),
        (("--name", "X", "--slug", "../x"), r"'\.\./x' is no slug"),
        (("--name", "X", "--slug", "con"), r"Windows can have no file called 'con'"),
        (("--name", "X", "--slug", "x" * 300), r"is no slug\. Write small letters a to z"),
        (("--name", "北京"), r"no address can be made of '北京'\. Name one with --slug"),
        (("--name", "a\x00b"), r"--name: the character U\+0000 cannot be seen"),
        (("--name", "a\nb"), r"--name: this takes one line"),
        (("--name", "  "), r"--name: there is no text"),
        (("--name", "\ud800"), r"--name: the character U\+D800 cannot be seen"),
        (("--name", "X", "--start", "2024-02-30"), r"--start: The start is not a date.*\n.*#answer"),
        (("--name", "X", "--homepage", "javascript:alert(1)"), r"--homepage: The website is not a web address"),
        (("--name", "X", "--homepage", "https://x/<b>"), r"--homepage: The website is not a web address"),
        (("--name", "X", "--programme", "fram"), r"--programme: nothing here is called 'fram'; did you mean 'frame'\?"),
        (
            ("--name", "X", "--source", "recrd"),
            r"--source: no source is called 'recrd'; did you mean 'record'\? Name one",
        ),
        (("--name", "X", "--source", "ftp://x"), r"--source: A page about this thing is not a web address"),
        (("--name", "X", "--pic", "999000009"), r"--pic: this is not asked of a project"),
        (("--name", "X", "--country", "NL"), r"--country: of a project this is the country of a new coordinator"),
        (
            ("--name", "X", "--coordinator", "eha", "--new-coordinator", "Y"),
            r"--new-coordinator: --coordinator names one",
        ),
        (("--name", "X", "--new-coordinator", "EHA", *SOURCE), r"organisation/eha is described already\. Name it with"),
        (("--name", "X", "--set", "akronym=Y"), r"--set akronym: no property has this name; did you mean 'acronym'\?"),
        (("--name", "X", "--set", "acronym=Y"), r"--set acronym: this has an option of its own\. Write --acronym"),
        (("--name", "X", "--set", "rcn=Y"), r"--set rcn=…: The CORDIS record number is not"),
        (("--name", "X", *SOURCE[:4], "--source-kind", "pres"), r"--source-kind: .* did you mean 'press'\?"),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_written(options: tuple[str, ...], said: str, tiny: Workspace) -> None:
    assert re.search(said, refused(tiny.root, "project", *options))


def test_a_file_of_the_same_name_in_any_format_is_not_touched(tiny: Workspace) -> None:
    (tiny.root / "data/projects/GAMMA.nt").write_text("<x:a> <x:b> <x:c> .\n")
    said = refused(tiny.root, "project", "--name", "Gamma")
    assert "the file data/projects/GAMMA.nt is there already" in said


@pytest.mark.parametrize(
    "name",
    [
        "say \"no\" \\ or 'yes'",
        "<script>alert(1)</script>",
        "..",
        "../../etc/passwd 1",
        "x" * 300,
        "\u202eright to left",
        "é\u0301😀",
        '"""',
        "@base <x> .",
        "#",
    ],
)
def test_a_hostile_name_is_kept_letter_by_letter_or_refused(name: str, tiny: Workspace) -> None:
    outcome = add(tiny.root, "project", "--name", name, "--slug", "gamma")
    assert outcome.status == 0, outcome.err
    (tiny.root / "q.rq").write_text(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        "SELECT ?n { <https://w3id.org/eugraph/id/project/gamma> skos:prefLabel ?n }"
    )
    import json

    found = json.loads(run(tiny.root, "query", "q.rq", "--format", "json").out)
    assert [row["n"]["value"] for row in found["results"]["bindings"]] == [name]
    assert sorted(path.name for path in (tiny.root / "data/projects").iterdir()) == [
        "alpha.ttl",
        "beta.ttl",
        "gamma.ttl",
    ]


def test_what_would_not_conform_is_not_written(tiny: Workspace) -> None:
    (tiny.root / "shapes/own.ttl").write_text(
        "@prefix eug: <https://w3id.org/eugraph/ontology#> .\n@prefix eugsh: <https://w3id.org/eugraph/shapes#> .\n"
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "eugsh:own a sh:PropertyShape ; sh:targetClass eug:Project ; sh:path [ sh:inversePath eug:subject ] ; sh:minCount 1 ;\n"
        '    sh:message "Somebody must claim something of it."@en .\n'
    )
    said = refused(tiny.root, "project", "--name", "Gamma", status=1)
    assert re.search(r"violation: Somebody must claim something of it\. \[project/gamma\] \(own\)", said)
    assert "(docs/errors.md#not-conforming)" in said


def test_what_the_shapes_of_a_workspace_require_is_asked(tiny: Workspace) -> None:
    (tiny.root / "shapes/own.ttl").write_text(
        "@prefix eug: <https://w3id.org/eugraph/ontology#> .\n@prefix eugsh: <https://w3id.org/eugraph/shapes#> .\n"
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        'eugsh:own a sh:PropertyShape ; sh:targetClass eug:Project ; sh:path eug:rcn ; sh:minCount 1 ; sh:name "record"@en ;\n'
        '    sh:message "A project has a record."@en .\n'
    )
    assert "missing: --set rcn=… (Record)." in refused(tiny.root, "project", "--name", "Gamma")
    assert add(tiny.root, "project", "--name", "Gamma", "--set", "rcn=123456").status == 0
    conforms(tiny.root, "data/projects/gamma.ttl")


def test_a_workspace_that_cannot_be_read_is_told(tiny: Workspace) -> None:
    (tiny.root / "data/bad.ttl").write_text("x")
    assert "data/bad.ttl:1" in refused(tiny.root, "project", "--name", "Gamma")


def test_a_fault_elsewhere_does_not_stop_the_work(tiny: Workspace) -> None:
    file = tiny.root / "data/projects/beta.ttl"
    file.write_text(file.read_text().replace("eug:acronym", "eug:akronym"))
    assert add(tiny.root, "project", "--name", "Gamma").status == 0


def test_a_new_file_names_the_base_only_where_the_others_do(tiny: Workspace) -> None:
    """Where they leave it to the settings, changing that one line still moves everything."""
    for path in tiny.data.rglob("*.ttl"):
        path.write_text(re.sub(r"@base .*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    added = add(tiny.root, "project", "--name", "Gamma", "--new-coordinator", "A Newcomer", "--country", "NL", *SOURCE)
    assert added.status == 0, added.err
    assert not [path for path in tiny.data.rglob("*.ttl") if "@base" in path.read_text(encoding="utf-8")]
    settings = tiny.root / "eugraph.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace(tiny.base_iri, "https://data.example.org/"), encoding="utf-8")
    assert run(tiny.root, "validate").status == 0


def test_a_pair_that_is_none_is_wrong_usage(tiny: Workspace) -> None:
    assert "'rcn' is not KEY=VALUE" in refused(tiny.root, "project", "--name", "X", "--set", "rcn")

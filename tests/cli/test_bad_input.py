"""Bad input: one clear line with file, line and remedy; the exit status; and the earlier release untouched."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.runner import Outcome, fingerprint, run
from conftest import copy_tiny

ALPHA = "data/projects/alpha.ttl"
OTHERS = "data/others.ttl"


def replace(file: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (root / file).write_text(text.replace(old, new), encoding="utf-8")

    return change


def write(file: str, data: bytes) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / file).write_bytes(data)

    return change


def to_latin_1(root: Path) -> None:
    data = (root / OTHERS).read_bytes()
    (root / OTHERS).write_bytes(data.replace("Universität".encode(), "Universität".encode("latin-1")))


@dataclass(frozen=True)
class Case:
    """A fault, what is said of it, and the exit status."""

    name: str
    fault: Callable[[Path], None]
    said: str  # a regular expression for one line; LINE is the line of `mark` in alpha.ttl
    status: int
    mark: str = ""


CASES = [
    Case(
        "a syntax error",
        replace(ALPHA, 'eug:acronym "ALPHA" ;', 'eug:acronym "ALPHA" '),
        rf"{ALPHA}:1[5-9]:\d+: violation: the syntax is broken: .* Mend this line or the end of the one before\. \(syntax-error\)",
        2,
    ),
    Case(
        "a prefix that is not declared",
        replace(ALPHA, "role:coordinator", "roles:coordinator"),
        rf"{ALPHA}:LINE:\d+: violation: the prefix 'roles' is not declared; did you mean 'role'\? .*\(unknown-prefix\)",
        2,
        mark="roles:coordinator",
    ),
    Case(
        "a day that no calendar has",
        replace(ALPHA, '"2021-01-01"^^xsd:date', '"2025-13-01"^^xsd:date'),
        rf"{ALPHA}:LINE:15: violation: '2025-13-01' is no xsd:date\. Write a day of the calendar as YYYY-MM-DD\. .*\(ill-typed-literal\)",
        1,
        mark="2025-13-01",
    ),
    Case(
        "a term that the ontology does not know",
        replace(ALPHA, "eug:acronym", "eug:akronym"),
        rf"{ALPHA}:LINE:\d+: violation: the ontology has no term eug:akronym; did you mean 'eug:acronym'\? Correct the name.*\(unknown-term\)",
        1,
        mark="eug:akronym",
    ),
    Case(
        "a concept that no scheme has",
        replace(ALPHA, "role:coordinator", "role:coordinater"),
        rf"{ALPHA}:LINE:14: violation: the ontology has no term role:coordinater; did you mean 'role:coordinator'\? .*\(unknown-term\)",
        1,
        mark="role:coordinater",
    ),
    Case(
        "a dangling reference",
        replace(ALPHA, "eug:studies <disease/anaemia>", "eug:studies <disease/anemia>"),
        rf"{ALPHA}:LINE:17: violation: <disease/anemia> is described nowhere; did you mean 'disease/anaemia'\? .*\(dangling-reference\)",
        1,
        mark="disease/anemia",
    ),
    Case(
        "one IRI described as two things",
        write(
            "data/two.ttl",
            b"@base <https://w3id.org/eugraph/id/> .\n"
            b"<project/alpha> a <https://w3id.org/eugraph/ontology#Organisation> .\n",
        ),
        r"data/\S+:\d+:\d+: violation: this is said to be eug:Project, and eug:Organisation at data/two.ttl:2:19; nothing is both\. Give one of the two an IRI of its own\. .*\(two-things\)",
        1,
    ),
    Case(
        "an empty file",
        write("data/empty.ttl", b""),
        r"data/empty.ttl: violation: the file is empty\. Describe something in it, or delete it\. \(empty-file\)",
        2,
    ),
    Case(
        "a file that states nothing",
        write("data/silent.ttl", b"# nothing yet\n"),
        r"data/silent.ttl: violation: the file states nothing\. .*\(empty-file\)",
        2,
    ),
    Case(
        "a binary file",
        write("data/picture.ttl", b"\x89PNG\r\n\x1a\n\x00\x00"),
        r"data/picture.ttl: violation: this is binary data, not a text in UTF-8\. Save it as UTF-8, or remove it\. \(binary-file\)",
        2,
    ),
    Case(
        "UTF-16",
        write("data/wide.ttl", "<a> <b> <c> .".encode("utf-16")),
        r"data/wide.ttl: violation: this is UTF-16 text, not a text in UTF-8\. .*\(binary-file\)",
        2,
    ),
    Case(
        "a wrong encoding",
        to_latin_1,
        rf"{OTHERS}:13:\d+: violation: byte 0xe4 is not UTF-8\. Save the file as UTF-8; it may be Latin-1 or Windows-1252\. \(wrong-encoding\)",
        2,
    ),
    Case(
        "a JSON-LD context from elsewhere",
        write(
            "data/far.jsonld", b'{\n "@context": "https://schema.org/",\n "@id": "https://example.org/", "name": "x"}'
        ),
        r"data/far.jsonld:2: violation: the JSON-LD context lies elsewhere and is not fetched\. .*\(remote-reference\)",
        2,
    ),
    Case(
        "a DTD",
        write("data/dtd.rdf", b'<?xml version="1.0"?>\n<!DOCTYPE r SYSTEM "file:///etc/passwd">\n<r/>'),
        r"data/dtd.rdf:2:\d+: violation: a DTD is not read\. Remove the DOCTYPE.*\(remote-reference\)",
        2,
    ),
    Case(
        "XML that does not close",
        write("data/open.rdf", b'<?xml version="1.0"?>\n<r>\n<s></r>'),
        r"data/open.rdf:3:\d+: violation: this is no well-formed XML: mismatched tag\. .*\(syntax-error\)",
        2,
    ),
    Case(
        "blank nodes in a circle",
        write(
            "data/circle.ttl",
            b"@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n_:a foaf:knows _:b . _:b foaf:knows _:a .\n",
        ),
        r"data/circle.ttl: violation: blank nodes refer to each other in a circle\. Give one of them an IRI\. \(blank-node-circle\)",
        1,
    ),
    Case(
        "a shape that is broken",
        replace(ALPHA, 'skos:prefLabel "Alpha"@en ;', ""),
        rf"{ALPHA}:10:1: violation: .*\[project/alpha\] \(\S+\)",
        1,
    ),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny workspace with its release in dist/."""
    root = tmp_path_factory.mktemp("bad") / "tiny"
    copy_tiny(root)
    assert run(root, "build").status == 0
    return root


@pytest.fixture
def workspace(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "tiny"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_bad_data_is_told_in_one_line_and_changes_nothing(case: Case, workspace: Path) -> None:
    before = fingerprint(workspace / "dist")
    case.fault(workspace)
    outcome = run(workspace, "build")
    assert outcome.status == case.status, outcome.err
    rows = (workspace / ALPHA).read_text(encoding="utf-8").splitlines()
    said = case.said.replace("LINE", str(next(n for n, row in enumerate(rows, 1) if case.mark in row)))
    lines = [line for line in outcome.err.splitlines() if re.fullmatch(said, line)]
    assert len(lines) == 1, outcome.err
    assert "no release was written" in outcome.err
    assert fingerprint(workspace / "dist") == before
    assert [path.name for path in workspace.iterdir() if path.name.startswith("dist")] == ["dist"]


def test_all_faults_are_told_at_once(workspace: Path) -> None:
    for case in CASES[2:6]:
        case.fault(workspace) if "role" not in case.said else None
    outcome = run(workspace, "validate")
    assert outcome.status == 1
    assert {"ill-typed-literal", "unknown-term", "dangling-reference"} <= set(
        re.findall(r"\(([\w-]+)\)$", outcome.out, re.MULTILINE)
    )


@pytest.mark.parametrize("folder", ["data", "ontology", "shapes", "queries"])
def test_a_missing_folder_is_named_with_its_purpose(folder: str, workspace: Path) -> None:
    before = fingerprint(workspace / "dist")
    shutil.rmtree(workspace / folder)
    outcome = run(workspace, "build")
    assert outcome.status == 2
    assert re.search(
        rf"{folder}: this folder is missing; it holds .*\. Create it, or name another workspace\.", outcome.err
    )
    assert fingerprint(workspace / "dist") == before


def test_a_folder_that_is_no_workspace_is_told(tmp_path: Path) -> None:
    outcome = run(tmp_path, "build")
    assert outcome.status == 2
    assert "no eugraph.toml here or in a folder above" in outcome.err


def test_a_wrong_setting_is_told_with_the_right_name(workspace: Path) -> None:
    settings = workspace / "eugraph.toml"
    settings.write_text(settings.read_text().replace("licence =", "license ="))
    outcome = run(workspace, "validate")
    assert outcome.status == 2
    assert "the setting 'license' is unknown; did you mean 'licence'?" in outcome.err


def refuses_root_writes(folder: Path) -> Iterator[None]:
    folder.chmod(0o555)
    yield
    folder.chmod(0o755)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_without_the_right_to_write_is_told(workspace: Path) -> None:
    before = fingerprint(workspace / "dist")
    for _ in refuses_root_writes(workspace):
        outcome = run(workspace, "build", "--date", "2030-01-01")
        assert outcome.status == 2
        assert "the system does not allow writing there" in outcome.err
    assert fingerprint(workspace / "dist") == before


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc, a folder where nobody may write")
def test_a_place_where_nobody_may_write_is_told(workspace: Path) -> None:
    outcome = run(workspace, "build", "--out", "/proc/eugraph/dist")
    assert outcome.status == 2
    assert re.search(r"eugraph: /proc/eugraph/dist: .*; nothing that was there has changed\. .*--out", outcome.err)


def test_a_full_disk_leaves_the_earlier_release(workspace: Path, limited_file_size: None) -> None:
    before = fingerprint(workspace / "dist")
    outcome: Outcome = run(workspace, "build", "--date", "2030-01-01")
    assert outcome.status == 2
    assert re.search(r"dist: .*; nothing that was there has changed\.", outcome.err)
    assert fingerprint(workspace / "dist") == before
    assert [path.name for path in workspace.iterdir() if path.name.startswith("dist")] == ["dist"]


@pytest.fixture
def limited_file_size() -> Iterator[None]:
    """No file may grow beyond 2 kB: the system's own refusal in the middle of a release, as a full disk gives it."""
    resource = pytest.importorskip("resource", reason="this system has no limits on the size of files")
    signal = pytest.importorskip("signal")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2048, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


def test_a_folder_of_something_else_is_not_replaced(workspace: Path) -> None:
    (workspace / "dist" / "thesis.docx").write_bytes(b"dear")
    before = fingerprint(workspace / "dist")
    outcome = run(workspace, "build")
    assert outcome.status == 2
    assert "thesis.docx" in outcome.err
    assert fingerprint(workspace / "dist") == before

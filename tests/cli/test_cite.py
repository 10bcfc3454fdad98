"""`eugraph cite` and `eugraph verify`: what was cited is asked again, and told to be the same or another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.runner import run
from conftest import copy_tiny
from eugraph.config import Workspace
from eugraph.pipeline import build

ALPHA = "data/projects/alpha.ttl"
PARTNERS = ("partners", "-p", "organisation=eha")


@pytest.fixture
def released(tiny: Workspace) -> Path:
    """A workspace with its release."""
    build(tiny, tiny.release)
    return tiny.root


def cite(root: Path, *arguments: str, form: str = "json") -> Path:
    result = run(root, "cite", *arguments, "--format", form)
    assert result.status == 0, result.err
    path = root / f"cited.{form}"
    path.write_text(result.out, encoding="utf-8")
    return path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("form", ["text", "bibtex", "csl", "json"])
def test_what_has_not_changed_is_told_so_in_every_format(released: Path, form: str) -> None:
    path = cite(released, *PARTNERS, form=form)
    result = run(released, "verify", str(path), "--strict")
    assert (result.status, result.out.splitlines()[0][:27]) == (0, "The answer is the same: 1 r")


def test_a_changed_release_with_the_same_rows_is_told_and_only_strictness_minds(released: Path) -> None:
    path = cite(released, *PARTNERS)
    edit(released / "data" / "others.ttl", '"Example Clinic"@en', '"Example Hospital"@en')
    build_again(released)
    result = run(released, "verify", str(path))
    assert result.status == 0
    assert "The answer is the same" in result.out
    assert "The release is another one" in result.out
    assert run(released, "verify", str(path), "--strict").status == 1


def test_changed_rows_are_told_and_shown(released: Path) -> None:
    path = cite(released, *PARTNERS)
    edit(released / "data" / "others.ttl", '"Example University"@en', '"Sample University"@en')
    build_again(released)
    result = run(released, "verify", str(path))
    assert result.status == 1
    assert "1 row of those cited is gone or changed, 1 row of these is new or changed" in result.out
    assert "Sample University" in result.out.partition("New or changed rows:")[2]


def test_a_changed_query_is_told(released: Path) -> None:
    path = cite(released, *PARTNERS)
    edit(released / "queries" / "partners.rq", "# asks:    With whom", "# asks:    With whom else")
    build_again(released)
    result = run(released, "verify", str(path))
    assert result.status == 0
    assert "The text of the query partners has changed since." in result.out


def test_a_query_that_is_gone_ends_with_2(released: Path) -> None:
    path = cite(released, *PARTNERS)
    (released / "queries" / "partners.rq").unlink()
    build_again(released)
    result = run(released, "verify", str(path))
    assert result.status == 2
    assert "partners" in result.err


def test_a_parameter_that_is_wrong_or_missing_ends_with_2(released: Path) -> None:
    assert run(released, "cite", "partners").status == 2
    assert run(released, "cite", "partners", "-p", "organisation=a b").status == 2
    assert run(released, "cite", "nonsense").status == 2


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{}", b"no citation"])
def test_what_is_no_citation_ends_with_2(released: Path, content: bytes) -> None:
    path = released / "odd"
    path.write_bytes(content)
    result = run(released, "verify", str(path))
    assert result.status == 2
    assert "errors.md#citation" in result.err


def test_where_there_is_no_release_the_remedy_is_told(tmp_path: Path) -> None:
    root = copy_tiny(tmp_path / "bare").root
    result = run(root, "cite", *PARTNERS)
    assert result.status == 2
    assert "eugraph build" in result.err


def test_a_server_and_a_release_are_not_asked_at_once(released: Path) -> None:
    result = run(released, "cite", *PARTNERS, "--server", "http://127.0.0.1:1/", "--release", "dist")
    assert result.status == 2


@pytest.mark.parametrize("server", ["http://127.0.0.1:1/", "file:///etc/passwd", "ftp://127.0.0.1/", "nonsense"])
def test_a_server_that_does_not_answer_or_is_none_is_told(released: Path, server: str) -> None:
    result = run(released, "cite", *PARTNERS, "--server", server)
    assert result.status == 2
    assert "errors.md#endpoint-" in result.err


def test_the_citation_in_json_names_release_query_and_rows(released: Path) -> None:
    said = json.loads(cite(released, *PARTNERS).read_text(encoding="utf-8"))
    manifest = json.loads((released / "dist" / "release.json").read_bytes())
    assert said["release"]["sha256"] == manifest["graph"]["sha256"]
    assert said["rows"] == len(said["lines"])
    assert said["link"].startswith(said["address"] + "#")


def build_again(root: Path) -> None:
    from eugraph.config import open_workspace

    report, release = build(open_workspace(root), root / "dist")
    assert release is not None, report.summary()

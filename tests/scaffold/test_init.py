"""A new workspace: what is in it, that it works, and what is refused."""

from __future__ import annotations

import os
import pty
import re
import shutil
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from cli.runner import fingerprint, run
from eugraph.checking import check
from eugraph.config import open_workspace
from eugraph.errors import NewWorkspaceError, SettingError
from eugraph.findings import Severity
from eugraph.loading import load
from eugraph.pipeline import build
from eugraph.reports import Library
from eugraph.scaffold import DEFAULTS, NewWorkspace, start
from eugraph.scaffold.material import FOLDERS
from eugraph.scaffold.settings import licence

HOSTILE = 'Ours "&" <b>\\ [x](y) @VERSION@ $(id) ${{ x }} `z`'


def settings(
    title: str = DEFAULTS.title, base_iri: str = DEFAULTS.base_iri, publisher: str = DEFAULTS.publisher
) -> NewWorkspace:
    return NewWorkspace(title=title, base_iri=base_iri, publisher=publisher, licence=DEFAULTS.licence)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "demo"
    start(folder, settings(title="Projects of ours", base_iri="https://data.example.org/p/", publisher="Our Society"))
    return folder


# What is in it


def test_it_has_all_that_a_workspace_needs(made: Path) -> None:
    names = {path.relative_to(made).parts[0] for path in made.rglob("*")}
    assert names == {
        *("data", "ontology", "shapes", "queries", "eugraph.toml"),
        *("Makefile", "README.md", "LICENSE.md", "requirements.txt", ".gitignore", ".github"),
    }
    workspace = open_workspace(made)
    assert (workspace.title, workspace.publisher) == ("Projects of ours", "Our Society")
    assert workspace.base_iri == "https://data.example.org/p/"


def test_nothing_is_left_to_fill_in(made: Path) -> None:
    for path in made.rglob("*"):
        if path.is_file():
            assert not re.search(r"@[A-Z_]{3,}@", path.read_text(encoding="utf-8")), path


def test_ontology_and_shapes_are_copies_and_queries_differ_in_their_examples_only(made: Path, repository: Path) -> None:
    for folder in ("ontology", "shapes"):
        carried = {path: digest for path, digest in fingerprint(repository / folder).items() if "/." not in f"/{path}"}
        assert fingerprint(made / folder) == carried
    for path in (repository / "queries").rglob("*.rq"):
        old = path.read_text(encoding="utf-8").splitlines()
        new = (made / path.relative_to(repository)).read_text(encoding="utf-8").splitlines()
        assert len(old) == len(new)
        assert all(a == b or (a.startswith("# param:") and "e.g." in a) for a, b in zip(old, new, strict=True))


def test_it_conforms_and_shows_claims_money_and_partial_dates(made: Path) -> None:
    loaded = load(open_workspace(made))
    report = check(loaded)
    assert report.count(Severity.VIOLATION) == 0
    assert report.count(Severity.WARNING) == 0
    text = "".join(path.read_text(encoding="utf-8") for path in (made / "data").rglob("*.ttl"))
    for shown in ("eug:Claim", "eug:Participation", "xsd:gYearMonth", "xsd:gYear", "eug:euContribution"):
        assert shown in text
    assert len(list((made / "data" / "projects").iterdir())) == 2
    assert "eug:Person" not in text


def test_it_is_in_the_house_layout_and_stays_so_when_something_is_added(made: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(made, tmp_path / "laid-out")
    assert run(folder, "fmt", "--check").status == 0
    added = run(folder, "add", "organisation", "--name", "Another Hospital", "--no-ask")
    assert added.status == 0, added.err
    assert run(folder, "fmt", "--check").status == 0


def test_every_example_in_the_header_of_a_query_is_described(made: Path) -> None:
    workspace = open_workspace(made)
    described = {str(quad.subject) for quad in load(workspace).curated.quads}
    for report in Library.open(workspace.queries).reports.values():
        for parameter in report.parameters:
            if parameter.type == "iri":
                assert f"<{workspace.base_iri}{parameter.example}>" in described, report.name


def test_its_release_is_made_and_its_reports_have_answers(made: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(made, tmp_path / "demo")
    report, release = build(open_workspace(folder), tmp_path / "dist")
    assert release is not None, report.write("text", "")
    for name in ("partners", "project-card", "project-members", "provenance", "shared-undertakings"):
        assert len((tmp_path / "dist" / "query" / f"{name}.csv").read_bytes().splitlines()) > 1, name
    assert "Projects of ours" in (tmp_path / "dist" / "index.html").read_text(encoding="utf-8")


def test_a_base_is_changed_in_one_line(made: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(made, tmp_path / "moved")
    text = (folder / "eugraph.toml").read_text(encoding="utf-8")
    (folder / "eugraph.toml").write_text(text.replace("data.example.org/p/", "example.net/q/"), encoding="utf-8")
    loaded = load(open_workspace(folder))
    assert not [quad for quad in loaded.quads if "data.example.org/p/" in str(quad)]
    assert check(loaded).count(Severity.VIOLATION) == 0


def test_the_recipe_for_pages_is_yaml_and_needs_no_secret(made: Path) -> None:
    text = (made / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8")
    recipe = YAML(typ="safe").load(text)
    assert set(recipe["jobs"]) == {"build", "publish"}
    assert "secrets." not in text
    assert recipe["permissions"] == {"contents": "read"}
    uses = re.findall(r"uses: (\S+)", text)
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", action) for action in uses)


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
def test_its_makefile_runs_the_command_that_is_named(made: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(made, tmp_path / "demo")
    command = f"EUGRAPH={sys.executable} -m eugraph"
    for target in ("check", "site"):
        outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
        done = subprocess.run(
            ["make", target, command], cwd=folder, capture_output=True, text=True, check=False, env=outside
        )
        assert done.returncode == 0, done.stderr
    assert (folder / "dist" / "index.html").is_file()


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
def test_its_makefile_uses_what_is_installed_and_else_installs(made: Path, tmp_path: Path) -> None:
    installed = tmp_path / "eugraph"
    installed.write_text("#!/bin/sh\n", encoding="utf-8")
    installed.chmod(0o755)

    def planned(path: str) -> str:
        command = ["make", "--dry-run", "site"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
        environment["PATH"] = path
        return subprocess.run(
            command,
            cwd=made,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            executable=shutil.which("make"),
        ).stdout

    assert planned(f"{tmp_path}:/usr/bin:/bin") == f"{installed} build --out dist\n"
    first = planned("/usr/bin:/bin")
    assert "-m venv .venv" in first
    assert "pip install" in first
    assert first.endswith(".venv/bin/eugraph build --out dist\n")


def test_the_readme_names_files_that_are_there_and_no_command_that_is_not(made: Path) -> None:
    text = (made / "README.md").read_text(encoding="utf-8")
    for name in re.findall(r"`([\w./-]+\.(?:ttl|toml|yml|md))`", text):
        assert (made / name).is_file(), name
    for target in re.findall(r"`make (\w+)`", text):
        assert f"\n{target}:" in (made / "Makefile").read_text(encoding="utf-8")


def test_a_title_of_any_characters_stays_a_title(tmp_path: Path) -> None:
    start(tmp_path / "demo", settings(title=HOSTILE, publisher=HOSTILE))
    workspace = open_workspace(tmp_path / "demo")
    assert workspace.title == HOSTILE
    assert workspace.publisher == HOSTILE
    heading = (tmp_path / "demo" / "README.md").read_text(encoding="utf-8").partition("\n")[0]
    assert "<b>" not in heading.replace("\\<", "")
    assert re.sub(r"\\(.)", r"\1", heading) == f"# {HOSTILE}"


def test_equal_settings_give_equal_files(tmp_path: Path) -> None:
    start(tmp_path / "a", DEFAULTS)
    start(tmp_path / "b", DEFAULTS)
    assert fingerprint(tmp_path / "a") == fingerprint(tmp_path / "b")


# Where it is put


def test_an_empty_folder_and_one_with_git_alone_are_filled(tmp_path: Path) -> None:
    for name in ("empty", "cloned"):
        (tmp_path / name).mkdir()
    (tmp_path / "cloned" / ".git").mkdir()
    (tmp_path / "cloned" / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    for name in ("empty", "cloned"):
        before = (tmp_path / name).stat().st_ino
        start(tmp_path / name, DEFAULTS)
        assert (tmp_path / name).stat().st_ino == before
        assert open_workspace(tmp_path / name).root == tmp_path / name
    assert (tmp_path / "cloned" / ".git" / "HEAD").is_file()
    assert not list(tmp_path.rglob(".eugraph-new-*"))


def refused(target: Path) -> str:
    with pytest.raises(NewWorkspaceError) as caught:
        start(target, DEFAULTS)
    message = str(caught.value)
    assert message.startswith(f"{target}: ")
    assert "nothing was written" in message
    assert not list(target.parent.rglob(".eugraph-new-*")) if target.parent.is_dir() else True
    return message


def test_a_folder_that_holds_something_is_refused_and_stays_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    before = fingerprint(tmp_path)
    assert "not empty (thesis.docx)" in refused(tmp_path)
    assert fingerprint(tmp_path) == before


def test_a_workspace_is_not_made_anew(made: Path) -> None:
    before = fingerprint(made)
    assert f"and {len(list(made.iterdir())) - 3} more" in refused(made)
    assert fingerprint(made) == before


def test_a_file_a_lost_link_and_a_missing_parent_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert "a file, not a folder" in refused(tmp_path / "file")
    assert "leads nowhere" in refused(tmp_path / "link")
    assert "the folder above it does not exist" in refused(tmp_path / "a" / "b")
    assert "the folder above it does not exist" in refused(tmp_path / "file" / "b")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "link"]


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"], ids=["too-long", "nul"])
def test_a_name_that_the_system_refuses_is_told(name: str, tmp_path: Path) -> None:
    assert "the system does not let us write there" in refused(tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert "the system does not let us write there" in refused(tmp_path / "demo")
    finally:
        tmp_path.chmod(stat.S_IRWXU)


@pytest.mark.parametrize("folder", [*FOLDERS, "data"])
def test_a_workspace_inside_of_what_another_reads_is_refused(folder: str, made: Path) -> None:
    assert "would read what is there as its own" in refused(made / folder / "demo")


def test_nothing_half_made_stays_when_writing_fails(tmp_path: Path) -> None:
    """The file system refuses a name in the middle of the work."""
    from eugraph.scaffold.placing import place

    files = {"a": b"1", "b/c": b"2", "x" * 300: b"3"}
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        with pytest.raises(NewWorkspaceError):
            place(files, tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]
    assert not list((tmp_path / "empty").iterdir())


# What it is called


@pytest.mark.parametrize(
    "base_iri",
    [
        "",
        "example.org/id/",
        "ftp://example.org/",
        "https:///",
        "https://[::/",
        "https://a:b/",
        "https://example.org/id",
        "https://example.org/?id=/",
        "https://example.org/#id/",
        "https://example.org/a b/",
        "https://example.org/a/../id/",
        "https://example.org/%zz/",
        "https://example.org/\ue000/",
        'https://example.org/"/',
    ],
)
def test_a_base_that_cannot_carry_addresses_is_refused(base_iri: str) -> None:
    with pytest.raises(SettingError, match=re.escape(repr(base_iri))) as caught:
        settings(base_iri=base_iri)
    assert str(caught.value).startswith("--base-iri: ")


@pytest.mark.parametrize(
    "base_iri", ["http://localhost:8000/", "https://example.org/ö/~x/", "https://w3id.org/a-b/id/"]
)
def test_a_base_that_can_is_taken_as_it_is(base_iri: str) -> None:
    assert settings(base_iri=base_iri).base_iri == base_iri


@pytest.mark.parametrize("text", ["", " ", "two\nlines", "nul\0", "\ud800", "x" * 201, "line\u2028break"])
def test_a_title_or_publisher_that_is_not_one_line_is_refused(text: str) -> None:
    with pytest.raises(SettingError, match="--title"):
        settings(title=text)
    with pytest.raises(SettingError, match="--publisher"):
        settings(publisher=text)


def test_a_licence_is_an_address_or_a_name_that_is_known() -> None:
    assert licence("cc by 4.0") == licence("CC-BY-4.0") == "https://creativecommons.org/licenses/by/4.0/"
    assert licence("https://example.org/terms") == "https://example.org/terms"
    with pytest.raises(SettingError, match="no address of a licence"):
        licence("all rights reserved")


# The command


def test_the_command_names_the_next_two(tmp_path: Path) -> None:
    outcome = run(tmp_path, "init", "my demo", "--title", "Ours", "--licence", "CC0-1.0")
    assert (outcome.status, outcome.out) == (0, "")
    assert [line[10:] for line in outcome.err.splitlines()[1:]] == [
        f"eugraph -C '{tmp_path}/my demo' validate",
        f"eugraph -C '{tmp_path}/my demo' build",
    ]
    toml = tomllib.loads((tmp_path / "my demo" / "eugraph.toml").read_text(encoding="utf-8"))
    assert toml["title"] == "Ours"
    assert toml["licence"] == "https://creativecommons.org/publicdomain/zero/1.0/"


def test_in_the_folder_itself_the_next_commands_need_no_folder(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "eugraph", "init", "."], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
    assert [line[10:] for line in done.stderr.splitlines()[1:]] == ["eugraph validate", "eugraph build"]


def test_a_refusal_ends_with_status_2_and_the_heading(tmp_path: Path) -> None:
    outcome = run(tmp_path, "init", "a/b")
    assert outcome.status == 2
    assert outcome.err.endswith("(docs/errors.md#new-workspace)\n")
    outcome = run(tmp_path, "init", "demo", "--base-iri", "nowhere")
    assert outcome.status == 2
    assert not (tmp_path / "demo").exists()


def test_on_a_terminal_what_is_missing_is_asked_for_until_it_is_right(tmp_path: Path) -> None:
    """In a terminal of its own: an answer is refused with a reason, an empty one takes the stand-in."""
    answers = "\nnowhere\nhttps://data.example.org/\nOur Society\nCC0-1.0\n"
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "eugraph", "init", "demo"], cwd=tmp_path, stdin=child, stdout=child, stderr=child
    )
    os.close(child)
    os.write(parent, answers.encode())
    said = b""
    while process.poll() is None or not said:
        try:
            said += os.read(parent, 4096)
        except OSError:  # the other end is closed
            break
    assert process.wait(timeout=60) == 0, said.decode()
    assert b"not 'nowhere'" in said
    toml = tomllib.loads((tmp_path / "demo" / "eugraph.toml").read_text(encoding="utf-8"))
    assert (toml["title"], toml["base_iri"]) == (DEFAULTS.title, "https://data.example.org/")
    assert toml["publisher"] == "Our Society"


def test_the_folder_is_looked_at_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "eugraph", "init", "file"]
    done = subprocess.run(command, cwd=tmp_path, stdin=child, stdout=child, stderr=child, check=False)
    os.close(child)
    assert done.returncode == 2
    assert b"Title" not in os.read(parent, 4096)


def test_every_file_of_a_template_is_text_that_ends_with_a_line(made: Path) -> None:
    for path in made.rglob("*"):
        if path.is_file():
            text = path.read_bytes().decode("utf-8")
            assert text.endswith("\n"), path
            assert "\r" not in text, path

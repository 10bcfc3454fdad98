"""Equal workspace, equal bytes; one edit changes what it must and nothing else; another base is the same release."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import copy_tiny
from eugraph.config import Workspace, open_workspace
from eugraph.errors import OutputError, SettingError
from eugraph.pipeline import build

OLD_BASE = "https://w3id.org/eugraph/id/"
NEW_BASE = "https://data.example.org/haematology/"


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def unpacked(folder: Path) -> dict[str, bytes]:
    return {name: gzip.decompress(data) if name.endswith(".gz") else data for name, data in contents(folder).items()}


def build_elsewhere(root: Path, out: Path, hash_seed: str) -> dict[str, bytes]:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    subprocess.run(
        [sys.executable, "-m", "eugraph", "-C", str(root), "build", "--out", str(out)],
        check=True,
        env=environment,
        cwd=out.parent,
        capture_output=True,
    )
    return contents(out)


def made(workspace: Workspace, out: Path, **options: str) -> dict[str, bytes]:
    report, release = build(workspace, out, **options)  # type: ignore[arg-type]  # only base_iri and date
    assert release is not None, report.write("text", "")
    return contents(out)


def test_hash_seed_folder_and_file_order_do_not_matter(tiny: Workspace, tmp_path: Path) -> None:
    with (tiny.root / "eugraph.toml").open("a", encoding="utf-8") as file:
        file.write("[catalogue]\npage_size = 10\n")
    first = build_elsewhere(tiny.root, tmp_path / "one", "1")
    assert "catalog-2.ttl" in first
    other = tmp_path / "somewhere" / "quite else"
    other.mkdir(parents=True)
    for path in sorted(tiny.root.rglob("*"), reverse=True):  # written in the other order
        if path.is_file():
            target = other / path.relative_to(tiny.root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    assert build_elsewhere(other, tmp_path / "two", "4711") == first


def test_the_reference_workspace_is_built_alike_in_another_process(
    release: Path, repository: Path, tmp_path: Path
) -> None:
    assert build_elsewhere(repository, tmp_path / "again", "31337") == contents(release)


def test_the_order_of_statements_in_a_file_does_not_matter(tiny: Workspace, tmp_path: Path) -> None:
    before = made(tiny, tmp_path / "before")
    path = tiny.root / "data" / "projects" / "alpha.ttl"
    head, *subjects = path.read_text(encoding="utf-8").split("\n\n")
    path.write_text("\n\n".join([head, *reversed(subjects)]), encoding="utf-8")
    after = made(tiny, tmp_path / "after")
    moved_findings = {"release.json", "validation.json", "validation.ttl", "validation.txt"}  # lines are told
    assert {n: d for n, d in after.items() if n not in moved_findings} == {
        n: d for n, d in before.items() if n not in moved_findings
    }


def test_a_build_over_an_equal_release_changes_no_byte_and_keeps_the_files(tiny: Workspace, tmp_path: Path) -> None:
    before = made(tiny, tmp_path / "dist")
    inode = (tmp_path / "dist" / "project" / "alpha.ttl").stat().st_ino
    assert made(tiny, tmp_path / "dist") == before
    assert (tmp_path / "dist" / "project" / "alpha.ttl").stat().st_ino == inode


NEW_PARTICIPATION = """
<participation/alpha/clinic/third-party>
    a eug:Participation ;
    dcterms:source <source/record> ;
    eug:confidence confidence:stated ;
    eug:organisation <organisation/clinic> ;
    eug:participatesIn <project/alpha> ;
    eug:role role:thirdParty .
"""


def test_one_more_participation_only_adds_lines_and_touches_two_documents(tiny: Workspace, tmp_path: Path) -> None:
    made(tiny, tmp_path / "before")
    path = tiny.root / "data" / "projects" / "alpha.ttl"
    path.write_text(path.read_text(encoding="utf-8") + NEW_PARTICIPATION, encoding="utf-8")
    made(tiny, tmp_path / "after")
    before, after = unpacked(tmp_path / "before"), unpacked(tmp_path / "after")

    old, new = before["dump/all.nq.gz"].splitlines(), after["dump/all.nq.gz"].splitlines()
    assert set(old) < set(new)
    assert [line for line in new if line in set(old)] == old  # in the same order
    added = set(new) - set(old)
    assert len(added) == 10  # six statements, the two inverse links, and the two that reports need

    documents = {n for n in set(before) | set(after) if n.endswith((".ttl", ".jsonld")) and n.count("/") == 1}
    documents = {n for n in documents if not n.startswith(("dataset/", "feed/"))}  # these sum up
    changed = {n.partition(".")[0] for n in documents if before.get(n) != after.get(n)}
    assert changed == {"project/alpha", "organisation/clinic"}


def test_another_base_is_the_same_release_after_putting_the_old_one_back(tiny: Workspace, tmp_path: Path) -> None:
    made(tiny, tmp_path / "old")
    made(tiny, tmp_path / "new", base_iri=NEW_BASE)
    old, new = unpacked(tmp_path / "old"), unpacked(tmp_path / "new")
    back = {name: data.replace(NEW_BASE.encode(), OLD_BASE.encode()) for name, data in new.items()}
    assert OLD_BASE.encode() not in b"".join(d for n, d in new.items() if n.startswith(("project/", "dump/")))
    manifests = [json.loads(release.pop("release.json")) for release in (old, back)]
    summing = ("catalog.", "dataset/", "feed/")  # tell checksums of packed files and of graphs, which are other ones
    for files in (back, old):
        for name in [name for name in files if name.startswith(summing)]:
            del files[name]
    assert back == old
    for manifest in manifests:  # sizes and digests are those of other bytes
        manifest.pop("graph")
        manifest["files"] = sorted(name for name in manifest["files"] if not name.startswith("feed/"))
    assert manifests[0] == manifests[1]


def test_a_release_bears_the_date_that_is_given_or_the_newest_in_the_data(
    tiny: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dated(**options: str) -> str:
        return str(json.loads(made(tiny, tmp_path / "dist", **options)["release.json"])["date"])

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    newest = dated()
    assert newest >= "2026-01-02"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")
    assert dated() == "2030-03-17"
    assert dated(date="2031-02-03") == "2031-02-03"


def test_a_workspace_in_a_copy_reads_as_the_original(tmp_path: Path) -> None:
    workspace = copy_tiny(tmp_path / "tiny")
    assert open_workspace(workspace.root / "data" / "projects").root == workspace.root


@pytest.mark.parametrize(
    "base",
    [
        "https://example.org/a/../b/",
        "https://example.org//",
        "https://example.org/./",
        "https:///x/",
        "https://example.org/x",
        "https://example.org/%zz/",
        "https://example.org/?x/",
        "ftp://example.org/",
        "https://w3id.org/",
        "https://w3id.org/eugraph/",
        "http://www.w3.org/2001/",
        "https://example.org/",  # the tiny workspace's sources have pages there
    ],
)
def test_a_base_that_cannot_carry_things_or_is_taken_is_refused(base: str, tiny: Workspace, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="--base-iri: "):
        build(tiny, tmp_path / "dist", base_iri=base)
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize("date", ["20260101", "2026-1-1", "", "soon", "2026-02-30", "10000-01-01"])
def test_what_is_no_date_is_refused_before_anything_is_made(date: str, tiny: Workspace, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"is no date\. Write YYYY-MM-DD"):
        build(tiny, tmp_path / "dist", date=date)


@pytest.mark.parametrize("epoch", ["-1", "1e9", "99999999999999999999", "x"])
def test_a_wrong_epoch_is_told(epoch: str, tiny: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(SettingError, match="SOURCE_DATE_EPOCH: "):
        build(tiny, tmp_path / "dist")


@pytest.mark.parametrize("out", ["data/dist", "ontology", "shapes/x", ".", "..", "queries"])
def test_a_release_is_not_written_into_its_own_sources(out: str, tiny: Workspace) -> None:
    with pytest.raises(OutputError, match="would mix with"):
        build(tiny, tiny.root / out)

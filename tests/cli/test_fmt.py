"""`eugraph fmt`: what it writes, shows, checks and leaves alone."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from cli.runner import fingerprint, run
from eugraph.config import Workspace

ALPHA = "data/projects/alpha.ttl"
CROOKED = b"@prefix b: <b:> .\r\n@prefix a: <a:> . # why\r\na:s a:p a:o;a a:C . \r\n"
STRAIGHT = "@prefix a: <a:> . # why\n\na:s\n    a a:C ;\n    a:p a:o .\n"


@pytest.fixture
def laid_out(tiny: Workspace) -> Path:
    """A workspace whose files are all in the house layout."""
    assert run(tiny.root, "fmt").status == 0
    return tiny.root


def test_all_files_are_laid_out_and_named_and_the_second_time_none(tiny: Workspace) -> None:
    (tiny.root / "data/x.ttl").write_bytes(CROOKED)
    (tiny.root / "data/y.yaml").write_text("a:   1 # one\n")
    first = run(tiny.root, "fmt")
    assert first.status == 0
    assert {"data/x.ttl", "data/y.yaml"} <= set(first.out.splitlines())
    assert re.fullmatch(r"\d+ files changed, \d+ files as they should be\n", first.err)
    assert (tiny.root / "data/x.ttl").read_bytes().decode() == STRAIGHT
    assert (tiny.root / "data/y.yaml").read_text() == "a: 1  # one\n"
    before = fingerprint(tiny.root)
    second = run(tiny.root, "fmt")
    assert (second.status, second.out) == (0, "")
    assert second.err.startswith("0 files changed, ")
    assert fingerprint(tiny.root) == before


def test_a_file_that_is_as_it_should_be_is_not_touched(laid_out: Path) -> None:
    os.utime(laid_out / ALPHA, ns=(1, 1))
    run(laid_out, "fmt", ALPHA)
    assert (laid_out / ALPHA).stat().st_mtime_ns == 1


def test_checking_names_the_files_and_writes_nothing(laid_out: Path) -> None:
    assert run(laid_out, "fmt", "--check").status == 0
    (laid_out / "data/x.ttl").write_bytes(CROOKED)
    before = fingerprint(laid_out)
    outcome = run(laid_out, "fmt", "--check")
    assert (outcome.status, outcome.out) == (1, "data/x.ttl\n")
    assert outcome.err.startswith("1 file would change, ")
    assert fingerprint(laid_out) == before


def test_a_diff_shows_the_change_and_writes_nothing(laid_out: Path) -> None:
    (laid_out / "data/x.ttl").write_bytes(CROOKED.rstrip())
    before = fingerprint(laid_out)
    outcome = run(laid_out, "fmt", "data/x.ttl", "--diff")
    assert outcome.status == 0
    assert outcome.out.startswith("--- data/x.ttl as it is\n+++ data/x.ttl laid out\n@@")
    assert "\n+    a a:C ;\n" in outcome.out
    assert "\\ No newline at end of file\n" in outcome.out
    assert run(laid_out, "fmt", "data/x.ttl", "--diff", "--check").status == 1
    assert fingerprint(laid_out) == before


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.ttl", b"<a:a> <b:b>\n<c:c> ;", r"data/x\.ttl:2:\d+: the syntax is broken: .*\n.*#syntax-error"),
        ("x.ttl", b"<a:a> x:b <c:c> .", r"data/x\.ttl:1:\d+: the prefix 'x' is not declared.*\n.*#unknown-prefix"),
        ("x.ttl", b"<a:a> <b:b> << <a:a> <b:b> 1 >> .", r"data/x\.ttl:1: the layout knows .*\n.*#layout-refused"),
        ("x.ttl", b"\x89PNG\x00", r"data/x\.ttl: this is binary data.*\n.*#binary-file"),
        ("x.ttl", b'<a:a> <b:b> "\xe4" .', r"data/x\.ttl:1:14: byte 0xe4 is not UTF-8.*\n.*#wrong-encoding"),
        ("x.ttl", b"", r"data/x\.ttl: the file is empty.*\n.*#empty-file"),
        ("x.yaml", b"a: 1\n\tb: 2\n", r"data/x\.yaml:2:1: the syntax is broken.*\n.*#syntax-error"),
    ],
)
def test_a_file_that_cannot_be_read_is_left_alone_and_the_others_are_laid_out(
    name: str, data: bytes, said: str, laid_out: Path
) -> None:
    (laid_out / "data" / name).write_bytes(data)
    (laid_out / "data/z.ttl").write_bytes(CROOKED)
    outcome = run(laid_out, "fmt")
    assert outcome.status == 2
    assert re.search(said, outcome.err), outcome.err
    assert (laid_out / "data" / name).read_bytes() == data
    assert (laid_out / "data/z.ttl").read_text() == STRAIGHT


def test_a_file_without_a_house_layout_is_refused_by_name_and_passed_over_in_folders(laid_out: Path) -> None:
    (laid_out / "data/x.trig").write_text("<a:g> { <a:a>   <b:b> 1 }")
    outcome = run(laid_out, "fmt", "data/x.trig")
    assert outcome.status == 2
    assert "x.trig: only .ttl, .yaml, .yml have a house layout. Leave the file out." in outcome.err
    assert run(laid_out, "fmt", "data").status == 0
    assert run(laid_out, "fmt", "data/nowhere.ttl").status == 2


def test_rights_and_links_are_kept(laid_out: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.ttl"
    elsewhere.write_bytes(CROOKED)
    elsewhere.chmod(0o640)
    (laid_out / "data/link.ttl").symlink_to(elsewhere)
    assert run(laid_out, "fmt", "data/link.ttl").status == 0
    assert (laid_out / "data/link.ttl").is_symlink()
    assert elsewhere.read_text() == STRAIGHT
    assert elsewhere.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir() if "elsewhere" in path.name] == ["elsewhere.ttl"]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc, a folder where nobody may write")
def test_a_place_where_nobody_may_write_is_told() -> None:
    from eugraph.authoring.files import replace_file
    from eugraph.errors import OutputError

    with pytest.raises(OutputError, match=r"it cannot be written .*; nothing that was there has changed"):
        replace_file(Path("/proc/eugraph/x.ttl"), "")

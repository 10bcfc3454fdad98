"""An import as a whole: what it writes, what stops it, and that nothing is lost when it fails."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.runner import run
from eugraph.errors import ArchiveRefusedError, NoCordisError, OutputError, TooManyFaultsError, UndatedError
from sources.cordis.importing import BASE, DAY, INVENTED, Imported

FILES = sorted(INVENTED.glob("*.csv"))


def test_the_order_of_the_files_does_not_change_what_is_said(tmp_path: Path) -> None:
    one, other = Imported(FILES, tmp_path / "one"), Imported(FILES[::-1], tmp_path / "other")
    assert set(one.lines) == set(other.lines)
    assert len(one.lines) == len(set(one.lines)) == one.summary.statements
    assert one.counts() == other.counts()


def test_equal_files_give_equal_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        command = [sys.executable, "-m", "eugraph", "import", "cordis", str(INVENTED), "--out", str(out), "--date", DAY]
        path = os.pathsep.join(filter(None, sys.path))
        subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": path})
        made.append([(out / name).read_bytes() for name in ("quads.nq", "ledger.jsonl", "summary.json")])
    assert made[0] == made[1]


def test_files_that_say_the_same_twice_are_taken_once(tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    shutil.copytree(INVENTED, copies)
    twice = Imported([INVENTED, copies], tmp_path / "twice")
    assert set(twice.lines) == set(Imported([INVENTED], tmp_path / "once").lines)
    assert len(twice.lines) == len(set(twice.lines))


def test_the_summary_counts_what_the_ledger_has(tmp_path: Path) -> None:
    made = Imported([INVENTED], tmp_path / "out")
    summary = json.loads((tmp_path / "out" / "summary.json").read_bytes())
    assert {kind: told["count"] for kind, told in summary["ledger"].items()} == made.counts()
    assert summary["statements"] == len(made.quads)
    assert summary["date"] == DAY
    assert summary["money"]["project.ecMaxContribution"] == "3500.50"
    assert summary["rows"]["organization"] == 8


def test_the_day_is_that_of_the_newest_record_where_none_is_given(tmp_path: Path) -> None:
    assert Imported([INVENTED], tmp_path / "out", date=None).summary.date == "2025-05-01"


def test_a_source_of_another_name_has_a_graph_of_that_name(tmp_path: Path) -> None:
    made = Imported([INVENTED], tmp_path / "out", name="cordis-horizon", base_iri="https://example.org/id/")
    assert {str(quad.graph_name) for quad in made.quads} == {"<https://example.org/id/graph/cordis-horizon>"}


def test_a_new_import_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    Imported(FILES[:1], tmp_path / "out")
    Imported([INVENTED], tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} == {"out"}


@pytest.mark.parametrize("fault", ["nothing", "undated", "faults", "bomb", "interrupt"])
def test_when_it_fails_the_old_import_is_whole(fault: str, tmp_path: Path) -> None:
    Imported([INVENTED], tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    path = tmp_path / "in.csv"
    text = (INVENTED / "topics.csv").read_text("utf-8")
    options: dict[str, object] = {}
    expected: type[BaseException] = NoCordisError
    if fault == "nothing":
        path.write_text("a;b\n1;2\n", "utf-8")
    elif fault == "undated":
        path.write_text(text, "utf-8")
        options["date"], expected = None, UndatedError
    elif fault == "faults":
        path.write_text(text + '"1"\n"2"\n', "utf-8")
        options["max_errors"], expected = 1, TooManyFaultsError
    elif fault == "bomb":
        import gzip

        path.write_bytes(gzip.compress(text.encode() + b'"1";"2";"3";"4"\n' * 5_000_000))
        expected = ArchiveRefusedError
    else:
        path.write_text(text, "utf-8")

        def interrupt(*_: int) -> None:
            raise KeyboardInterrupt

        options["progress"], expected = interrupt, KeyboardInterrupt
    with pytest.raises(expected):
        Imported([path], tmp_path / "out", **options)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
    assert {path.name for path in tmp_path.iterdir()} == {"out", "in.csv"}


def test_a_folder_that_holds_something_else_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(OutputError, match=r"mine\.txt"):
        Imported([INVENTED], tmp_path / "out")


def test_standard_input_is_read(tmp_path: Path) -> None:
    stdin = io.BytesIO((INVENTED / "topics.csv").read_bytes())
    assert Imported(["-"], tmp_path / "out", stdin=stdin).summary.things["call"] == 1


def test_the_command_tells_in_words_what_came_of_it(tmp_path: Path) -> None:
    said = run(tmp_path, "import", "cordis", str(INVENTED), "--out", "out", "--date", DAY)
    assert said.status == 0
    assert "29 rows of 8 files became" in said.out
    assert "3,500.50  EU contribution of the grants" in said.out
    assert "signed-past-end" in said.out
    assert said.err == "wrote out\n"


def test_the_command_ends_with_1_where_rows_are_malformed(tmp_path: Path) -> None:
    (tmp_path / "topics.csv").write_text((INVENTED / "topics.csv").read_text("utf-8") + '"1"\n', "utf-8")
    said = run(tmp_path, "import", "cordis", "topics.csv", "--out", "out", "--date", DAY)
    assert said.status == 1
    assert "column-count" in said.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--name", "Derived graph"], "--name"),
        (["--name", "derived"], "--name"),
        (["--date", "yesterday"], "yesterday"),
        (["--base-iri", "example"], "--base-iri"),
        (["--max-errors", "-1"], "--max-errors"),
    ],
)
def test_the_command_refuses_what_it_cannot_use(words: list[str], told: str, tmp_path: Path) -> None:
    said = run(tmp_path, "import", "cordis", str(INVENTED), "--out", "out", *words)
    assert said.status == 2
    assert told in said.err
    assert not (tmp_path / "out").exists()


def test_the_base_is_that_of_the_workspace(tmp_path: Path) -> None:
    settings = 'title = "T"\ndescription = "D"\nbase_iri = "https://example.org/id/"\npublisher = "P"\n'
    (tmp_path / "eugraph.toml").write_text(settings + 'licence = "https://example.org/l"\nversion = "1"\n', "utf-8")
    run(tmp_path, "import", "cordis", str(INVENTED), "--out", "out", "--date", DAY)
    text = (tmp_path / "out" / "quads.nq").read_text("utf-8")
    assert "https://example.org/id/project/900000001" in text
    assert BASE not in text

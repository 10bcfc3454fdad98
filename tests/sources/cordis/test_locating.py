"""Where things stand in the files of CORDIS."""

from __future__ import annotations

import csv
from pathlib import Path

from eugraph.sources.cordis.locating import locate
from eugraph.sources.cordis.row_places import parts_by_row
from sources.cordis.importing import BASE, INVENTED, Imported


def begin_of(table: str, *values: str) -> int:
    """The line at which the first row begins that has these values."""
    with (INVENTED / table).open(encoding="utf-8", newline="") as file:
        rows, begin = csv.reader(file, delimiter=";"), 1
        for row in rows:
            if set(values) <= set(row):
                return begin
            begin = rows.line_num + 1
    raise AssertionError(values)


def test_a_thing_stands_where_a_row_says_what_it_is(tmp_path: Path) -> None:
    files = [INVENTED / name for name in ("topics.csv", "euroSciVoc.csv", "organization.csv", "project.csv")]
    Imported(files, tmp_path / "out", shown_from=INVENTED)
    taking = "participation/900000001/999000002/participant-2"
    found = locate(tmp_path / "out", {f"{BASE}project/900000001", f"{BASE}grant/900000001", BASE + taking})
    row = ("project.csv", begin_of("project.csv", "900000001", "TULIP"))
    assert found == {
        f"{BASE}project/900000001": row,
        f"{BASE}grant/900000001": row,
        BASE + taking: ("organization.csv", begin_of("organization.csv", "900000001", "999000002", "2")),
    }


def test_what_is_gathered_from_many_rows_stands_at_the_first_that_speaks_of_it(tmp_path: Path) -> None:
    Imported([INVENTED], tmp_path / "out", shown_from=INVENTED)
    organisation = f"{BASE}organisation/999000002"
    row = ("organization.csv", begin_of("organization.csv", "999000002"))
    assert locate(tmp_path / "out", {organisation}) == {organisation: row}


def test_what_no_row_speaks_of_is_not_found(tmp_path: Path) -> None:
    Imported([INVENTED], tmp_path / "out")
    assert locate(tmp_path / "out", {f"{BASE}graph/cordis", f"{BASE}project/1"}) == {}


def test_the_parts_are_the_statements_of_each_row_in_their_order(tmp_path: Path) -> None:
    made = Imported([INVENTED], tmp_path / "out", shown_from=INVENTED)
    parts = [*parts_by_row(tmp_path / "out")]
    lines = [line for _, part in parts for line in part.splitlines()]
    assert lines == made.lines[: len(lines)]
    files = {file for (file, _), _ in parts}
    assert {"project.csv", "organization.csv", "result.csv"} <= files
    assert "policyPriorities.csv" not in files
    assert all(begin > 1 for (_, begin), _ in parts)

"""Rows of CSV: the values that were written, at their lines, whatever the layout; what is malformed costs itself only."""

from __future__ import annotations

import csv

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from eugraph.sources.cordis.tables import ORGANIZATION, PROJECT, TOPICS
from sources.cordis.tables_for_tests import TOPIC_CSV, TOPIC_HEADER, TOPIC_ROWS, as_csv, read_csv

QUOTINGS = [csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]
LETTERS = st.one_of(
    st.sampled_from("\";,\t\n\r'ab1 é\u2028\x85\x0b"), st.characters(codec="utf-8", exclude_characters="\0")
)
TEXTS = st.text(LETTERS, max_size=12)
NUMBERS = st.integers(1, 999_999_999).map(str)
ROWS = st.lists(st.tuples(NUMBERS, TEXTS, TEXTS, TEXTS).map(list), max_size=8)


def lines_of(rows: list[list[str]], **style: object) -> list[int]:
    """Return where each row begins, counted as an editor does: a line feed, a carriage return or both end a line."""
    text, begins = "", []
    for row in rows:
        begins.append(text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1)
        text += as_csv([row], **style)  # type: ignore[arg-type]
    return begins


@given(ROWS, st.sampled_from(";,\t"), st.sampled_from(QUOTINGS), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_rows_come_back_as_they_were_written(
    rows: list[list[str]], delimiter: str, quoting: int, end: str, marked: bool
) -> None:
    # without marks around all, Python's writer leaves out those around line breaks that are not its own
    assume(
        quoting == csv.QUOTE_ALL
        or not any(sign in field for row in rows for field in row for sign in {*"\r\n"} - {*end})
    )
    text = as_csv([TOPIC_HEADER, *rows], delimiter=delimiter, quoting=quoting, end=end)
    outcome = read_csv(("\ufeff" if marked else "") + text)
    begins = lines_of([TOPIC_HEADER, *rows], delimiter=delimiter, quoting=quoting, end=end)[1:]
    assert outcome.all_rows == list(zip(begins, rows, strict=True))
    assert outcome.entries == []


@given(ROWS, st.permutations(range(4)), st.sampled_from(QUOTINGS))
def test_columns_come_in_the_order_of_the_table(rows: list[list[str]], order: list[int], quoting: int) -> None:
    text = as_csv([[row[index] for index in order] for row in [TOPIC_HEADER, *rows]], quoting=quoting, end="\r\n")
    assert read_csv(text).values == rows


@given(ROWS, st.integers(0, 7), st.sampled_from([";", ","]))
def test_a_row_without_its_last_field_costs_no_other(rows: list[list[str]], which: int, delimiter: str) -> None:
    written = [row[:3] if index == which else row for index, row in enumerate(rows)]
    outcome = read_csv(as_csv([TOPIC_HEADER, *written], delimiter=delimiter))
    assert outcome.values == [row for row in written if len(row) == 4]
    assert outcome.kinds == ["column-count"] * (which < len(rows))


@given(st.data())
def test_one_missing_or_stray_quotation_mark_costs_no_other_row(data: st.DataObject) -> None:
    """Fields are plain here: of one with marks and line breaks in it, two faulty readings may well be one sound one."""
    plain = st.text("ab é,", min_size=1, max_size=8)
    rows = data.draw(st.lists(st.tuples(NUMBERS, plain, plain, plain).map(list), min_size=2, max_size=8))
    which = data.draw(st.integers(0, len(rows) - 1))
    lines = as_csv(rows).splitlines(keepends=True)
    line = lines[which]
    if data.draw(st.booleans()):
        marks = [index for index, sign in enumerate(line) if sign == '"']
        at = data.draw(st.sampled_from(marks))
        lines[which] = line[:at] + line[at + 1 :]
    else:
        at = data.draw(st.integers(0, len(line) - 1))
        lines[which] = line[:at] + '"' + line[at:]
    outcome = read_csv(as_csv([TOPIC_HEADER]) + "".join(lines))
    found = dict(outcome.all_rows)
    for index, row in enumerate(rows):
        if index != which:
            assert found.pop(index + 2) == row
    assert set(found) <= {which + 2}
    assert {entry["line"] for entry in outcome.entries} <= {which + 2}
    assert found.get(which + 2) == rows[which] or outcome.errors


def test_a_missing_quotation_mark_is_mended_where_the_others_tell_the_fields() -> None:
    outcome = read_csv(TOPIC_CSV.replace('tears";"1"', 'tears";"1'))
    assert outcome.values == TOPIC_ROWS
    assert [(entry["kind"], entry["line"]) for entry in outcome.entries] == [("stray-quote", 2)]


def test_a_missing_quotation_mark_between_fields_drops_its_row_alone() -> None:
    outcome = read_csv(TOPIC_CSV.replace('tears";"1"', 'tears;"1"'))
    assert outcome.values == TOPIC_ROWS[1:]
    assert [line for line, _ in outcome.all_rows] == [3, 5, 6]
    [entry] = outcome.entries
    assert (entry["kind"], entry["line"]) == ("broken-quotes", 2)
    assert str(entry["value"]).startswith('"101000001"')


def test_rows_with_faults_that_follow_each_other_are_each_told() -> None:
    lines = as_csv(TOPIC_ROWS[:1] * 5).splitlines()
    lines[1] = lines[1].replace('tears";"1"', 'tears;"1"')
    lines[2] = lines[2].replace('tears";"1"', 'tears;"1"')
    outcome = read_csv("\n".join([as_csv([TOPIC_HEADER]).strip(), *lines, ""]))
    assert [line for line, _ in outcome.all_rows] == [2, 5, 6]
    assert [(entry["kind"], entry["line"]) for entry in outcome.entries] == [("broken-quotes", 3), ("broken-quotes", 4)]


def test_a_missing_mark_before_a_field_takes_the_one_behind_it_away() -> None:
    outcome = read_csv(TOPIC_CSV.replace('"HORIZON-A-01"', 'HORIZON-A-01"'))
    assert outcome.values == TOPIC_ROWS
    [entry] = outcome.entries
    assert (entry["kind"], entry["column"], entry["value"], entry["became"]) == (
        "stray-quote",
        "topic",
        'HORIZON-A-01"',
        "HORIZON-A-01",
    )


def test_a_mark_in_a_field_without_marks_is_taken_for_text_and_doubted() -> None:
    outcome = read_csv('projectID,topic,title\n1,A,a 5" tube\n2,B,"a 5"" tube"\n')
    assert outcome.values == [["1", "A", 'a 5" tube', ""], ["2", "B", 'a 5" tube', ""]]
    assert [(entry["kind"], entry["line"], entry["column"]) for entry in outcome.entries] == [
        ("quote-in-field", 2, "title")
    ]


def test_marks_within_a_field_that_is_quoted_are_mended() -> None:
    outcome = read_csv('"projectID";"topic";"title"\n"1";"A";"the "red" cells"\n"2";"B";""\n')
    assert outcome.values == [["1", "A", 'the "red" cells', ""], ["2", "B", "", ""]]
    assert outcome.kinds == ["stray-quote"]


def test_a_row_far_longer_than_a_block_is_read() -> None:
    title = "line of a very long title\n" * 4000
    rows = [["1", "A", title, ""], ["2", "B", "short", ""]] * 20
    outcome = read_csv(as_csv([TOPIC_HEADER, *rows]))
    assert outcome.values == rows
    assert [line for line, _ in outcome.all_rows][:4] == [2, 4003, 4004, 8005]


def test_a_mark_that_is_missing_over_the_border_of_blocks_costs_one_row() -> None:
    rows = [[str(100 + index), "A", "x" * 997, ""] for index in range(3000)]
    lines = as_csv(rows).splitlines()
    for index in range(1000, 1100):  # a block is 1 MiB, about the 1040th
        lines[index] = lines[index].replace(';"x', ";x", 1).replace('x";', "x;", 1)[:-1]
    outcome = read_csv("\n".join([as_csv([TOPIC_HEADER]).strip(), *lines, ""]))
    assert [line for line, _ in outcome.all_rows] == [*range(2, 1002), *range(1102, 3002)]
    assert [entry["line"] for entry in outcome.entries] == list(range(1002, 1102))


def test_a_mark_missing_in_the_last_row_does_not_lose_the_rows_before() -> None:
    outcome = read_csv(TOPIC_CSV.replace('"";""\n', '"";"\n'))
    assert outcome.values == TOPIC_ROWS
    assert outcome.kinds == ["stray-quote"]


@pytest.mark.parametrize("cut", ['"101000004";"HORI', '"101000004";"HORIZON-A-04";"', '"1010'])
def test_a_file_that_ends_within_a_row_keeps_the_rows_before(cut: str) -> None:
    outcome = read_csv(TOPIC_CSV[: TOPIC_CSV.index('"101000004"')] + cut)
    assert outcome.values == TOPIC_ROWS[:3]
    assert [(entry["kind"], entry["line"]) for entry in outcome.entries] == [("cut-off", 6)]


def test_a_last_row_without_a_line_break_is_a_row() -> None:
    assert read_csv(TOPIC_CSV.rstrip("\n")).values == TOPIC_ROWS


def test_a_field_longer_than_the_reader_takes_is_read_where_marks_tell_its_end() -> None:
    rows = [["1", "A", "x" * 200_000, ""], *TOPIC_ROWS]
    outcome = read_csv(as_csv([TOPIC_HEADER, *rows]))
    assert outcome.values == rows
    assert outcome.entries == []


def test_windows_1252_is_read_and_each_field_told() -> None:
    outcome = read_csv(TOPIC_CSV.encode("cp1252"))
    assert outcome.values == TOPIC_ROWS
    [entry] = outcome.entries
    assert (entry["kind"], entry["line"], entry["about"], entry["column"]) == ("encoding", 5, "101000003", "title")
    assert (entry["value"], entry["became"]) == ("Thalass\ufffdmie \ufffd \ufffd", "Thalassämie – ß")


def test_one_wrong_byte_leaves_the_rest_of_its_row_as_it_is() -> None:
    outcome = read_csv(TOPIC_CSV.encode().replace("ß".encode(), b"\xdf"))
    assert outcome.values == TOPIC_ROWS
    assert outcome.kinds == ["encoding"]


def test_null_bytes_are_left_out() -> None:
    outcome = read_csv(TOPIC_CSV.replace("sweat", "sw\0eat"))
    assert outcome.values == TOPIC_ROWS
    [entry] = outcome.entries
    assert (entry["kind"], entry["line"], entry["column"]) == ("null-byte", 2, "title")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_with_a_mark_is_read(encoding: str) -> None:
    mark = "" if encoding == "utf-16" else "\ufeff"
    outcome = read_csv((mark + TOPIC_CSV).encode(encoding))
    assert outcome.values == TOPIC_ROWS
    assert outcome.kinds == ["utf-16"]
    assert outcome.errors == 0


def test_empty_lines_are_no_rows() -> None:
    lines = as_csv([TOPIC_HEADER, *TOPIC_ROWS[2:]]).splitlines()
    outcome = read_csv("\n\n".join(["", *lines, ""]))
    assert outcome.all_rows == [(5, TOPIC_ROWS[2]), (7, TOPIC_ROWS[3])]
    assert outcome.entries == []


@pytest.mark.parametrize("text", ["", "\n", " \n\n", "\ufeff"])
def test_an_empty_file_is_told(text: str) -> None:
    outcome = read_csv(text)
    assert outcome.tables == {}
    assert outcome.kinds == ["empty-file"]


def test_a_header_alone_is_a_table_without_rows() -> None:
    outcome = read_csv(as_csv([TOPIC_HEADER]))
    assert outcome.tables == {"topics.csv": "topics"}
    assert outcome.values == []
    assert outcome.entries == []


def test_a_file_with_a_wrong_header_is_passed_over_and_told() -> None:
    outcome = read_csv("projectID;topic;name\n1;A;B\n")
    assert outcome.tables == {}
    [entry] = outcome.entries
    assert entry["kind"] == "unknown-table"
    assert entry["line"] == 1
    assert entry["value"] == "projectID;topic;name"
    assert entry["note"] == "for the table topics it lacks title"
    assert outcome.errors == 1


def test_bytes_that_are_no_text_are_told_as_an_unknown_table() -> None:
    assert read_csv(bytes(range(256)) * 10).kinds == ["unknown-table"]


def test_headers_of_other_programmes_are_known() -> None:
    fp7 = "rcn;id;acronym;status;programme;topics;frameworkProgramme;title;startDate;endDate;objective;totalCost;call"
    outcome = read_csv(f"{fp7}\n9;100;AB;ONG;FP7-X;T;FP7;Title;2010-01-01;2012-01-01;Why;1,5;FP7-CALL\n", "p.csv")
    assert outcome.tables == {"p.csv": "project"}
    row = dict(zip(PROJECT.columns, outcome.values[0], strict=True))
    assert (row["id"], row["legalBasis"], row["masterCall"], row["totalCost"], row["grantDoi"]) == (
        "100",
        "FP7-X",
        "FP7-CALL",
        "1,5",
        "",
    )
    fp7 = "projectRcn;projectID;projectAcronym;role;id;name;shortName;activityType;organizationUrl"
    outcome = read_csv(f"{fp7}\n9;100;AB;coordinator;999;N;S;HES;x.eu\n", "o.csv")
    assert outcome.tables == {"o.csv": "organization"}
    row = dict(zip(ORGANIZATION.columns, outcome.values[0], strict=True))
    assert (row["projectID"], row["organisationID"], row["organizationURL"]) == ("100", "999", "x.eu")
    assert [(entry["kind"], entry["column"]) for entry in outcome.entries] == [("unknown-column", "projectRcn")]


def test_capitals_and_spaces_in_a_header_do_not_matter() -> None:
    assert read_csv("PROJECTID, Topic ,title\n1,A,B\n").values == [["1", "A", "B", ""]]


def test_columns_that_are_unknown_or_there_twice_are_told_once() -> None:
    outcome = read_csv("projectID,topic,title,colour,topic\n1,A,B,red,C\n2,A,B,red,C\n")
    assert outcome.values == [["1", "A", "B", ""], ["2", "A", "B", ""]]
    assert [(entry["kind"], entry["column"]) for entry in outcome.entries] == [
        ("unknown-column", "colour"),
        ("unknown-column", "topic"),
    ]


def test_a_file_about_something_else_that_has_the_columns_of_a_table_is_not_taken_for_it() -> None:
    header = "projectID,topic,title,a,b,c,d,e"
    assert read_csv(f"{header}\n1,2,3,4,5,6,7,8\n").kinds == ["unknown-table"]


def test_the_table_of_topics_is_what_these_tests_take_it_for() -> None:
    assert TOPICS.columns == ("projectID", "topic", "title", "rcn")

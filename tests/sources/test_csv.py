"""CSV: what a table states, where, and every way of breaking it."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path, PurePath

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import ROOT
from eugraph.checking import check
from eugraph.config import Workspace
from eugraph.loading import load
from eugraph.sources import Reading
from eugraph.sources.csv_cells import rows
from eugraph.vocab import PREFIXES, term
from sources.reading import BASE, FORMATS, read_bytes, read_format, said, triples

XSD = PREFIXES["xsd"]


def table(tmp_path: Path, text: str | bytes, name: str = "projects.csv") -> Reading:
    return read_bytes(text if isinstance(text, bytes) else text.encode(), tmp_path / name)


def stated(reading: Reading) -> set[tuple[str, str, str]]:
    assert not said(reading)
    return {
        (str(q.subject).removeprefix(f"<{BASE}")[:-1], re.split("[/#]", q.predicate.value)[-1], str(q.object))
        for q in reading.quads
        if q.predicate != term("rdf:type")
    }


# What it states


def test_a_project_with_grant_participations_and_claims_is_the_same_in_turtle_and_csv() -> None:
    assert triples(read_format("csv")) == triples(read_format("turtle"))
    assert not said(read_format("csv"))


def test_a_slug_takes_its_kind_and_type_from_the_name_of_the_table(tmp_path: Path) -> None:
    for name, kind, classes in (
        ("projects.csv", "project", {"eug:Project"}),
        ("Activities.CSV", "activity", {"eug:Activity"}),
        ("diseases.csv", "disease", {"eug:Disease", "skos:Concept"}),
        ("programmes.csv", "programme", {"eug:FundingProgramme"}),
    ):
        found = triples(table(tmp_path, "id\nx\n", name))
        assert found == {ox.Triple(ox.NamedNode(f"{BASE}{kind}/x"), term("rdf:type"), term(curie)) for curie in classes}


def test_a_type_or_a_whole_address_says_the_kind_in_any_table(tmp_path: Path) -> None:
    text = "id,type,acronym\nx,Network,A\nplatform/y,,B\nhttps://example.org/z,Person | foaf:Agent,C\n"
    reading = table(tmp_path, text, "mixed.csv")
    assert not said(reading)
    types = {(str(q.subject), str(q.object)) for q in reading.quads if q.predicate == term("rdf:type")}
    assert types == {
        (f"<{BASE}network/x>", str(term("eug:Network"))),
        (f"<{BASE}platform/y>", str(term("eug:Platform"))),
        ("<https://example.org/z>", str(term("eug:Person"))),
        ("<https://example.org/z>", str(term("foaf:Agent"))),
    }


@pytest.mark.parametrize(
    ("title", "cell", "value"),
    [
        ("acronym", "NO", '"NO"'),
        ("acronym", "a | b", '"a | b"'),
        ("grantNumber", "0101000004", '"0101000004"'),
        ("euContribution", "1.50", f'"1.50"^^<{XSD}decimal>'),
        ("numberOfPartners", "12", f'"12"^^<{XSD}integer>'),
        ("sme", "true", f'"true"^^<{XSD}boolean>'),
        ("startMonth", "2017-01", f'"2017-01"^^<{XSD}gYearMonth>'),
        ("country", "Country:NOR", f"<{PREFIXES['country']}NOR>"),
        ("name@en", '"a, ""b"""', '"a, \\"b\\""@en'),
        ("name@en", " a ", '"a"@en'),
        ("name@en", "null", '"null"@en'),
        ("name@pt-BR", "olá", '"olá"@pt-br'),
        ("description@en", '"a\r\nb"', '"a\\nb"@en'),
        ("foaf:nick", "12", '"12"'),
    ],
)
def test_the_column_says_what_a_cell_is(title: str, cell: str, value: str, tmp_path: Path) -> None:
    assert {row[2] for row in stated(table(tmp_path, f"id,{title}\nx,{cell}\n"))} == {value}


@pytest.mark.parametrize("cell", ["=1+1", "=HYPERLINK(1)", "+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", "-x"])
def test_a_formula_is_a_text_like_any_other(cell: str, tmp_path: Path) -> None:
    found = stated(table(tmp_path, f'id,acronym,note@en\nx,{cell},"{cell}"\n'))
    assert {row[2] for row in found} == {str(ox.Literal(cell)), str(ox.Literal(cell, language="en"))}


def test_several_values_stand_between_bars(tmp_path: Path) -> None:
    found = stated(table(tmp_path, 'id,keyword@en,studies\nx,"a, b | c | d|e | f \\| g",disease/a | disease/b\n'))
    assert {row[2] for row in found} == {
        *(f'"{text}"@en' for text in ("a, b", "c", "d|e", "f | g")),
        f"<{BASE}disease/a>",
        f"<{BASE}disease/b>",
    }


def test_an_empty_cell_says_nothing_and_an_empty_row_is_passed_over(tmp_path: Path) -> None:
    assert stated(table(tmp_path, "id,acronym,rcn\n\nx,A,\n,,\n\ny,,1\n")) == {
        ("project/x", "acronym", '"A"'),
        ("project/y", "rcn", '"1"'),
    }


def test_a_byte_order_mark_and_any_line_end_are_read(tmp_path: Path) -> None:
    for end in ("\n", "\r\n", "\r"):
        data = b"\xef\xbb\xbf" + f"id,acronym{end}x,A{end}y,B".encode()
        assert {row[2] for row in stated(table(tmp_path, data))} == {'"A"', '"B"'}


def test_a_row_that_comes_twice_counts_once(tmp_path: Path) -> None:
    assert len(triples(table(tmp_path, "id,acronym\nx,A\nproject/x,A\n".replace("project/", "")))) == 2


def test_claims_in_a_table_take_the_form_of_their_property(tmp_path: Path) -> None:
    text = "subject,property,value,value@en,source\n" + "".join(
        f"project/x,{row},source/a\n"
        for row in ("remark,,It is.", "startYear,2017,", "euContribution,1.50,", "partOf,network/a,", "pic,0123,")
    )
    values = {row[2] for row in stated(table(tmp_path, text, "claims.csv")) if row[1] == "value"}
    assert values == {'"It is."@en', f'"2017"^^<{XSD}gYear>', f'"1.50"^^<{XSD}decimal>', f"<{BASE}network/a>", '"0123"'}


# Where it stands


def test_every_cell_has_its_line_and_column(tmp_path: Path) -> None:
    text = 'id,description@en,keyword@en,acronym\nx,"one ""two""\nthree, four","a | ""b"" | c",Z\ny,,,W\n'
    reading = table(tmp_path, text)
    x = ox.NamedNode(f"{BASE}project/x")

    def at(curie: str, value: ox.Literal | None = None, subject: ox.NamedNode = x) -> tuple[int, int]:
        place = reading.place(subject, term(curie), value)
        assert place is not None
        return place.line, place.column

    assert at("dcterms:description") == (2, 4)  # behind the quotation mark, as in cells of several values
    third, fourth = text.splitlines()[2:4]
    places = [at("dcat:keyword", ox.Literal(word, language="en")) for word in ("a", '"b"', "c")]
    assert places == [(3, third.index(word) + 1) for word in ("a |", '""b', 'c",Z')]
    assert at("eug:acronym") == (3, third.index("Z") + 1)
    assert at("eug:acronym", None, ox.NamedNode(f"{BASE}project/y")) == (4, fourth.index("W") + 1)
    assert str(reading.place(x)) == "projects.csv:2:1"


def test_findings_of_checks_and_shapes_cite_the_line_of_csv(tiny: Workspace) -> None:
    for path in (FORMATS / "csv").glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        for old, new in (
            ("disease/anaemia", "disease/anemia"),
            ("Role:associatedPartner", "Role:associatedPartnr"),
            ("1,EUR,750000.50", "1,EUR,-1.50"),
            ("2024-02-29,EUR", "2024-02-29,euro"),
            ("-1.50,source/record,Confidence:stated", "-1.50,source/record,"),
        ):
            text = text.replace(old, new)
        (tiny.data / path.name).write_text(text, encoding="utf-8")
    found = set()
    for finding in check(load(tiny)).findings:
        if finding.place and finding.place.path.suffix == ".csv":
            line = (tiny.root / finding.place.path).read_text().splitlines()[finding.place.line - 1]
            found.add((finding.code, finding.place.path.name, line[finding.place.column - 1 :].partition(",")[0]))
    assert {
        ("dangling-reference", "projects.csv", "disease/anemia"),
        ("unknown-term", "participations.csv", "Role:associatedPartnr"),
        ("thing-euContribution", "participations.csv", "-1.50"),
        ("thing-currency", "grants.csv", "euro"),
        ("participation-confidence", "participations.csv", "project/delta"),
    } <= found, found


# The cells themselves


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('",\n')), min_size=2, max_size=4
        ),
        min_size=1,
        max_size=5,
    )
)
@example([["", ""], ['"', '""']])
def test_what_the_csv_module_writes_is_read_back_with_places(cells: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(cells)
    text = out.getvalue()
    found = list(rows(text, PurePath("x.csv")))
    assert [[cell.text for cell in row] for row in found] == [[cell.strip() for cell in row] for row in cells]
    lines = text.split("\n")
    for row in found:
        for cell in row:
            assert "\n".join(lines[cell.spot.line - 1 :])[cell.spot.column - 1 :].startswith(cell.raw)


# Bad input


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("id;acronym\nx;A\n", ["1:3: syntax-error: the cells are separated by semicolons. Save the table as CSV with commas."]),
        ("id\tacronym\nx\tA\n", ["1:3: syntax-error: the cells are separated by tabs. Save the table as CSV with commas."]),
        ("id|acronym\nx|A\n", ["1:3: syntax-error: the cells are separated by bars. Save the table as CSV with commas."]),
        ("acronym,rcn\nA,1\nB,2\n", ["1:1: missing-key: the table has no column id. Add one with the address of each thing."]),
        ("ID,acronym\nx,A\n", ["1:1: unknown-key: there is no key 'ID'; did you mean 'id'? Correct the name, or declare the property."]),
        ("id,akronym\nx,A\n", ["1:4: unknown-key: there is no key 'akronym'; did you mean 'acronym'? Correct the name, or declare the property."]),
        ("id,,rcn\nx,,1\n", ["1:4: unknown-key: this column has no name. Name it in the header, or delete it."]),
        ("id,name\nx,A\n", ["1:4: wrong-value: texts need a language. Name the column name@en."]),
        ("id,name@\nx,A\n", ["1:4: wrong-value: '' is no language. Write a tag, such as name@en."]),
        ("id,name@e n\nx,A\n", ["1:4: wrong-value: 'e n' is no language. Write a tag, such as name@en."]),
        ("id,acronym@en\nx,A\n", ["1:4: wrong-value: acronym has no language. Name the column 'acronym'."]),
        ("id,claims\nx,A\n", ["1:4: unknown-key: claims stand in no table of other things. Write them in a table claims.csv."]),
        ("id,included\nx,A\n", ["1:4: unknown-key: things in things stand in no table. Give them rows of their own."]),
        ("id,acronym,acronym\nx,A,B\n", ["1:12: repeated-key: the column 'acronym' is there already, at column 4. Delete or rename one."]),
        ("id,acronym\nx,A,B\n", ["2:5: ragged-row: this row has 3 cells, the header has 2. Add or delete commas, and put a cell that holds a comma in quotation marks."]),
        ("id,acronym\nx\ny,B\nz,C,\n", [
            "2:1: ragged-row: this row has 1 cell, the header has 2. Add or delete commas, and put a cell that holds a comma in quotation marks.",
            "4:5: ragged-row: this row has 3 cells, the header has 2. Add or delete commas, and put a cell that holds a comma in quotation marks.",
        ]),
        ("id,acronym\nx,A\ny,B\nx,C\n", ["4:1: repeated-key: <project/x> stands in line 2 with other values. Make one row of both."]),
        ("id,acronym\n,A\n", ["2:1: missing-key: this row has no id. Write the address of the thing, such as project/harmony."]),
        ("id,startDate,euContribution\nx,2017-01,2017-01-01\n", [
            "2:3: wrong-value: '2017-01' under startDate is no xsd:date. Write a day of the calendar as YYYY-MM-DD, or use startMonth in place of startDate.",
            "2:11: wrong-value: '2017-01-01' under euContribution is no xsd:decimal. Write a number such as 1250.50, without separators.",
        ]),
        ('id,note@en,sme\nx,"two\nlines",yes\n', ["3:8: wrong-value: 'yes' under sme is no xsd:boolean. Write true or false."]),
        ("id,studies\nx,disease/a | \n", ["2:14: wrong-value: there is no value at a bar in studies. Write one, or delete the bar."]),
        ("id,studies\nx,disease/a | b c\n", ["2:15: wrong-value: 'b c' is no address: Invalid IRI code point ' '. Write it with the characters that an IRI may have."]),
        ('id,acronym\nx,"A\ny,B\n', ['2:3: syntax-error: the quotation mark is not closed. Close it, and double those inside of the cell.']),
        ('id,acronym\nx,"A\ny,"B"\n', ['2:3: syntax-error: text follows the quotation mark that closes this cell. Double the quotation marks inside of it.']),
        ('id,acronym\nx,A"B\n', ["2:4: syntax-error: a quotation mark stands in a cell that does not begin with one. Put the cell in quotes and double it."]),
        ('id,acronym\nx, "A"\n', ["2:4: syntax-error: a quotation mark stands in a cell that does not begin with one. Delete the blanks before it."]),
        ("id,acronym\n", ["1:1: empty-file: the table has no rows. Write one below the header, or delete the file."]),
        ("id,acronym\n,,\n,\n", ["1:1: empty-file: the table has no rows. Write one below the header, or delete the file."]),
    ],
)  # fmt: skip
def test_a_bad_table_is_clear_findings(text: str, findings: list[str], tmp_path: Path) -> None:
    reading = table(tmp_path, text)
    assert not reading.quads
    if findings[0].endswith("delete the file.") and ",,\n" in text:
        findings = findings[:1]
    assert said(reading) == [f"projects.csv:{finding}" for finding in findings]


def test_a_slug_without_a_kind_is_told(tmp_path: Path) -> None:
    reading = table(tmp_path, "id,acronym\nx,A\nplanet/mars,B\n", "things.csv")
    assert said(reading) == [
        "things.csv:2:1: missing-key: it is not said of what kind 'x' is. Write kind/x, or add a column type.",
        "things.csv:3:1: missing-key: it is not said what this is. Add its type: Project.",
    ]


def test_other_encodings_and_empty_files_are_told(tmp_path: Path) -> None:
    assert said(table(tmp_path, "id,name@de\nx,Zürich\n".encode("latin-1")))[0].startswith(
        "projects.csv:2:4: wrong-encoding: byte 0xfc is not UTF-8."
    )
    assert said(table(tmp_path, "id\nx\n".encode("utf-16")))[0].startswith("projects.csv: binary-file")
    assert said(table(tmp_path, b"\n\n"))[0].startswith("projects.csv: empty-file")


def test_the_repository_keeps_a_table_in_csv() -> None:
    with (ROOT / "data" / "fields.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == 21

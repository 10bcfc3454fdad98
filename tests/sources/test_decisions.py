"""The table of decisions: what it states, and how what is wrong in it is told."""

from __future__ import annotations

from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from eugraph.findings import Severity
from eugraph.sources import Reading, read_matches
from eugraph.sources.decisions import COLUMNS
from eugraph.vocab import shorten

BASE = "https://example.org/id/"
HEADER = "thing,imported,decision,by,on,note\n"
GOOD = "organisation/works,organisation/999000003,same,Jo Doe,2026-11-26,\n"


def read(folder: Path, text: str | bytes, taken: dict[NamedNode, PurePath] | None = None) -> Reading:
    path = folder / "matches.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_matches(path, base_iri=BASE, shown_from=folder, taken=taken or {})


def told(reading: Reading) -> list[str]:
    assert all(f.severity == Severity.VIOLATION and f.unreadable for f in reading.findings)
    return [f"{finding.place}: {finding.message} ({finding.code})" for finding in reading.findings]


def said(reading: Reading) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for quad in reading.quads:
        assert quad.graph_name == NamedNode(f"{BASE}graph/matches")
        value = getattr(quad.object, "value", "")
        short = value.removeprefix(BASE) if value.startswith(BASE) or " " in value else shorten(value).strip("<>")
        subject = str(quad.subject).strip("<>").removeprefix(BASE)
        found.setdefault(subject, []).append(f"{shorten(quad.predicate.value)} {short}")
    return found


def test_a_decision_is_a_claim_of_who_decided(tmp_path: Path) -> None:
    reading = read(tmp_path, HEADER + GOOD.replace("\n", "They moved.\n"))
    assert told(reading) == []
    assert said(reading) == {
        "claim/organisation/works/sameAs/999000003": [
            "rdf:type eug:Claim",
            "eug:subject organisation/works",
            "eug:property owl:sameAs",
            "eug:value organisation/999000003",
            "eug:confidence confidence:stated",
            "eug:date 2026-11-26",
            "dcterms:source source/decided-by-jo-doe",
            "eug:note They moved.",
        ],
        "source/decided-by-jo-doe": [
            "rdf:type eug:Source",
            "skos:prefLabel Decided by Jo Doe",
            "eug:sourceKind srckind:curator",
            "eug:retrieved 2026-11-26",
        ],
    }
    place = reading.place(NamedNode(f"{BASE}claim/organisation/works/sameAs/999000003"))
    assert str(place) == "matches.csv:2:43"


def test_what_is_not_decided_states_nothing(tmp_path: Path) -> None:
    reading = read(tmp_path, HEADER + "organisation/works,organisation/999000003,,,,Ask them.\n")
    assert (told(reading), said(reading)) == ([], {})
    assert [file.name.as_posix() for file in reading.files] == ["matches.csv"]


def test_two_things_are_said_to_be_different(tmp_path: Path) -> None:
    reading = read(tmp_path, HEADER + GOOD.replace("same", "different"))
    assert "eug:property owl:differentFrom" in said(reading)["claim/organisation/works/differentFrom/999000003"]


def test_a_curator_is_one_source_read_on_the_last_day_and_an_orcid_is_its_page(tmp_path: Path) -> None:
    orcid = "https://orcid.org/0000-0002-1825-0097"
    more = GOOD.replace("works", "other").replace("3,", "4,").replace("26,", "27,")
    reading = read(tmp_path, HEADER + (GOOD + more).replace("Jo Doe", orcid))
    source = said(reading)["source/decided-by-https-orcid-org-0000-0002-1825-0097"]
    assert f"foaf:page {orcid}" in source
    assert "eug:retrieved 2026-11-27" in source


def test_a_name_without_latin_letters_makes_an_address_too(tmp_path: Path) -> None:
    reading = read(tmp_path, HEADER + GOOD.replace("Jo Doe", "Μαρία"))
    (source,) = [subject for subject in said(reading) if subject.startswith("source/")]
    assert source.startswith("source/decided-by-")
    assert source.isascii()


def test_a_byte_order_mark_other_line_ends_and_an_order_of_columns_are_borne(tmp_path: Path) -> None:
    text = HEADER + GOOD
    expected = said(read(tmp_path, text))
    assert said(read(tmp_path, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())) == expected
    turned = "on,by,decision,imported,thing\n2026-11-26,Jo Doe,same,organisation/999000003,organisation/works\n"
    assert said(read(tmp_path, turned)) == expected


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (
            HEADER + GOOD.replace("same", "sane"),
            ("matches.csv:2:43: 'sane' is no decision; did you mean 'same'? "
            "Write same or different, or nothing while it is open. (wrong-value)"),
        ),
        (
            HEADER + GOOD.replace("Jo Doe", ""),
            "matches.csv:2:43: nobody is named who decided this. Write a name in the column by. (missing-key)",
        ),
        (
            HEADER + GOOD.replace("2026-11-26", ""),
            ("matches.csv:2:43: no day is given for this decision. Write it in the column on, as YYYY-MM-DD. "
            "(missing-key)"),
        ),
        (
            HEADER + GOOD.replace("2026-11-26", "26/11/2026"),
            ("matches.csv:2:55: '26/11/2026' is no day. Write it as YYYY-MM-DD; a spreadsheet keeps that in a column of "
            "text. (wrong-value)"),
        ),
        (
            HEADER + GOOD.replace("2026-11-26", "2026-02-30"),
            ("matches.csv:2:55: '2026-02-30' is no day. Write it as YYYY-MM-DD; a spreadsheet keeps that in a column of "
            "text. (wrong-value)"),
        ),
        (
            HEADER + GOOD.replace("organisation/works", "Works"),
            ("matches.csv:2:1: 'Works' is no address of an organisation or project. Write it as organisation/eha. "
            "(wrong-value)"),
        ),
        (
            HEADER + GOOD.replace("organisation/works", "project/works"),
            ("matches.csv:2:15: project/works and organisation/999000003 are not of one kind. Correct one of them, or "
            "delete the line. (wrong-value)"),
        ),
        (
            HEADER + GOOD + GOOD.replace("same", "different"),
            ("matches.csv:3:1: organisation/works and organisation/999000003 stand in line 2 already. Delete one of the "
            "two lines. (repeated-key)"),
        ),
        (
            HEADER + GOOD + GOOD.replace("works", "other"),
            ("matches.csv:3:43: organisation/999000003 is the same as organisation/works in line 2 already. Correct a "
            "decision, or make one thing of both here. (repeated-key)"),
        ),
        (
            HEADER + "organisation/works,organisation/999000003\n",
            ("matches.csv:2:20: this row has 2 cells, the header has 6. Add or delete commas, and put a cell that holds a "
            "comma in quotation marks. (ragged-row)"),
        ),
        (
            HEADER.replace("decision", "decison") + GOOD,
            ("matches.csv:1:16: no column of matches is called 'decison'; did you mean 'decision'? Correct the name, or "
            "delete the column. (unknown-key)"),
        ),
        (
            HEADER.replace("note", "by") + GOOD,
            "matches.csv:1:31: the column 'by' comes twice. Delete one. (repeated-key)",
        ),
        (
            HEADER.replace(",", ";") + GOOD,
            "matches.csv:1:6: the cells are separated by semicolons. Save the table as CSV with commas. (syntax-error)",
        ),
        (
            HEADER + GOOD.replace("Jo", '"Jo'),
            ('matches.csv:2:48: the quotation mark is not closed. Close it, and double those inside of the cell. '
            "(syntax-error)"),
        ),
        (
            (HEADER + GOOD.replace("Jo", "Jö")).encode("cp1252"),
            "wrong-encoding",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place_and_nothing_is_stated(
    tmp_path: Path, table: str | bytes, message: str
) -> None:
    reading = read(tmp_path, table)
    assert any(line == message or line.endswith(f"({message})") for line in told(reading)), told(reading)
    assert said(reading) == {}


@given(
    st.lists(
        st.sampled_from(["organisation/", "project/", "same", "2026-11-26", ",", '"', "\n", "a"]) | st.text(),
        max_size=30,
    )
)
def test_whatever_stands_in_the_table_is_read_or_told(parts: list[str]) -> None:
    with TemporaryDirectory() as folder:
        reading = read(Path(folder), (HEADER + "".join(parts)).encode(errors="replace"))
    assert not (reading.findings and reading.quads)


@pytest.mark.parametrize("sign", ["^", "[", "%", "{", "|", "\\", "`", "\ue000", "?", "#"])
def test_an_address_with_a_sign_that_it_cannot_have_is_told(tmp_path: Path, sign: str) -> None:
    (line,) = told(read(tmp_path, HEADER + GOOD.replace("999000003", f"999{sign}3")))
    assert "is no address of an organisation or project" in line


def test_a_missing_column_is_told(tmp_path: Path) -> None:
    (line,) = told(read(tmp_path, "thing,imported,decision,by\na,b,c,d\n"))
    assert line.startswith("matches.csv:1:1: the column 'on' is missing.")


def test_a_file_of_data_that_would_be_the_same_graph_is_told(tmp_path: Path) -> None:
    taken = {NamedNode(f"{BASE}graph/matches"): PurePath("data/matches.ttl")}
    (line,) = told_names(read(tmp_path, HEADER + GOOD, taken))
    assert "this file and data/matches.ttl would be one graph" in line


def told_names(reading: Reading) -> list[str]:
    return [finding.message for finding in reading.findings]


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "matches.csv").mkdir()
    reading = read_matches(tmp_path / "matches.csv", base_iri=BASE, shown_from=tmp_path, taken={})
    assert [finding.code for finding in reading.findings] == ["unreachable-file"]


def test_each_column_has_a_name_of_its_own() -> None:
    assert len(set(COLUMNS)) == len(COLUMNS)

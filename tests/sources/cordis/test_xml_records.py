"""A project's XML record gives the rows that the CSV files hold, or an entry in the ledger that says why not."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import re
import tarfile
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from eugraph.sources.cordis.ledger import Ledger
from eugraph.sources.cordis.opening import Form, Opening
from eugraph.sources.cordis.tables import TABLES, Table
from eugraph.sources.cordis.xml_records import MAX_BYTES, MAX_TAGS, read_record

INVENTED = (Path(__file__).parent / "invented.xml").read_bytes()
BOMB = b'<!DOCTYPE project [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><project><id>&b;</id></project>'


class Read:
    """What reading a document gives."""

    def __init__(self, data: bytes) -> None:
        written = io.BytesIO()
        self.rows = list(read_record(io.BytesIO(data), "record.xml", Ledger(written)))
        self.entries = [json.loads(line) for line in written.getvalue().splitlines()]

    def stated(self, table: str) -> list[dict[str, str]]:
        """The rows of a table, without what is empty."""
        rows = [zip(of.columns, values, strict=True) for of, _, values in self.rows if of.name == table]
        return [{column: value for column, value in row if value} for row in rows]

    @property
    def entry(self) -> tuple[str, int, str]:
        """Kind, line and note of the only entry, of a document that gave no row."""
        assert not self.rows
        (entry,) = self.entries
        assert (entry["file"], entry["outcome"]) == ("record.xml", "dropped")
        return entry["kind"], entry["line"], entry.get("note", "")


def test_the_project_is_the_first_row_and_has_programme_call_and_scheme() -> None:
    read = Read(INVENTED)
    assert not read.entries
    assert read.rows[0][0].name == "project"
    assert read.stated("project") == [
        {
            "id": "900000001",
            "acronym": "NOWHERE",
            "status": "TERMINATED",
            "title": "Bread in places that do not exist",
            "startDate": "2023-01-01",
            "endDate": "2025-12-31",
            "totalCost": "300000.5",
            "ecMaxContribution": "250000",
            "legalBasis": "HORIZON.9.8.1",
            "topics": "HORIZON-BREAD-2022-01-01",
            "ecSignatureDate": "2022-11-05",
            "frameworkProgramme": "HORIZON",
            "masterCall": "HORIZON-BREAD-2022",
            "subCall": "HORIZON-BREAD-2022-01",
            "fundingScheme": "HORIZON-RIA",
            "objective": "Bread rises slowly in places that no map shows.\nWe ask why, & <result> stands here as text.",
            "contentUpdateDate": "2025-02-03 04:05:06",
            "rcn": "7",
            "grantDoi": "10.3030/900000001",
            "keywords": "bread, maps",
            "Human-validated": "true",
            "terminationDate": "2024-06-30",
            "duration": "36",
            "teaser": "Bread rises slowly in places that...",
            "sourceUpdateDate": "2025-01-02 03:04:05",
            "lastUpdateDate": "2025-03-04 05:06:07",
        }
    ]


def test_participants_are_those_of_the_project_not_holders_of_its_patents() -> None:
    project = {"projectID": "900000001", "projectAcronym": "NOWHERE"}
    assert Read(INVENTED).stated("organization") == [
        {
            **project,
            "organisationID": "900000101",
            "vatNumber": "XX123",
            "name": "UNIVERSITY OF NOWHERE",
            "shortName": "UNOW",
            "SME": "false",
            "activityType": "HES",
            "street": "NO STREET 1",
            "postCode": "00001",
            "city": "Nowhere",
            "country": "EL",
            "nutsCode": "EL301",
            "geolocation": "1.5,2.25",
            "organizationURL": "http://www.nowhere.example",
            "rcn": "11",
            "order": "1",
            "role": "coordinator",
            "ecContribution": "250000",
            "netEcContribution": "200000",
            "totalCost": "200000.5",
            "endOfParticipation": "false",
            "departmentName": "Ovens",
            "postBox": "000",
        },
        {
            **project,
            "organisationID": "900000102",
            "name": "BAKERS & SONS OF NOWHERE",
            "rcn": "12",
            "order": "2",
            "role": "associatedPartner",
            "netEcContribution": "0",
            "totalCost": "0",
            "endOfParticipation": "true",
        },
    ]


def test_results_have_their_kind_identifiers_and_link() -> None:
    assert Read(INVENTED).stated("result") == [
        {
            "projectID": "900000001",
            "rcn": "16",
            "id": "900000001_1_PUBLIHORIZON",
            "title": "On bread",
            "collection": "publication",
            "type": "BOOK_CHAPTER",
            "doi": "10.9999/bread",
            "isbn": "978-0-00-000000-0",
            "issn": "0000-0000",
            "authors": "A. Baker, B. Miller",
            "journalTitle": "Journal of Nowhere",
            "journalNumber": "3",
            "publishedYear": "2024",
            "publisher": "Nowhere Press",
            "contentUpdateDate": "2025-01-01 01:01:01",
        },
        {
            "projectID": "900000001",
            "rcn": "17",
            "id": "900000001_2_DELIVHORIZON",
            "title": "Map of bread",
            "collection": "deliverable",
            "type": "R",
            "description": "A map.",
            "url": "https://nowhere.example/map?a=1&b=2",
        },
    ]


@pytest.mark.parametrize(
    ("table", "stated"),
    [
        ("topics", [{"topic": "HORIZON-BREAD-2022-01-01", "title": "Bread", "rcn": "13"}]),
        ("topicKeyword", [{"topic": "HORIZON-BREAD-2022-01-01", "keywordCode": "/900", "keyword": "Yeast"}]),
        (
            "legalBasis",
            [
                {"legalBasis": "HORIZON.9.9", "title": "Grain", "rcn": "14", "parent": "HORIZON.9"},
                {
                    "legalBasis": "HORIZON.9.8.1",
                    "title": "Dough",
                    "uniqueProgrammePart": "true",
                    "rcn": "15",
                    "parent": "HORIZON.9.8>HORIZON.9",
                },
            ],
        ),
        (
            "euroSciVoc",
            [
                {
                    "euroSciVocCode": "/21/39",
                    "euroSciVocPath": "/medical sciences/baking",
                    "euroSciVocTitle": "baking",
                }
            ],
        ),
        ("policyPriorities", [{"code": "/climate", "title": "Climate action", "weight": "40"}]),
        (
            "webLink",
            [
                {
                    "physUrl": "https://bread.example/",
                    "availableLanguages": "en",
                    "status": "legacy",
                    "archivedDate": "2025-08-04 00:00:00",
                    "type": "relatedWebsite",
                    "source": "editorial",
                    "represents": "project",
                    "title": "project website",
                }
            ],
        ),
    ],
)
def test_what_a_project_is_related_to_has_rows_of_its_own(table: str, stated: list[dict[str, str]]) -> None:
    assert Read(INVENTED).stated(table) == [{"projectID": "900000001", **row} for row in stated]


def test_the_funding_scheme_has_a_row_as_in_its_code_list() -> None:
    title = "HORIZON  Research and Innovation Actions"
    assert Read(INVENTED).stated("fundingScheme") == [{"code": "HORIZON-RIA", "title": title}]


def test_a_row_has_the_line_on_which_its_element_begins() -> None:
    text = INVENTED.decode().splitlines()
    lines = {(table.name, line) for table, line, _ in Read(INVENTED).rows}
    tags = {
        "project": "<project>",
        "organization": "<organization ",
        "topics": '<programme type="relatedTopic"',
        "topicKeyword": '<category classification="topicKeyword"',
        "legalBasis": '<programme type="relatedLegalBasis"',
        "euroSciVoc": '<category classification="euroSciVoc"',
        "policyPriorities": '<category classification="policyPriorities"',
        "fundingScheme": '<category classification="projectFundingSchemeCategory"',
        "webLink": '<webLink source="editorial"',
        "result": "<result type=",
    }
    assert {table for table, _ in lines} == set(tags)
    assert all(tags[table] in text[line - 1] for table, line in lines)
    assert len({line for _, line in lines}) == len(Read(INVENTED).rows)


def test_the_namespace_of_cordis_changes_nothing() -> None:
    rows = Read(INVENTED).rows
    assert Read(INVENTED.replace(b"<project>", b'<project xmlns="http://cordis.europa.eu">', 1)).rows == rows
    prefixed = re.sub(rb"<(/?)(?=[a-z])", rb"<\1c:", INVENTED).replace(b"[<c:result>", b"[<result>")
    prefixed = prefixed.replace(b"<c:project>", b'<c:project xmlns:c="http://cordis.europa.eu">', 1)
    assert prefixed.count(b"<c:organization ") == 4
    assert Read(prefixed).rows == rows


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1", "windows-1252"])
def test_the_declared_encoding_is_read(encoding: str) -> None:
    text = INVENTED.decode().replace("UNIVERSITY OF NOWHERE", "UNIVERSITÉ DE NULLE PART")
    named = "utf-8" if encoding == "utf-8-sig" else "utf-16" if encoding.startswith("utf-16") else encoding
    read = Read(text.replace('encoding="UTF-8"', f'encoding="{named}"').encode(encoding))
    assert read.rows == Read(text.encode()).rows
    assert read.stated("organization")[0]["name"] == "UNIVERSITÉ DE NULLE PART"


def test_of_several_values_where_there_is_room_for_one_the_others_are_in_the_ledger() -> None:
    data = INVENTED.replace(b"<doi>", b"<doi>10.9999/first</doi><doi>")
    data = data.replace(
        b"&amp;b=2</physUrl>\n            </webLink>",
        b"&amp;b=2</physUrl></webLink><webLink><physUrl>https://nowhere.example/2</physUrl></webLink>",
    )
    read = Read(data)
    assert [row.get("doi") for row in read.stated("result")] == ["10.9999/first", None]
    assert [row.get("url") for row in read.stated("result")] == [None, "https://nowhere.example/map?a=1&b=2"]
    lines = [line for table, line, _ in read.rows if table.name == "result"]
    assert [(e["kind"], e["about"], e["line"], e["column"], e["value"]) for e in read.entries] == [
        ("xml-surplus", "900000001", lines[0], "doi", "10.9999/bread"),
        ("xml-surplus", "900000001", lines[1], "url", "https://nowhere.example/2"),
    ]


def test_a_record_that_breaks_off_anywhere_gives_no_row_and_one_entry() -> None:
    end = INVENTED.rindex(b"</project>")
    for cut in [*range(0, end, 97), end, end + 5]:
        kind, line, note = Read(INVENTED[:cut]).entry
        assert kind == "xml-not-well-formed"
        assert 1 <= line <= INVENTED[:cut].count(b"\n") + 1
        assert note


def test_a_fault_is_told_with_its_line_and_column() -> None:
    kind, line, note = Read(INVENTED.replace(b"</acronym>", b"</acronim>")).entry
    assert (kind, line) == ("xml-not-well-formed", INVENTED[: INVENTED.index(b"</acronym>")].count(b"\n") + 1)
    assert note == "mismatched tag, at column 21"


def test_windows_1252_under_the_name_of_utf_8_is_told() -> None:
    data = INVENTED.replace(b"Map of bread", "Map of bread – Nowhere".encode("windows-1252"))
    kind, line, note = Read(data).entry
    at = data.index(b"\x96")
    assert (kind, line) == ("xml-not-well-formed", data[:at].count(b"\n") + 1)
    assert note.endswith(f"byte {at + 1} of the file is not UTF-8")


def test_a_record_in_utf_16_is_opened_as_xml(tmp_path: Path) -> None:
    path = tmp_path / "record.xml"
    path.write_bytes(INVENTED.decode().replace('"UTF-8"', '"UTF-16"').encode("utf-16"))
    ledger = Ledger(io.BytesIO())
    opened = [
        (member.form, list(read_record(member.stream, member.name, ledger)))
        for member in Opening([path], ledger).members()
    ]
    assert opened == [(Form.XML, Read(INVENTED).rows)]


def test_a_packed_record_that_breaks_off_is_told_once(tmp_path: Path) -> None:
    whole = gzip.compress(INVENTED)
    path = tmp_path / "record.xml.gz"
    path.write_bytes(whole[: len(whole) // 2])
    written = io.BytesIO()
    ledger = Ledger(written)
    for member in Opening([path], ledger).members():
        assert not list(read_record(member.stream, member.name, ledger))
    (entry,) = map(json.loads, written.getvalue().splitlines())
    assert entry["kind"] == "truncated"
    assert entry["note"].endswith("The whole record is left out.")
    assert ledger.errors == 1


@pytest.mark.parametrize("encoding", ["no-such", "shift_jis"])
def test_an_encoding_that_is_not_read_is_told(encoding: str) -> None:
    kind, line, note = Read(INVENTED.replace(b'"UTF-8"', f'"{encoding}"'.encode(), 1)).entry
    assert (kind, line) == ("xml-not-well-formed", 1)
    assert "encoding" in note


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (BOMB, 1),
        (b"\n\n" + BOMB, 3),
        (b"<!--" + b"-\n " * 3000 + b"-->" + BOMB, 3001),
        (b'<!DOCTYPE project SYSTEM "file:///etc/passwd"><project><id>1</id></project>', 1),
        (b'<!DOCTYPE project PUBLIC "-//X" "http://127.0.0.1/x.dtd"><project><id>1</id></project>', 1),
        (codecs.BOM_UTF16_LE + BOMB.decode().encode("utf-16-le"), 1),
    ],
)
def test_a_dtd_is_refused_before_it_is_read(data: bytes, line: int) -> None:
    assert Read(data).entry == ("xml-dtd-refused", line, "")


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (b"<result><id>1</id></result>", "Its root is <result>."),
        (b"<project><name>x</name></project>", "It has no <id>."),
        (b"<project><id/></project>", "It has no <id>."),
        (
            b'<project xmlns="http://maven.apache.org/POM/4.0.0"><id>1</id></project>',
            "Its root is <project> in the namespace http://maven.apache.org/POM/4.0.0.",
        ),
    ],
)
def test_what_is_no_project_of_cordis_is_told(data: bytes, note: str) -> None:
    assert Read(data).entry == ("xml-not-a-project", 0, note)


def test_a_record_beyond_the_limits_is_not_parsed() -> None:
    for data in (b"<project>" + b" " * MAX_BYTES, b"<project>" + b"<a/>" * MAX_TAGS):
        assert Read(data).entry[0] == "xml-too-large"


def test_the_deepest_nesting_within_the_limits_is_borne() -> None:
    deep = MAX_TAGS // 2 - 10
    read = Read(b"<project><id>1</id>" + b"<a>" * deep + b"</a>" * deep + b"</project>")
    assert [(table.name, line, values[0]) for table, line, values in read.rows] == [("project", 1, "1")]


# Real records


def rows_of_csv(file: io.TextIOBase, table: Table) -> Counter[tuple[str, ...]]:
    return Counter(tuple(row.get(c, "") for c in table.columns) for row in csv.DictReader(file, delimiter=";"))


def test_real_records_give_the_rows_of_the_csv_files_beside_them(shared: Path) -> None:
    expected: dict[str, Counter[tuple[str, ...]]] = {}
    found: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    written = io.BytesIO()
    with tarfile.open(shared / "cordis" / "haemato-subset.tar.gz") as archive:
        for member in archive:
            name = Path(member.name)
            if not (file := archive.extractfile(member)):
                continue
            if name.suffix == ".csv":
                table = TABLES[name.stem]
                expected[name.stem] = rows_of_csv(io.TextIOWrapper(file, "utf-8-sig", newline=""), table)
            elif name.suffix == ".xml":
                for of, _, values in read_record(io.BytesIO(file.read()), member.name, Ledger(written)):
                    found[of.name][tuple(values)] += 1
    assert written.getvalue() == b""
    schemes = found.pop("fundingScheme")  # in the CSV files a list of its own, which this slice has not
    assert schemes.total() == expected["project"].total() == 120
    assert {name: rows for name, rows in expected.items() if rows} == found


def test_records_of_other_snapshots_are_read_too(shared: Path) -> None:
    written = io.BytesIO()
    counts = Counter[str]()
    records = sorted((shared / "cordis" / "eha").glob("*.xml"))
    assert records
    for path in records:
        with path.open("rb") as stream:
            counts.update(table.name for table, _, _ in read_record(stream, path.name, Ledger(written)))
    assert written.getvalue() == b""
    assert (counts["project"], counts["organization"], counts["result"]) == (8, 203, 36)

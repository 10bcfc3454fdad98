"""Paths to members: every container, every break of one, and what is refused."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.errors import ArchiveRefusedError, UnreachableFileError
from eugraph.sources.cordis.ledger import Ledger
from eugraph.sources.cordis.opening import Opening
from sources.cordis.tables_for_tests import TOPIC_CSV, TOPIC_HEADER, TOPIC_ROWS, as_csv, read_paths

DATA = TOPIC_CSV.encode()
XML = b'<?xml version="1.0"?>\n<project/>\n'
MANY = as_csv([TOPIC_HEADER, *([f"{index:06}", "A", f"{index * 7919 % 100_003} text", ""] for index in range(20_000))])


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def piped_zip(members: dict[str, bytes]) -> bytes:
    """Return a zip whose sizes stand behind its members, as a writer to a pipe makes it."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: object) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    file = Pipe()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def tarred(members: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=form) as archive:
        for name, data in members.items():
            header = tarfile.TarInfo(name)
            header.size = len(data)
            archive.addfile(header, io.BytesIO(data))
    return file.getvalue()


WAYS: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "zip": zipped,
    "stored zip": lambda members: zipped(members, zipfile.ZIP_STORED),
    "piped zip": piped_zip,
    "tar": tarred,
    "gnu tar": lambda members: tarred(members, tarfile.GNU_FORMAT),
    "tar.gz": lambda members: gzip.compress(tarred(members)),
    "tar.xz": lambda members: lzma.compress(tarred(members)),
    "tar.bz2": lambda members: bz2.compress(tarred(members)),
}
PACKERS: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "xz": lzma.compress, "bz2": bz2.compress}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("piped", [False, True])
def test_members_of_an_archive_are_read_and_named(way: str, piped: bool, tmp_path: Path) -> None:
    members = {"b/project.xml": XML, "b/": b"", "a/topics.csv": DATA, "read.me": b"x", f"{'long' * 40}/t.csv": DATA}
    if "tar" in way:
        del members["b/"]
    file = tmp_path / "archive"
    file.write_bytes(WAYS[way](members))
    outcome = read_paths("-", stdin=file.read_bytes()) if piped else read_paths(file)
    shown = "standard input" if piped else file.as_posix()
    assert outcome.rows.keys() == {f"{shown}!a/topics.csv", f"{shown}!{'long' * 40}/t.csv"}
    assert outcome.values == TOPIC_ROWS * 2
    assert outcome.records == {f"{shown}!b/project.xml": XML}
    assert [(entry["kind"], entry["file"]) for entry in outcome.entries] == [("passed-over", f"{shown}!read.me")]
    assert outcome.errors == 0


def test_members_of_a_zip_come_by_name_and_those_of_a_tar_as_they_stand(tmp_path: Path) -> None:
    members = {"z.csv": DATA, "a.csv": DATA, "m.csv": DATA}
    (tmp_path / "x.zip").write_bytes(zipped(members))
    (tmp_path / "x.tar").write_bytes(tarred(members))
    assert [name[-5:] for name in read_paths(tmp_path / "x.zip").rows] == ["a.csv", "m.csv", "z.csv"]
    assert [name[-5:] for name in read_paths(tmp_path / "x.tar").rows] == ["z.csv", "a.csv", "m.csv"]


@pytest.mark.parametrize("how", PACKERS)
def test_a_packed_table_keeps_its_name(how: str, tmp_path: Path) -> None:
    file = tmp_path / f"topics.csv.{how}"
    file.write_bytes(PACKERS[how](DATA) + PACKERS[how](as_csv(TOPIC_ROWS).encode()))  # they may follow each other
    outcome = read_paths(file)
    assert outcome.rows.keys() == {file.as_posix()}
    assert outcome.values == TOPIC_ROWS * 2
    assert read_paths("-", stdin=file.read_bytes()).values == TOPIC_ROWS * 2


@pytest.mark.parametrize(
    ("data", "kind"), [(DATA, "rows"), (XML, "records"), ("\ufeff<a/>".encode("utf-16-le"), "records")]
)
def test_standard_input_may_be_a_table_or_a_record(data: bytes, kind: str) -> None:
    assert list(getattr(read_paths("-", stdin=data), kind)) == ["standard input"]


def test_a_folder_is_read_by_name_with_all_that_is_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub" / ".git").mkdir(parents=True)
    (folder / "b.csv").write_bytes(DATA)
    (folder / "a.zip").write_bytes(zipped({"t.csv": DATA}))
    (folder / "sub" / "1.xml").write_bytes(XML)
    (folder / "sub" / "notes.txt").write_bytes(b"x")
    (folder / "sub" / ".git" / "c.csv").write_bytes(DATA)
    (folder / "sub" / "again").symlink_to(folder)
    outcome = read_paths(folder, folder / "b.csv")
    assert list(outcome.rows) == [f"{folder}/a.zip!t.csv", f"{folder}/b.csv"]
    assert list(outcome.records) == [f"{folder}/sub/1.xml"]
    assert [(entry["kind"], entry["file"]) for entry in outcome.entries] == [
        ("passed-over", f"{folder}/sub/.git/c.csv"),
        ("passed-over", f"{folder}/sub/notes.txt"),
    ]


def test_archives_in_archives_are_opened(tmp_path: Path) -> None:
    inner = {"zip": zipped({"t.csv": DATA}), "tar.gz": WAYS["tar.gz"]({"t.csv": DATA}), "csv.gz": gzip.compress(DATA)}
    members = {f"in.{ending}": data for ending, data in inner.items()}
    for way in ("zip", "tar.xz"):
        (tmp_path / "out").write_bytes(WAYS[way](members))
        assert {name.partition("!")[2] for name in read_paths(tmp_path / "out").rows} == {
            "in.zip!t.csv",
            "in.tar.gz!t.csv",
            "in.csv.gz",
        }


def test_an_archive_without_bottom_is_left_closed(tmp_path: Path) -> None:
    data = DATA
    for _ in range(6):
        data = zipped({"in.zip": data})
    (tmp_path / "x.zip").write_bytes(data)
    outcome = read_paths(tmp_path / "x.zip")
    assert outcome.rows == {}
    assert outcome.kinds == ["archive-too-deep"]


@pytest.mark.parametrize("way", ["zip", "piped zip"])
@pytest.mark.parametrize("piped", [False, True])
def test_a_truncated_zip_keeps_what_stands_before_the_break(way: str, piped: bool, tmp_path: Path) -> None:
    whole = WAYS[way]({"a.csv": DATA, "b.csv": MANY.encode()})
    file = tmp_path / "x.zip"
    file.write_bytes(whole[: len(whole) * 2 // 3])
    outcome = read_paths("-", stdin=file.read_bytes()) if piped else read_paths(file)
    first, second = outcome.rows.values()
    assert [values for _, values in first] == TOPIC_ROWS
    assert 9_000 < len(second) < 19_000
    assert [line for line, _ in second] == list(range(2, len(second) + 2))
    assert set(outcome.kinds) == {"truncated"}
    last = outcome.entries[-1]
    assert str(last["file"]).endswith("!b.csv")
    assert last["line"] == len(second) + 2
    assert outcome.errors == (1 if piped else 2)  # a file has lost its directory too


@pytest.mark.parametrize("way", ["tar", "gnu tar", "tar.gz", "tar.xz"])
def test_a_truncated_tar_keeps_what_stands_before_the_break(way: str, tmp_path: Path) -> None:
    whole = WAYS[way]({"a.csv": DATA, "b.csv": MANY.encode(), "c.csv": DATA})
    (tmp_path / "x").write_bytes(whole[: len(whole) * 2 // 3])
    outcome = read_paths(tmp_path / "x")
    first, *more = outcome.rows.values()
    assert [values for _, values in first] == TOPIC_ROWS
    assert sum(map(len, more)) > 5_000
    [entry] = outcome.entries
    assert (entry["kind"], entry["line"]) == ("truncated", len(more[0]) + 2)


def test_a_tar_that_ends_between_members_is_told(tmp_path: Path) -> None:
    whole = tarred({"a.csv": DATA, "b.csv": DATA})
    (tmp_path / "x.tar").write_bytes(whole[: tarfile.BLOCKSIZE * 2])  # the header and the one block of a.csv
    outcome = read_paths(tmp_path / "x.tar")
    assert outcome.values == TOPIC_ROWS
    assert [(entry["kind"], entry["file"]) for entry in outcome.entries] == [("truncated", f"{tmp_path}/x.tar")]


@pytest.mark.parametrize("how", PACKERS)
def test_a_truncated_packed_file_keeps_what_stands_before_the_break(how: str, tmp_path: Path) -> None:
    whole = PACKERS[how](MANY.encode())
    (tmp_path / "x.csv.gz").write_bytes(whole[: len(whole) * 3 // 4])
    outcome = read_paths(tmp_path / "x.csv.gz")
    assert len(outcome.all_rows) > (5_000 if how != "bz2" else -1)  # bzip2 packs blocks of 900 kB
    [entry] = outcome.entries
    assert (entry["kind"], entry["file"]) == ("truncated", f"{tmp_path}/x.csv.gz")


def test_one_byte_of_an_archive_is_no_empty_file() -> None:
    assert read_paths("-", stdin=b"\x1f").kinds == ["unknown-table"]


@given(st.sampled_from(sorted(WAYS)), st.data())
def test_no_break_of_an_archive_is_silent_or_a_crash(way: str, data: st.DataObject) -> None:
    whole = WAYS[way]({"a.csv": DATA, "b.xml": XML, "c.csv": DATA})
    at = data.draw(st.integers(1, len(whole) - 1))
    sound = read_paths("-", stdin=whole)
    outcome = read_paths("-", stdin=whole[:at])
    for read, want in zip(outcome.rows.values(), sound.rows.values(), strict=False):
        assert read == want[: len(read)]
    if outcome.values != sound.values or outcome.records != sound.records:
        assert outcome.errors


@given(st.sampled_from(sorted(WAYS)), st.data())
def test_no_damaged_byte_is_a_crash(tmp_path_factory: pytest.TempPathFactory, way: str, data: st.DataObject) -> None:
    whole = WAYS[way]({"a.csv": DATA, "b.xml": XML, "c.csv": DATA})
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    with suppress(ArchiveRefusedError):  # the byte may say that it is encrypted
        read_paths("-", stdin=damaged)
    file = tmp_path_factory.getbasetemp() / "damaged"
    file.write_bytes(damaged)
    with suppress(ArchiveRefusedError):
        read_paths(file)


def test_a_wrong_checksum_is_told_and_the_rows_are_kept(tmp_path: Path) -> None:
    whole = bytearray(zipped({"a.csv": DATA, "b.csv": DATA}, zipfile.ZIP_STORED))
    whole[whole.index(b"sweat")] ^= 1
    (tmp_path / "x.zip").write_bytes(whole)
    outcome = read_paths(tmp_path / "x.zip")
    assert len(outcome.values) == 8
    [entry] = outcome.entries
    assert (entry["kind"], entry["line"]) == ("truncated", 7)
    assert "checksum" in str(entry["note"])


def bomb(size: int = 64 << 20) -> bytes:
    return as_csv([TOPIC_HEADER]).encode() + b'"1";"A";"B";""\n' * (size // 15)


@pytest.mark.parametrize("way", ["zip", "piped zip", "tar.gz", "tar.xz", "tar.bz2"])
@pytest.mark.parametrize("piped", [False, True])
def test_an_archive_that_is_a_bomb_is_refused(way: str, piped: bool, tmp_path: Path) -> None:
    file = tmp_path / "bomb"
    file.write_bytes(WAYS[way]({"topics.csv": bomb(4 << 20) if "bz2" in way else bomb(16 << 20)}))
    with pytest.raises(ArchiveRefusedError, match="more than 200 times its size"):
        read_paths("-", stdin=file.read_bytes()) if piped else read_paths(file)


@pytest.mark.parametrize("how", PACKERS)
def test_a_packed_file_that_is_a_bomb_is_refused(how: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(PACKERS[how](b"\0" * (32 << 20)))
    with pytest.raises(ArchiveRefusedError, match=f"{tmp_path}/x: it unpacks to more than 200 times its size"):
        read_paths(tmp_path / "x")


def test_members_that_lie_upon_each_other_are_no_way_round_the_limit(tmp_path: Path) -> None:
    """Many entries of the directory lead to one member, each within the limit by itself."""
    inner = as_csv([TOPIC_HEADER, *([str(index % 97), "A", "B", ""] for index in range(60_000))]).encode()
    whole = zipped({"a.csv": inner})
    start = whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    entry, count = whole[start:end], 400
    directory = b"".join(
        entry[:28] + struct.pack("<H", 7) + entry[30:46] + f"{index:03}.csv".encode() for index in range(count)
    )
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0)
    (tmp_path / "x.zip").write_bytes(whole[:start] + directory + tail)
    with pytest.raises(ArchiveRefusedError, match="more than 200 times its size"):
        read_paths(tmp_path / "x.zip")


def test_dense_but_honest_tables_are_read(tmp_path: Path) -> None:
    rows = [[f"{index}", "/digitalAgenda", "Digital agenda", "0"] for index in range(60_000)]
    text = as_csv([["projectID", "code", "title", "weight"], *rows]).encode()
    for way in ("zip", "tar.xz"):
        (tmp_path / "x").write_bytes(WAYS[way]({"a.csv": text, "b.csv": DATA}))
        assert len(read_paths(tmp_path / "x").all_rows) == 60_004


@pytest.mark.parametrize("piped", [False, True])
def test_an_encrypted_zip_is_refused(piped: bool, tmp_path: Path) -> None:
    whole = bytearray(zipped({"a.csv": DATA}))
    whole[6] |= 1
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "x.zip").write_bytes(whole)
    with pytest.raises(ArchiveRefusedError, match=r"(x\.zip|input)!a\.csv: it is encrypted"):
        read_paths("-", stdin=bytes(whole)) if piped else read_paths(tmp_path / "x.zip")


@pytest.mark.parametrize("piped", [False, True])
def test_a_zip_packed_by_another_method_is_refused(piped: bool, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(zipped({"a.csv": DATA}, zipfile.ZIP_LZMA))
    with pytest.raises(ArchiveRefusedError, match="packed by method 14"):
        read_paths("-", stdin=(tmp_path / "x.zip").read_bytes()) if piped else read_paths(tmp_path / "x.zip")


def test_links_in_a_tar_are_not_followed_and_names_are_only_shown(tmp_path: Path) -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, target in (("link.csv", "/etc/passwd"), ("hard.csv", "../../secret.csv")):
            header = tarfile.TarInfo(name)
            header.type = tarfile.SYMTYPE if name == "link.csv" else tarfile.LNKTYPE
            header.linkname = target
            archive.addfile(header)
        for name in ("/abs.csv", "../../up.csv", "tab\x1b[31m.csv", "wrong\udcff.csv"):
            header = tarfile.TarInfo(name)
            header.size = len(DATA)
            archive.addfile(header, io.BytesIO(DATA))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.tar").write_bytes(file.getvalue())
    outcome = read_paths(tmp_path / "in" / "x.tar")
    assert outcome.kinds == ["link-in-archive"] * 2
    assert [name.partition("!")[2] for name in outcome.rows] == [
        "/abs.csv",
        "../../up.csv",
        "tab\\u001b[31m.csv",
        "wrong\\udcff.csv",
    ]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["in", "x.tar"]


def test_names_with_dots_before_them_are_not_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(zipped({"../up.csv": DATA, "./here.csv": DATA, "a/.hidden.csv": DATA}))
    outcome = read_paths(tmp_path / "x.zip")
    assert [name.partition("!")[2] for name in outcome.rows] == ["../up.csv", "./here.csv"]


def test_a_missing_file_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UnreachableFileError, match=f"{tmp_path}/none.csv: the file cannot be read: No such file"):
        read_paths(tmp_path / "none.csv")


def test_standard_input_that_is_closed_is_an_error() -> None:
    with pytest.raises(UnreachableFileError, match="standard input: it is closed"):
        list(Opening(["-"], Ledger(io.BytesIO())).members())


def test_a_link_to_nothing_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").symlink_to(tmp_path / "none.csv")
    with pytest.raises(UnreachableFileError, match=f"{tmp_path}/in/a.csv"):
        read_paths(tmp_path / "in")


def test_an_empty_file_and_an_empty_member_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    (tmp_path / "b.zip").write_bytes(zipped({"c.csv": b""}))
    (tmp_path / "c.csv.gz").write_bytes(gzip.compress(b""))
    outcome = read_paths(tmp_path)
    assert [(entry["kind"], entry["file"]) for entry in outcome.entries] == [
        ("empty-file", f"{tmp_path}/a.csv"),
        ("empty-file", f"{tmp_path}/b.zip!c.csv"),
        ("empty-file", f"{tmp_path}/c.csv.gz"),
    ]


def test_an_empty_zip_has_no_members(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(zipped({}))
    assert read_paths(tmp_path / "x.zip").entries == []


def test_thousands_of_records_in_an_archive_are_not_held(tmp_path: Path) -> None:
    members = {f"{index}.xml": XML for index in range(3_000)}
    for way in ("zip", "tar.gz"):
        (tmp_path / "x").write_bytes(WAYS[way](members))
        opening = Opening([tmp_path / "x"], Ledger(io.BytesIO()))
        names = [member.name for member in opening.members() if member.stream.read() == XML]
        assert len(names) == 3_000


def test_a_member_that_nobody_reads_is_skipped(tmp_path: Path) -> None:
    for way, pack in WAYS.items():
        (tmp_path / "x").write_bytes(pack({"a.csv": MANY.encode(), "b.csv": DATA}))
        opening = Opening([tmp_path / "x"], Ledger(io.BytesIO()))
        read = [member.stream.read() for member in opening.members() if member.name.endswith("b.csv")]
        assert read == [DATA], way

"""Stores in folders: a fuller one shares the files of the first, and does not reach it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from eugraph.errors import OutputError
from eugraph.rdf.nquads import gzipped
from eugraph.store import EmbeddedStore, Solutions
from eugraph.store.on_disk import fuller_store, new_store, open_store

S, P, G = NamedNode("a:s"), NamedNode("a:p"), NamedNode("a:g")


def values(store: EmbeddedStore) -> list[str]:
    answer = store.query("SELECT ?o { ?s ?p ?o }")
    assert isinstance(answer, Solutions)
    return sorted(str(row[0]) for row in answer.rows)


def make(folder: Path, *texts: str) -> None:
    folder.parent.mkdir(exist_ok=True)
    files = []
    for number, text in enumerate(texts):
        file = folder.parent / f"{number}.nq"
        file.write_text(f'<a:s> <a:p> "{text}" <a:g{number}> .\n', encoding="utf-8")
        files.append(file)
    with new_store(folder, files):
        pass


def test_a_store_holds_all_files_as_one_graph(tmp_path: Path) -> None:
    make(tmp_path / "store", "one", "two")
    assert values(open_store(tmp_path / "store")) == ['"one"', '"two"']


def test_what_is_added_to_a_fuller_store_does_not_reach_the_first(tmp_path: Path) -> None:
    make(tmp_path / "base", "one")
    before = {path.name: path.read_bytes() for path in (tmp_path / "base").iterdir()}
    first = open_store(tmp_path / "base")
    for number in range(3):
        fuller_store(tmp_path / "base", tmp_path / f"more{number}", [Quad(S, P, Literal(str(number)), G)])
    assert [values(open_store(tmp_path / f"more{number}")) for number in range(3)] == [
        sorted(['"one"', f'"{number}"']) for number in range(3)
    ]
    assert values(first) == ['"one"']
    assert {path.name: path.read_bytes() for path in (tmp_path / "base").iterdir()} == before


def test_table_files_are_shared_and_copied_where_the_file_system_has_no_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "base", "one")
    tables = {path.name: path.stat().st_ino for path in (tmp_path / "base").glob("*.sst")}
    assert tables
    fuller_store(tmp_path / "base", tmp_path / "linked", [Quad(S, P, Literal("two"), G)])
    assert {name: (tmp_path / "linked" / name).stat().st_ino for name in tables} == tables

    def refuse(source: str, target: str) -> None:
        raise OSError(1, "no links here", source, None, target)

    monkeypatch.setattr(os, "link", refuse)
    fuller_store(tmp_path / "base", tmp_path / "copied", [Quad(S, P, Literal("two"), G)])
    assert all((tmp_path / "copied" / name).stat().st_ino != inode for name, inode in tables.items())
    assert values(open_store(tmp_path / "copied")) == values(open_store(tmp_path / "linked")) == ['"one"', '"two"']


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(OutputError, match="the store cannot be written"), new_store(tmp_path / "file" / "store", []):
        pass


def test_a_packed_file_is_loaded_as_a_plain_one_is(tmp_path: Path) -> None:
    packed = tmp_path / "all.nq.gz"
    packed.write_bytes(gzipped(b'<a:s> <a:p> "packed" <a:g> .\n'))
    with new_store(tmp_path / "store", [packed]):
        pass
    assert values(open_store(tmp_path / "store")) == ['"packed"']


def test_turtle_is_loaded_into_a_graph_with_what_is_ill_typed(tmp_path: Path) -> None:
    file = tmp_path / "some.ttl"
    file.write_text('<a:s> <a:p> "x"^^<http://www.w3.org/2001/XMLSchema#integer> .\n', encoding="utf-8")
    with new_store(tmp_path / "store", []) as store:
        store.load_turtle(file, G)
    found = open_store(tmp_path / "store")
    assert values(found) == ['"x"^^<http://www.w3.org/2001/XMLSchema#integer>']
    assert list(found.graphs()) == [G]

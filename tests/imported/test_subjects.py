"""Statements by subject, as they are kept beside the store of what is imported."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.imported.subjects import Subjects, make_subjects

ONE, TWO = "<https://example.org/graph/one>", "<https://example.org/graph/two>"
IRIS = st.text("ab/-?z", max_size=4).map(lambda rest: f"<https://example.org/id/{rest}>")
OBJECTS = st.one_of(IRIS, st.text("a1é\U0001f600> <.", max_size=6).map(lambda text: f'"{text}"'), st.just('"a"@en'))
LINES = st.lists(st.tuples(IRIS, IRIS, OBJECTS), max_size=30)


def kept(folder: Path, **files: list[str]) -> Subjects:
    paths = []
    for name, lines in files.items():
        graph = ONE if name.startswith("one") else TWO
        (folder / name).write_bytes("".join(f"{line} {graph} .\n" for line in lines).encode())
        paths.append((folder / name, graph))
    make_subjects(folder, paths)
    return Subjects(folder)


def test_lines_of_a_subject_stand_together_by_graph_each_once_and_sorted(tmp_path: Path) -> None:
    said = kept(
        tmp_path,
        one=['<b> <p> "2"', '<a> <p> "x"', '<b> <p> "1"', '<b> <p> "2"'],
        two=["<b> <q> <a>", "<c> <q> <a>"],
        one_more=["<b> <o> <a>"],
    )
    assert list(said.items()) == [
        ("<a>", {ONE: '<p> "x"'}),
        ("<b>", {ONE: '<o> <a>\n<p> "1"\n<p> "2"', TWO: "<q> <a>"}),
        ("<c>", {TWO: "<q> <a>"}),
    ]
    assert list(said) == ["<a>", "<b>", "<c>"]


def test_an_iri_comes_before_those_that_begin_with_it(tmp_path: Path) -> None:
    subjects = ["<a>", "<a!>", "<a/b>", "<aa>", "_:a", "_:a1"]
    said = kept(tmp_path, one=[f"{subject} <p> <o>" for subject in reversed(subjects)])
    assert list(said) == subjects
    assert all(said.about(subject) == {ONE: "<p> <o>"} for subject in subjects)


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    said = kept(tmp_path, one=["<b> <p> <c>", '<bb> <p> "<x>"'])
    for other in ("<a>", "<c>", "<x>", "<ba>", "<b", "b", "", "<p>"):
        assert other not in said
        assert said.about(other) == {}
    assert "<b>" in said


def test_nothing_is_said_where_the_files_are_empty(tmp_path: Path) -> None:
    said = kept(tmp_path, one=[], two=[])
    assert list(said.items()) == []
    assert said.about("<a>") == {}


def test_it_goes_to_another_process_as_its_place_alone(tmp_path: Path) -> None:
    said = kept(tmp_path, one=["<b> <p> <c>"])
    assert dict(pickle.loads(pickle.dumps(said)).items()) == dict(said.items())


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        make_subjects(tmp_path, [(tmp_path / "nowhere.nq", ONE)])


def test_much_is_read_piece_by_piece(tmp_path: Path) -> None:
    lines = [f'<https://example.org/id/{number}> <p> "{"é" * 3000}{number}"' for number in range(700)]
    said = kept(tmp_path, one=lines)
    assert sorted(f"{subject} {texts[ONE]}" for subject, texts in said.items()) == sorted(lines)
    for line in lines[::-7]:
        subject, _, rest = line.partition(" ")
        assert said.about(subject) == {ONE: rest}


@given(LINES, LINES)
def test_all_statements_are_there_and_no_other(
    tmp_path_factory: pytest.TempPathFactory, one: list[tuple[str, str, str]], two: list[tuple[str, str, str]]
) -> None:
    said = kept(tmp_path_factory.mktemp("kept"), one=list(map(" ".join, one)), two=list(map(" ".join, two)))
    found = {
        (subject, graph, line)
        for subject, texts in said.items()
        for graph, text in texts.items()
        for line in text.split("\n")
    }
    assert found == {(s, graph, f"{p} {o}") for graph, lines in ((ONE, one), (TWO, two)) for s, p, o in lines}
    assert all(said.about(subject) == texts for subject, texts in said.items())

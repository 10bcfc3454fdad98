"""Things are found by what people write of them, in an order that depends on the data alone."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.loading import Loaded
from eugraph.reports.search import Entry, SearchIndex, read_entries
from eugraph.reports.search.words import identifier_keys, words_of

BASE = "https://w3id.org/eugraph/id/"


@pytest.fixture(scope="module")
def entries(loaded: Loaded) -> list[Entry]:
    return read_entries(loaded.store, BASE)


@pytest.fixture(scope="module")
def index(entries: list[Entry]) -> SearchIndex:
    return SearchIndex.of(entries)


def first(index: SearchIndex, question: str) -> str:
    hits = index.find(question).hits
    return hits[0].iri.removeprefix(BASE) if hits else ""


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("HARMONY", "project/harmony"),  # and not one of the dozens whose names hold it
        ("harm", "project/harmony"),
        ("harmony plus", "project/harmony-plus"),
        ("116026", "project/harmony"),  # the number of its grant
        ("10.3030/101126688", "project/carreras-pathfinders"),
        ("https://doi.org/10.3030/101126688", "project/carreras-pathfinders"),
        ("doi: 10.3030/101126688", "project/carreras-pathfinders"),
        ("https://ror.org/019af4n30", "partnership/imi"),
        ("019af4n30", "partnership/imi"),
        ("ORPHA:97992", "disease/rare-haematological-diseases"),
        ("orpha97992", "disease/rare-haematological-diseases"),
        ("97992", "disease/rare-haematological-diseases"),
        ("AML", "disease/acute-myeloid-leukaemia"),
        ("acute myeloid leukemia", "disease/acute-myeloid-leukaemia"),
        ("leukaemia", "disease/leukaemia"),
        ("hernandez rivas", "person/jesus-maria-hernandez-rivas"),
        ("Hernández Rivas", "person/jesus-maria-hernandez-rivas"),
        ("rivas hernand", "person/jesus-maria-hernandez-rivas"),
        ("european haematology association", "organisation/eha"),
        ("EU contribution", "https://w3id.org/eugraph/ontology#euContribution"),
    ],
)
def test_the_thing_that_is_meant_comes_first(index: SearchIndex, question: str, path: str) -> None:
    assert first(index, question) == path


def test_projects_are_found_by_the_diseases_that_they_study(index: SearchIndex) -> None:
    found = index.find("leukaemia", kind="project", limit=100)
    assert "project/harmony" in {hit.iri.removeprefix(BASE) for hit in found.hits}


def test_the_name_or_number_that_was_meant_is_told_where_the_label_is_another(index: SearchIndex) -> None:
    assert index.find("116026").hits[0].matched == "116026"
    assert index.find("AML").hits[0].matched == "AML"
    assert index.find("harmony").hits[0].matched == ""


def test_kinds_are_counted_whichever_is_asked_for(index: SearchIndex) -> None:
    every, some = index.find("harmony", limit=500), index.find("harmony", kind="project", limit=500)
    assert every.kinds == some.kinds
    assert every.total == len(every.hits) == sum(count for _, count in every.kinds)
    assert [hit for hit in every.hits if hit.kind == "project"] == list(some.hits)
    assert some.total == len(some.hits) == dict(every.kinds)["project"]


def test_pages_of_a_list_hold_each_hit_once_and_in_order(index: SearchIndex) -> None:
    whole = index.find("a b c de eu", limit=1000).hits or index.find("eu", limit=1000).hits
    question = "eu"
    whole = index.find(question, limit=1000).hits
    assert len(whole) > 20
    paged = [hit for offset in range(0, len(whole) + 7, 7) for hit in index.find(question, limit=7, offset=offset).hits]
    assert paged == list(whole)


def test_the_order_does_not_depend_on_that_of_the_entries(entries: list[Entry]) -> None:
    turned = list(entries)
    random.Random(7).shuffle(turned)
    one, other = SearchIndex.of(entries), SearchIndex.of(turned)
    for question in ("harmony", "eu", "university hospital", "leukaemia", "of"):
        assert one.find(question, limit=1000) == other.find(question, limit=1000)


def test_an_index_in_a_file_answers_as_one_in_memory(index: SearchIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "kept.sqlite")
    kept = SearchIndex.open(tmp_path / "kept.sqlite")
    assert kept.find("harmony", limit=100) == index.find("harmony", limit=100)
    kept.close()


def test_a_slip_is_told_with_what_may_be_meant(index: SearchIndex) -> None:
    assert index.find("leukemua").instead == "leukemia"
    assert index.find("zzzzzz").instead == ""
    assert index.find("harmony").instead == ""


@pytest.mark.parametrize("question", ["", " ", '"', "(", "*", "---", "\x00", "?!"])
def test_what_holds_no_word_finds_nothing(index: SearchIndex, question: str) -> None:
    assert index.find(question).total == 0


@given(st.text(max_size=300))
def test_whatever_is_asked_is_answered(index: SearchIndex, question: str) -> None:
    found = index.find(question)
    assert len(found.hits) <= found.total


@pytest.mark.parametrize(
    "question",
    ['harmony" OR "a', "harmony OR eha", "names : harmony", "harmony NOT plus", "NEAR(harmony plus)", "harm*"],
)
def test_a_question_is_no_language(index: SearchIndex, question: str) -> None:
    words = words_of(question)
    for hit in index.find(question, limit=100).hits:
        said = " ".join(words_of(f"{hit.label} {hit.full} {hit.matched} {hit.iri}"))
        assert any(word in said for word in words)


@given(st.sampled_from(["Łódź", "Ørsted", "Œuvre", "Großhadern", "Þór", "İzmir", "Ångström", "Đà Nẵng"]), st.data())
def test_letters_with_marks_are_found_without_them(name: str, data: st.DataObject) -> None:
    index = SearchIndex.of([Entry(f"{BASE}organisation/x", "organisation", name, short=[name])])
    plain = " ".join(words_of(name))
    assert plain.isascii()
    asked = data.draw(st.sampled_from([name, plain, plain.upper(), plain[:3]]))
    assert index.find(asked).total == 1


def test_both_spellings_of_english_find_each_other() -> None:
    index = SearchIndex.of([Entry(f"{BASE}{n}", "disease", n, short=[n]) for n in ("anaemia", "leukemia", "oedema")])
    for asked, name in (("anemia", "anaemia"), ("leukaemia", "leukemia"), ("edem", "oedema"), ("leukaem", "leukemia")):
        assert [hit.label for hit in index.find(asked).hits] == [name]


def test_those_that_take_part_in_most_come_first_among_equals() -> None:
    entries = [
        Entry(f"{BASE}organisation/{n}", "organisation", f"University {n}", short=[f"University {n}"], weight=weight)
        for n, weight in (("a", 1), ("b", 9), ("c", 5))
    ]
    assert [hit.iri[-1] for hit in SearchIndex.of(entries).find("univ").hits] == ["b", "c", "a"]


def test_an_identifier_goes_by_its_code_with_and_without_the_vocabulary() -> None:
    assert identifier_keys("http://www.orpha.net/ORDO/Orphanet_97992")[-2:] == ("orpha97992", "97992")
    assert "c0024419" in identifier_keys("https://bioregistry.io/umls:C0024419")
    assert identifier_keys("GB 123-456.789") == ("gb123456789",)

"""Answers that are kept are those that asking again would give, and few are asked again."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from eugraph.loading import Loaded
from eugraph.reports import Library, ask, prepare
from eugraph.reports.kept import KeptAnswers
from eugraph.store import EmbeddedStore
from eugraph.vocab import term

BASE = "https://w3id.org/eugraph/id/"


@pytest.fixture(scope="module")
def queries(loaded: Loaded) -> dict[str, str]:
    reports = Library.open(loaded.workspace.queries).reports
    return {n: prepare(r.text, r.terms(r.example(), BASE), base_iri=BASE) for n, r in reports.items()}


def answer(store: EmbeddedStore, query: str) -> str:
    return ask(store, query, base_iri=BASE).write("json")


def changed(quads: list[Quad], chance: random.Random) -> list[Quad]:
    """Two statements less, one with another value, one of another thing."""
    found = [*quads]
    for _ in range(2):
        found.pop(chance.randrange(len(found)))
    quad, other = chance.sample(found, 2)
    found.append(Quad(quad.subject, quad.predicate, other.object, quad.graph_name))
    found.append(Quad(other.subject, quad.predicate, quad.object, quad.graph_name))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_what_is_kept_after_an_edit_is_what_would_be_answered(
    seed: int, loaded: Loaded, queries: dict[str, str], tmp_path: Path
) -> None:
    chance = random.Random(seed)
    quads, background, path = loaded.quads, loaded.ontology.quads, tmp_path / "answers.db"
    kept = 0
    for step in range(3):
        store = EmbeddedStore([*quads, *background])
        answers = KeptAnswers(path, "key", quads, store)
        found = {}
        for name, query in queries.items():
            now, known = answer(store, query), answers.of(name, query)
            assert known is None or known[1] == now, name
            assert step or known is None
            kept += known is not None
            found[name] = (query, "", now, "")
        answers.save(found)
        quads = changed(quads, chance)
    assert kept > len(queries)


def test_a_statement_that_no_query_asks_for_lets_all_answers_be_kept(
    loaded: Loaded, queries: dict[str, str], tmp_path: Path
) -> None:
    old = {name: (query, "", answer(loaded.store, query), "") for name, query in queries.items()}
    KeptAnswers(tmp_path / "a", "key", loaded.quads, loaded.store).save(old)
    more = Quad(NamedNode(f"{BASE}project/harmony"), term("eug:hashtag"), Literal("#more"))
    answers = KeptAnswers(tmp_path / "a", "key", [*loaded.quads, more], loaded.store)
    again = {name for name, query in queries.items() if answers.of(name, query) is None}
    assert again <= {"project-card", "provenance"}  # which ask for any property
    assert KeptAnswers(tmp_path / "a", "another key", loaded.quads, loaded.store).of("roles", queries["roles"]) is None


def test_a_statement_in_another_graph_has_changed(loaded: Loaded, tmp_path: Path) -> None:
    query = "SELECT ?g ?a { GRAPH ?g { ?a ?b ?c } }"
    KeptAnswers(tmp_path / "a", "key", loaded.quads, loaded.store).save({"graphs": (query, "", "", "")})
    assert KeptAnswers(tmp_path / "a", "key", loaded.quads, loaded.store).of("graphs", query) is not None
    first = loaded.quads[0]
    moved = Quad(first.subject, first.predicate, first.object, NamedNode(f"{BASE}graph/elsewhere"))
    answers = KeptAnswers(tmp_path / "a", "key", [moved, *loaded.quads[1:]], loaded.store)
    assert answers.of("graphs", query) is None


def test_what_two_builds_keep_is_never_mixed(loaded: Loaded, tmp_path: Path) -> None:
    path, query = tmp_path / "a", "SELECT ?a { ?a ?b ?c }"
    old = {name: (query, name, "", "old") for name in ("first", "second")}
    KeptAnswers(path, "key", loaded.quads, loaded.store).save(old)
    one, other = (KeptAnswers(path, "key", quads, loaded.store) for quads in (loaded.quads[1:], loaded.quads[2:]))
    one.save({**old, "first": (query, "first", "", "one")})
    other.save({**old, "second": (query, "second", "", "other")})
    now = KeptAnswers(path, "key", loaded.quads[2:], loaded.store)
    assert [now.of(name, query) for name in old] == [("first", "", "old"), ("second", "", "other")]


def test_a_report_that_is_gone_is_forgotten(loaded: Loaded, tmp_path: Path) -> None:
    path, query = tmp_path / "a", "SELECT ?a { ?a ?b ?c }"
    KeptAnswers(path, "key", (), loaded.store).save({"first": (query, "", "", "")})
    KeptAnswers(path, "key", loaded.quads, loaded.store).save({"second": (query, "", "", "")})
    now = KeptAnswers(path, "key", loaded.quads, loaded.store)
    assert now.of("first", query) is None
    assert now.of("second", query) is not None


def test_a_damaged_file_is_as_none(loaded: Loaded, tmp_path: Path) -> None:
    path, query = tmp_path / "a", "SELECT ?a { ?a ?b ?c }"
    path.write_bytes(b"SQLite format 3\x00" + b"?" * 5000)
    answers = KeptAnswers(path, "key", loaded.quads, loaded.store)
    assert answers.of("first", query) is None
    answers.save({"first": (query, "", "", "")})
    assert KeptAnswers(path, "key", loaded.quads, loaded.store).of("first", query) is not None

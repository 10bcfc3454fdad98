"""`eugraph push` brings real stores to a release, whatever happens on the way."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.runner import Outcome, run
from eugraph.exchange.alike import alike
from exchange.between import Between, between_us_and
from exchange.releases import BASE, graph, made_release, numbered, released
from exchange.stores import NAMES, StoreAtHand, store_at_hand
from store.oxigraph import serving

RECORD = f"{BASE}pushed"
FOREIGN = "urn:x:foreign"


@pytest.fixture(scope="module", params=NAMES)
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreAtHand]:
    with store_at_hand(request.param, tmp_path_factory.mktemp("store")) as store:
        yield store


@pytest.fixture
def store(running: StoreAtHand) -> StoreAtHand:
    """A store that holds one graph of somebody else's."""
    running.clear()
    running.put(FOREIGN, "<urn:x:a> <urn:x:b> <urn:x:c> .")
    return running


@pytest.fixture
def between(store: StoreAtHand) -> Iterator[Between]:
    with between_us_and(store.root) as here:
        yield here


def push(store: StoreAtHand, release: Path, *options: str, through: Between | None = None) -> Outcome:
    endpoint = through.address(store.endpoint) if through else store.endpoint
    return run(release, "push", endpoint, "--release", str(release), *store.options, *options)


def ours(store: StoreAtHand, base: str = BASE) -> dict[str, set[str]]:
    """What the store holds of what was pushed, in one form."""
    return {
        name: {alike(triple) for triple in triples}
        for name, triples in store.held().items()
        if name not in (FOREIGN, f"{base}pushed")
    }


def wanted(release: Path) -> dict[str, set[str]]:
    return {name: {alike(triple) for triple in triples} for name, triples in released(release).items()}


def test_the_store_holds_the_release_and_a_second_push_sends_nothing(
    store: StoreAtHand, between: Between, release: Path
) -> None:
    base = "https://w3id.org/eugraph/id/"
    first = push(store, release, through=between)
    assert first.status == 0, first.err
    assert "0 kept, 0 removed" in first.out
    held = store.held()
    assert held.pop(FOREIGN)
    assert held.pop(f"{base}pushed")
    assert held == released(release)  # to the letter: nothing in it is written anew
    written = between.writes
    second = push(store, release, through=between)
    assert second.status == 0
    assert " 0 sent, 50 kept, 0 removed" in second.out
    assert between.writes == written


def test_only_what_changed_is_sent_and_what_is_gone_is_removed(
    store: StoreAtHand, between: Between, tmp_path: Path
) -> None:
    first = made_release(tmp_path / "1", {"a": numbered(3), "b": numbered(4), "projects/c": numbered(5)})
    assert push(store, first).status == 0
    second = made_release(tmp_path / "2", {"a": numbered(3), "b": numbered(4, "y"), "d": numbered(1)})
    outcome = push(store, second, through=between)
    assert [line.split() for line in outcome.out.splitlines()[:-1]] == [
        ["kept", "3", graph("a")],
        ["sent", "4", graph("b")],
        ["sent", "1", graph("d")],
        ["removed", "5", graph("projects/c")],
    ]
    assert ours(store) == wanted(second)
    assert store.graph(FOREIGN)
    assert not any(b'"x 1"' in body for body in between.bodies)


def test_a_graph_of_somebody_else_is_not_touched_unless_that_is_said(
    store: StoreAtHand, between: Between, tmp_path: Path
) -> None:
    release = made_release(tmp_path, {"a": numbered(3), "b": numbered(2)})
    store.put(graph("a"), "<urn:x:a> <urn:x:b> <urn:x:d> .")
    outcome = push(store, release, through=between)
    assert outcome.status == 2
    assert f"  {graph('a')}\n" in outcome.err
    assert "Add --adopt" in outcome.err
    assert not between.writes
    assert push(store, release, "--adopt").status == 0
    assert ours(store) == wanted(release)


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(
    store: StoreAtHand, between: Between, tmp_path: Path
) -> None:
    outcome = push(store, made_release(tmp_path, {"a": numbered(3)}), "--dry-run", through=between)
    assert outcome.out == f"send               3  {graph('a')}\n3 statements; graphs: 1 send, 0 keep, 0 remove\n"
    assert not between.writes
    assert set(store.held()) == {FOREIGN}


def test_a_graph_that_lost_a_statement_there_is_sent_again(store: StoreAtHand, tmp_path: Path) -> None:
    release = made_release(tmp_path, {"a": numbered(3)})
    push(store, release)
    store.put(graph("a"), "<urn:x:a> <urn:x:b> <urn:x:d> .")
    assert "sent " in push(store, release).out
    assert ours(store) == wanted(release)


@pytest.mark.parametrize("when", ["before", "half", "after"])
def test_a_push_that_is_killed_is_gone_on_with(store: StoreAtHand, between: Between, tmp_path: Path, when: str) -> None:
    """At each write in turn: small graphs, one that is removed, and one that is written beside and moved."""
    old = made_release(tmp_path / "old", {"a": numbered(2), "gone": numbered(3), "c": numbered(2)})
    new = made_release(tmp_path / "new", {"a": numbered(2, "new"), "c": numbered(2), "long": LONG})
    src = Path(__file__).resolve().parents[2] / "src"
    command = [sys.executable, "-m", "eugraph", "push", between.address(store.endpoint), *store.options]
    states = [wanted(old), wanted(new)]
    deadly, killed = 0, True
    while killed:
        deadly += 1 if when == "after" else 2
        store.clear()
        assert push(store, old).status == 0
        between.writes, between.victim = 0, 0
        process = subprocess.Popen(
            [*command, "--release", str(new)],
            env={**os.environ, "PYTHONPATH": str(src)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        between.deadly, between.when, between.victim = deadly, when, process.pid
        killed = process.wait(timeout=60) != 0
        for name, triples in ours(store).items():  # a graph is as it was, or as it is to be
            assert name == f"{RECORD}/staging" or any(triples == state.get(name, set()) for state in states), name
        between.victim = 0
        again = push(store, new, through=between)
        assert again.status == 0, again.err
        assert ours(store) == wanted(new), f"killed at write {deadly}"
    assert deadly > 6


LONG = numbered(3_000, "longer than what goes into one request, which is eight megabytes " * 50)


def test_a_long_graph_is_there_as_a_whole_or_not_at_all(store: StoreAtHand, between: Between, tmp_path: Path) -> None:
    release = made_release(tmp_path, {"long": LONG})
    outcome = push(store, release, through=between)
    assert outcome.status == 0, outcome.err
    assert "several requests" not in outcome.err
    assert any(b"MOVE" in body for body in between.bodies)
    assert ours(store) == wanted(release)


def test_a_graph_of_more_statements_than_an_answer_has_is_read_back_whole(store: StoreAtHand, tmp_path: Path) -> None:
    release = made_release(tmp_path, {"a": numbered(12_000)})
    outcome = push(store, release)
    assert outcome.status == 0
    assert ("they saw each one empty or in part" in outcome.err) == (store.name == "virtuoso")
    assert "counted only" not in outcome.err
    assert "1 kept" in push(store, release).out


def test_without_a_graph_store_updates_are_sent(store: StoreAtHand, between: Between, tmp_path: Path) -> None:
    between.hidden = ("/store", "/sparql-graph-crud-auth", "/data")
    release = made_release(tmp_path, {"a": numbered(1200) + ODD, "b": numbered(9_000)})
    outcome = push(store, release, through=between)
    assert outcome.status == 0, outcome.err
    assert ours(store) == wanted(release)
    assert push(store, made_release(tmp_path, {"a": ODD}), through=between).status == 0
    assert set(ours(store)) == {graph("a")}


ODD = r'<urn:x:odd> <urn:x:says> "a\nb \"q\" \\u0041 \\ é 𝄞 } # <x>"@en .' + "\n"


def test_without_updates_a_long_graph_goes_in_parts_and_that_is_said(
    store: StoreAtHand, between: Between, tmp_path: Path
) -> None:
    between.hidden = ("/update", "/sparql-auth")
    between.no_updates = True
    release = made_release(tmp_path, {"long": LONG, "short": ODD})
    outcome = push(store, release, through=between)
    assert outcome.status == 0, outcome.err
    assert f"<{graph('long')}> went in several requests: readers saw a part of it in between." in outcome.err
    assert ours(store) == wanted(release)
    assert push(store, made_release(tmp_path / "2", {"short": ODD}), through=between).status == 0
    assert set(ours(store)) == {graph("short")}


def test_literals_in_another_form_are_named(store: StoreAtHand, tmp_path: Path) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    values = {"decimal": "4.0", "boolean": "1", "integer": "+5", "double": "1.50E3", "date": "2020-01-02"}
    text = "".join(f'<urn:x:a> <urn:x:{kind}> "{value}"^^<{xsd}{kind}> .\n' for kind, value in values.items())
    release = made_release(tmp_path, {"a": text})
    outcome = push(store, release)
    assert outcome.status == 0, outcome.err
    said = "the store writes these literals in its own form, with the same values: "
    assert f"{said}xsd:boolean, xsd:decimal, xsd:double, xsd:integer\n" in outcome.err
    assert "1 kept" in push(store, release).out
    assert push(store, release, "--check").status == 0


def test_a_value_that_a_store_loses_is_told(store: StoreAtHand, tmp_path: Path) -> None:
    text = '<urn:x:a> <urn:x:b> "x"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    outcome = push(store, made_release(tmp_path, {"a": text, "b": numbered(2)}))
    if store.name == "oxigraph":
        assert outcome.status == 0
        return
    assert outcome.status == 1
    assert f"<{graph('a')}>: 1 statement was sent, 1 there; 1 of them missing, such as" in outcome.err
    assert ours(store)[graph("b")]


def test_check_reads_back_what_was_kept(store: StoreAtHand, tmp_path: Path) -> None:
    release = made_release(tmp_path, {"a": numbered(1)})
    push(store, release)
    if store.virtuoso:
        store.virtuoso.tell(f"SPARQL CLEAR GRAPH <{graph('a')}>;")
    store.put(graph("a"), "<urn:x:a> <urn:x:b> <urn:x:d> .")
    assert push(store, release).status == 0  # as many statements as before
    outcome = push(store, release, "--check")
    assert outcome.status == 1
    assert "1 of them missing" in outcome.err


def test_a_store_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.nq").write_text("<urn:x:a> <urn:x:b> <urn:x:c> <urn:x:d> .\n")
    release = made_release(tmp_path / "r", {"a": numbered(1)})
    with serving([tmp_path / "x.nq"], store=tmp_path / "db") as endpoint:
        outcome = run(release, "push", endpoint, "--release", str(release))
    assert outcome.status == 2
    assert "HTTP 403" in outcome.err


def test_without_a_password_that_is_said(store: StoreAtHand, tmp_path: Path) -> None:
    if store.name == "oxigraph":
        pytest.skip("it has no passwords")
    outcome = run(tmp_path, "push", store.endpoint, "--release", str(made_release(tmp_path, {"a": numbered(1)})))
    assert outcome.status == 2
    assert "HTTP 401" in outcome.err
    assert "--credentials" in outcome.err


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("release.json", b"{}", "no list of a release's files"),
        ("dump/a.nq.gz", b"x", "not the file that release.json speaks of"),
    ],
)
def test_a_damaged_release_is_not_sent(tmp_path: Path, path: str, content: bytes, said: str) -> None:
    release = made_release(tmp_path, {"a": numbered(1)})
    (release / path).write_bytes(content)
    outcome = run(tmp_path, "push", "http://127.0.0.1:9/query", "--release", str(release))
    assert outcome.status == 2
    assert said in outcome.err


def test_a_folder_without_a_release_is_told(tmp_path: Path) -> None:
    outcome = run(tmp_path, "push", "http://127.0.0.1:9/query", "--release", str(tmp_path))
    assert outcome.status == 2
    assert "Make one with `eugraph build`" in outcome.err

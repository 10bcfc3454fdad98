"""The runner's arithmetic, the replica's counts, and the quick benchmarks once on a tiny workspace."""

from __future__ import annotations

import json
import signal
import sys
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from benchmarks import publish, registry
from benchmarks.__main__ import main, status
from benchmarks.cost import MEBIBYTE, Budget, Cost, Line, median
from benchmarks.derive import SIDES
from benchmarks.effort import DEFAULT, FULL, Effort
from benchmarks.material import Material, size
from benchmarks.query import A_SECOND, ask_all
from benchmarks.replica import SHARED, copies_for, is_own, replica
from benchmarks.table import as_json, markdown
from benchmarks.timing import ProcessFailedError, compare, in_turn, run
from benchmarks.worker import figures
from eugraph.config import Workspace
from eugraph.loading import Loaded
from sources.cordis.importing import INVENTED

QUICK = Effort(rounds=1, long_rounds=1, replicas=(), limit_s=20, long_limit_s=60)


def line(ours: float, peer: Cost | None = None, budget: Budget | None = None, *, capped: bool = False) -> Line:
    return Line(what="work", ours=Cost(ours, capped=capped), peer_name="peer", peer=peer, budget=budget)


def test_the_median_ignores_one_slow_round() -> None:
    assert median([Cost(1), Cost(90), Cost(2)]) == Cost(2)
    assert median([Cost(1), Cost(2)]) == Cost(1.5)
    assert median([Cost(3 * MEBIBYTE, "B")]).unit == "B"


def test_the_median_is_capped_where_the_middle_is() -> None:
    assert not median([Cost(1), Cost(2), Cost(60, capped=True)]).capped
    assert median([Cost(1), Cost(60, capped=True), Cost(60, capped=True)]).capped
    assert median([Cost(1), Cost(60, capped=True)]).capped


def test_the_ratio_is_our_cost_over_the_peers() -> None:
    assert line(3, Cost(2)).ratio == 1.5
    assert line(3).ratio is None


@pytest.mark.parametrize(
    ("ours", "verdict"),
    [(0.075, "yes"), (0.076, "no")],
)
def test_a_budget_adds_its_constant_to_its_multiple_of_the_peer(ours: float, verdict: str) -> None:
    assert line(ours, Cost(0.01), Budget(times=1.5, plus=0.06)).verdict == verdict


def test_a_budget_that_waits_for_something_is_never_missed() -> None:
    waiting = Budget(plus=0.5, waits_for="an engine")
    assert line(0.4, budget=waiting).verdict == "yes"
    assert line(0.6, budget=waiting).verdict == "not yet"
    assert not line(0.6, budget=waiting).missed


def test_what_was_stopped_never_keeps_its_budget() -> None:
    assert line(0.9, budget=Budget(plus=1), capped=True).verdict == "no"


def test_a_stopped_peer_decides_only_in_our_favour() -> None:
    stopped = Cost(5, capped=True)
    assert line(1, stopped, Budget(times=1)).verdict == "yes"
    assert line(9, stopped, Budget(times=1)).verdict == ""


def test_without_budget_or_peer_there_is_no_verdict() -> None:
    assert line(1, Cost(1)).verdict == ""
    assert line(1, budget=Budget(times=2)).verdict == ""


def test_the_exit_status_says_whether_a_budget_was_missed() -> None:
    kept, missed = line(1, budget=Budget(plus=2)), line(3, budget=Budget(plus=2))
    assert status({"a": [kept], "b": []}) == 0
    assert status({"a": [kept], "b": [missed]}) == 1


def test_the_table_shows_costs_speeds_ratios_and_verdicts() -> None:
    fast = Line(
        what="Turtle",
        ours=Cost(0.05),
        peer_name="rdflib",
        peer=Cost(5, capped=True),
        budget=Budget(times=1),
        amount=100,
        things="documents",
        note="said below",
    )
    shown = markdown({"write": [fast, Line(what="memory", ours=Cost(3 * MEBIBYTE, "B"))]})
    assert shown.startswith("| what | ours | peer | ratio | budget | kept |\n| --- | --- | --- | --: | --- | --- |\n")
    assert (
        "| write: Turtle | 50 ms (2,000 documents/s) | rdflib: > 5 s (20 documents/s) | < 0.01 | <= 1 x peer | yes |\n"
        in shown
    )
    assert "| write: memory | 3 MiB |  |  |  |  |\n" in shown
    assert "\n- Turtle: said below\n" in shown


def test_the_json_says_the_same_as_the_table() -> None:
    (found,) = json.loads(as_json({"start": [line(3, Cost(2), Budget(times=1))]}))["lines"]
    assert (found["benchmark"], found["ours"]["value"], found["ratio"], found["kept"]) == ("start", 3, 1.5, "no")


def test_sides_take_turns() -> None:
    calls: list[str] = []
    in_turn({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, 3)
    assert calls == ["a", "b"] * 3


def test_the_first_round_of_functions_is_not_counted() -> None:
    calls: list[str] = []
    costs = compare({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, rounds=2)
    assert calls == ["a", "b"] * 3
    assert costs.keys() == {"a", "b"}


def test_a_process_has_its_own_peak_of_memory() -> None:
    ballast = b"x" * (200 * MEBIBYTE)  # ours, which the child must not inherit
    small = run([sys.executable, "-c", "pass"]).peak.value
    large = run([sys.executable, "-c", "b'x' * (100 * 1024 * 1024)"]).peak.value
    assert small < 100 * MEBIBYTE < large < len(ballast)


def test_a_process_that_takes_too_long_is_stopped_and_capped() -> None:
    stopped = run(
        [sys.executable, "-c", "print('begun', flush=True); import threading; threading.Event().wait()"], limit_s=2
    )
    assert stopped.status is None
    assert stopped.time.capped
    assert stopped.time.value >= 2
    assert stopped.out == "begun\n"


def test_a_process_that_fails_is_no_measurement() -> None:
    with pytest.raises(ProcessFailedError, match="status 3"):
        run([sys.executable, "-c", "raise SystemExit(3)"])


def test_figures_of_a_worker_are_read_back() -> None:
    assert figures("seconds\t0.25\nrows of it\t3\n") == {"seconds": 0.25, "rows of it": 3}


def test_a_replica_of_one_copy_is_the_workspace(loaded: Loaded) -> None:
    quads = loaded.curated.quads
    assert list(replica(quads, 1, loaded.workspace.base_iri)) == quads


def test_a_replica_keeps_the_counts(loaded: Loaded) -> None:
    quads, base = loaded.curated.quads, loaded.workspace.base_iri
    copied = list(replica(quads, 3, base))
    own = [quad for quad in quads if is_own(quad, base)]
    assert len(set(copied)) == len(copied) == len(quads) + 2 * len(own)
    once = _subjects_by_kind(quads, base)
    for kind, number in _subjects_by_kind(copied, base).items():
        assert number == once[kind] * (1 if kind in SHARED else 3), kind
    assert Counter(quad.predicate for quad in copied) == Counter(
        predicate for quad in own for predicate in [quad.predicate] * 2
    ) + Counter(quad.predicate for quad in quads)


def test_a_replica_is_the_same_each_time_and_refers_to_nothing_that_is_not_there(loaded: Loaded) -> None:
    quads, base = loaded.curated.quads, loaded.workspace.base_iri
    copied = list(replica(quads, 3, base))
    assert copied == list(replica(quads, 3, base))
    subjects = {quad.subject for quad in copied}
    assert _below(copied, base) <= subjects | (_below(quads, base) - {quad.subject for quad in quads})


def test_the_copies_come_near_to_the_size_that_is_asked_for(loaded: Loaded) -> None:
    quads, base = loaded.curated.quads, loaded.workspace.base_iri
    copied = list(replica(quads, copies_for(quads, 100_000, base), base))
    assert 90_000 < len(copied) < 110_000
    assert copies_for(quads, 0, base) == 1
    assert copies_for([], 100, base) == 1


def _below(quads: list[Quad], base: str) -> set[object]:
    return {quad.object for quad in quads if isinstance(quad.object, NamedNode) and quad.object.value.startswith(base)}


def _subjects_by_kind(quads: list[Quad], base: str) -> Counter[str]:
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    return Counter(iri.removeprefix(base).partition("/")[0] for iri in subjects if iri.startswith(base))


def test_sizes_are_shown_as_people_say_them() -> None:
    assert [size(12_834), size(98_360), size(1_002_492)] == ["13 k", "98 k", "1.0 M"]


def test_every_module_that_measures_is_registered(repository: Path) -> None:
    modules = (repository / "benchmarks").glob("[!_]*.py")
    measuring = {path.stem for path in modules if "\ndef measure(" in path.read_text(encoding="utf-8")}
    assert measuring == set(registry.NAMES)


@pytest.mark.parametrize("name", ["start", "parse", "write"])
def test_a_quick_benchmark_runs_on_a_tiny_workspace(name: str, tiny: Workspace) -> None:
    lines = registry.benchmark(name)(tiny, QUICK)
    assert lines
    assert all(found.ours.value > 0 and found.peer and found.peer.value > 0 for found in lines)


def test_a_release_beside_an_import_is_measured_beside_plain_writes(tiny: Workspace, tmp_path: Path) -> None:
    whole, documents, peak, again = publish.compare(tiny, INVENTED, tmp_path)
    assert whole.peer is not None
    assert documents.peer is not None
    assert whole.amount > documents.amount > 0
    assert whole.ours.value > whole.peer.value > 0
    assert peak.kept
    assert again.ours.value > 0
    assert documents.note.count("%") == 7


def test_both_sides_derive_about_the_same(tiny: Workspace) -> None:
    ours, peer = (dict(side(str(tiny.root), "0")) for side in SIDES.values())
    assert ours["made"] > 0
    assert peer["made"] == pytest.approx(ours["made"], rel=0.05)


def test_both_engines_answer_a_report_alike(tiny: Workspace) -> None:
    ours, peer = (ask_all(tiny, side, ["roles"], limit_s=60)["roles"] for side in ("ours", "rdflib"))
    assert ours.rows == peer.rows
    assert ours.cost is not None
    assert Line(what="roles", ours=ours.cost, budget=A_SECOND).verdict == "yes"


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no alarm")
def test_a_report_that_is_stopped_does_not_stop_the_others(tiny: Workspace) -> None:
    answered = ask_all(tiny, "rdflib", ["roles", "projects"], limit_s=1e-6)
    assert answered.keys() == {"roles", "projects"}
    assert all(asked.cost and asked.cost.capped for asked in answered.values())


def test_an_unknown_benchmark_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--only", "nothing"])
    assert "nothing" in capsys.readouterr().err


def test_a_full_run_measures_more_than_the_default() -> None:
    assert FULL.rounds > DEFAULT.rounds
    assert set(FULL.replicas) > set(DEFAULT.replicas)


def test_the_material_is_read_once(tiny: Workspace) -> None:
    material = Material(tiny)
    assert material.loaded is material.loaded
    assert material.curated() == material.loaded.curated.quads

"""A query of a shape that takes too long is named, and the command ends; one that is quick enough costs nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from conftest import ROOT
from eugraph.errors import EugraphError, ShapesTimeoutError
from eugraph.store.watchdog import limited, watched

PREFIXES = "@prefix ex: <http://e.org/> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
DATA = PREFIXES + "".join(f"ex:n{n} a ex:Node ; ex:p {n} .\n" for n in range(2_000))
EVERYTHING = "?a ex:p ?b . ?c ex:p ?d . ?e ex:p ?f"  # shares no variable: asked of a store
NEAR = "$this a ?k . ?a a ?k ; ex:p ?b . ?c a ?k ; ex:p ?d . ?e a ?k ; ex:p ?f"  # within reach: joined here
SHAPES = (
    PREFIXES
    + """
ex:all sh:declare [ sh:prefix "ex" ; sh:namespace "http://e.org/"^^<http://www.w3.org/2001/XMLSchema#anyURI> ] .
ex:S a sh:NodeShape ; sh:targetClass ex:Node ; sh:sparql [ sh:prefixes ex:all ;
    sh:select "SELECT $this WHERE { $this ex:p ?v . %s FILTER(?b + ?d + ?f + ?v < 0) }" ] .
"""
)


@pytest.mark.parametrize("pattern", [EVERYTHING, NEAR], ids=["asked of a store", "joined"])
def test_a_query_without_end_is_named_and_ends_the_command(tmp_path: Path, pattern: str) -> None:
    (tmp_path / "data.ttl").write_text(DATA, encoding="utf-8")
    (tmp_path / "shapes.ttl").write_text(SHAPES % pattern, encoding="utf-8")
    command = [sys.executable, "-m", "eugraph", "validate", "data.ttl", "--shapes", "shapes.ttl", "--timeout-s", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 3
    assert done.stderr.startswith(
        "eugraph: shapes.ttl:5:1: the shape <http://e.org/S>: its query takes longer than 1 s. "
    )
    assert done.stderr.endswith("(docs/errors.md#shapes-timeout)\n")
    assert done.stdout == ""


def test_work_that_is_done_in_time_is_not_told_and_leaves_no_thread() -> None:
    told: list[EugraphError] = []
    before = threading.active_count()
    with limited(60, told.append):
        for _ in range(3):
            with watched(ShapesTimeoutError):
                pass
        assert threading.active_count() == before + 1
        (watching,) = [thread for thread in threading.enumerate() if thread.name == "watchdog"]
    watching.join(20)
    assert not watching.is_alive()
    assert told == []


def test_work_that_takes_longer_is_told_once_while_it_goes_on() -> None:
    told: list[EugraphError] = []
    late = threading.Event()

    def tell(error: EugraphError) -> None:
        told.append(error)
        late.set()

    with limited(0.01, tell), watched(ShapesTimeoutError):
        assert late.wait(20)
    assert [str(error) for error in told] == [str(ShapesTimeoutError(0.01))]
